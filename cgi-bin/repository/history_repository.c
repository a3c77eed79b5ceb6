#include "repository/history_repository.h"

#include <string.h>
#include <talloc.h>

#include "repository/statement.h"

enum { COLUMN_START, COLUMN_END, COLUMN_CURRENT, COLUMN_BY, COLUMN_DELETED_BY, COLUMN_FIRST_FIELD };

bool history_is_kept(const char *table) {
  static const char *const KEPT[] = {"contract", "customer", "support_level", "service_calendar", "contract_type", "user"};
  for (unsigned i = 0; i < G_N_ELEMENTS(KEPT); i++) {
    if (strcmp(KEPT[i], table) == 0) return true;
  }
  return false;
}

/* ---- the versions ---- */

/* What a key stands for: as it is called now, or was when it was deleted; where nothing is known of it any more, its id. */
static void add_key(Statement *statement, const Field *fact) {
  bool kept = history_is_kept(fact->key_table);
  statement_add(statement, ", IF(record.%s IS NULL, '', COALESCE((SELECT other.%s FROM %s%s AS other WHERE other.id = record.%s%s), CONCAT('#', record.%s)))", fact->column,
                fact->key_column, fact->key_table, kept ? " FOR SYSTEM_TIME ALL" : "", fact->column, kept ? " ORDER BY other.row_end DESC LIMIT 1" : "", fact->column);
}

/* A value that comes along with a key (the customer's name) is changed by the foreign key, which no trigger sees: it was whoever changed the other
 * table's row in the same moment. */
static void add_who(Statement *statement, const RecordKind *kind) {
  const Field *looked_up = NULL;
  for (unsigned field = 1; field < kind->field_count; field++) {
    if (kind->fields[field].kind == FIELD_LOOKED_UP) looked_up = &kind->fields[field - 1];
  }
  if (looked_up == NULL) {
    statement_add(statement, ", record.changed_by");
    return;
  }
  statement_add(statement, ", COALESCE((SELECT cause.changed_by FROM %s FOR SYSTEM_TIME ALL AS cause WHERE cause.id = record.%s AND cause.row_start = record.row_start LIMIT 1), record.changed_by)",
                looked_up->key_table, looked_up->column);
}

/* One version more than a page shows: the last one's predecessor. The primary key is id and row_end, by which versions are walked. */
static SqlRows *read_versions(Database *database, void *owner, const RecordKind *kind, gint64 id, const char *before, GError **error) {
  Statement *statement = statement_new(owner);
  statement_add(statement, "SELECT record.row_start, record.row_end, record.row_end > UTC_TIMESTAMP(6)");
  add_who(statement, kind);
  statement_add(statement, ", (SELECT deleted_by FROM deletion WHERE table_name = '%s' AND record_id = record.id AND deleted_at = record.row_end)", kind->table);
  for (unsigned field = 0; field < kind->field_count; field++) {
    if (kind->fields[field].kind == FIELD_KEY) add_key(statement, &kind->fields[field]);
    else statement_add(statement, ", record.%s", kind->fields[field].column);
  }
  statement_add(statement, " FROM %s FOR SYSTEM_TIME ALL AS record WHERE record.id = ", kind->table);
  statement_bind(statement, SQL_INTEGER(id));
  if (before != NULL) {
    statement_add(statement, " AND record.row_end <= ");
    statement_bind(statement, sql_text(before));
  }
  statement_add(statement, " ORDER BY record.row_end DESC LIMIT %d", HISTORY_PER_PAGE + 1);
  return statement_query(statement, database, owner, error);
}

/* ---- from versions to changes ---- */

static const char *const *row_values(void *owner, const RecordKind *kind, const SqlRows *rows, unsigned row) {
  const char **values = talloc_array(owner, const char *, kind->field_count);
  for (unsigned field = 0; field < kind->field_count; field++) {
    const char *cell = sql_cell(rows, row, COLUMN_FIRST_FIELD + field);
    bool no = kind->fields[field].kind == FIELD_YES && cell != NULL && strcmp(cell, "0") == 0;
    values[field] = cell == NULL || no ? "" : cell;
  }
  return values;
}

static bool same_values(const RecordKind *kind, const char *const *before, const char *const *after) {
  for (unsigned field = 0; field < kind->field_count; field++) {
    if (strcmp(before[field], after[field]) != 0) return false;
  }
  return true;
}

static void add_deletion(History *history, const SqlRows *rows, unsigned row) {
  const char *by = sql_cell(rows, row, COLUMN_DELETED_BY);
  if (by == NULL && !(history->deleted && row == 0)) return;
  history->items[history->count++] = (HistoryEntry){HISTORY_DELETED, sql_cell(rows, row, COLUMN_END), by != NULL ? by : "", NULL, NULL};
}

static void add_version(History *history, const RecordKind *kind, const SqlRows *rows, unsigned row) {
  /* What was deleted and came back under its id has nothing before it. */
  bool first = row + 1 == rows->row_count || sql_cell(rows, row + 1, COLUMN_DELETED_BY) != NULL;
  const char *by = sql_cell(rows, row, COLUMN_BY);
  HistoryEntry entry = {HISTORY_CHANGED, sql_cell(rows, row, COLUMN_START), by, NULL, row_values(history, kind, rows, row)};
  if (first) entry.event = by[0] == '\0' ? HISTORY_RECORDED : HISTORY_CREATED;
  else entry.before = row_values(history, kind, rows, row + 1);
  if (!first && same_values(kind, entry.before, entry.after)) return;
  history->items[history->count++] = entry;
}

History *history_repository_read(Database *database, void *owner, const RecordKind *kind, gint64 id, const char *before, GError **error) {
  SqlRows *rows = read_versions(database, owner, kind, id, before, error);
  if (rows == NULL) return NULL;
  if (rows->row_count == 0) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_NOT_FOUND, "no history of %s %" G_GINT64_FORMAT, kind->table, id);
    return NULL;
  }
  History *history = talloc_zero(owner, History);
  bool more = rows->row_count > HISTORY_PER_PAGE;
  unsigned shown = more ? HISTORY_PER_PAGE : rows->row_count;
  history->items = talloc_zero_array(history, HistoryEntry, 2 * shown);
  history->newest = row_values(history, kind, rows, 0);
  history->deleted = before == NULL && sql_cell_integer(rows, 0, COLUMN_CURRENT) == 0;
  for (unsigned row = 0; row < shown; row++) {
    add_deletion(history, rows, row);
    add_version(history, kind, rows, row);
  }
  if (more) history->older = sql_cell(rows, shown - 1, COLUMN_START);
  return history;
}

bool history_repository_id(Database *database, const RecordKind *kind, const char *column, const char *value, gint64 *id, GError **error) {
  void *scratch = talloc_new(NULL);
  const char *sql = talloc_asprintf(scratch, "SELECT id FROM %s FOR SYSTEM_TIME ALL WHERE %s = ? ORDER BY row_end DESC LIMIT 1", kind->table, column);
  SqlRows *rows = database_query(database, scratch, sql, SQL_VALUES(sql_text(value)), error);
  bool found = rows != NULL && rows->row_count > 0;
  if (found) *id = sql_cell_integer(rows, 0, 0);
  else if (rows != NULL) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_NOT_FOUND, "no history of %s %s", kind->table, value);
  talloc_free(scratch);
  return found;
}
