/* repository: everything that is stored, in MariaDB. Uses domain and MariaDB Connector/C. All SQL of the program is here and in sql/.
 *
 * database.h: the worker's connection, prepared statements kept on it, and transactions. */
#ifndef SUPPORTLEVEL_REPOSITORY_DATABASE_H
#define SUPPORTLEVEL_REPOSITORY_DATABASE_H

#include "domain/error.h"

typedef struct database Database;

/* A value bound to a `?`. */
typedef struct {
  enum { VALUE_NULL, VALUE_INTEGER, VALUE_TEXT, VALUE_BYTES } kind;
  gint64 integer;
  const char *text; /* not copied: as long-lived as the call */
  gsize length;
} SqlValue;

#define SQL_NULL ((SqlValue){.kind = VALUE_NULL})
#define SQL_INTEGER(n) ((SqlValue){.kind = VALUE_INTEGER, .integer = (gint64)(n)})
#define SQL_BYTES(p, n) ((SqlValue){.kind = VALUE_BYTES, .text = (const char *)(p), .length = (n)})
#define SQL_VALUES(...) ((SqlValue[]){__VA_ARGS__}), (unsigned)(sizeof((SqlValue[]){__VA_ARGS__}) / sizeof(SqlValue))
#define SQL_NO_VALUES NULL, 0

SqlValue sql_text(const char *text);          /* NULL becomes SQL's NULL */
SqlValue sql_text_or_null(const char *text);  /* NULL and "" become SQL's NULL */

/* Rows of a query, read completely, as texts (NULL for SQL's NULL). Belongs to the owner given to database_query. */
typedef struct {
  unsigned row_count;
  unsigned column_count;
  const char **cells; /* row_count * column_count */
} SqlRows;

static inline const char *sql_cell(const SqlRows *rows, unsigned row, unsigned column) {
  return rows->cells[row * rows->column_count + column];
}
gint64 sql_cell_integer(const SqlRows *rows, unsigned row, unsigned column); /* 0 for NULL */

/* A database by its url (see settings: database_url). Nothing is connected yet; a connection is made at first use and again after a loss.
 * ERROR_INTERNAL: the url is not one. Free with talloc_free. */
Database *database_new(void *owner, const char *url, GError **error);

/* Takes away the limits of time that a page's statements have (10 s each, 12 s for a silent connection): for commands that take as long as they take. */
void database_be_patient(Database *database);

/* The contrary: gives up after so many seconds without an answer, to each statement and while connecting. */
void database_limit_waiting(Database *database, unsigned seconds);

/* What a Database has done since it was made. */
typedef struct {
  guint64 rows;         /* read */
  guint64 connections;  /* that were opened */
  guint64 refusals;     /* times that none could be */
  guint64 losses;       /* connections that broke */
  gint64 microseconds;  /* waited for the server: statements, transactions and connecting; not what a caller does between rows */
} DatabaseUse;
const DatabaseUse *database_use(const Database *database);

/* Is told of each statement that took at least so many microseconds: its text, in which values are `?`. */
typedef void (*DatabaseSlow)(void *context, const char *sql, gint64 microseconds, guint64 rows);
void database_watch(Database *database, gint64 least, DatabaseSlow slow, void *context);

/* In whose name the history notes what is written from now on; NULL: in that of the connection's account, "": in nobody's, so that no version changes hands.
 * The server is told before the next write, once for a transaction. Not for the middle of one. */
void database_act_as(Database *database, const char *actor);
const char *database_actor(const Database *database);

/* Runs a prepared statement and reads all its rows. Statements are prepared once per connection and kept by their SQL text.
 * A lost connection is reopened and a query outside of a transaction tried once more, at each server of a cluster. ERROR_PASSING: database away or time limit reached; ERROR_INTERNAL: bad SQL. */
SqlRows *database_query(Database *database, void *owner, const char *sql, const SqlValue *values, unsigned value_count, GError **error);

/* Runs a prepared query and hands over each row as it arrives, however many there are: `row` holds that one row, until the callback returns. The
 * connection is busy meanwhile: the callback may not use the database. When it returns false the rest is given up, which is no error.
 * ERROR_PASSING, ERROR_INTERNAL as above, also between rows; nothing is tried again after the first row. */
typedef bool (*DatabaseRow)(void *context, const SqlRows *row);
bool database_each(Database *database, const char *sql, const SqlValue *values, unsigned value_count, DatabaseRow receive, void *context, GError **error);

/* Runs a prepared statement that writes. `affected` (or NULL) gets the number of rows changed, `insert_id` (or NULL) the new id.
 * ERROR_CONFLICT: a unique or foreign key stands against it (the message is `unique key NAME` or `foreign key NAME`). ERROR_FATE_UNKNOWN: outside of a
 * transaction, the connection was lost before the answer. */
bool database_execute(Database *database, const char *sql, const SqlValue *values, unsigned value_count, guint64 *affected, gint64 *insert_id, GError **error);

/* Runs a statement that writes for `row_count` rows of `column_count` values (row by row in `values`) at once. Within a column all values are of one kind, or NULL.
 * Many rows are sent in several parts, so belongs into a transaction. Errors as database_execute's. */
bool database_execute_bulk(Database *database, const char *sql, const SqlValue *values, unsigned column_count, unsigned row_count, GError **error);

/* Runs `work` in one transaction: commits when it returns true, rolls back when false. A deadlock, lock time-out or lost connection before the commit
 * starts it again, up to 5 times; so `work` must be free of other effects. Inside of another transaction it is a part of that one. ERROR_FATE_UNKNOWN: the connection was lost during the commit. */
typedef bool (*DatabaseWork)(Database *database, void *context, GError **error);
bool database_transaction(Database *database, DatabaseWork work, void *context, GError **error);

/* Runs `work`, which only reads, however many statements that takes, all on the state of one moment: what others write meanwhile isn't seen.
 * Started anew only where the connection was lost before `work` began; a loss later is ERROR_PASSING. Not inside of a transaction. */
bool database_snapshot(Database *database, DatabaseWork work, void *context, GError **error);

/* Runs statements that are text of ours (migrations), several separated by `;`, without parameters. */
bool database_run_script(Database *database, const char *sql, GError **error);

/* How MariaDB's own programs reach the same database: the text of an option file, with the password. Belongs to `owner`. */
const char *database_client_options(const Database *database, void *owner);
const char *database_name(const Database *database);

/* The server's version as it names itself, owned by `owner`; NULL when it doesn't answer. */
const char *database_server_version(Database *database, void *owner, GError **error);

#endif
