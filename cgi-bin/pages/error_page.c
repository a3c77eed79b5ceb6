#include "pages/error_page.h"

#include <string.h>
#include <talloc.h>

#include "domain/error.h"
#include "pages/problem.h"

/* ---- words ---- */

static const char *text_of_status(Exchange *exchange, int status, const char *which) {
  const char *key = talloc_asprintf(exchange, "error.http.%d.%s", status, which);
  return page_text_or_null(exchange, key) != NULL ? page_text(exchange, key, NULL) : page_text(exchange, talloc_asprintf(exchange, "error.http.500.%s", which), NULL);
}

/* The request's errors are written "key" or "key: argument", with the key of a text below Lang.error; what is written otherwise shows as it is. */
static const char *text_of_message(Exchange *exchange, const char *message) {
  gsize length = strspn(message, "abcdefghijklmnopqrstuvwxyz_");
  if (length == 0 || (message[length] != '\0' && strncmp(message + length, ": ", 2) != 0)) return NULL;
  const char *key = talloc_asprintf(exchange, "error.%.*s", (int)length, message);
  return page_text_or_null(exchange, key) != NULL ? page_text(exchange, key, message[length] != '\0' ? message + length + 2 : "", NULL) : NULL;
}

static bool is_the_requests(const GError *error) {
  return error_is(error, ERROR_BAD_REQUEST) || error_is(error, ERROR_UNAUTHORIZED) || error_is(error, ERROR_FORBIDDEN) || error_is(error, ERROR_FIELD);
}

static const char *text_of(Exchange *exchange, const GError *error, int status) {
  const char *text = is_the_requests(error) || error_is(error, ERROR_NOT_FOUND) ? text_of_message(exchange, error->message) : NULL;
  if (text != NULL) return text;
  if (error_is(error, ERROR_FATE_UNKNOWN)) return page_text(exchange, "error.fate_unknown", NULL);
  return text_of_status(exchange, status, "text");
}

/* A reason that is nobody's secret and stands in no language file. */
static const char *detail_of(Exchange *exchange, const GError *error) {
  return is_the_requests(error) && text_of_message(exchange, error->message) == NULL ? error->message : NULL;
}

/* ---- what was typed is kept ---- */

static bool is_secret(const char *name) { return strstr(name, "password") != NULL; }

static bool has_secret(const Parameters *form) {
  for (unsigned i = 0; i < form->count; i++) {
    if (is_secret(form->items[i].name)) return true;
  }
  return false;
}

/* A form can be sent again when that may help, and when no other site made it: its button must not do a stranger's bidding. A file isn't there any more. */
static bool can_be_sent_again(const Exchange *exchange, const GError *error, int status) {
  const Request *request = exchange->request;
  if (request->method != METHOD_POST || request->form->count == 0 || request->files->count > 0 || has_secret(request->form)) return false;
  if (status == 503) return true;
  bool may_help = status == 401 || (status == 403 && strcmp(error->message, "form_token") == 0);
  return may_help && request_origin(request) == ORIGIN_OWN;
}

static void fill_again(Exchange *exchange) {
  const Parameters *form = exchange->request->form;
  HDF *again = page_node(exchange->data, "Again");
  unsigned row = 0;
  /* A token is handed only to our own page's form; otherwise the form keeps the one that it came with. */
  bool fresh = request_origin(exchange->request) == ORIGIN_OWN && exchange->csrf != NULL;
  page_value(again, "action", page_url(exchange, "%s", page_own_path(exchange)));
  page_value(again, "csrf", fresh ? exchange->csrf : parameters_get(form, "csrf"));
  for (unsigned i = 0; i < form->count; i++) {
    if (strcmp(form->items[i].name, "csrf") == 0) continue;
    HDF *field = page_row(page_node(again, "Field"), row++);
    page_value(field, "name", form->items[i].name);
    page_value(field, "value", form->items[i].value);
  }
}

/* ---- three formats ---- */

static void answer_plain(Exchange *exchange, int status, const char *text, const char *id) {
  Response *response = exchange->response;
  g_string_printf(response->body, "%d %s%s%s\n", status, text, id != NULL ? " #" : "", id != NULL ? id : "");
  response->status = status;
  response->content_type = "text/plain; charset=utf-8";
}

/* Where to see whether something was saved: a request's own page, or the queues, have the address that was sent to. */
static const char *look_at(const char *path) { return g_str_has_prefix(path, "/requests") ? path : "/contracts?sort=-updated"; }

static void answer_page(Exchange *exchange, const GError *error, int status, const char *id) {
  GError *unprintable = NULL;
  page_set(exchange, "Page.title", text_of_status(exchange, status, "title"));
  page_set_number(exchange, "Error.status", status);
  page_set(exchange, "Error.text", text_of(exchange, error, status));
  page_set(exchange, "Error.detail", detail_of(exchange, error));
  page_set(exchange, "Error.id", id);
  page_set(exchange, "Error.home", page_url(exchange, "/"));
  if (status == 401) page_set(exchange, "Error.login", page_url(exchange, "/login"));
  if (error_is(error, ERROR_FATE_UNKNOWN)) page_set(exchange, "Error.look", page_url(exchange, "%s", look_at(exchange->request->path)));
  if (can_be_sent_again(exchange, error, status)) fill_again(exchange);
  if (page_render(exchange, status, "error", &unprintable)) return;
  g_error_free(unprintable);
  answer_plain(exchange, status, text_of(exchange, error, status), id);
}

static void answer_as_problem(Exchange *exchange, const GError *error, int status, const char *id) {
  const char *detail = detail_of(exchange, error);
  problem_answer(exchange, status, detail != NULL ? detail : text_of(exchange, error, status), id);
}

/* RFC 6750, 3: how a program signs in, and that what it showed is no good. Browsers know no such way and don't ask for one. */
static const char *challenge(const Exchange *exchange) {
  return exchange->request->bearer != NULL ? "Bearer realm=\"Supportlevel\", error=\"invalid_token\"" : "Bearer realm=\"Supportlevel\"";
}

void error_page_answer(Exchange *exchange, const GError *error, const char *id) {
  int status = error->domain == SUPPORTLEVEL_ERROR ? error_http_status(error->code) : 500;
  if (status == 503) response_header(exchange->response, "Retry-After", "5");
  if (status == 401) response_header(exchange->response, "WWW-Authenticate", challenge(exchange));
  if (page_is_json(exchange)) answer_as_problem(exchange, error, status, id);
  else if (strcmp(exchange->format, "html") != 0) answer_plain(exchange, status, detail_of(exchange, error) != NULL ? detail_of(exchange, error) : text_of(exchange, error, status), id);
  else answer_page(exchange, error, status, id);
}
