/* database_connection.h: what the files database_….c share: the connection behind a Database, its kept statements, its errors. */
#ifndef SUPPORTLEVEL_REPOSITORY_DATABASE_CONNECTION_H
#define SUPPORTLEVEL_REPOSITORY_DATABASE_CONNECTION_H

#include <mysql.h>

#include "repository/data_changes.h"
#include "repository/database.h"

#define CELL_ROOM 256 /* bytes of a cell that are fetched with its row; what is longer is fetched by itself */

/* Where a result's row is put, whatever statement it comes from. */
typedef struct {
  unsigned column_count; /* that there is room for */
  char *texts;           /* column_count * CELL_ROOM */
  MYSQL_BIND *binds;
  unsigned long *lengths;
  my_bool *nulls;
} RowBuffer;

/* One of the servers of the url. */
typedef struct {
  const char *host; /* NULL: this machine */
  const char *socket; /* NULL: over the network, or the library's own */
  unsigned port;
} DatabasePlace;

/* What is kept between requests, and since which changes. */
typedef struct {
  void *object;
  DataChanges since;
} KeptThing;

struct database {
  DatabasePlace *places;
  unsigned place_count;
  unsigned place; /* where the last connection was, and the next is tried first */
  const char *user;
  const char *password;
  const char *name;
  bool patient; /* no limits of time */
  unsigned waiting; /* seconds: a narrower limit; 0: none */
  const char *tls_ca;    /* file of the authorities that may have signed the server's certificate; NULL: no TLS */
  MYSQL *connection;     /* NULL: not connected */
  GHashTable *kept;      /* KeptStatement by its SQL text */
  guint64 clock;         /* counts uses of statements */
  gint64 used_at;        /* monotonic microseconds */
  char *actor;           /* in whose name to write, */
  char *told_actor;      /* and in whose the connection does; NULL: its account's */
  bool in_transaction;
  bool broken;           /* the running transaction exists no more: nothing may be done in its name */
  bool again;            /* what failed last may succeed if it is started anew */
  bool changes_known;    /* … as of this request's beginning, and nothing was written since */
  DataChanges changes;
  KeptThing things[KEPT_COUNT];
  RowBuffer row;
  MYSQL_BIND *parameters; /* room for the values of a statement */
  unsigned parameter_count;
  DatabaseUse use;
  DatabaseSlow slow; /* or NULL */
  void *slow_context;
  gint64 slow_from;
};

typedef struct {
  MYSQL_STMT *handle;
  guint64 used; /* the database's clock at its last use */
} KeptStatement;

/* Connects where that has not happened. ERROR_PASSING, or ERROR_INTERNAL (access denied, no such database). */
bool connection_open(Database *database, GError **error);
void connection_close(Database *database);

/* Inside of a transaction, whether it still goes on; notes in database->broken that it doesn't. A cluster's node may have rolled it back for another node's
 * and still answer that a statement succeeded: what it says of its state is right. */
bool connection_transaction_holds(Database *database);

/* The prepared statement of this text, connecting first where needed. Stays the connection's. */
MYSQL_STMT *connection_statement(Database *database, const char *sql, GError **error);

/* Runs a statement that is text of ours, connecting first where needed. */
bool connection_run_text(Database *database, const char *sql, GError **error);

/* Turns an error of the server or the library into ours, notes in database->again and ->broken what it means, closes a lost connection. Returns false. */
bool connection_failed(Database *database, unsigned code, const char *message, GError **error);
bool connection_statement_failed(Database *database, MYSQL_STMT *statement, GError **error);

/* Notes a statement that began at `begun` (monotonic microseconds) and gave or changed no more than `rows` rows. */
void connection_used(Database *database, const char *sql, gint64 begun, guint64 rows);

#endif
