/* What handlers ask of the parts of a request. */
#include <string.h>

#include "web/page.h"

/* One contract has one address: no leading zeros. */
static gint64 id_of(const char *part, GError **error) {
  guint64 id = 0;
  if (part != NULL && part[0] != '0' && g_ascii_string_to_unsigned(part, 10, 1, G_MAXUINT32, &id, NULL)) return (gint64)id;
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_NOT_FOUND, "no id: %s", part != NULL ? part : "");
  return 0;
}

gint64 page_id(const Exchange *exchange, GError **error) { return id_of(exchange->id, error); }

gint64 page_inner_id(const Exchange *exchange, GError **error) { return id_of(exchange->inner_id, error); }

guint page_form_version(const Exchange *exchange) {
  const char *text = parameters_get(exchange->request->form, "version");
  guint64 version = 0;
  if (text == NULL || !g_ascii_string_to_unsigned(text, 10, 1, G_MAXUINT32, &version, NULL)) return 0;
  return (guint)version;
}

bool page_is_json(const Exchange *exchange) { return strcmp(exchange->format, "json") == 0; }

bool page_unknown_parameter(const char *name, GError **error) {
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "unknown_parameter: %s", name);
  return false;
}

bool page_missing_parameter(const char *name, GError **error) {
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "missing_parameter: %s", name);
  return false;
}

bool page_one_parameter(const Exchange *exchange, const char *name, const char **value, GError **error) {
  const Parameters *query = exchange->request->query;
  *value = NULL;
  for (unsigned i = 0; i < query->count; i++) {
    if (strcmp(query->items[i].name, name) == 0) *value = query->items[i].value;
    else if (strcmp(query->items[i].name, "lang") != 0) return page_unknown_parameter(query->items[i].name, error);
  }
  return true;
}

bool page_no_parameters(const Exchange *exchange, GError **error) {
  const char *language = NULL;
  return page_one_parameter(exchange, "lang", &language, error);
}

unsigned page_child_count(HDF *node) {
  unsigned count = 0;
  for (HDF *child = hdf_obj_child(node); child != NULL; child = hdf_obj_next(child)) count++;
  return count;
}
