/* The queues of support requests: each page is a piece of an index, however many requests there are. */
#include <talloc.h>

#include "repository/support_request_repository.h"

/* ---- a page ---- */

/* Of the equal columns in front of (state, queue_at) the index that fits best. */
static const char *queue_index(const SupportRequestQuery *query) {
  if (query->contract_id > 0) return "request_contract";
  if (query->customer_id > 0) return "request_customer";
  if (query->level_id > 0) return query->user_id != 0 ? "request_level_user" : "request_level";
  return query->user_id != 0 ? "request_user" : "request_queue";
}

static void add_equal(Statement *statement, const char *column, gint64 id) {
  if (id == 0) return;
  if (id < 0) {
    statement_add(statement, " AND request.%s IS NULL", column);
    return;
  }
  statement_add(statement, " AND request.%s = ", column);
  statement_bind(statement, SQL_INTEGER(id));
}

static bool is_backwards(const SupportRequestQuery *query) { return query->figure == REQUEST_FIGURE_NONE && query->state == QUEUE_SOLVED; }

static void add_cursor(Statement *statement, const SupportRequestQuery *query) {
  char side = is_backwards(query) ? '<' : '>';
  if (query->after_id == 0) return;
  statement_add(statement, " AND (request.state > ");
  statement_bind(statement, SQL_INTEGER(query->after_state));
  statement_add(statement, " OR (request.state = ");
  statement_bind(statement, SQL_INTEGER(query->after_state));
  statement_add(statement, " AND (request.queue_at %c ", side);
  statement_bind(statement, support_request_moment(statement, query->after_at));
  statement_add(statement, " OR (request.queue_at = ");
  statement_bind(statement, support_request_moment(statement, query->after_at));
  statement_add(statement, " AND request.id %c ", side);
  statement_bind(statement, SQL_INTEGER(query->after_id));
  statement_add(statement, "))))");
}

static void add_queue(Statement *statement, const SupportRequestQuery *query) {
  static const char *const STATES[QUEUE_STATE_COUNT] = {"request.state <= 1", "request.state = 0", "request.state = 1", "request.state = 2"};
  const char *direction = is_backwards(query) ? " DESC" : "";
  statement_add(statement, "SELECT request.id, request.state AS s, request.queue_at AS q FROM request FORCE INDEX (%s) WHERE %s", queue_index(query), STATES[query->state]);
  add_equal(statement, "level_id", query->level_id);
  add_equal(statement, "user_id", query->user_id);
  add_equal(statement, "customer_id", query->customer_id);
  add_equal(statement, "contract_id", query->contract_id);
  if (query->state == QUEUE_OVERDUE) {
    statement_add(statement, " AND request.queue_at < ");
    statement_bind(statement, support_request_moment(statement, query->now));
  }
  add_cursor(statement, query);
  statement_add(statement, " ORDER BY request.state%s, request.queue_at%s, request.id%s LIMIT %u", direction, direction, direction, query->limit + 1);
}

static void add_span(Statement *statement, const char *column, const SupportRequestQuery *query) {
  statement_add(statement, " AND %s >= ", column);
  statement_bind(statement, support_request_moment(statement, query->from));
  statement_add(statement, " AND %s < ", column);
  statement_bind(statement, support_request_moment(statement, query->to));
}

/* What lies behind a figure of the report: up to `limit` of them in the order of their numbers. */
static void add_figure(Statement *statement, const SupportRequestQuery *query) {
  static const char *const CONDITIONS[REQUEST_FIGURE_COUNT] = {
      [REQUEST_FIGURE_RESPONSE_KEPT] = " AND request.responded_at <= request.respond_by",
      [REQUEST_FIGURE_RESPONSE_BROKEN] = " AND request.responded_at > request.respond_by",
      [REQUEST_FIGURE_RESTORE_KEPT] = " AND request.solved_at <= request.restore_by",
      [REQUEST_FIGURE_RESTORE_BROKEN] = " AND request.solved_at > request.restore_by",
  };
  statement_add(statement, "SELECT DISTINCT request.id, 0 AS s, 0 AS q FROM ");
  if (query->figure == REQUEST_FIGURE_TAKEN) {
    statement_add(statement, "request FORCE INDEX (request_taken) WHERE request.taken_level_id = ");
    statement_bind(statement, SQL_INTEGER(query->level_id));
    add_span(statement, "request.taken_at", query);
  } else if (query->figure == REQUEST_FIGURE_PASSED_ON) {
    statement_add(statement, "request_step JOIN request ON request.id = request_step.request_id WHERE request_step.kind = %d AND request_step.from_level_id = ", STEP_PASSED_ON);
    statement_bind(statement, SQL_INTEGER(query->level_id));
    add_span(statement, "request_step.at", query);
  } else {
    statement_add(statement, "request FORCE INDEX (request_level) WHERE request.state = 2%s", CONDITIONS[query->figure] != NULL ? CONDITIONS[query->figure] : "");
    add_equal(statement, "level_id", query->level_id);
    add_span(statement, "request.queue_at", query);
  }
  if (query->after_id > 0) {
    statement_add(statement, " AND request.id > ");
    statement_bind(statement, SQL_INTEGER(query->after_id));
  }
  statement_add(statement, " ORDER BY request.id LIMIT %u", query->limit + 1);
}

SupportRequestPage *support_request_repository_page(Database *database, void *owner, const SupportRequestQuery *query, GError **error) {
  Statement *statement = statement_new(owner);
  const char *direction = is_backwards(query) ? " DESC" : "";
  statement_add(statement, "SELECT %s FROM (", support_request_columns);
  if (query->figure == REQUEST_FIGURE_NONE) add_queue(statement, query);
  else add_figure(statement, query);
  statement_add(statement, ") AS page STRAIGHT_JOIN request ON request.id = page.id%s ORDER BY page.s%s, page.q%s, page.id%s", support_request_joins, direction, direction, direction);
  SqlRows *rows = statement_query(statement, database, owner, error);
  if (rows == NULL) return NULL;
  SupportRequestPage *page = talloc_zero(owner, SupportRequestPage);
  page->count = MIN(rows->row_count, query->limit);
  page->more = rows->row_count > query->limit;
  page->items = talloc_array(page, SupportRequest *, page->count + 1);
  for (unsigned row = 0; row < page->count; row++) page->items[row] = support_request_row(page, rows, row);
  return page;
}

/* ---- how much stands there ---- */

static void add_count(Statement *statement, const char *index, const char *column, gint64 id, const char *now) {
  statement_add(statement, "(SELECT COUNT(*) FROM (SELECT 1 FROM request FORCE INDEX (%s) WHERE %s = ", index, column);
  statement_bind(statement, SQL_INTEGER(id));
  statement_add(statement, " AND state %s", now != NULL ? "= 0" : "<= 1");
  if (now != NULL) {
    statement_add(statement, " AND queue_at < ");
    statement_bind(statement, sql_text(now));
  }
  statement_add(statement, " LIMIT %d) AS bounded)", QUEUE_COUNT_MAX + 1);
}

static SqlRows *read_levels(Database *database, void *owner, GError **error) {
  return database_query(database, owner,
                        "SELECT level.id, level.code, level.name, level.retired, (SELECT COUNT(*) FROM level_staff JOIN user ON user.id = level_staff.user_id AND user.active "
                        "WHERE level_staff.level_id = level.id) FROM support_level AS level ORDER BY level.level_rank, level.id",
                        SQL_NO_VALUES, error);
}

/* Both numbers of each queue, and the user's own behind them, in one statement. */
static SqlRows *count_queues(Database *database, void *owner, const SupportRequestLevels *levels, gint64 user_id, const char *now, GError **error) {
  Statement *statement = statement_new(owner);
  statement_add(statement, "SELECT ");
  for (unsigned i = 0; i < levels->count; i++) {
    add_count(statement, "request_level", "level_id", levels->items[i].id, NULL);
    statement_add(statement, ", ");
    add_count(statement, "request_level", "level_id", levels->items[i].id, now);
    statement_add(statement, ", ");
  }
  add_count(statement, "request_user", "user_id", user_id, NULL);
  statement_add(statement, ", ");
  add_count(statement, "request_user", "user_id", user_id, now);
  return statement_query(statement, database, owner, error);
}

SupportRequestLevels *support_request_repository_levels(Database *database, void *owner, GError **error) {
  SupportRequestLevels *levels = talloc_zero(owner, SupportRequestLevels);
  SqlRows *rows = read_levels(database, levels, error);
  if (rows == NULL) return NULL;
  levels->count = rows->row_count;
  levels->items = talloc_zero_array(levels, SupportRequestLevel, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) {
    levels->items[row] = (SupportRequestLevel){.id = sql_cell_integer(rows, row, 0), .code = sql_cell(rows, row, 1), .name = sql_cell(rows, row, 2), .retired = sql_cell_integer(rows, row, 3) != 0,
                                               .staff = sql_cell_integer(rows, row, 4)};
    levels->staffed = levels->staffed || levels->items[row].staff > 0;
  }
  return levels;
}

bool support_request_repository_count(Database *database, SupportRequestLevels *levels, gint64 user_id, gint64 now, GError **error) {
  SqlRows *counts = count_queues(database, levels, levels, user_id, support_request_moment(levels, now).text, error);
  if (counts == NULL) return false;
  for (unsigned i = 0; i < levels->count; i++) {
    levels->items[i].unsolved = sql_cell_integer(counts, 0, 2 * i);
    levels->items[i].overdue = sql_cell_integer(counts, 0, 2 * i + 1);
  }
  levels->mine = sql_cell_integer(counts, 0, 2 * levels->count);
  levels->mine_overdue = sql_cell_integer(counts, 0, 2 * levels->count + 1);
  return true;
}

gint64 support_request_repository_unsolved_of(Database *database, const char *column, gint64 id, GError **error) {
  void *scratch = talloc_new(NULL);
  Statement *statement = statement_new(scratch);
  statement_add(statement, "SELECT COUNT(*) FROM (SELECT 1 FROM request WHERE %s = ", column);
  statement_bind(statement, SQL_INTEGER(id));
  statement_add(statement, " AND state <= 1 LIMIT %d) AS bounded", QUEUE_COUNT_MAX + 1);
  SqlRows *rows = statement_query(statement, database, scratch, error);
  gint64 count = rows != NULL ? sql_cell_integer(rows, 0, 0) : -1;
  talloc_free(scratch);
  return count;
}
