#include "format/json_reader.h"

#include <jansson.h>
#include <talloc.h>

/* The text of a member's value, or NULL for what no form could carry: a list, an object, a number with decimals, which would be rounded. */
static const char *member_text(void *owner, const json_t *value) {
  switch (json_typeof(value)) {
    case JSON_STRING: return talloc_strdup(owner, json_string_value(value));
    case JSON_INTEGER: return talloc_asprintf(owner, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    case JSON_TRUE: return "1";
    case JSON_FALSE:
    case JSON_NULL: return "";
    default: return NULL;
  }
}

static bool read_members(Parameters *parameters, json_t *object, GError **error) {
  const char *name = NULL;
  json_t *value = NULL;
  json_object_foreach(object, name, value) {
    Parameter *item = &parameters->items[parameters->count++];
    *item = (Parameter){talloc_strdup(parameters, name), member_text(parameters, value)};
    if (item->value != NULL) continue;
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "bad_json_value: %s", name);
    return false;
  }
  return true;
}

Parameters *json_read_object(void *owner, const char *text, GError **error) {
  json_error_t problem;
  json_t *object = json_loads(text, JSON_REJECT_DUPLICATES, &problem);
  if (!json_is_object(object)) {
    if (object == NULL) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "bad_json: %d:%d", problem.line, problem.column);
    else g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "bad_json: 1:1");
    json_decref(object);
    return NULL;
  }
  Parameters *parameters = talloc_zero(owner, Parameters);
  gsize count = json_object_size(object);
  bool good = count <= PARAMETER_MAX;
  if (!good) g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "too_many_parameters");
  else parameters->items = talloc_zero_array(parameters, Parameter, (unsigned)count + 1);
  good = good && read_members(parameters, object, error);
  json_decref(object);
  if (good) return parameters;
  talloc_free(parameters);
  return NULL;
}
