/* service_calendar.h: when help is there: weekly hours, holidays of a region, days of the company's own, all by the clocks of one time zone. */
#ifndef SUPPORTLEVEL_DOMAIN_SERVICE_CALENDAR_H
#define SUPPORTLEVEL_DOMAIN_SERVICE_CALENDAR_H

#include "domain/record.h"
#include "domain/service_hours.h"

typedef enum {
  SERVICE_CODE, SERVICE_NAME, SERVICE_TIME_ZONE, SERVICE_REGION,
  SERVICE_MONDAY, SERVICE_TUESDAY, SERVICE_WEDNESDAY, SERVICE_THURSDAY, SERVICE_FRIDAY, SERVICE_SATURDAY, SERVICE_SUNDAY,
  SERVICE_OWN_DAYS, SERVICE_FIELD_COUNT
} ServiceFieldId;

#define WEEK_DAYS 7

extern const RecordKind service_calendar_kind;

/* record_check; its code isn't `new` (the page /settings/service-calendars/new), and it is open at some time. */
void service_calendar_check(const Record *calendar, FieldErrors *errors);

typedef struct {
  const char *code;
  const char *name;
  const char *time_zone; /* IANA name */
  GTimeZone *zone;       /* the same; as long as it is held GLib knows it by name without reading its file again */
  const char *region;    /* of holiday.h; "": no holidays */
  ServiceHours week[WEEK_DAYS]; /* from Monday */
  ServiceDays *own_days;
} ServiceCalendar;

/* The calendar of a record's values, by ServiceFieldId; NULL when they can't be read (somebody changed them past the program). Owned by `owner`. */
ServiceCalendar *service_calendar_read(void *owner, const char *const *values);

/* True when it is open at every minute of every day. */
bool service_calendar_always_open(const ServiceCalendar *calendar);

#endif
