#include "domain/user_field.h"

#include <string.h>

#include "domain/password.h"

const Field user_fields[USER_FIELD_COUNT] = {
    [USER_DISPLAY_NAME] = {.name = "display_name", .kind = FIELD_TEXT, .required = true, .limit = 100, .fallback = ""},
    [USER_NAME] = {.name = "username", .kind = FIELD_USER_NAME, .required = true, .limit = USER_NAME_LIMIT, .fallback = ""},
    [USER_PASSWORD] = {.name = "password", .kind = FIELD_PASSWORD, .required = true, .fallback = ""},
    [USER_PASSWORD_AGAIN] = {.name = "password_again", .kind = FIELD_PASSWORD, .required = true, .fallback = ""},
    [USER_LANGUAGE] = {.name = "language", .kind = FIELD_CHOICE, .required = true, .choices = "de en", .fallback = "de"},
    [USER_EMAIL] = {.name = "email", .kind = FIELD_MAIL_ADDRESS, .limit = 200, .fallback = ""},
};

void user_check(const char *const values[USER_FIELD_COUNT], FieldErrors *errors) {
  fields_check_required(user_fields, USER_FIELD_COUNT, values, errors);
  if (field_errors_find(errors, user_fields[USER_PASSWORD].name) != NULL) return;
  const char *fault = password_fault(values[USER_PASSWORD], values[USER_NAME]);
  if (fault != NULL) field_errors_add(errors, user_fields[USER_PASSWORD].name, fault, password_limit(fault));
  else if (strcmp(values[USER_PASSWORD], values[USER_PASSWORD_AGAIN]) != 0) field_errors_add(errors, user_fields[USER_PASSWORD_AGAIN].name, "password_differs", NULL);
}

bool user_name_valid(const char *name) {
  if (name[0] == '\0' || !g_utf8_validate(name, -1, NULL) || g_utf8_strlen(name, -1) > USER_NAME_LIMIT || strcmp(name, "me") == 0) return false;
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char(at);
    if (!g_unichar_isalnum(character) && (character > 127 || strchr("._-@+\\", (int)character) == NULL)) return false;
  }
  return true;
}
