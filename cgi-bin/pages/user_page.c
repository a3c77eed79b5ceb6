/* Users: who may sign in, with which role; their access, and a link by which they choose a password. */
#include <string.h>
#include <talloc.h>

#include "domain/secret.h"
#include "domain/user.h"
#include "pages/pages.h"
#include "pages/record_page.h"
#include "repository/password_link_repository.h"

/* The sessions of whose rights changed end (quality.md, security 5), and somebody stays who can manage users. A new name is nobody's right. */
static bool user_changed(Database *database, const Record *before, const Record *after, FieldErrors *errors, GError **error) {
  bool same = strcmp(before->values[USER_ROLE], after->values[USER_ROLE]) == 0 && strcmp(before->values[USER_ACTIVE], after->values[USER_ACTIVE]) == 0;
  if (same || user_repository_rights_changed(database, after->id, error)) return true;
  if (error_is(*error, ERROR_FIELD)) field_errors_add(errors, user_kind.fields[USER_ROLE].name, "last_admin", NULL);
  return false;
}

static const RecordPage USER_PAGE = {&user_kind, "/settings/users", "id", -1, "user", USER_NAME, record_check, user_changed, 0, 0};

bool user_new_page(Exchange *exchange, GError **error) { return record_page_new(exchange, &USER_PAGE, error); }
bool user_edit_page(Exchange *exchange, GError **error) { return record_page_edit(exchange, &USER_PAGE, error); }
bool user_create_submit(Exchange *exchange, GError **error) { return record_page_create(exchange, &USER_PAGE, error); }
bool user_save_submit(Exchange *exchange, GError **error) { return record_page_save(exchange, &USER_PAGE, error); }
bool user_history_page(Exchange *exchange, GError **error) { return record_page_history(exchange, &USER_PAGE, error); }

static bool passwords_count(const Exchange *exchange) { return !settings_on(exchange->worker->settings, SETTING_REMOTE_USER); }

static const char *role_text(Exchange *exchange, const char *role) { return page_text(exchange, talloc_asprintf(exchange, "role.%s", role), NULL); }

/* ---- the list ---- */

static void fill_row(Exchange *exchange, HDF *row, const UserRow *user) {
  page_value(row, "url", page_url(exchange, "/settings/users/%" G_GINT64_FORMAT, user->id));
  page_value(row, "display_name", user->display_name);
  page_value(row, "name", user->name);
  page_value(row, "email", user->email);
  page_value(row, "role", role_text(exchange, user->role));
  page_value(row, "signed_in", user->signed_in_at != NULL ? page_moment(exchange, user->signed_in_at) : page_text(exchange, "user.never", NULL));
  if (!user->active) page_value(row, "disabled", "1");
  else if (user->password_hash[0] == '\0' && passwords_count(exchange)) page_value(row, "no_password", "1");
}

bool user_list_page(Exchange *exchange, GError **error) {
  const UserRows *users = user_repository_list(exchange->worker->database, exchange, error);
  if (users == NULL) return false;
  for (unsigned i = 0; i < users->count; i++) fill_row(exchange, page_row(page_node(exchange->data, "Row"), i), &users->items[i]);
  page_set(exchange, "Page.title", page_text(exchange, "user.list", NULL));
  page_set(exchange, "New.url", page_url(exchange, "/settings/users/new"));
  return page_render(exchange, 200, "user_list", error);
}

/* ---- one user ---- */

static bool fill_password(Exchange *exchange, const UserRow *user, GError **error) {
  const char *made_at = NULL;
  if (!password_link_repository_made_at(exchange->worker->database, exchange, user->id, &made_at, error)) return false;
  page_set(exchange, "Password.state", !passwords_count(exchange) ? "remote" : user->password_hash[0] != '\0' ? "chosen" : "none");
  if (made_at[0] != '\0') page_set(exchange, "Password.link_made", page_moment(exchange, made_at));
  if (passwords_count(exchange) && user->active) page_set(exchange, "Password.action", page_url(exchange, "/settings/users/%" G_GINT64_FORMAT "/password-link", user->id));
  return true;
}

static bool fill_access(Exchange *exchange, const UserRow *user, GError **error) {
  UserAccess access;
  if (!user_repository_access(exchange->worker->database, user->id, exchange->today, &access, error)) return false;
  page_set_number(exchange, "Access.sessions", access.sessions);
  page_set_number(exchange, "Access.tokens", access.tokens);
  page_set_number(exchange, "Access.calendars", access.calendars);
  page_set(exchange, "Access.action", page_url(exchange, "/settings/users/%" G_GINT64_FORMAT "/sign-out", user->id));
  return true;
}

static void fill_facts(Exchange *exchange, const UserRow *user) {
  char *name = g_uri_escape_string(user->name, NULL, FALSE);
  page_set(exchange, "User.display_name", user->display_name);
  page_set(exchange, "User.name", user->name);
  page_set(exchange, "User.email", user->email);
  page_set(exchange, "User.role", role_text(exchange, user->role));
  page_set(exchange, "User.language", user->language[0] != '\0' ? page_text(exchange, talloc_asprintf(exchange, "language.%s", user->language), NULL) : "");
  page_set(exchange, "User.contracts", page_url(exchange, "/contracts?responsible=%s", name));
  page_set(exchange, "User.requests", page_url(exchange, "/requests?user=%s", name));
  if (!user->active) page_set(exchange, "User.disabled", "1");
  if (user->id == exchange->user->id) page_set(exchange, "User.own", "1");
  g_free(name);
}

/* `link`: the address of a new link, which stands in this one answer; or NULL. */
static bool show_user(Exchange *exchange, const Record *record, const char *link, GError **error) {
  UserRow *user = NULL;
  if (!user_repository_find(exchange->worker->database, exchange, record->values[USER_NAME], &user, error)) return false;
  if (user == NULL) return error_set(error, ERROR_NOT_FOUND, "the user was renamed meanwhile");
  record_page_fill(exchange, &USER_PAGE, record, NULL);
  fill_facts(exchange, user);
  if (!fill_password(exchange, user, error) || !fill_access(exchange, user, error)) return false;
  page_set(exchange, "Password.link", link);
  page_set(exchange, "User.activate", record_page_url(exchange, &USER_PAGE, record, "/active"));
  page_set(exchange, "Back.url", page_url(exchange, "/settings/users"));
  return page_render(exchange, link != NULL ? 201 : 200, "user_view", error);
}

bool user_view_page(Exchange *exchange, GError **error) {
  const Record *record = record_page_find(exchange, &USER_PAGE, error);
  return record != NULL && show_user(exchange, record, NULL, error);
}

bool user_password_link_submit(Exchange *exchange, GError **error) {
  unsigned char hash[SECRET_HASH_SIZE];
  const Record *record = record_page_find(exchange, &USER_PAGE, error);
  if (record == NULL) return false;
  if (!passwords_count(exchange)) return error_set(error, ERROR_BAD_REQUEST, "no_password_here");
  if (record->values[USER_ACTIVE][0] == '\0') return error_set(error, ERROR_BAD_REQUEST, "user_disabled");
  const char *link = page_whole_url(exchange, talloc_asprintf(exchange, "/password?token=%s", secret_new(exchange, hash)));
  return password_link_repository_make(exchange->worker->database, record->id, hash, error) && show_user(exchange, record, link, error);
}

bool user_sign_out_submit(Exchange *exchange, GError **error) {
  const Parameters *form = exchange->request->form;
  const Record *record = record_page_find(exchange, &USER_PAGE, error);
  if (record == NULL || !user_repository_end_access(exchange->worker->database, record->id, parameters_get(form, "keys") != NULL, error)) return false;
  page_message(exchange, "user_signed_out", record->values[USER_NAME]);
  response_redirect(exchange->response, record_page_url(exchange, &USER_PAGE, record, ""));
  return true;
}

/* Nobody takes the own access away by mistake. */
bool user_active_submit(Exchange *exchange, GError **error) {
  if (page_id(exchange, NULL) == exchange->user->id) return error_set(error, ERROR_BAD_REQUEST, "own_account");
  return record_page_set_yes(exchange, &USER_PAGE, USER_ACTIVE, error);
}
