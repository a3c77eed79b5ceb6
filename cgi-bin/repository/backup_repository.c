#include "repository/backup_repository.h"

#include <string.h>
#include <talloc.h>

/* The tables of the database, but for the mark; NULL with an error. */
static SqlRows *tables_of(Database *database, void *owner, GError **error) {
  return database_query(database, owner, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name <> '" RESTORE_MARK "'", SQL_NO_VALUES, error);
}

static bool holds(const SqlRows *tables, const char *name) {
  for (unsigned row = 0; row < tables->row_count; row++) {
    if (strcmp(sql_cell(tables, row, 0), name) == 0) return true;
  }
  return false;
}

/* The number that a query gives; false with an error. */
static bool read_number(Database *database, const char *sql, gint64 *number, GError **error) {
  void *scratch = talloc_new(NULL);
  SqlRows *rows = database_query(database, scratch, sql, SQL_NO_VALUES, error);
  if (rows != NULL) *number = sql_cell_integer(rows, 0, 0);
  talloc_free(scratch);
  return rows != NULL;
}

bool backup_repository_triggers(Database *database, unsigned *triggers, GError **error) {
  gint64 ours = 0;
  gint64 seen = 0;
  if (!read_number(database, "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'migration'", &ours, error) ||
      !read_number(database, "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = DATABASE()", &seen, error)) {
    return false;
  }
  *triggers = (unsigned)seen;
  if (ours == 0) g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_CONFLICT, "there is nothing to back up: the database has no tables of this program");
  else if (seen == 0) g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_FORBIDDEN, "the account may not see the tables' triggers, which its backup would lack: GRANT SELECT, TRIGGER");
  return ours > 0 && seen > 0;
}

/* ---- restoring ---- */

bool backup_repository_target(Database *database, RestoreTarget *target, GError **error) {
  static const char MARK_SQL[] = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = '" RESTORE_MARK "'";
  /* Also what was deleted: its history is worth keeping. */
  static const char USED_SQL[] = "SELECT EXISTS (SELECT 1 FROM contract FOR SYSTEM_TIME ALL) OR EXISTS (SELECT 1 FROM customer FOR SYSTEM_TIME ALL)";
  gint64 marked = 0;
  gint64 used = 0;
  void *scratch = talloc_new(NULL);
  SqlRows *tables = tables_of(database, scratch, error);
  bool done = tables != NULL && read_number(database, MARK_SQL, &marked, error);
  if (done && (marked > 0 || tables->row_count == 0)) *target = RESTORE_INTO_EMPTY;
  else if (done && !(holds(tables, "migration") && holds(tables, "contract") && holds(tables, "customer"))) *target = RESTORE_INTO_FOREIGN;
  else if (done && (done = read_number(database, USED_SQL, &used, error))) *target = used != 0 ? RESTORE_INTO_USED : RESTORE_INTO_UNUSED;
  talloc_free(scratch);
  return done;
}

static void append_name(GString *sql, const char *name) {
  g_string_append_c(sql, '`');
  for (const char *at = name; *at != '\0'; at++) {
    if (*at == '`') g_string_append_c(sql, '`');
    g_string_append_c(sql, *at);
  }
  g_string_append_c(sql, '`');
}

static bool drop_tables(Database *database, const SqlRows *tables, GError **error) {
  if (tables->row_count == 0) return true;
  GString *sql = g_string_new("SET SESSION foreign_key_checks = 0; DROP TABLE ");
  for (unsigned row = 0; row < tables->row_count; row++) {
    if (row > 0) g_string_append(sql, ", ");
    append_name(sql, sql_cell(tables, row, 0));
  }
  g_string_append(sql, "; SET SESSION foreign_key_checks = 1");
  bool done = database_run_script(database, sql->str, error);
  g_string_free(sql, TRUE);
  return done;
}

bool backup_repository_clear(Database *database, GError **error) {
  void *scratch = talloc_new(NULL);
  bool marked = database_run_script(database, "CREATE TABLE IF NOT EXISTS " RESTORE_MARK " (id TINYINT UNSIGNED NOT NULL PRIMARY KEY)", error);
  SqlRows *tables = marked ? tables_of(database, scratch, error) : NULL;
  bool done = tables != NULL && drop_tables(database, tables, error);
  talloc_free(scratch);
  return done;
}

bool backup_repository_restored(Database *database, GError **error) {
  return database_execute(database, "DELETE FROM session", SQL_NO_VALUES, NULL, NULL, error) && backup_repository_unmark(database, error);
}

bool backup_repository_unmark(Database *database, GError **error) { return database_run_script(database, "DROP TABLE IF EXISTS " RESTORE_MARK, error); }
