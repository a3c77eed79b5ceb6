#include "repository/support_request_report.h"

#include <string.h>
#include <talloc.h>

#include "repository/support_request_repository.h"

typedef struct {
  Database *database;
  void *owner;
  SqlValue from;
  SqlValue to;
} Span;

/* Each is a piece of an index, of all levels together. */
static SqlRows *read_levels(const Span *span, GError **error) {
  return database_query(span->database, span->owner,
                        "SELECT level.code, level.name, COALESCE(taken.requests, 0), COALESCE(passed.requests, 0) FROM support_level AS level "
                        "LEFT JOIN (SELECT taken_level_id, COUNT(*) AS requests FROM request WHERE taken_at >= ? AND taken_at < ? GROUP BY taken_level_id) AS taken ON taken.taken_level_id = level.id "
                        "LEFT JOIN (SELECT from_level_id, COUNT(DISTINCT request_id) AS requests FROM request_step WHERE kind = ? AND at >= ? AND at < ? GROUP BY from_level_id) AS passed "
                        "ON passed.from_level_id = level.id ORDER BY level.level_rank, level.id",
                        SQL_VALUES(span->from, span->to, SQL_INTEGER(STEP_PASSED_ON), span->from, span->to), error);
}

#define SOLVED_FROM                                                                                                              \
  " FROM request FORCE INDEX (request_queue) STRAIGHT_JOIN support_level AS level ON level.id = request.level_id WHERE request.state = 2 AND request.queue_at >= ? " \
  "AND request.queue_at < ?"

static SqlRows *read_solved(const Span *span, GError **error) {
  return database_query(span->database, span->owner,
                        "SELECT level.code, COUNT(*), SUM(request.respond_by IS NOT NULL), SUM(request.responded_at <= request.respond_by), "
                        "SUM(request.restore_by IS NOT NULL), SUM(request.solved_at <= request.restore_by)" SOLVED_FROM " GROUP BY level.code",
                        SQL_VALUES(span->from, span->to), error);
}

static SqlRows *read_times(const Span *span, GError **error) {
  return database_query(span->database, span->owner,
                        "SELECT DISTINCT level.code, MEDIAN(request.response_seconds) OVER (PARTITION BY level.id), PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY request.response_seconds) OVER (PARTITION BY level.id), "
                        "MEDIAN(request.restore_seconds) OVER (PARTITION BY level.id), PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY request.restore_seconds) OVER (PARTITION BY level.id)" SOLVED_FROM,
                        SQL_VALUES(span->from, span->to), error);
}

static SupportRequestFigures *figures_of(const SupportRequestMonth *month, const char *level) {
  for (unsigned i = 0; i < month->count; i++) {
    if (strcmp(month->items[i].level, level) == 0) return &month->items[i];
  }
  return NULL;
}

static double time_of(const SqlRows *rows, unsigned row, unsigned column) {
  const char *cell = sql_cell(rows, row, column);
  return cell != NULL ? g_ascii_strtod(cell, NULL) : REPORT_NO_TIME;
}

static void take_solved(const SupportRequestMonth *month, const SqlRows *rows) {
  for (unsigned row = 0; row < rows->row_count; row++) {
    SupportRequestFigures *figures = figures_of(month, sql_cell(rows, row, 0));
    if (figures == NULL) continue;
    figures->solved = sql_cell_integer(rows, row, 1);
    figures->response_promised = sql_cell_integer(rows, row, 2);
    figures->response_kept = sql_cell_integer(rows, row, 3);
    figures->restore_promised = sql_cell_integer(rows, row, 4);
    figures->restore_kept = sql_cell_integer(rows, row, 5);
  }
}

static void take_times(const SupportRequestMonth *month, const SqlRows *rows) {
  for (unsigned row = 0; row < rows->row_count; row++) {
    SupportRequestFigures *figures = figures_of(month, sql_cell(rows, row, 0));
    if (figures == NULL) continue;
    figures->response_median = time_of(rows, row, 1);
    figures->response_ninety = time_of(rows, row, 2);
    figures->restore_median = time_of(rows, row, 3);
    figures->restore_ninety = time_of(rows, row, 4);
  }
}

static void leave_out_empty(SupportRequestMonth *month) {
  unsigned kept = 0;
  for (unsigned i = 0; i < month->count; i++) {
    const SupportRequestFigures *figures = &month->items[i];
    if (figures->taken + figures->solved + figures->passed_on > 0) month->items[kept++] = *figures;
  }
  month->count = kept;
}

SupportRequestMonth *support_request_report_month(Database *database, void *owner, gint64 from, gint64 to, GError **error) {
  SupportRequestMonth *month = talloc_zero(owner, SupportRequestMonth);
  Span span = {database, month, support_request_moment(month, from), support_request_moment(month, to)};
  SqlRows *levels = read_levels(&span, error);
  SqlRows *solved = levels != NULL ? read_solved(&span, error) : NULL;
  SqlRows *times = solved != NULL ? read_times(&span, error) : NULL;
  if (times == NULL) return NULL;
  month->count = levels->row_count;
  month->items = talloc_zero_array(month, SupportRequestFigures, levels->row_count + 1);
  for (unsigned row = 0; row < levels->row_count; row++) {
    month->items[row] = (SupportRequestFigures){.level = sql_cell(levels, row, 0), .name = sql_cell(levels, row, 1), .taken = sql_cell_integer(levels, row, 2), .passed_on = sql_cell_integer(levels, row, 3),
                                                .response_median = REPORT_NO_TIME, .response_ninety = REPORT_NO_TIME, .restore_median = REPORT_NO_TIME, .restore_ninety = REPORT_NO_TIME};
  }
  take_solved(month, solved);
  take_times(month, times);
  leave_out_empty(month);
  return month;
}
