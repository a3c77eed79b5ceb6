/* json_field.h: one field in JSON: its value, and the schema that the value keeps to. Both by the field's kind, side by side. */
#ifndef SUPPORTLEVEL_FORMAT_JSON_FIELD_H
#define SUPPORTLEVEL_FORMAT_JSON_FIELD_H

#include <jansson.h>

#include "domain/field.h"

/* The value of a canonical text: a key, day, period or choice without a value is null, an empty text is an empty text, money is a string. */
json_t *json_field_value(const Field *field, const char *text);

/* The JSON Schema (2020-12) of these values. `written`: of what may be sent instead, where null takes a value away. */
json_t *json_field_schema(const Field *field, bool written);

#endif
