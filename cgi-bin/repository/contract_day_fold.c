/* Folding what was written into the counts kept per year, month and day. */
#include <talloc.h>

#include "repository/contract_day.h"

#define FOLD_PIECE 2000000 /* changes */

typedef struct {
  gint64 folded;
  bool left;
} Folding;

/* Changes that follow each other: `step` apart, as the nodes of a cluster number in turns; 1 elsewhere. */
typedef struct {
  gint64 first;
  gint64 last;
  gint64 step;
} Run;

/* Only what follows each other without a gap is folded at once: a gap may be a row that somebody is about to commit, which a range would wait for. */
static const char RUN_SQL[] =
    "SELECT MIN(id), MAX(id), COUNT(*) FROM (SELECT id, id MOD ? AS turn, id + ? - ? * ROW_NUMBER() OVER (PARTITION BY id MOD ? ORDER BY id) AS gap "
    "FROM (SELECT id FROM contract_change ORDER BY id LIMIT ?) AS first) AS runs GROUP BY turn, gap ORDER BY 1";

#define IN_RUN "id BETWEEN ? AND ? AND id MOD ? = ?"
#define RUN_VALUES(run) SQL_VALUES(SQL_INTEGER((run)->first), SQL_INTEGER((run)->last), SQL_INTEGER((run)->step), SQL_INTEGER((run)->first % (run)->step))

static const char *const KIND_COLUMNS[] = {"starts_on", "last_day", "term_ends_on", "notice_by"};

#define ADD_COUNTS \
  " ON DUPLICATE KEY UPDATE contracts = contracts + VALUES(contracts), running = running + VALUES(running), monthly_value = monthly_value + VALUES(monthly_value), " \
  "yearly_value = yearly_value + VALUES(yearly_value)"

/* The first day of the unit that a column's day lies in. */
static const char *unit_start(void *owner, PeriodUnit unit, const char *column) {
  switch (unit) {
    case PERIOD_YEAR: return talloc_asprintf(owner, "MAKEDATE(YEAR(%s), 1)", column);
    case PERIOD_MONTH: return talloc_asprintf(owner, "%s - INTERVAL DAYOFMONTH(%s) - 1 DAY", column, column);
    default: return column;
  }
}

static bool execute_for(Database *database, const char *sql, const Run *run, GError **error) {
  return database_execute(database, sql, RUN_VALUES(run), NULL, NULL, error);
}

static bool fold_contracts(Database *database, void *scratch, const Run *run, GError **error) {
  for (unsigned kind = EVENT_START; kind <= EVENT_NOTICE; kind++) {
    bool runs = kind == EVENT_START || kind == EVENT_LAST_DAY;
    for (unsigned unit = PERIOD_YEAR; unit <= PERIOD_DAY; unit++) {
      const char *sql = talloc_asprintf(scratch,
          "INSERT INTO contract_day SELECT %u, %u, %s AS begins, level_id, status, type_id, currency, SUM(sign), %s FROM contract_change WHERE " IN_RUN " AND %s < '9999-12-31' "
          "GROUP BY begins, level_id, status, type_id, currency" ADD_COUNTS,
          kind, unit, unit_start(scratch, (PeriodUnit)unit, KIND_COLUMNS[kind]),
          runs ? "SUM(sign * (last_day >= starts_on)), SUM(sign * (last_day >= starts_on) * monthly_value), SUM(sign * (last_day >= starts_on) * yearly_value)" : "0, 0, 0",
          KIND_COLUMNS[kind]);
      if (!execute_for(database, sql, run, error)) return false;
    }
  }
  return true;
}

/* ---- customers ---- */

#define CHANGED_CUSTOMERS "(SELECT DISTINCT customer_id FROM contract_change WHERE " IN_RUN ") AS changed"

static bool count_spans(Database *database, void *scratch, int sign, const Run *run, GError **error) {
  for (unsigned kind = EVENT_CUSTOMER_FIRST; kind <= EVENT_CUSTOMER_LAST; kind++) {
    const char *column = kind == EVENT_CUSTOMER_FIRST ? "customer_span.begins" : "customer_span.ends";
    for (unsigned unit = PERIOD_YEAR; unit <= PERIOD_DAY; unit++) {
      const char *sql = talloc_asprintf(scratch,
          "INSERT INTO contract_day SELECT %u, %u, %s AS first_day, level_id, 0, 0, '', 0, %d * COUNT(*), 0, 0 FROM " CHANGED_CUSTOMERS
          " STRAIGHT_JOIN customer_span ON customer_span.customer_id = changed.customer_id WHERE %s < '9999-12-31' GROUP BY first_day, level_id" ADD_COUNTS,
          kind, unit, unit_start(scratch, (PeriodUnit)unit, column), sign, column);
      if (!execute_for(database, sql, run, error)) return false;
    }
  }
  return true;
}

/* A customer's contracts of a level, one after the other by their start: a new stretch begins where all before have ended. */
static const char SPAN_SQL[] =
    "INSERT INTO customer_span SELECT customer_id, level_id, MIN(starts_on), MAX(last_day) FROM ("
    "SELECT customer_id, level_id, starts_on, last_day, SUM(begins_anew) OVER (PARTITION BY customer_id, level_id ORDER BY starts_on, id ROWS UNBOUNDED PRECEDING) AS stretch FROM ("
    "SELECT customer_id, level_id, id, starts_on, last_day, CASE WHEN starts_on <= MAX(last_day) OVER (PARTITION BY customer_id, level_id ORDER BY starts_on, id "
    "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) THEN 0 ELSE 1 END AS begins_anew FROM ("
    "SELECT contract.customer_id, IF(any_level, 65535, COALESCE(level_id, 0)) AS level_id, id, starts_on, last_day FROM " CHANGED_CUSTOMERS
    " STRAIGHT_JOIN contract FORCE INDEX (contract_customer) ON contract.customer_id = changed.customer_id "
    "STRAIGHT_JOIN (SELECT 0 AS any_level UNION ALL SELECT 1) AS twice WHERE last_day >= starts_on"
    ") AS running) AS marked) AS stretches GROUP BY customer_id, level_id, stretch";

/* The customers are read before: a statement that deletes would hold the changes it looks at, and wait for those that somebody is still making. */
static bool forget_spans(Database *database, void *scratch, const Run *run, GError **error) {
  SqlRows *rows = database_query(database, scratch, "SELECT DISTINCT customer_id FROM contract_change WHERE " IN_RUN, RUN_VALUES(run), error);
  if (rows == NULL) return false;
  SqlValue *customers = talloc_array(scratch, SqlValue, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) customers[row] = SQL_INTEGER(sql_cell_integer(rows, row, 0));
  return rows->row_count == 0 || database_execute_bulk(database, "DELETE FROM customer_span WHERE customer_id = ?", customers, 1, rows->row_count, error);
}

static bool fold_customers(Database *database, void *scratch, const Run *run, GError **error) {
  return count_spans(database, scratch, -1, run, error) &&
         forget_spans(database, scratch, run, error) &&
         execute_for(database, SPAN_SQL, run, error) && count_spans(database, scratch, 1, run, error);
}

/* ---- one piece ---- */

/* The range stops before the last row, because it would hold the row behind its end too; and it is followed along the key, because a look through the whole table would wait for
 * rows that somebody is still adding. */
static bool forget(Database *database, const Run *run, GError **error) {
  const Run before_last = {run->first, run->last - 1, run->step};
  return execute_for(database, "DELETE contract_change FROM contract_change FORCE INDEX (PRIMARY) WHERE " IN_RUN, &before_last, error) &&
         database_execute(database, "DELETE contract_change FROM contract_change FORCE INDEX (PRIMARY) WHERE id = ?", SQL_VALUES(SQL_INTEGER(run->last)), NULL, NULL, error);
}

static SqlRows *find_runs(Database *database, void *owner, gint64 *step, GError **error) {
  SqlRows *steps = database_query(database, owner, "SELECT @@auto_increment_increment", SQL_NO_VALUES, error);
  if (steps == NULL) return NULL;
  *step = sql_cell_integer(steps, 0, 0);
  const SqlValue apart = SQL_INTEGER(*step);
  return database_query(database, owner, RUN_SQL, SQL_VALUES(apart, apart, apart, apart, SQL_INTEGER(FOLD_PIECE)), error);
}

static bool fold_piece(Database *database, void *context, GError **error) {
  Folding *folding = context;
  void *scratch = talloc_new(NULL);
  folding->folded = 0;
  folding->left = false;
  SqlRows *held = database_query(database, scratch, "SELECT id FROM contract_fold FOR UPDATE SKIP LOCKED", SQL_NO_VALUES, error);
  bool done = held != NULL;
  Run run = {0};
  SqlRows *runs = done && held->row_count > 0 ? find_runs(database, scratch, &run.step, error) : NULL;
  done = done && (held->row_count == 0 || runs != NULL);
  for (unsigned row = 0; done && runs != NULL && row < runs->row_count; row++) {
    run.first = sql_cell_integer(runs, row, 0);
    run.last = sql_cell_integer(runs, row, 1);
    done = fold_contracts(database, scratch, &run, error) && fold_customers(database, scratch, &run, error) && forget(database, &run, error);
    folding->folded += sql_cell_integer(runs, row, 2);
  }
  folding->left = folding->folded >= FOLD_PIECE;
  talloc_free(scratch);
  return done;
}

bool contract_day_waits(Database *database, bool *waiting, GError **error) {
  static const char SQL[] = "SELECT COUNT(*) FROM (SELECT 1 FROM contract_change LIMIT " G_STRINGIFY(CONTRACT_DAY_FOLD_ABOVE) ") AS bounded";
  SqlRows *rows = database_query(database, NULL, SQL, SQL_NO_VALUES, error);
  if (rows == NULL) return false;
  *waiting = sql_cell_integer(rows, 0, 0) >= CONTRACT_DAY_FOLD_ABOVE;
  talloc_free(rows);
  return true;
}

bool contract_day_fold(Database *database, GError **error) {
  Folding folding = {0};
  bool waiting = false;
  do {
    if (!contract_day_waits(database, &waiting, error)) return false;
    if (waiting && !database_transaction(database, fold_piece, &folding, error)) return false;
  } while (waiting && folding.left);
  return true;
}
