#include "repository/metrics_repository.h"

#include <talloc.h>

#include "repository/support_request_repository.h"
#include "repository/user_repository.h"

enum { COLUMN_ID, COLUMN_CODE, COLUMN_OPEN, COLUMN_WAITING, COLUMN_OVERDUE };

static const char LEVELS_SQL[] =
    "SELECT id, code, (SELECT COUNT(*) FROM request WHERE level_id = support_level.id AND state = 0), (SELECT COUNT(*) FROM request WHERE level_id = support_level.id AND state = 1), "
    "(SELECT COUNT(*) FROM request WHERE level_id = support_level.id AND state = 0 AND queue_at < ?) FROM support_level ORDER BY level_rank, id";
static const char CONTRACTS_SQL[] = "SELECT level_id, status, SUM(contracts) FROM contract_count GROUP BY level_id, status";

static void take_contracts(StoredMetrics *metrics, const SqlRows *levels, const SqlRows *contracts) {
  for (unsigned row = 0; row < contracts->row_count; row++) {
    gint64 id = sql_cell_integer(contracts, row, 0);
    unsigned level = 0;
    /* A level that was added in between is told of the next time. */
    while (level < levels->row_count && sql_cell_integer(levels, level, COLUMN_ID) != id) level++;
    if (level < levels->row_count || id == 0) metrics->levels[level].contracts[sql_cell_integer(contracts, row, 1)] = sql_cell_integer(contracts, row, 2);
  }
}

static bool read_levels(Database *database, StoredMetrics *metrics, gint64 now, GError **error) {
  SqlRows *levels = database_query(database, metrics, LEVELS_SQL, SQL_VALUES(support_request_moment(metrics, now)), error);
  SqlRows *contracts = levels != NULL ? database_query(database, metrics, CONTRACTS_SQL, SQL_NO_VALUES, error) : NULL;
  if (contracts == NULL) return false;
  metrics->level_count = levels->row_count + 1;
  metrics->levels = talloc_zero_array(metrics, LevelMetrics, metrics->level_count);
  for (unsigned row = 0; row < levels->row_count; row++) {
    metrics->levels[row] = (LevelMetrics){.level = sql_cell(levels, row, COLUMN_CODE), .open = sql_cell_integer(levels, row, COLUMN_OPEN),
                                          .waiting = sql_cell_integer(levels, row, COLUMN_WAITING), .overdue = sql_cell_integer(levels, row, COLUMN_OVERDUE)};
  }
  take_contracts(metrics, levels, contracts);
  return true;
}

StoredMetrics *metrics_repository_read(Database *database, void *owner, gint64 now, GError **error) {
  StoredMetrics *metrics = talloc_zero(owner, StoredMetrics);
  if (read_levels(database, metrics, now, error) && session_repository_count(database, &metrics->sessions, error)) return metrics;
  talloc_free(metrics);
  return NULL;
}
