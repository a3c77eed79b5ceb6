#include "pages/level_promise.h"

#include <string.h>

#include "pages/service_text.h"

static const char *duration_text(Exchange *exchange, const char *minutes) {
  return minutes[0] != '\0' ? service_text_minutes(exchange, g_ascii_strtoll(minutes, NULL, 10)) : page_text(exchange, "level.no_promise", NULL);
}

void level_promise_fill(Exchange *exchange, HDF *node, const LevelRow *level) {
  page_value(node, "code", level->code);
  page_value(node, "name", level->name);
  page_value(node, "scope", level->scope);
  page_value(node, "channels", level->channels);
  page_value(node, "hours", level->service_hours);
  page_value(node, "response", duration_text(exchange, level->response_minutes));
  page_value(node, "restore", duration_text(exchange, level->restore_minutes));
  page_value(node, "next", level->next);
  if (level->calendar == NULL) return;
  page_value(node, "calendar", level->calendar->name);
  page_value(node, "calendar_hours", service_text_hours(exchange, level->calendar));
  page_value(node, "calendar_url", page_url(exchange, "/settings/service-calendars/%s", level->calendar->code));
}

const LevelRow *level_promise_find(const LevelRows *levels, const char *code) {
  for (unsigned i = 0; i < levels->count; i++) {
    if (strcmp(levels->items[i].code, code) == 0) return &levels->items[i];
  }
  return NULL;
}
