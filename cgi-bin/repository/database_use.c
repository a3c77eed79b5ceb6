/* How much a Database is used, and who is told of slow statements. */
#include "repository/database_connection.h"

const DatabaseUse *database_use(const Database *database) { return &database->use; }

void database_watch(Database *database, gint64 least, DatabaseSlow slow, void *context) {
  database->slow_from = least;
  database->slow = slow;
  database->slow_context = context;
}

void connection_used(Database *database, const char *sql, gint64 begun, guint64 rows) {
  gint64 took = g_get_monotonic_time() - begun;
  database->use.microseconds += took;
  database->use.rows += rows;
  if (database->slow != NULL && took >= database->slow_from) database->slow(database->slow_context, sql, took, rows);
}
