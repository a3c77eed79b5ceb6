#include "repository/health_repository.h"

#include <string.h>
#include <talloc.h>

#include "repository/backup_repository.h"

#define PATIENCE 1 /* seconds for each step: connecting, and two questions */

static bool is_there(const SqlRows *rows, const char *name) {
  for (unsigned row = 0; row < rows->row_count; row++) {
    if (strcmp(sql_cell(rows, row, 0), name) == 0) return true;
  }
  return false;
}

static DatabaseHealth compare(const SqlRows *applied, const char *migrations) {
  char **needed = g_strsplit(migrations, " ", -1);
  unsigned missing = 0;
  for (unsigned i = 0; needed[i] != NULL; i++) missing += !is_there(applied, needed[i]);
  bool newer = applied->row_count + missing > g_strv_length(needed);
  g_strfreev(needed);
  return missing > 0 ? HEALTH_BEHIND : newer ? HEALTH_NEWER : HEALTH_OK;
}

static DatabaseHealth look(Database *database, const char *migrations, GError **error) {
  SqlRows *tables = database_query(database, database, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name IN ('migration', '" RESTORE_MARK "')",
                                   SQL_NO_VALUES, error);
  if (tables == NULL) return HEALTH_AWAY;
  if (is_there(tables, RESTORE_MARK)) return HEALTH_RESTORING;
  if (!is_there(tables, "migration")) return HEALTH_BEHIND;
  SqlRows *applied = database_query(database, database, "SELECT name FROM migration", SQL_NO_VALUES, error);
  return applied != NULL ? compare(applied, migrations) : HEALTH_AWAY;
}

DatabaseHealth health_repository_look(const char *url, const char *migrations) {
  GError *error = NULL;
  Database *database = database_new(NULL, url, &error);
  DatabaseHealth health = HEALTH_REFUSED;
  if (database != NULL) {
    database_limit_waiting(database, PATIENCE);
    health = look(database, migrations, &error);
  }
  /* Whoever asks learns no more than that: the error may name hosts and accounts. */
  if (error != NULL) health = error_is(error, ERROR_PASSING) ? HEALTH_AWAY : HEALTH_REFUSED;
  g_clear_error(&error);
  talloc_free(database);
  return health;
}
