#include "pages/record_json.h"

#include <talloc.h>

#include "format/json_reader.h"
#include "web/json_answer.h"

/* GLib's strings know nothing of talloc. */
typedef struct {
  GString *text;
} TextKeeper;

static int destroy_text(TextKeeper *keeper) {
  g_string_free(keeper->text, TRUE);
  return 0;
}

GString *record_json_text(Exchange *exchange) {
  TextKeeper *keeper = talloc_zero(exchange, TextKeeper);
  keeper->text = g_string_new(NULL);
  talloc_set_destructor(keeper, destroy_text);
  return keeper->text;
}

void record_json_know(RecordForm *form, const GString *json) {
  if (form->exchange->request->is_json) form->known = json_read_object(form, json->str, NULL);
}

guint record_json_version(const Exchange *exchange, const GString *json, guint stored_version, GError **error) {
  if (page_is_json(exchange)) return json_answer_seen(exchange, json, error) ? stored_version : 0;
  guint version = page_form_version(exchange);
  if (version == 0) page_missing_parameter("version", error);
  return version;
}

bool record_json_conflict(GError **error) {
  return error_set(error, ERROR_PRECONDITION_FAILED, "changed meanwhile");
}
