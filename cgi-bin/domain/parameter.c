#include "domain/parameter.h"

#include <string.h>
#include <talloc.h>

#include "domain/text.h"

static bool refuse(GError **error, const char *reason) {
  g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, reason);
  return false;
}

/* One name or value: `+` is a blank, percent codes are bytes (WHATWG URL, application/x-www-form-urlencoded). */
static bool decode(void *owner, const char *text, gsize length, const char **decoded, GError **error) {
  char *bytes = talloc_size(owner, length + 1);
  gsize used = 0;
  TextFault fault = TEXT_GOOD;
  for (gsize at = 0; at < length; at++) {
    char byte = text[at];
    if (byte == '%') {
      if (at + 2 >= length || !g_ascii_isxdigit(text[at + 1]) || !g_ascii_isxdigit(text[at + 2])) return refuse(error, "bad_percent_code");
      byte = (char)(g_ascii_xdigit_value(text[at + 1]) * 16 + g_ascii_xdigit_value(text[at + 2]));
      at += 2;
    } else if (byte == '+') {
      byte = ' ';
    }
    bytes[used++] = byte;
  }
  *decoded = text_clean(owner, bytes, used, false, true, &fault);
  talloc_free(bytes);
  if (fault == TEXT_NOT_UTF8) return refuse(error, "not_utf8");
  if (fault == TEXT_CONTROL) return refuse(error, "control_character");
  return true;
}

static bool read_pair(Parameters *parameters, const char *pair, gsize length, GError **error) {
  const char *equals = memchr(pair, '=', length);
  gsize name_length = equals != NULL ? (gsize)(equals - pair) : length;
  Parameter *item = &parameters->items[parameters->count];
  if (!decode(parameters, pair, name_length, &item->name, error)) return false;
  item->value = "";
  if (equals != NULL && !decode(parameters, equals + 1, length - name_length - 1, &item->value, error)) return false;
  parameters->count++;
  return true;
}

static unsigned count_pairs(const char *text, gsize length) {
  unsigned count = 1;
  for (gsize at = 0; at < length; at++) count += text[at] == '&';
  return count;
}

Parameters *parameters_parse(void *owner, const char *text, gsize length, GError **error) {
  Parameters *parameters = talloc_zero(owner, Parameters);
  unsigned pairs = count_pairs(text, length);
  bool good = pairs <= PARAMETER_MAX || refuse(error, "too_many_parameters");
  if (good) parameters->items = talloc_zero_array(parameters, Parameter, pairs);
  for (gsize at = 0; good && at < length;) {
    const char *end = memchr(text + at, '&', length - at);
    gsize pair = end != NULL ? (gsize)(end - text) - at : length - at;
    if (pair > 0) good = read_pair(parameters, text + at, pair, error);
    at += pair + 1;
  }
  if (good) return parameters;
  talloc_free(parameters);
  return NULL;
}

const char *parameters_get(const Parameters *parameters, const char *name) {
  for (unsigned i = 0; i < parameters->count; i++) {
    if (strcmp(parameters->items[i].name, name) == 0) return parameters->items[i].value;
  }
  return NULL;
}
