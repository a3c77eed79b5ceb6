#include "format/json_value.h"

#include <talloc.h>

#include "domain/moment.h"
#include "domain/service_clock.h"

json_t *json_value_moment(const char *time_zone, gint64 seconds) {
  if (seconds == SERVICE_NEVER) return json_null();
  void *scratch = talloc_new(NULL);
  json_t *value = json_string(moment_iso(scratch, time_zone, seconds));
  talloc_free(scratch);
  return value;
}

json_t *json_value_minutes(gint64 minutes) { return minutes == SERVICE_NO_PROMISE ? json_null() : json_integer(minutes); }

static int append(const char *text, size_t length, void *json) {
  g_string_append_len(json, text, (gssize)length);
  return 0;
}

void json_value_append(GString *json, json_t *value, size_t flags) {
  json_dump_callback(value, append, json, flags);
  json_decref(value);
}
