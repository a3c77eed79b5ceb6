/* statement.h: a prepared statement being put together: its text and the values of its `?`. */
#ifndef SUPPORTLEVEL_REPOSITORY_STATEMENT_H
#define SUPPORTLEVEL_REPOSITORY_STATEMENT_H

#include "repository/database.h"

typedef struct {
  GString *sql;
  GArray *values; /* of SqlValue */
} Statement;

/* An empty statement that goes with `owner`. */
Statement *statement_new(void *owner);
/* Adds text of ours: never anything that a user typed. */
void statement_add(Statement *statement, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Adds `?` and its value. */
void statement_bind(Statement *statement, SqlValue value);
SqlRows *statement_query(Statement *statement, Database *database, void *owner, GError **error);
/* As database_each. */
bool statement_each(Statement *statement, Database *database, DatabaseRow receive, void *context, GError **error);
/* As database_execute. */
bool statement_execute(Statement *statement, Database *database, guint64 *affected, gint64 *insert_id, GError **error);

#endif
