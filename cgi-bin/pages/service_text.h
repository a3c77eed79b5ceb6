/* service_text.h: service hours and deadlines in words. */
#ifndef SUPPORTLEVEL_PAGES_SERVICE_TEXT_H
#define SUPPORTLEVEL_PAGES_SERVICE_TEXT_H

#include "domain/service_calendar.h"
#include "web/page.h"

/* "Mo–Fr 08:00–17:00; Sa 09:00–12:00", and whose holidays are closed. Owned by the exchange. */
const char *service_text_hours(Exchange *exchange, const ServiceCalendar *calendar);

/* A moment (seconds since 1970) by a calendar's clocks, as one says it at `now`: "heute 15:00", "morgen, Donnerstag 08:00", "Montag 08:00", "Montag, 23.02.2026, 08:00". Owned by
 * the exchange. */
const char *service_text_moment(Exchange *exchange, const char *time_zone, gint64 moment, gint64 now);

/* Puts a moment in these words as `name`, and as ISO 8601 as `name`_iso; nothing for SERVICE_NEVER. */
void service_text_fill_moment(Exchange *exchange, HDF *node, const char *name, const char *time_zone, gint64 moment, gint64 now);

/* A duration of service time as people say it: "30 Minuten", "4 Stunden", "1 Stunde 30 Minuten". Owned by the exchange. */
const char *service_text_minutes(Exchange *exchange, gint64 minutes);

/* "Montag". Owned by the exchange. */
const char *service_text_weekday(Exchange *exchange, Day day);

#endif
