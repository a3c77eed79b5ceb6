/* parameter.h: names and values of a query string or a form, flat, in their order, bounded. */
#ifndef SUPPORTLEVEL_DOMAIN_PARAMETER_H
#define SUPPORTLEVEL_DOMAIN_PARAMETER_H

#include "domain/error.h"

#define PARAMETER_MAX 1000 /* parameters of one request; more is answered 400 */

typedef struct {
  const char *name;
  const char *value;
} Parameter;

typedef struct {
  Parameter *items;
  unsigned count;
} Parameters;

/* Reads application/x-www-form-urlencoded text of `length` bytes into a flat list that belongs to `owner`.
 * ERROR_BAD_REQUEST: more than PARAMETER_MAX, a bad percent code, text that is not UTF-8, or control characters other than
 * tab and line break. Values come back composed (Unicode NFC) and with line breaks as "\n". */
Parameters *parameters_parse(void *owner, const char *text, gsize length, GError **error);

/* The first value of a name, or NULL. */
const char *parameters_get(const Parameters *parameters, const char *name);

#endif
