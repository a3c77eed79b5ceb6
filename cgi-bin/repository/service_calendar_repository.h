/* service_calendar_repository.h: service calendars as a part of other queries. Single ones are records: record_repository.h. */
#ifndef SUPPORTLEVEL_REPOSITORY_SERVICE_CALENDAR_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_SERVICE_CALENDAR_REPOSITORY_H

#include "domain/service_calendar.h"
#include "repository/statement.h"

/* Adds the columns of table `service_calendar`, SERVICE_FIELD_COUNT of them, to a SELECT. */
void service_calendar_columns(Statement *statement);

/* The calendar that stands in a row from `column` on; NULL in `calendar` where there is none. Owned by `owner`. ERROR_INTERNAL: somebody stored what can't be read. */
bool service_calendar_row(void *owner, const SqlRows *rows, unsigned row, unsigned column, ServiceCalendar **calendar, GError **error);

typedef struct {
  ServiceCalendar **items;
  unsigned count;
} ServiceCalendars;

/* All of them by name. */
ServiceCalendars *service_calendar_repository_list(Database *database, void *owner, GError **error);

#endif
