/* json_reader.h: a JSON object as a form would carry it. */
#ifndef SUPPORTLEVEL_FORMAT_JSON_READER_H
#define SUPPORTLEVEL_FORMAT_JSON_READER_H

#include "domain/parameter.h"

/* Reads one object (RFC 8259) whose members are strings, whole numbers, booleans or null into names and values that belong to `owner`: null and false are "", true is "1".
 * ERROR_BAD_REQUEST: no such text (`bad_json` with the place), a name twice, or a member of another kind (`bad_json_value` with its name). */
Parameters *json_read_object(void *owner, const char *text, GError **error);

#endif
