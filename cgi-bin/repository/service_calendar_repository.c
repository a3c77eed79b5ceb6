#include "repository/service_calendar_repository.h"

#include <talloc.h>

void service_calendar_columns(Statement *statement) {
  for (unsigned field = 0; field < SERVICE_FIELD_COUNT; field++) {
    statement_add(statement, "%sservice_calendar.%s", field > 0 ? ", " : "", service_calendar_kind.fields[field].column);
  }
}

bool service_calendar_row(void *owner, const SqlRows *rows, unsigned row, unsigned column, ServiceCalendar **calendar, GError **error) {
  const char *values[SERVICE_FIELD_COUNT];
  *calendar = NULL;
  for (unsigned field = 0; field < SERVICE_FIELD_COUNT; field++) values[field] = sql_cell(rows, row, column + field);
  if (values[SERVICE_CODE] == NULL) return true;
  *calendar = service_calendar_read(owner, values);
  if (*calendar == NULL) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "service calendar %s: its hours or own days can't be read", values[SERVICE_CODE]);
  return *calendar != NULL;
}

ServiceCalendars *service_calendar_repository_list(Database *database, void *owner, GError **error) {
  Statement *statement = statement_new(owner);
  statement_add(statement, "SELECT ");
  service_calendar_columns(statement);
  statement_add(statement, " FROM service_calendar ORDER BY name, id");
  SqlRows *rows = statement_query(statement, database, owner, error);
  if (rows == NULL) return NULL;
  ServiceCalendars *calendars = talloc_zero(owner, ServiceCalendars);
  calendars->items = talloc_zero_array(calendars, ServiceCalendar *, rows->row_count + 1);
  for (; calendars->count < rows->row_count; calendars->count++) {
    if (!service_calendar_row(calendars, rows, calendars->count, 0, &calendars->items[calendars->count], error)) return NULL;
  }
  return calendars;
}
