/* Service calendars: list, sheet with the holidays that come of it, form. */
#include <string.h>
#include <talloc.h>

#include "domain/holiday.h"
#include "pages/pages.h"
#include "pages/record_page.h"
#include "pages/service_text.h"
#include "repository/level_repository.h"
#include "repository/service_calendar_repository.h"

static const RecordPage CALENDAR_PAGE = {&service_calendar_kind, "/settings/service-calendars", "code", SERVICE_CODE, "service_calendar", SERVICE_NAME, service_calendar_check, NULL, 0, 0};

bool service_calendar_new_page(Exchange *exchange, GError **error) { return record_page_new(exchange, &CALENDAR_PAGE, error); }
bool service_calendar_edit_page(Exchange *exchange, GError **error) { return record_page_edit(exchange, &CALENDAR_PAGE, error); }
bool service_calendar_create_submit(Exchange *exchange, GError **error) { return record_page_create(exchange, &CALENDAR_PAGE, error); }
bool service_calendar_save_submit(Exchange *exchange, GError **error) { return record_page_save(exchange, &CALENDAR_PAGE, error); }
bool service_calendar_delete_submit(Exchange *exchange, GError **error) { return record_page_delete(exchange, &CALENDAR_PAGE, error); }
bool service_calendar_history_page(Exchange *exchange, GError **error) { return record_page_history(exchange, &CALENDAR_PAGE, error); }

static const char *calendar_url(Exchange *exchange, const char *code) { return page_url(exchange, "/settings/service-calendars/%s", code); }

/* ---- the list ---- */

bool service_calendar_list_page(Exchange *exchange, GError **error) {
  ServiceCalendars *calendars = service_calendar_repository_list(exchange->worker->database, exchange, error);
  if (calendars == NULL) return false;
  HDF *rows = page_node(exchange->data, "Row");
  for (unsigned i = 0; i < calendars->count; i++) {
    const ServiceCalendar *calendar = calendars->items[i];
    HDF *row = page_row(rows, i);
    page_value(row, "url", calendar_url(exchange, calendar->code));
    page_value(row, "code", calendar->code);
    page_value(row, "name", calendar->name);
    page_value(row, "hours", service_text_hours(exchange, calendar));
    page_value(row, "time_zone", calendar->time_zone);
  }
  page_set(exchange, "Page.title", page_text(exchange, "service_calendar.list", NULL));
  page_set(exchange, "New.url", page_url(exchange, "/settings/service-calendars/new"));
  return page_render(exchange, 200, "service_calendar_list", error);
}

/* ---- the sheet ---- */

static const char *hours_or_closed(Exchange *exchange, const ServiceHours *hours) {
  return hours->count > 0 ? service_hours_text(exchange, hours) : page_text(exchange, "service.closed", NULL);
}

static void fill_week(Exchange *exchange, const ServiceCalendar *calendar) {
  HDF *week = page_node(exchange->data, "Week");
  for (unsigned day = 0; day < WEEK_DAYS; day++) {
    HDF *row = page_row(week, day);
    page_value(row, "name", page_text(exchange, talloc_asprintf(exchange, "weekday.%u", day + 1), NULL));
    page_value(row, "hours", hours_or_closed(exchange, &calendar->week[day]));
  }
}

static void fill_own_days(Exchange *exchange, const ServiceCalendar *calendar) {
  HDF *days = page_node(exchange->data, "OwnDay");
  for (unsigned i = 0; i < calendar->own_days->count; i++) {
    const ServiceDay *day = &calendar->own_days->items[i];
    HDF *row = page_row(days, i);
    page_value(row, "when", service_day_when(exchange, day, exchange->language));
    page_value(row, "yearly", day->yearly ? page_text(exchange, "service.yearly", NULL) : "");
    page_value(row, "hours", hours_or_closed(exchange, &day->hours));
    page_value(row, "name", day->name);
  }
}

/* This year's holidays and the next one's. */
static void fill_holidays(Exchange *exchange, const ServiceCalendar *calendar) {
  int year = 0;
  int month = 0;
  int day_of_month = 0;
  Holiday holidays[HOLIDAYS_MAX];
  day_parts(exchange->today, &year, &month, &day_of_month);
  for (int i = 0; i < 2; i++) {
    HDF *node = page_row(page_node(exchange->data, "Year"), (unsigned)i);
    unsigned count = holiday_list(calendar->region, year + i, holidays);
    page_value(node, "name", talloc_asprintf(exchange, "%d", year + i));
    for (unsigned holiday = 0; holiday < count; holiday++) {
      HDF *row = page_row(page_node(node, "Holiday"), holiday);
      page_value(row, "day", language_day(exchange, exchange->language, holidays[holiday].day));
      page_value(row, "weekday", service_text_weekday(exchange, holidays[holiday].day));
      page_value(row, "name", page_text(exchange, talloc_asprintf(exchange, "holiday.%s", holidays[holiday].name), NULL));
    }
  }
}

static bool fill_levels(Exchange *exchange, const char *code, GError **error) {
  LevelRows *levels = level_repository_list(exchange->worker->database, exchange, error);
  HDF *rows = page_node(exchange->data, "Level");
  unsigned count = 0;
  for (unsigned i = 0; levels != NULL && i < levels->count; i++) {
    const LevelRow *level = &levels->items[i];
    if (level->calendar == NULL || strcmp(level->calendar->code, code) != 0) continue;
    HDF *row = page_row(rows, count++);
    page_value(row, "url", page_url(exchange, "/levels/%s", level->code));
    page_value(row, "code", level->code);
    page_value(row, "name", level->name);
  }
  return levels != NULL;
}

bool service_calendar_view_page(Exchange *exchange, GError **error) {
  Record *record = record_page_find(exchange, &CALENDAR_PAGE, error);
  if (record == NULL) return false;
  const ServiceCalendar *calendar = service_calendar_read(record, (const char *const *)record->values);
  if (calendar == NULL) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "service calendar %s: its hours or own days can't be read", record->values[SERVICE_CODE]);
    return false;
  }
  if (!fill_levels(exchange, calendar->code, error)) return false;
  record_page_fill(exchange, &CALENDAR_PAGE, record, NULL);
  page_set(exchange, "Calendar.code", calendar->code);
  page_set(exchange, "Calendar.time_zone", calendar->time_zone);
  if (calendar->region[0] != '\0') page_set(exchange, "Calendar.region", record_value_text(exchange, &service_calendar_kind.fields[SERVICE_REGION], calendar->region, NULL));
  fill_week(exchange, calendar);
  fill_own_days(exchange, calendar);
  if (calendar->region[0] != '\0') fill_holidays(exchange, calendar);
  page_set(exchange, "Back.url", page_url(exchange, "/settings/service-calendars"));
  return page_render(exchange, 200, "service_calendar_view", error);
}
