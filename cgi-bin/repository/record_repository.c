#include "repository/record_repository.h"

#include <string.h>
#include <talloc.h>

#include "repository/statement.h"

enum { COLUMN_ID, COLUMN_VERSION, COLUMN_UPDATED_AT, COLUMN_FIRST_FIELD };

static void add_select(Statement *statement, const RecordKind *kind) {
  statement_add(statement, "SELECT id, version, updated_at");
  for (unsigned field = 0; field < kind->field_count; field++) {
    const Field *fact = &kind->fields[field];
    if (fact->kind == FIELD_KEY) {
      statement_add(statement, ", (SELECT %s FROM %s AS other WHERE other.id = record.%s)", fact->key_column, fact->key_table, fact->column);
    } else {
      statement_add(statement, ", %s", fact->column);
    }
  }
  statement_add(statement, " FROM %s AS record", kind->table);
}

static void take_row(Record *record, const SqlRows *rows, unsigned row) {
  record->id = sql_cell_integer(rows, row, COLUMN_ID);
  record->version = (guint)sql_cell_integer(rows, row, COLUMN_VERSION);
  record->updated_at = sql_cell(rows, row, COLUMN_UPDATED_AT);
  for (unsigned field = 0; field < record->kind->field_count; field++) {
    const char *cell = sql_cell(rows, row, COLUMN_FIRST_FIELD + field);
    bool no = record->kind->fields[field].kind == FIELD_YES && cell != NULL && strcmp(cell, "0") == 0;
    record->values[field] = cell == NULL || no ? "" : cell;
  }
}

Record *record_repository_find(Database *database, void *owner, const RecordKind *kind, const char *column, const char *value, GError **error) {
  Record *record = record_new(owner, kind);
  Statement *statement = statement_new(record);
  add_select(statement, kind);
  statement_add(statement, " WHERE %s = ", column);
  statement_bind(statement, sql_text(value));
  SqlRows *rows = statement_query(statement, database, record, error);
  if (rows != NULL && rows->row_count == 0) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_NOT_FOUND, "%s %s", kind->table, value);
  if (rows == NULL || rows->row_count == 0) {
    talloc_free(record);
    return NULL;
  }
  take_row(record, rows, 0);
  return record;
}

Records *record_repository_list(Database *database, void *owner, const RecordKind *kind, const gint64 *ids, unsigned id_count, const char *order, GError **error) {
  Records *records = talloc_zero(owner, Records);
  Statement *statement = statement_new(records);
  if (ids != NULL && id_count == 0) return records;
  add_select(statement, kind);
  for (unsigned i = 0; ids != NULL && i < id_count; i++) {
    statement_add(statement, "%s", i == 0 ? " WHERE id IN (" : ", ");
    statement_bind(statement, SQL_INTEGER(ids[i]));
  }
  statement_add(statement, "%s ORDER BY %s", ids != NULL ? ")" : "", order);
  SqlRows *rows = statement_query(statement, database, records, error);
  if (rows == NULL) return NULL;
  records->count = rows->row_count;
  records->items = talloc_zero_array(records, Record *, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) {
    records->items[row] = record_new(records, kind);
    take_row(records->items[row], rows, row);
  }
  return records;
}

bool record_repository_propose_last(Database *database, Record *record, unsigned field, GError **error) {
  const Field *fact = &record->kind->fields[field];
  const char *sql = talloc_asprintf(record, "SELECT LEAST(COALESCE(MAX(%s), 0) + 1, %u) FROM %s", fact->column, fact->limit, record->kind->table);
  SqlRows *rows = database_query(database, record, sql, SQL_NO_VALUES, error);
  if (rows != NULL) record->values[field] = sql_cell(rows, 0, 0);
  return rows != NULL;
}

/* The id behind a key field's code; NULL in SQL for an empty one. False with an entry in `errors` when there is no such code. */
static bool key_value(Database *database, void *owner, const Field *fact, const char *code, SqlValue *value, FieldErrors *errors, GError **error) {
  *value = SQL_NULL;
  if (code[0] == '\0') return true;
  const char *sql = talloc_asprintf(owner, "SELECT id FROM %s WHERE %s = ?", fact->key_table, fact->key_column);
  SqlRows *rows = database_query(database, owner, sql, SQL_VALUES(sql_text(code)), error);
  if (rows == NULL) return false;
  if (rows->row_count == 0) {
    field_errors_add(errors, fact->name, "unknown", code);
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_FIELD, "%s", fact->name);
    return false;
  }
  *value = SQL_INTEGER(sql_cell_integer(rows, 0, 0));
  return true;
}

static bool field_value(Database *database, Record *record, unsigned field, SqlValue *value, FieldErrors *errors, GError **error) {
  const Field *fact = &record->kind->fields[field];
  const char *text = record->values[field];
  if (fact->kind == FIELD_KEY) return key_value(database, record, fact, text, value, errors, error);
  if (fact->kind == FIELD_YES) *value = SQL_INTEGER(text[0] != '\0');
  else *value = fact->kind == FIELD_NUMBER || fact->kind == FIELD_MINUTES || fact->kind == FIELD_DAY ? sql_text_or_null(text) : sql_text(text);
  return true;
}

/* A unique key is named after its table and column. */
static void explain_taken(const Record *record, FieldErrors *errors, GError **error) {
  if (error == NULL || !error_is(*error, ERROR_CONFLICT)) return;
  for (unsigned field = 0; field < record->kind->field_count; field++) {
    char *key = g_strdup_printf("%s_%s", record->kind->table, record->kind->fields[field].column);
    bool named = strstr((*error)->message, key) != NULL;
    g_free(key);
    if (!named) continue;
    field_errors_add(errors, record->kind->fields[field].name, "taken", record->values[field]);
    g_clear_error(error);
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_FIELD, "%s", record->kind->fields[field].name);
    return;
  }
}

static bool add_values(Statement *statement, Database *database, Record *record, bool insert, FieldErrors *errors, GError **error) {
  for (unsigned field = 0; field < record->kind->field_count; field++) {
    SqlValue value;
    if (!field_value(database, record, field, &value, errors, error)) return false;
    if (!insert) statement_add(statement, "%s = ", record->kind->fields[field].column);
    statement_bind(statement, value);
    statement_add(statement, ", ");
  }
  return true;
}

bool record_repository_insert(Database *database, Record *record, FieldErrors *errors, GError **error) {
  Statement *statement = statement_new(record);
  statement_add(statement, "INSERT INTO %s (", record->kind->table);
  for (unsigned field = 0; field < record->kind->field_count; field++) statement_add(statement, "%s, ", record->kind->fields[field].column);
  statement_add(statement, "version) VALUES (");
  bool done = add_values(statement, database, record, true, errors, error);
  statement_add(statement, "1)");
  done = done && statement_execute(statement, database, NULL, &record->id, error);
  if (done) record->version = 1;
  else explain_taken(record, errors, error);
  return done;
}

/* The rows are locked: of two who add the last one at once, the second is refused. */
bool record_repository_keep_few(Database *database, const RecordKind *kind, unsigned most, FieldErrors *errors, GError **error) {
  void *scratch = talloc_new(NULL);
  SqlRows *rows = database_query(database, scratch, talloc_asprintf(scratch, "SELECT id FROM %s LIMIT %u FOR UPDATE", kind->table, most + 1), SQL_NO_VALUES, error);
  bool few = rows != NULL && rows->row_count <= most;
  if (rows != NULL && !few) {
    field_errors_add(errors, kind->fields[0].name, "too_many", talloc_asprintf(scratch, "%u", most));
    error_set(error, ERROR_FIELD, "too_many");
  }
  talloc_free(scratch);
  return few;
}

static bool is_stored(Database *database, const RecordKind *kind, void *owner, gint64 id, GError **error) {
  const char *sql = talloc_asprintf(owner, "SELECT 1 FROM %s WHERE id = ?", kind->table);
  SqlRows *rows = database_query(database, owner, sql, SQL_VALUES(SQL_INTEGER(id)), error);
  if (rows != NULL && rows->row_count == 0) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_NOT_FOUND, "%s %" G_GINT64_FORMAT, kind->table, id);
  return rows != NULL && rows->row_count > 0;
}

static bool changed_meanwhile(Database *database, const RecordKind *kind, void *owner, gint64 id, GError **error) {
  if (is_stored(database, kind, owner, id, error)) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_CONFLICT, "%s %" G_GINT64_FORMAT " was changed meanwhile", kind->table, id);
  }
  return false;
}

bool record_repository_update(Database *database, Record *record, FieldErrors *errors, GError **error) {
  guint64 affected = 0;
  Statement *statement = statement_new(record);
  statement_add(statement, "UPDATE %s SET ", record->kind->table);
  bool done = add_values(statement, database, record, false, errors, error);
  statement_add(statement, "version = version + 1, updated_at = UTC_TIMESTAMP(6) WHERE id = ");
  statement_bind(statement, SQL_INTEGER(record->id));
  statement_add(statement, " AND version = ");
  statement_bind(statement, SQL_INTEGER(record->version));
  done = done && statement_execute(statement, database, &affected, NULL, error);
  if (!done) explain_taken(record, errors, error);
  else if (affected == 0) return changed_meanwhile(database, record->kind, record, record->id, error);
  else record->version++;
  return done;
}

bool record_repository_delete(Database *database, const RecordKind *kind, gint64 id, guint version, GError **error) {
  guint64 affected = 0;
  void *scratch = talloc_new(NULL);
  const char *sql = talloc_asprintf(scratch, "DELETE FROM %s WHERE id = ? AND version = ?", kind->table);
  bool done = database_execute(database, sql, SQL_VALUES(SQL_INTEGER(id), SQL_INTEGER(version)), &affected, NULL, error);
  if (done && affected == 0) done = changed_meanwhile(database, kind, scratch, id, error);
  talloc_free(scratch);
  return done;
}
