/* statement.h: a prepared statement being put together: its text and the values of its `?`. */
#ifndef SUPPORTLEVEL_REPOSITORY_STATEMENT_H
#define SUPPORTLEVEL_REPOSITORY_STATEMENT_H

#include "repository/data_changes.h"

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
/* The same; its rows are kept for when it is asked for again with the same values and nothing has changed (data_changes.h). */
SqlRows *statement_query_kept(Statement *statement, Database *database, void *owner, Kept kind, GError **error);
/* For a UNION ALL of `count` SELECTs from one table each: how many rows of its index each would read, as the server expects from where a range begins and ends in it. Takes no
 * longer for many rows than for few; exact for a few hundred, else right within a factor of about two (a half of the table where there are more). Adds to the statement's text. */
bool statement_estimate(Statement *statement, Database *database, gint64 *rows, unsigned count, GError **error);
/* As database_each. */
bool statement_each(Statement *statement, Database *database, DatabaseRow receive, void *context, GError **error);
/* As database_execute. */
bool statement_execute(Statement *statement, Database *database, guint64 *affected, gint64 *insert_id, GError **error);

#endif
