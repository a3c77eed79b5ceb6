#include "repository/level_repository.h"

#include <talloc.h>

#include "repository/service_calendar_repository.h"

static const char COLUMNS_SQL[] =
    "SELECT level.id, level.code, level.name, level.scope, level.channels, level.service_hours, COALESCE(level.response_minutes, ''), "
    "COALESCE(level.restore_minutes, ''), level.retired, COALESCE(counted.contracts, 0), higher.code, COALESCE(counted.in_force, 0), ";

static const char SOURCE_SQL[] =
    " FROM support_level AS level LEFT JOIN support_level AS higher ON higher.id = level.next_level_id "
    "LEFT JOIN service_calendar ON service_calendar.id = level.service_calendar_id "
    "LEFT JOIN (SELECT level_id, SUM(contracts) AS contracts, SUM(IF(status IN (1, 2), contracts, 0)) AS in_force FROM contract_count GROUP BY level_id) AS counted "
    "ON counted.level_id = level.id ORDER BY level.level_rank, level.id";

static const char WITHOUT_SQL[] = "SELECT SUM(contracts), SUM(IF(status IN (1, 2), contracts, 0)) FROM contract_count WHERE level_id = 0";

#define COLUMN_CALENDAR 12

static SqlRows *read_rows(Database *database, void *owner, GError **error) {
  Statement *statement = statement_new(owner);
  statement_add(statement, "%s", COLUMNS_SQL);
  service_calendar_columns(statement);
  statement_add(statement, "%s", SOURCE_SQL);
  return statement_query(statement, database, owner, error);
}

LevelRows *level_repository_list(Database *database, void *owner, GError **error) {
  SqlRows *rows = read_rows(database, owner, error);
  SqlRows *without = rows != NULL ? database_query(database, owner, WITHOUT_SQL, SQL_NO_VALUES, error) : NULL;
  if (without == NULL) return NULL;
  LevelRows *levels = talloc_zero(owner, LevelRows);
  levels->count = rows->row_count;
  levels->items = talloc_zero_array(levels, LevelRow, rows->row_count + 1);
  levels->without = sql_cell_integer(without, 0, 0);
  levels->without_in_force = sql_cell_integer(without, 0, 1);
  for (unsigned row = 0; row < rows->row_count; row++) {
    ServiceCalendar *calendar = NULL;
    if (!service_calendar_row(levels, rows, row, COLUMN_CALENDAR, &calendar, error)) return NULL;
    levels->items[row] = (LevelRow){.id = sql_cell_integer(rows, row, 0),
                                    .code = sql_cell(rows, row, 1),
                                    .name = sql_cell(rows, row, 2),
                                    .scope = sql_cell(rows, row, 3),
                                    .channels = sql_cell(rows, row, 4),
                                    .service_hours = sql_cell(rows, row, 5),
                                    .response_minutes = sql_cell(rows, row, 6),
                                    .restore_minutes = sql_cell(rows, row, 7),
                                    .retired = sql_cell_integer(rows, row, 8) != 0,
                                    .contracts = sql_cell_integer(rows, row, 9),
                                    .next = sql_cell(rows, row, 10),
                                    .in_force = sql_cell_integer(rows, row, 11),
                                    .calendar = calendar};
  }
  return levels;
}
