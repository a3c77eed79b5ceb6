#include "pages/service_text.h"

#include <talloc.h>

#include "domain/moment.h"
#include "domain/service_clock.h"

static const char *weekday_key(Exchange *exchange, const char *kind, int weekday) { return page_text(exchange, talloc_asprintf(exchange, "%s.%d", kind, weekday), NULL); }

const char *service_text_weekday(Exchange *exchange, Day day) { return weekday_key(exchange, "weekday", day_weekday(day)); }

/* Neighbouring days of the same hours stand together; closed ones are left out. */
static const char *week_text(Exchange *exchange, const ServiceCalendar *calendar) {
  char *text = talloc_strdup(exchange, "");
  for (int day = 0, next = 1; day < WEEK_DAYS; day = next, next = day + 1) {
    const ServiceHours *hours = &calendar->week[day];
    while (next < WEEK_DAYS && service_hours_equal(hours, &calendar->week[next])) next++;
    if (hours->count == 0) continue;
    const char *first = weekday_key(exchange, "weekday_short", day + 1);
    const char *days = next - day == 1 ? first : talloc_asprintf(exchange, "%s%s%s", first, next - day == 2 ? ", " : "–", weekday_key(exchange, "weekday_short", next));
    text = talloc_asprintf_append(text, "%s%s %s", text[0] != '\0' ? "; " : "", days, service_hours_text(exchange, hours));
  }
  return text;
}

const char *service_text_hours(Exchange *exchange, const ServiceCalendar *calendar) {
  if (service_calendar_always_open(calendar)) return page_text(exchange, "service.always", NULL);
  const char *week = week_text(exchange, calendar);
  if (calendar->region[0] == '\0') return week;
  return page_text(exchange, "service.hours_but_holidays", week, page_text(exchange, talloc_asprintf(exchange, "region.%s", calendar->region), NULL), NULL);
}

const char *service_text_moment(Exchange *exchange, const char *time_zone, gint64 moment, gint64 now) {
  WallTime then = moment_wall_time(time_zone, moment);
  Day today = moment_wall_time(time_zone, now).day;
  const char *weekday = service_text_weekday(exchange, then.day);
  if (then.day == today) return page_text(exchange, "service.today", then.time, NULL);
  if (then.day == day_add_days(today, 1)) return page_text(exchange, "service.tomorrow", weekday, then.time, NULL);
  if (then.day > today && then.day < day_add_days(today, 7)) return page_text(exchange, "service.soon", weekday, then.time, NULL);
  return page_text(exchange, "service.later", weekday, language_day(exchange, exchange->language, then.day), then.time, NULL);
}

static const char *count_text(Exchange *exchange, const char *unit, gint64 count) {
  return page_text(exchange, talloc_asprintf(exchange, count == 1 ? "period.%s_one" : "period.%s", unit), language_number(exchange, exchange->language, count), NULL);
}

const char *service_text_minutes(Exchange *exchange, gint64 minutes) {
  const char *rest = count_text(exchange, "minute", minutes % 60);
  if (minutes < 60) return rest;
  const char *hours = count_text(exchange, "hour", minutes / 60);
  return minutes % 60 == 0 ? hours : talloc_asprintf(exchange, "%s %s", hours, rest);
}

void service_text_fill_moment(Exchange *exchange, HDF *node, const char *name, const char *time_zone, gint64 moment, gint64 now) {
  if (moment == SERVICE_NEVER) return;
  page_value(node, name, service_text_moment(exchange, time_zone, moment, now));
  page_value(node, talloc_asprintf(exchange, "%s_iso", name), moment_iso(exchange, time_zone, moment));
}
