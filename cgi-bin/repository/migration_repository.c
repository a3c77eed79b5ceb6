#include "repository/migration_repository.h"

#include <string.h>
#include <talloc.h>

#define LOCK_SECONDS 120

/* Later columns of tables with a history are added to their old versions too. */
static const char TABLE_SQL[] =
    "SET SESSION system_versioning_alter_history = KEEP; "
    "CREATE TABLE IF NOT EXISTS migration (name VARCHAR(100) NOT NULL PRIMARY KEY, checksum CHAR(64) NOT NULL, applied_at DATETIME NOT NULL)";

static bool lock(Database *database, void *owner, GError **error) {
  SqlRows *rows = database_query(database, owner, "SELECT GET_LOCK(CONCAT(DATABASE(), '.migration'), ?)", SQL_VALUES(SQL_INTEGER(LOCK_SECONDS)), error);
  if (rows == NULL) return false;
  if (sql_cell_integer(rows, 0, 0) == 1) return true;
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_PASSING, "somebody else has been migrating or copying this database for %d seconds", LOCK_SECONDS);
  return false;
}

bool migration_repository_hold(Database *database, GError **error) {
  void *scratch = talloc_new(NULL);
  bool locked = lock(database, scratch, error);
  talloc_free(scratch);
  return locked;
}

static void unlock(Database *database, void *owner) {
  database_query(database, owner, "SELECT RELEASE_LOCK(CONCAT(DATABASE(), '.migration'))", SQL_NO_VALUES, NULL);
}

/* What a session sets for itself doesn't travel with its changes of tables: the other nodes would refuse them, and part from this one. */
static bool check_cluster(Database *database, void *owner, GError **error) {
  static const char SQL[] = "SELECT COUNT(*) FROM information_schema.global_variables WHERE (variable_name = 'WSREP_ON' AND variable_value = 'ON') "
                            "OR (variable_name = 'SYSTEM_VERSIONING_ALTER_HISTORY' AND variable_value <> 'KEEP')";
  SqlRows *rows = database_query(database, owner, SQL, SQL_NO_VALUES, error);
  if (rows == NULL) return false;
  if (sql_cell_integer(rows, 0, 0) < 2) return true;
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_CONFLICT, "every node of this cluster needs system_versioning_alter_history = KEEP in its configuration first");
  return false;
}

static bool conflict(GError **error, const char *name, const char *what) {
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_CONFLICT, "migration %s %s", name, what);
  return false;
}

static const Migration *named(const Migration *migrations, unsigned count, const char *name) {
  for (unsigned i = 0; i < count; i++) {
    if (strcmp(migrations[i].name, name) == 0) return &migrations[i];
  }
  return NULL;
}

static bool check_applied(const SqlRows *applied, const Migration *migrations, unsigned count, GError **error) {
  for (unsigned row = 0; row < applied->row_count; row++) {
    const char *name = sql_cell(applied, row, 0);
    const Migration *migration = named(migrations, count, name);
    if (migration == NULL) return conflict(error, name, "is in the database but not here: the database belongs to a newer version");
    char *checksum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, migration->sql, -1);
    bool same = strcmp(checksum, sql_cell(applied, row, 1)) == 0;
    g_free(checksum);
    if (!same) return conflict(error, name, "has changed since it was applied");
  }
  return true;
}

static bool is_applied(const SqlRows *applied, const char *name) {
  for (unsigned row = 0; row < applied->row_count; row++) {
    if (strcmp(sql_cell(applied, row, 0), name) == 0) return true;
  }
  return false;
}

static bool apply(Database *database, const Migration *migration, GError **error) {
  char *checksum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, migration->sql, -1);
  bool done = database_run_script(database, migration->sql, error) &&
              database_execute(database, "INSERT INTO migration VALUES (?, ?, UTC_TIMESTAMP())", SQL_VALUES(sql_text(migration->name), sql_text(checksum)), NULL, NULL, error);
  g_free(checksum);
  if (!done) g_prefix_error(error, "migration %s: ", migration->name);
  return done;
}

bool migration_repository_apply(Database *database, const Migration *migrations, unsigned count, unsigned *applied, GError **error) {
  void *scratch = talloc_new(NULL);
  *applied = 0;
  bool locked = lock(database, scratch, error);
  bool done = locked && check_cluster(database, scratch, error) && database_run_script(database, TABLE_SQL, error);
  SqlRows *rows = done ? database_query(database, scratch, "SELECT name, checksum FROM migration ORDER BY name", SQL_NO_VALUES, error) : NULL;
  done = rows != NULL && check_applied(rows, migrations, count, error);
  for (unsigned i = 0; i < count && done; i++) {
    if (is_applied(rows, migrations[i].name)) continue;
    done = apply(database, &migrations[i], error);
    *applied += done;
  }
  if (locked) unlock(database, scratch);
  talloc_free(scratch);
  return done;
}
