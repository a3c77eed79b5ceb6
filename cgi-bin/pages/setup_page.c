/* The first start: whoever has the one-time link from the console becomes the first administrator. Everybody else is told where the link comes from. */
#include <string.h>
#include <talloc.h>

#include "domain/password.h"
#include "domain/secret.h"
#include "domain/user.h"
#include "pages/pages.h"
#include "pages/record_form.h"
#include "pages/sign_in.h"
#include "repository/setup_repository.h"
#include "web/session.h"

static const char *const STATES[] = {[SETUP_OPEN] = "open", [SETUP_UNKNOWN] = "unknown", [SETUP_EXPIRED] = "expired", [SETUP_DONE] = "done"};

/* Why there is no form: the address holds no link, or one that isn't good (any more). */
static bool show_way(Exchange *exchange, SetupState state, bool asked, GError **error) {
  bool done = state == SETUP_DONE;
  if (exchange->csrf == NULL) session_cookie_new(exchange);
  page_set(exchange, "Page.title", page_text(exchange, done ? "setup.done_title" : "setup.wait_title", NULL));
  if (asked) page_set(exchange, "Setup.problem", page_text(exchange, talloc_asprintf(exchange, "setup.%s", STATES[state]), NULL));
  if (done) page_set(exchange, "Setup.login", page_url(exchange, "/login"));
  else page_set(exchange, "Setup.wait", "1");
  return page_render(exchange, asked ? 403 : 200, "setup_wait", error);
}

/* ---- the form ---- */

/* The fields of a user but for role and state, which are given, and behind them the password twice. */
enum { SETUP_PASSWORD = USER_LANGUAGE + 1, SETUP_FIELD_COUNT = SETUP_PASSWORD + PASSWORD_FIELD_COUNT };

static RecordForm *form_of(Exchange *exchange) {
  static const char *const PURPOSES[SETUP_FIELD_COUNT] = {"name", "username", "email", "language", "new-password", "new-password"};
  const char *values[SETUP_FIELD_COUNT] = {"", "", "", language_code(exchange->language), "", ""};
  Field *fields = talloc_array(exchange, Field, SETUP_FIELD_COUNT);
  memcpy(fields, user_kind.fields, sizeof(Field) * SETUP_PASSWORD);
  memcpy(fields + SETUP_PASSWORD, password_fields, sizeof password_fields);
  RecordForm *form = record_form_new(exchange, fields, SETUP_FIELD_COUNT, values, NULL);
  form->purposes = PURPOSES;
  return form;
}

static bool show_form(RecordForm *form, const char *token, int status, GError **error) {
  Exchange *exchange = form->exchange;
  if (exchange->csrf == NULL) session_cookie_new(exchange);
  page_set(exchange, "Page.title", page_text(exchange, "setup.title", NULL));
  record_form_fill(form, page_url(exchange, "/setup?token=%s", token), 0);
  return page_render(exchange, status, "setup", error);
}

/* The token of the address and what it is good for; false also where the query holds anything else. */
static bool read_link(Exchange *exchange, const char **token, unsigned char hash[SECRET_HASH_SIZE], SetupState *state, GError **error) {
  if (!page_one_parameter(exchange, "token", token, error)) return false;
  bool whole = *token != NULL && secret_hash(*token, hash);
  return setup_repository_find(exchange->worker->database, whole ? hash : NULL, state, error);
}

bool setup_page(Exchange *exchange, GError **error) {
  unsigned char hash[SECRET_HASH_SIZE];
  const char *token = NULL;
  SetupState state = SETUP_UNKNOWN;
  if (!read_link(exchange, &token, hash, &state, error)) return false;
  if (state == SETUP_OPEN) return show_form(form_of(exchange), token, 200, error);
  if (state != SETUP_DONE || token != NULL) return show_way(exchange, state, token != NULL, error);
  response_redirect(exchange->response, page_url(exchange, exchange->user != NULL ? "/" : "/login"));
  return true;
}

/* ---- the first user ---- */

static bool sign_in(Exchange *exchange, const char *name, GError **error) {
  UserRow *user = NULL;
  if (!user_repository_find(exchange->worker->database, exchange, name, &user, error)) return false;
  if (user == NULL) return error_set(error, ERROR_PASSING, "the first user is gone again");
  if (!sign_in_start(exchange, user->id, error)) return false;
  response_redirect(exchange->response, page_url(exchange, "/setup/company"));
  return true;
}

static bool create_user(RecordForm *form, const unsigned char *hash, GError **error) {
  Exchange *exchange = form->exchange;
  Database *database = exchange->worker->database;
  SetupState state = SETUP_UNKNOWN;
  const char *name = form->values[USER_NAME];
  const UserRow user = {.name = name, .display_name = form->values[USER_DISPLAY_NAME], .email = form->values[USER_EMAIL], .language = form->values[USER_LANGUAGE], .role = "admin",
                        .password_hash = password_hash(exchange, form->values[SETUP_PASSWORD], error)};
  if (user.password_hash == NULL || !setup_repository_create_user(database, hash, &user, &state, error)) return false;
  return state == SETUP_OPEN ? sign_in(exchange, name, error) : show_way(exchange, state, true, error);
}

bool setup_submit(Exchange *exchange, GError **error) {
  unsigned char hash[SECRET_HASH_SIZE];
  const char *token = NULL;
  SetupState state = SETUP_UNKNOWN;
  if (!read_link(exchange, &token, hash, &state, error)) return false;
  if (state != SETUP_OPEN) return show_way(exchange, state, true, error);
  RecordForm *form = form_of(exchange);
  if (!record_form_read(form, error)) return false;
  fields_check_required(form->fields, SETUP_PASSWORD, form->values, form->errors);
  new_password_check(form->values + SETUP_PASSWORD, form->values[USER_NAME], form->errors);
  return field_errors_any(form->errors) ? show_form(form, token, 422, error) : create_user(form, hash, error);
}
