/* json_value.h: values that several writers make alike, for jansson. */
#ifndef SUPPORTLEVEL_FORMAT_JSON_VALUE_H
#define SUPPORTLEVEL_FORMAT_JSON_VALUE_H

#include <glib.h>
#include <jansson.h>

/* A moment (seconds since 1970) as ISO 8601 in a time zone; SERVICE_NEVER: null. */
json_t *json_value_moment(const char *time_zone, gint64 seconds);

/* SERVICE_NO_PROMISE: null. */
json_t *json_value_minutes(gint64 minutes);

/* Appends a value as text, and lets go of it. */
void json_value_append(GString *json, json_t *value, size_t flags);

#endif
