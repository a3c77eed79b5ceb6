#include "format/json_field.h"

#include <string.h>

/* Jansson refuses text that isn't UTF-8, which none of ours is: all of it was checked on its way in. */
static json_t *text_or_null(const char *text) { return text[0] == '\0' ? json_null() : json_string(text); }

static json_t *whole_number(const char *text) { return text[0] == '\0' ? json_null() : json_integer((json_int_t)g_ascii_strtoll(text, NULL, 10)); }

/* Choices that are numbers (of months) are numbers here too. */
static bool is_number_choice(const Field *field) { return g_ascii_isdigit(field->choices[0]); }

json_t *json_field_value(const Field *field, const char *text) {
  switch (field->kind) {
    case FIELD_NUMBER:
    case FIELD_MINUTES: return whole_number(text);
    case FIELD_CHOICE: return is_number_choice(field) ? whole_number(text) : text_or_null(text);
    case FIELD_YES: return json_boolean(text[0] != '\0');
    case FIELD_DAY:
    case FIELD_KEY:
    case FIELD_PERIOD: return text_or_null(text);
    default: return json_string(text);
  }
}

/* ---- schema ---- */

/* Whether a value of this field can be null; what always has a value, or says "" for none, never is. */
static bool can_be_null(const Field *field) {
  bool by_kind = field->kind == FIELD_NUMBER || field->kind == FIELD_MINUTES || field->kind == FIELD_CHOICE || field->kind == FIELD_DAY || field->kind == FIELD_KEY || field->kind == FIELD_PERIOD;
  return by_kind && !field->required && field->fallback[0] == '\0';
}

static json_t *choice_schema(const Field *field, bool null) {
  json_t *values = json_array();
  char **choices = g_strsplit(field->choices, " ", -1);
  for (unsigned i = 0; choices[i] != NULL; i++) json_array_append_new(values, is_number_choice(field) ? whole_number(choices[i]) : json_string(choices[i]));
  if (null) json_array_append_new(values, json_null());
  g_strfreev(choices);
  return json_pack("{s:o}", "enum", values);
}

static json_t *string_schema(const char *keyword, const char *value) { return json_pack("{s:s, s:s}", "type", "string", keyword, value); }

static json_t *kind_schema(const Field *field, bool null) {
  switch (field->kind) {
    case FIELD_CHOICE: return choice_schema(field, null);
    case FIELD_NUMBER:
    case FIELD_MINUTES: return json_pack("{s:s, s:i, s:I}", "type", "integer", "minimum", 0, "maximum", (json_int_t)field->limit);
    case FIELD_YES: return json_pack("{s:s}", "type", "boolean");
    case FIELD_DAY: return string_schema("format", "date");
    case FIELD_PERIOD: return string_schema("pattern", "^[1-9][0-9]*[dwm]$");
    case FIELD_MONEY: return string_schema("pattern", "^[0-9]{1,12}\\.[0-9]{2}$");
    case FIELD_CURRENCY: return string_schema("pattern", "^[A-Z]{3}$");
    case FIELD_COUNTRY: return string_schema("pattern", "^[A-Z]{2}$");
    case FIELD_CODE: return json_pack("{s:s, s:s, s:I}", "type", "string", "pattern", "^[A-Za-z0-9][A-Za-z0-9._-]*$", "maxLength", (json_int_t)field->limit);
    default: return json_pack("{s:s, s:I}", "type", "string", "maxLength", (json_int_t)field->limit);
  }
}

json_t *json_field_schema(const Field *field, bool written) {
  bool null = can_be_null(field) || (written && !field->required && field->kind != FIELD_YES);
  json_t *schema = kind_schema(field, null);
  json_t *type = json_object_get(schema, "type");
  if (null && type != NULL) json_object_set_new(schema, "type", json_pack("[O, s]", type, "null"));
  if (field->required && !null && type != NULL && strcmp(json_string_value(type), "string") == 0 && field->limit > 0) json_object_set_new(schema, "minLength", json_integer(1));
  if (field->kind == FIELD_LOOKED_UP || field->kind == FIELD_YES) json_object_set_new(schema, "readOnly", json_true());
  return schema;
}
