#include "domain/user.h"

#include <string.h>

#include "domain/password.h"
#include "domain/user_name.h"

static const Field USER_FIELDS[USER_FIELD_COUNT] = {
    [USER_DISPLAY_NAME] = {.name = "display_name", .kind = FIELD_TEXT, .required = true, .limit = 100, .fallback = "", .column = "display_name"},
    [USER_NAME] = {.name = "username", .kind = FIELD_USER_NAME, .required = true, .limit = USER_NAME_LIMIT, .fallback = "", .column = "name"},
    [USER_EMAIL] = {.name = "email", .kind = FIELD_MAIL_ADDRESS, .limit = 200, .fallback = "", .column = "email"},
    [USER_LANGUAGE] = {.name = "language", .kind = FIELD_CHOICE, .choices = "de en", .fallback = "", .column = "language"},
    [USER_ROLE] = {.name = "role", .kind = FIELD_CHOICE, .required = true, .choices = "viewer editor admin", .fallback = "viewer", .column = "role"},
    [USER_ACTIVE] = {.name = "active", .kind = FIELD_YES, .limit = 1, .fallback = "1", .column = "active"},
};

const RecordKind user_kind = {"user", USER_FIELDS, USER_FIELD_COUNT};

const Field password_fields[PASSWORD_FIELD_COUNT] = {
    [PASSWORD_NEW] = {.name = "password", .kind = FIELD_PASSWORD, .required = true, .fallback = ""},
    [PASSWORD_AGAIN] = {.name = "password_again", .kind = FIELD_PASSWORD, .required = true, .fallback = ""},
};

void new_password_check(const char *const values[PASSWORD_FIELD_COUNT], const char *name, FieldErrors *errors) {
  fields_check_required(password_fields, PASSWORD_FIELD_COUNT, values, errors);
  if (field_errors_find(errors, password_fields[PASSWORD_NEW].name) != NULL) return;
  const char *fault = password_fault(values[PASSWORD_NEW], name);
  if (fault != NULL) field_errors_add(errors, password_fields[PASSWORD_NEW].name, fault, password_limit(fault));
  else if (strcmp(values[PASSWORD_NEW], values[PASSWORD_AGAIN]) != 0) field_errors_add(errors, password_fields[PASSWORD_AGAIN].name, "password_differs", NULL);
}
