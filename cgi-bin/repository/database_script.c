/* Statements that are text of ours, and what the server says of itself. */
#include "repository/database_connection.h"

#include <string.h>

static bool drop_results(Database *database, GError **error) {
  int next;
  do {
    MYSQL_RES *result = mysql_store_result(database->connection);
    if (result != NULL) mysql_free_result(result);
  } while ((next = mysql_next_result(database->connection)) == 0);
  if (next < 0) return true;
  char *message = g_strdup(mysql_error(database->connection));
  connection_failed(database, mysql_errno(database->connection), message, error);
  g_free(message);
  return false;
}

bool database_run_script(Database *database, const char *sql, GError **error) {
  if (!connection_open(database, error)) return false;
  /* The server separates the statements, which knows that the `;` in a trigger's body doesn't end it. Only here are several at once allowed. */
  mysql_set_server_option(database->connection, MYSQL_OPTION_MULTI_STATEMENTS_ON);
  bool done = connection_run_text(database, sql, error) && drop_results(database, error);
  if (database->connection != NULL) mysql_set_server_option(database->connection, MYSQL_OPTION_MULTI_STATEMENTS_OFF);
  return done;
}

const char *database_server_version(Database *database, void *owner, GError **error) {
  SqlRows *rows = database_query(database, owner, "SELECT VERSION()", SQL_NO_VALUES, error);
  return rows != NULL ? sql_cell(rows, 0, 0) : NULL;
}
