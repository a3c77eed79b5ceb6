#include "pages/problem.h"

#include <jansson.h>
#include <stdlib.h>
#include <talloc.h>

static json_t *problem_new(int status, const char *detail) {
  return json_pack("{s:s, s:s, s:i, s:s}", "type", "about:blank", "title", response_phrase(status), "status", status, "detail", detail);
}

/* Without memory for more an empty object still is one. */
static void answer(Exchange *exchange, int status, json_t *problem) {
  char *text = problem != NULL ? json_dumps(problem, JSON_COMPACT) : NULL;
  g_string_assign(exchange->response->body, text != NULL ? text : "{}");
  g_string_append_c(exchange->response->body, '\n');
  exchange->response->status = status;
  exchange->response->content_type = "application/problem+json";
  free(text);
  json_decref(problem);
}

void problem_answer(Exchange *exchange, int status, const char *detail, const char *id) {
  json_t *problem = problem_new(status, detail);
  if (problem != NULL && id != NULL) json_object_set_new(problem, "id", json_string(id));
  answer(exchange, status, problem);
}

bool problem_answer_fields(Exchange *exchange, int status, const FieldErrors *errors) {
  json_t *list = json_array();
  for (unsigned i = 0; i < errors->items->len; i++) {
    const FieldError *error = &g_array_index(errors->items, FieldError, i);
    const char *detail = page_text(exchange, talloc_asprintf(exchange, "error.%s", error->reason), error->argument != NULL ? error->argument : "", NULL);
    json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "field", error->field, "reason", error->reason, "detail", detail));
  }
  json_t *problem = problem_new(status, page_text(exchange, talloc_asprintf(exchange, "error.http.%d.text", status), NULL));
  if (problem != NULL) json_object_set(problem, "errors", list);
  json_decref(list);
  answer(exchange, status, problem);
  return true;
}
