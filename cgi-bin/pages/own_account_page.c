/* One's own account: a new password, and signing out everywhere. */
#include <string.h>
#include <talloc.h>

#include "domain/password.h"
#include "pages/pages.h"
#include "pages/record_form.h"
#include "pages/sign_in.h"
#include "web/session.h"

#define PATH "/settings/account"

enum { CURRENT, PASSWORD, AGAIN, FIELD_COUNT };

static RecordForm *form_of(Exchange *exchange) {
  static const Field FIELDS[FIELD_COUNT] = {[CURRENT] = {.name = "current", .kind = FIELD_PASSWORD, .required = true},
                                            [PASSWORD] = {.name = "password", .kind = FIELD_PASSWORD, .required = true},
                                            [AGAIN] = {.name = "again", .kind = FIELD_PASSWORD, .required = true}};
  static const char *const LABELS[FIELD_COUNT] = {[CURRENT] = "current_password", [PASSWORD] = "new_password", [AGAIN] = "new_password_again"};
  static const char *const PURPOSES[FIELD_COUNT] = {[CURRENT] = "current-password", [PASSWORD] = "new-password", [AGAIN] = "new-password"};
  static const char *const VALUES[FIELD_COUNT] = {"", "", ""};
  RecordForm *form = record_form_new(exchange, FIELDS, FIELD_COUNT, VALUES, NULL);
  form->labels = LABELS;
  form->purposes = PURPOSES;
  return form;
}

static bool show_page(RecordForm *form, int status, GError **error) {
  Exchange *exchange = form->exchange;
  UserAccess access;
  if (!user_repository_access(exchange->worker->database, exchange->user->id, exchange->today, &access, error)) return false;
  page_set(exchange, "Page.title", page_text(exchange, "account.title", NULL));
  page_set(exchange, "Account.name", exchange->user->name);
  page_set(exchange, "Account.email", exchange->user->email);
  page_set(exchange, "Account.sign_out_action", page_url(exchange, PATH "/sign-out"));
  page_set_number(exchange, "Account.sessions", access.sessions);
  page_set_number(exchange, "Account.tokens", access.tokens);
  page_set_number(exchange, "Account.calendars", access.calendars);
  /* Who signs in at the web server has the password there. */
  if (!settings_on(exchange->worker->settings, SETTING_REMOTE_USER)) record_form_fill(form, page_url(exchange, PATH "/password"), 0);
  return page_render(exchange, status, "own_account", error);
}

bool own_account_page(Exchange *exchange, GError **error) { return show_page(form_of(exchange), 200, error); }

static bool read_form(RecordForm *form, GError **error) {
  for (unsigned field = 0; field < FIELD_COUNT; field++) {
    const char *name = form->fields[field].name;
    if (parameters_get(form->exchange->request->form, name) == NULL) return page_missing_parameter(name, error);
  }
  return record_form_read(form, error);
}

static void check_form(RecordForm *form) {
  const char *const *values = form->values;
  const char *fault = password_fault(values[PASSWORD], form->exchange->user->name);
  fields_check_required(form->fields, FIELD_COUNT, values, form->errors);
  if (fault != NULL) field_errors_add(form->errors, form->fields[PASSWORD].name, fault, password_limit(fault));
  if (strcmp(values[PASSWORD], values[CURRENT]) == 0) field_errors_add(form->errors, form->fields[PASSWORD].name, "password_same", NULL);
  if (strcmp(values[PASSWORD], values[AGAIN]) != 0) field_errors_add(form->errors, form->fields[AGAIN].name, "password_differs", NULL);
}

/* The present password is asked for, or whoever finds a browser signed in could lock its user out; failures make wait as they do at the sign-in. */
bool own_password_submit(Exchange *exchange, GError **error) {
  const UserRow *user = NULL;
  gint64 wait = 0;
  RecordForm *form = form_of(exchange);
  if (!read_form(form, error)) return false;
  check_form(form);
  if (field_errors_any(form->errors)) return show_page(form, 422, error);
  if (!sign_in_try(exchange, exchange->user->name, form->values[CURRENT], &user, &wait, error)) return false;
  if (wait > 0) field_errors_add(form->errors, form->fields[CURRENT].name, "too_many_tries", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, wait));
  else if (user == NULL) field_errors_add(form->errors, form->fields[CURRENT].name, "password_wrong", NULL);
  if (user == NULL) return show_page(form, wait > 0 ? 429 : 422, error);
  const char *hash = password_hash(exchange, form->values[PASSWORD], error);
  if (hash == NULL || !user_repository_set_password(exchange->worker->database, user->id, hash, error) || !sign_in_start_session(exchange, user->id, error)) return false;
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
