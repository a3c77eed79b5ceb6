/* Personal access tokens: everybody's own, shown once, revoked by a press. */
#include <string.h>
#include <talloc.h>

#include "domain/token_field.h"
#include "pages/pages.h"
#include "pages/record_form.h"
#include "repository/token_repository.h"
#include "web/access_token.h"

#define PATH "/settings/tokens"
#define GOOD_MAX 50 /* tokens of one user that are good at the same time: all of them can be seen, and revoked */

static const char *const ROLES_UP_TO[] = {[ROLE_NOBODY] = "", [ROLE_VIEWER] = "viewer", [ROLE_EDITOR] = "viewer editor", [ROLE_ADMIN] = "viewer editor admin"};

/* A form of the fields, with what is proposed. */
static RecordForm *form_of(Exchange *exchange) {
  Field *fields = talloc_zero_array(exchange, Field, TOKEN_FIELD_COUNT);
  token_fields_make(fields, ROLES_UP_TO[exchange->user->role]);
  const char *values[TOKEN_FIELD_COUNT] = {"", fields[TOKEN_ROLE].fallback, day_text_iso(exchange, token_expires_proposed(exchange->today))};
  return record_form_new(exchange, fields, TOKEN_FIELD_COUNT, values, NULL);
}

/* ---- the list ---- */

static const char *state_of(const TokenRow *token, Day today) { return token->revoked_at != NULL ? "revoked" : token->expires_on < today ? "expired" : "good"; }

static void fill_row(Exchange *exchange, HDF *row, const TokenRow *token) {
  const char *state = state_of(token, exchange->today);
  page_value(row, "name", token->name);
  page_value(row, "role", page_text(exchange, talloc_asprintf(exchange, "role.%s", token->role), NULL));
  page_value(row, "created", page_moment(exchange, token->created_at));
  page_value(row, "expires", language_day(exchange, exchange->language, token->expires_on));
  page_value(row, "used", token->last_used_on != DAY_NONE ? language_day(exchange, exchange->language, token->last_used_on) : page_text(exchange, "tokens.never", NULL));
  page_value(row, "state", state);
  page_value(row, "state_text", page_text(exchange, talloc_asprintf(exchange, "tokens.state.%s", state), NULL));
  if (token->revoked_at == NULL) page_value(row, "revoke", page_url(exchange, PATH "/%" G_GINT64_FORMAT "/revoke", token->id));
}

static bool show_page(Exchange *exchange, RecordForm *form, int status, const char *new_token, GError **error) {
  TokenRows *tokens = token_repository_list(exchange->worker->database, exchange, exchange->user->id, exchange->today, error);
  if (tokens == NULL) return false;
  HDF *rows = page_node(exchange->data, "Row");
  for (unsigned i = 0; i < tokens->count; i++) fill_row(exchange, page_row(rows, i), &tokens->items[i]);
  page_set(exchange, "Page.title", page_text(exchange, "tokens.title", NULL));
  page_set(exchange, "Token.new", new_token);
  page_set(exchange, "Token.example", page_whole_url(exchange, "/contracts.json?status=active"));
  page_set(exchange, "Token.description", page_url(exchange, "/openapi.json"));
  record_form_fill(form, page_url(exchange, PATH), 0);
  return page_render(exchange, status, "token_list", error);
}

bool token_list_page(Exchange *exchange, GError **error) { return show_page(exchange, form_of(exchange), 200, NULL, error); }

/* ---- making and revoking ---- */

static bool check_count(Exchange *exchange, RecordForm *form, GError **error) {
  unsigned good = 0;
  TokenRows *tokens = token_repository_list(exchange->worker->database, exchange, exchange->user->id, exchange->today, error);
  if (tokens == NULL) return false;
  for (unsigned i = 0; i < tokens->count; i++) good += strcmp(state_of(&tokens->items[i], exchange->today), "good") == 0;
  if (good >= GOOD_MAX) field_errors_add(form->errors, form->fields[TOKEN_NAME].name, "too_many_tokens", G_STRINGIFY(GOOD_MAX));
  return true;
}

/* The token stands in this one answer, which nothing may keep (no-store), and never in an address or a cookie. */
bool token_create_submit(Exchange *exchange, GError **error) {
  unsigned char hash[ACCESS_TOKEN_HASH_SIZE];
  RecordForm *form = form_of(exchange);
  if (!record_form_read(form, error)) return false;
  token_check(form->values, form->fields, exchange->today, form->errors);
  if (!check_count(exchange, form, error)) return false;
  if (field_errors_any(form->errors)) return show_page(exchange, form, 422, NULL, error);
  const char *token = access_token_new(exchange);
  if (!access_token_hash(token, hash)) g_error("a token of ours has not the form of one");
  const TokenRow row = {.name = form->values[TOKEN_NAME], .role = form->values[TOKEN_ROLE], .expires_on = day_parse_iso(form->values[TOKEN_EXPIRES_ON])};
  if (!token_repository_insert(exchange->worker->database, exchange->user->id, &row, hash, exchange->today, error)) return false;
  return show_page(exchange, form_of(exchange), 201, token, error);
}

bool token_revoke_submit(Exchange *exchange, GError **error) {
  gint64 id = page_id(exchange, error);
  if (id == 0 || !token_repository_revoke(exchange->worker->database, exchange->user->id, id, error)) return false;
  page_message(exchange, "token_revoked", NULL);
  response_redirect(exchange->response, page_url(exchange, PATH));
  return true;
}
