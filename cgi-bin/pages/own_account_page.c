/* One's own account: a new password, and signing out everywhere. */
#include <string.h>
#include <talloc.h>

#include "domain/password.h"
#include "pages/pages.h"
#include "pages/sign_in.h"
#include "web/session.h"

#define PATH "/settings/account"

enum { CURRENT, PASSWORD, AGAIN, FIELD_COUNT };

static const struct {
  const char *name;
  const char *autocomplete;
} FIELDS[FIELD_COUNT] = {[CURRENT] = {"current", "current-password"}, [PASSWORD] = {"password", "new-password"}, [AGAIN] = {"again", "new-password"}};

static void fill_field(Exchange *exchange, unsigned field, const FieldErrors *errors) {
  const char *name = FIELDS[field].name;
  const char *label = page_text(exchange, talloc_asprintf(exchange, "account.%s", name), NULL);
  const FieldError *problem = field_errors_find(errors, name);
  HDF *row = page_row(page_node(exchange->data, "Form.Field"), field);
  page_value(row, "name", name);
  page_value(row, "label", label);
  page_value(row, "control", "password");
  page_value(row, "autocomplete", FIELDS[field].autocomplete);
  if (field == PASSWORD) page_value(row, "help", page_text(exchange, "account.password_help", G_STRINGIFY(PASSWORD_SHORTEST), NULL));
  if (problem == NULL) return;
  HDF *listed = page_row(page_node(exchange->data, "Errors"), field);
  page_value(row, "error", page_error_text(exchange, problem));
  page_value(listed, "name", name);
  page_value(listed, "label", label);
  page_value(listed, "text", page_error_text(exchange, problem));
}

static bool show_page(Exchange *exchange, int status, const FieldErrors *errors, GError **error) {
  UserAccess access;
  if (!user_repository_access(exchange->worker->database, exchange->user->id, exchange->today, &access, error)) return false;
  page_set(exchange, "Page.title", page_text(exchange, "account.title", NULL));
  page_set(exchange, "Account.name", exchange->user->name);
  page_set(exchange, "Account.password_action", page_url(exchange, PATH "/password"));
  page_set(exchange, "Account.sign_out_action", page_url(exchange, PATH "/sign-out"));
  page_set_number(exchange, "Account.sessions", access.sessions);
  page_set_number(exchange, "Account.tokens", access.tokens);
  page_set_number(exchange, "Account.calendars", access.calendars);
  /* Who signs in at the web server has the password there. */
  if (!settings_on(exchange->worker->settings, SETTING_REMOTE_USER)) {
    for (unsigned field = 0; field < FIELD_COUNT; field++) fill_field(exchange, field, errors);
  }
  return page_render(exchange, status, "own_account", error);
}

bool own_account_page(Exchange *exchange, GError **error) { return show_page(exchange, 200, field_errors_new(exchange), error); }

static bool read_form(Exchange *exchange, const char *values[FIELD_COUNT], GError **error) {
  const Parameters *form = exchange->request->form;
  for (unsigned i = 0; i < form->count; i++) {
    const char *name = form->items[i].name;
    bool known = strcmp(name, "csrf") == 0;
    for (unsigned field = 0; field < FIELD_COUNT; field++) known = known || strcmp(name, FIELDS[field].name) == 0;
    if (!known) return page_unknown_parameter(name, error);
  }
  for (unsigned field = 0; field < FIELD_COUNT; field++) {
    values[field] = parameters_get(form, FIELDS[field].name);
    if (values[field] == NULL) return page_missing_parameter(FIELDS[field].name, error);
  }
  return true;
}

static void check_form(const Exchange *exchange, const char *const values[FIELD_COUNT], FieldErrors *errors) {
  const char *fault = password_fault(values[PASSWORD], exchange->user->name);
  if (fault != NULL) field_errors_add(errors, FIELDS[PASSWORD].name, fault, NULL);
  if (strcmp(values[PASSWORD], values[CURRENT]) == 0) field_errors_add(errors, FIELDS[PASSWORD].name, "password_same", NULL);
  if (strcmp(values[PASSWORD], values[AGAIN]) != 0) field_errors_add(errors, FIELDS[AGAIN].name, "password_differs", NULL);
}

/* The present password is asked for, or whoever finds a browser signed in could lock its user out; failures make wait as they do at the sign-in. */
bool own_password_submit(Exchange *exchange, GError **error) {
  const char *values[FIELD_COUNT];
  const UserRow *user = NULL;
  gint64 wait = 0;
  FieldErrors *errors = field_errors_new(exchange);
  if (!read_form(exchange, values, error)) return false;
  check_form(exchange, values, errors);
  if (field_errors_any(errors)) return show_page(exchange, 422, errors, error);
  if (!sign_in_try(exchange, exchange->user->name, values[CURRENT], &user, &wait, error)) return false;
  if (wait > 0) field_errors_add(errors, FIELDS[CURRENT].name, "password_wait", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, wait));
  else if (user == NULL) field_errors_add(errors, FIELDS[CURRENT].name, "password_wrong", NULL);
  if (user == NULL) return show_page(exchange, wait > 0 ? 429 : 422, errors, error);
  const char *hash = password_hash(exchange, values[PASSWORD]);
  if (hash == NULL) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_PASSING, "there is too little memory to protect a password");
    return false;
  }
  if (!user_repository_set_password(exchange->worker->database, user->id, hash, error) || !sign_in_start_session(exchange, user->id, error)) return false;
  page_message(exchange, "password_changed", NULL);
  response_redirect(exchange->response, page_url(exchange, PATH));
  return true;
}

bool own_sign_out_submit(Exchange *exchange, GError **error) {
  const Parameters *form = exchange->request->form;
  for (unsigned i = 0; i < form->count; i++) {
    if (strcmp(form->items[i].name, "csrf") != 0 && strcmp(form->items[i].name, "keys") != 0) return page_unknown_parameter(form->items[i].name, error);
  }
  bool keys = parameters_get(form, "keys") != NULL;
  if (!user_repository_end_access(exchange->worker->database, exchange->user->id, keys, error)) return false;
  session_cookie_drop(exchange);
  page_message(exchange, keys ? "signed_out_keys" : "signed_out_everywhere", NULL);
  response_redirect(exchange->response, page_url(exchange, "/login"));
  return true;
}
