/* Users: who may sign in, with which role. */
#include <stdio.h>
#include <string.h>
#include <talloc.h>

#include "domain/mail_address.h"
#include "domain/password.h"
#include "domain/text.h"
#include "domain/user_name.h"
#include "repository/user_repository.h"
#include "tool/command.h"
#include "tool/texts.h"

static bool refuse(GError **error, const char *format, const char *argument) {
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, format, argument);
  return false;
}

static bool is_role(const char *role) { return strcmp(role, "viewer") == 0 || strcmp(role, "editor") == 0 || strcmp(role, "admin") == 0; }

/* Empty: none. Reminders could not go to what is no address. */
static bool check_email(const char *email, GError **error) {
  return email[0] == '\0' || mail_address_valid(email) || refuse(error, "\"%s\" is not an e-mail address", email);
}

static UserRow *existing(Tool *tool, void *owner, const char *name, GError **error) {
  UserRow *user = NULL;
  if (!user_repository_find(tool->database, owner, name, &user, error)) return NULL;
  if (user == NULL) refuse(error, "there is no user %s", name);
  return user;
}

/* One line of standard input: never an argument, which everybody on the machine could see. */
static bool read_password(void *owner, const Settings *settings, const char *name, const char **hash, GError **error) {
  char line[PASSWORD_LONGEST + 3];
  TextFault fault = TEXT_GOOD;
  if (fgets(line, sizeof line, stdin) == NULL) return refuse(error, "%s", "the password is expected on standard input");
  line[strcspn(line, "\r\n")] = '\0';
  const char *password = text_clean(owner, line, strlen(line), false, false, &fault);
  const char *reason = password == NULL ? "control_character" : password_fault(password, name);
  if (reason != NULL) {
    const char *limit = password_limit(reason);
    return refuse(error, "%s", texts_of_error(owner, settings, reason, limit != NULL ? limit : ""));
  }
  *hash = password_hash(owner, password, error);
  return *hash != NULL;
}

static bool list(Tool *tool, void *owner, char **words, GError **error) {
  char **rest = NULL;
  if (!command_options(words, NULL, 0, 0, &rest, error)) return false;
  g_strfreev(rest);
  UserRows *users = user_repository_list(tool->database, owner, error);
  for (unsigned i = 0; users != NULL && i < users->count; i++) {
    printf("%s\t%s%s\n", users->items[i].name, users->items[i].role, users->items[i].active ? "" : "\tdisabled");
  }
  return users != NULL;
}

static bool add(Tool *tool, void *owner, char **words, GError **error) {
  char *role = NULL;
  char *display_name = NULL;
  char *email = NULL;
  gboolean without_password = FALSE;
  char **rest = NULL;
  const GOptionEntry entries[] = {{"role", 0, 0, G_OPTION_ARG_STRING, &role, NULL, NULL},
                                  {"display-name", 0, 0, G_OPTION_ARG_STRING, &display_name, NULL, NULL},
                                  {"email", 0, 0, G_OPTION_ARG_STRING, &email, NULL, NULL},
                                  {"no-password", 0, 0, G_OPTION_ARG_NONE, &without_password, NULL, NULL},
                                  G_OPTION_ENTRY_NULL};
  bool good = command_options(words, entries, 1, 1, &rest, error);
  UserRow user = {.display_name = display_name != NULL ? display_name : "", .email = email != NULL ? email : "", .language = "", .password_hash = "", .active = true};
  if (good) {
    user.name = rest[1];
    user.role = role != NULL ? role : "viewer";
    good = (user_name_valid(user.name) || refuse(error, "\"%s\" is not possible as a user's name", user.name)) &&
           (is_role(user.role) || refuse(error, "the role is viewer, editor or admin, not \"%s\"", user.role)) && check_email(user.email, error);
  }
  good = good && (without_password || read_password(owner, tool->settings, user.name, &user.password_hash, error));
  if (good && !user_repository_insert(tool->database, &user, error)) {
    if (error_is(*error, ERROR_CONFLICT)) {
      g_clear_error(error);
      refuse(error, "the user %s exists already", user.name);
    }
    good = false;
  }
  if (good) printf("user %s added\n", user.name);
  g_strfreev(rest);
  g_free(role);
  g_free(display_name);
  g_free(email);
  return good;
}

/* A new password ends sessions and nothing else: what runs by itself would stop in the night. Whoever changed it because somebody else knew the old one is told. */
static bool tell_of_access(Tool *tool, const UserRow *user, GError **error) {
  UserAccess access;
  if (!user_repository_access(tool->database, user->id, settings_today(tool->settings), &access, error)) return false;
  if (access.tokens + access.calendars == 0) return true;
  printf("%" G_GINT64_FORMAT " access token%s and %" G_GINT64_FORMAT " calendar address%s of %s stay good; to end them: supportlevel user revoke %s\n", access.tokens, access.tokens == 1 ? "" : "s",
         access.calendars, access.calendars == 1 ? "" : "es", user->name, user->name);
  return true;
}

static bool set_password(Tool *tool, void *owner, UserRow *user, GError **error) {
  return read_password(owner, tool->settings, user->name, &user->password_hash, error) && user_repository_set_password(tool->database, user->id, user->password_hash, error);
}

/* The commands that change one user: `words` are its name and, for `role` and `email`, what it gets. */
static bool change(Tool *tool, void *owner, const char *what, char **words, GError **error) {
  unsigned wanted = strcmp(what, "role") == 0 || strcmp(what, "email") == 0 ? 2 : 1;
  char **rest = NULL;
  if (!command_options(words, NULL, wanted, wanted, &rest, error)) return false;
  UserRow *user = existing(tool, owner, rest[1], error);
  bool good = user != NULL;
  if (good && strcmp(what, "role") == 0) {
    user->role = rest[2];
    good = is_role(user->role) || refuse(error, "the role is viewer, editor or admin, not \"%s\"", user->role);
  }
  if (good && strcmp(what, "email") == 0) {
    user->email = rest[2];
    good = check_email(user->email, error);
  }
  if (good && strcmp(what, "disable") == 0) user->active = false;
  if (good && strcmp(what, "enable") == 0) user->active = true;
  if (good && strcmp(what, "revoke") == 0) good = user_repository_end_access(tool->database, user->id, true, error);
  else if (good && strcmp(what, "password") == 0) good = set_password(tool, owner, user, error);
  else good = good && user_repository_update(tool->database, user, error);
  if (!good && error_is(*error, ERROR_FIELD)) {
    g_clear_error(error);
    refuse(error, "%s", "nobody would be left who can manage users");
  }
  if (good) printf("user %s changed\n", user->name);
  if (good && strcmp(what, "password") == 0) good = tell_of_access(tool, user, error);
  g_strfreev(rest);
  return good;
}

bool user_command(Tool *tool, char **words, GError **error) {
  static const char *const CHANGES[] = {"password", "role", "email", "disable", "enable", "revoke", NULL};
  const char *what = words[0] != NULL ? words[0] : "";
  void *owner = talloc_new(NULL);
  bool done = false;
  if (strcmp(what, "list") == 0) done = list(tool, owner, words + 1, error);
  else if (strcmp(what, "add") == 0) done = add(tool, owner, words + 1, error);
  else if (g_strv_contains(CHANGES, what)) done = change(tool, owner, what, words + 1, error);
  else refuse(error, "user list, add, password, role, email, disable, enable or revoke, not \"%s\"", what);
  talloc_free(owner);
  return done;
}
