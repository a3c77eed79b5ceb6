#include "domain/service_calendar.h"

#include <string.h>
#include <talloc.h>

#include "domain/holiday.h"

#define WEEKDAY_FIELD(name) {name, NULL, FIELD_HOURS, false, 100, NULL, "", name "_hours", NULL, NULL, NULL}

static const Field SERVICE_FIELDS[SERVICE_FIELD_COUNT] = {
    [SERVICE_CODE] = {"code", NULL, FIELD_CODE, true, 20, NULL, "", "code", NULL, NULL, NULL},
    [SERVICE_NAME] = {"name", NULL, FIELD_TEXT, true, 100, NULL, "", "name", NULL, NULL, NULL},
    [SERVICE_TIME_ZONE] = {"time_zone", NULL, FIELD_TIME_ZONE, true, 60, NULL, "Europe/Berlin", "time_zone", NULL, NULL, NULL},
    [SERVICE_REGION] = {"region", NULL, FIELD_CHOICE, false, 20, holiday_regions, "", "region", NULL, NULL, NULL},
    [SERVICE_MONDAY] = WEEKDAY_FIELD("monday"),
    [SERVICE_TUESDAY] = WEEKDAY_FIELD("tuesday"),
    [SERVICE_WEDNESDAY] = WEEKDAY_FIELD("wednesday"),
    [SERVICE_THURSDAY] = WEEKDAY_FIELD("thursday"),
    [SERVICE_FRIDAY] = WEEKDAY_FIELD("friday"),
    [SERVICE_SATURDAY] = WEEKDAY_FIELD("saturday"),
    [SERVICE_SUNDAY] = WEEKDAY_FIELD("sunday"),
    [SERVICE_OWN_DAYS] = {"own_days", NULL, FIELD_OWN_DAYS, false, 8000, NULL, "", "own_days", NULL, NULL, NULL},
};

const RecordKind service_calendar_kind = {"service_calendar", SERVICE_FIELDS, SERVICE_FIELD_COUNT};

void service_calendar_check(const Record *calendar, FieldErrors *errors) {
  bool any = false;
  record_check(calendar, errors);
  if (strcmp(calendar->values[SERVICE_CODE], "new") == 0) field_errors_add(errors, "code", "reserved", "new");
  for (unsigned day = 0; day < WEEK_DAYS; day++) any = any || calendar->values[SERVICE_MONDAY + day][0] != '\0';
  if (!any) field_errors_add(errors, "monday", "never_open", NULL);
}

static int calendar_free(ServiceCalendar *calendar) {
  g_time_zone_unref(calendar->zone);
  return 0;
}

ServiceCalendar *service_calendar_read(void *owner, const char *const *values) {
  const char *bad_line = NULL;
  ServiceCalendar *calendar = talloc_zero(owner, ServiceCalendar);
  calendar->code = values[SERVICE_CODE];
  calendar->name = values[SERVICE_NAME];
  calendar->time_zone = values[SERVICE_TIME_ZONE];
  calendar->zone = g_time_zone_new_identifier(calendar->time_zone);
  if (calendar->zone == NULL) calendar->zone = g_time_zone_new_utc();
  talloc_set_destructor(calendar, calendar_free);
  calendar->region = values[SERVICE_REGION];
  calendar->own_days = service_days_read(calendar, values[SERVICE_OWN_DAYS], &bad_line);
  bool good = calendar->own_days != NULL;
  for (unsigned day = 0; day < WEEK_DAYS; day++) good = service_hours_read(values[SERVICE_MONDAY + day], &calendar->week[day]) == NULL && good;
  if (good) return calendar;
  talloc_free(calendar);
  return NULL;
}

bool service_calendar_always_open(const ServiceCalendar *calendar) {
  if (calendar->region[0] != '\0' || calendar->own_days->count > 0) return false;
  for (unsigned day = 0; day < WEEK_DAYS; day++) {
    const ServiceHours *hours = &calendar->week[day];
    if (hours->count != 1 || hours->spans[0].from != 0 || hours->spans[0].to != DAY_MINUTES) return false;
  }
  return true;
}
