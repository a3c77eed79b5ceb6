#include "repository/database.h"

#include <mysqld_error.h>
#include <stdint.h>
#include <string.h>
#include <talloc.h>

#include "domain/day.h"
#include "repository/database_connection.h"

#define ATTEMPT_MAX 5
#define ATTEMPT_TIME (10 * G_USEC_PER_SEC)
#define IDLE_DOUBT (10 * G_USEC_PER_SEC) /* a connection unused for longer is tried before a write */
#define CHUNK_SIZE 8192                  /* bytes of cells that are taken at once */

SqlValue sql_text(const char *text) {
  return text == NULL ? SQL_NULL : (SqlValue){.kind = VALUE_TEXT, .text = text, .length = strlen(text)};
}

SqlValue sql_text_or_null(const char *text) {
  return text == NULL || text[0] == '\0' ? SQL_NULL : sql_text(text);
}

gint64 sql_cell_integer(const SqlRows *rows, unsigned row, unsigned column) {
  const char *cell = sql_cell(rows, row, column);
  return cell == NULL ? 0 : g_ascii_strtoll(cell, NULL, 10);
}

/* ---- values and rows ---- */

static void bind_value(MYSQL_BIND *bind, const SqlValue *value) {
  *bind = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_NULL};
  if (value->kind == VALUE_NULL) return;
  if (value->kind == VALUE_INTEGER) {
    bind->buffer_type = MYSQL_TYPE_LONGLONG;
    bind->buffer = (void *)(uintptr_t)&value->integer;
    return;
  }
  bind->buffer_type = value->kind == VALUE_TEXT ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
  bind->buffer = (void *)(uintptr_t)value->text;
  bind->buffer_length = value->length;
}

static MYSQL_STMT *start_statement(Database *database, const char *sql, const SqlValue *values, unsigned value_count, GError **error) {
  MYSQL_STMT *statement = connection_statement(database, sql, error);
  if (statement == NULL) return NULL;
  if (mysql_stmt_param_count(statement) != value_count) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "%u values for the %lu of: %s", value_count, mysql_stmt_param_count(statement), sql);
    return NULL;
  }
  if (value_count > database->parameter_count) {
    database->parameters = talloc_realloc(database, database->parameters, MYSQL_BIND, value_count);
    database->parameter_count = value_count;
  }
  for (unsigned value = 0; value < value_count; value++) bind_value(&database->parameters[value], &values[value]);
  bool done = (value_count == 0 || mysql_stmt_bind_param(statement, database->parameters) == 0) && mysql_stmt_execute(statement) == 0;
  if (!done) connection_statement_failed(database, statement, error);
  return done ? statement : NULL;
}

/* One buffer serves all statements of a connection: they keep a worker small. */
static void make_row_room(Database *database, const MYSQL_FIELD *fields, unsigned columns) {
  RowBuffer *row = &database->row;
  if (columns > row->column_count) {
    row->texts = talloc_realloc(database, row->texts, char, columns * CELL_ROOM);
    row->binds = talloc_realloc(database, row->binds, MYSQL_BIND, columns);
    row->lengths = talloc_realloc(database, row->lengths, unsigned long, columns);
    row->nulls = talloc_realloc(database, row->nulls, my_bool, columns);
    row->column_count = columns;
  }
  for (unsigned column = 0; column < columns; column++) {
    row->binds[column] = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_STRING,
                                      .buffer = row->texts + column * CELL_ROOM,
                                      .buffer_length = CELL_ROOM,
                                      .length = &row->lengths[column],
                                      .is_null = &row->nulls[column]};
    /* The library would print each day by printf, which took a third of the time for a page's rows. */
    if (fields[column].type == MYSQL_TYPE_DATE) row->binds[column].buffer_type = MYSQL_TYPE_DATE;
  }
}

/* Texts of cells, packed: a page has a thousand of them. */
typedef struct {
  void *owner;
  char *free;
  gsize room;
} CellStore;

static char *store_room(CellStore *store, gsize size) {
  if (size > CHUNK_SIZE / 4) return talloc_size(store->owner, size);
  if (size > store->room) {
    store->free = talloc_size(store->owner, CHUNK_SIZE);
    store->room = CHUNK_SIZE;
  }
  char *room = store->free;
  store->free += size;
  store->room -= size;
  return room;
}

static const char *read_cell(MYSQL_STMT *statement, const RowBuffer *row, unsigned column, CellStore *store) {
  if (row->nulls[column]) return NULL;
  if (row->binds[column].buffer_type == MYSQL_TYPE_DATE) {
    MYSQL_TIME day;
    memcpy(&day, row->texts + column * CELL_ROOM, sizeof day);
    return day_put((int)day.year, (int)day.month, (int)day.day, store_room(store, DAY_TEXT_SIZE));
  }
  unsigned long length = row->lengths[column];
  char *text = store_room(store, length + 1);
  if (length <= CELL_ROOM) {
    memcpy(text, row->texts + column * CELL_ROOM, length);
  } else {
    my_bool null = 0;
    unsigned long got = 0;
    MYSQL_BIND bind = {.buffer_type = MYSQL_TYPE_STRING, .buffer = text, .buffer_length = length, .length = &got, .is_null = &null};
    mysql_stmt_fetch_column(statement, &bind, column, 0);
  }
  text[length] = '\0';
  return text;
}

/* Makes room for the rows that `statement` is about to give; false with an error of the connection. */
static bool bind_row(Database *database, MYSQL_STMT *statement, GError **error) {
  MYSQL_RES *columns = mysql_stmt_result_metadata(statement);
  if (columns == NULL) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "a statement without rows was asked for them");
    return false;
  }
  make_row_room(database, mysql_fetch_fields(columns), mysql_num_fields(columns));
  mysql_free_result(columns);
  return mysql_stmt_bind_result(statement, database->row.binds) == 0 || connection_statement_failed(database, statement, error);
}

static bool has_row(int fetched) { return fetched == 0 || fetched == MYSQL_DATA_TRUNCATED; }

static SqlRows *read_rows(Database *database, void *owner, MYSQL_STMT *statement, GError **error) {
  if (!bind_row(database, statement, error)) return NULL;
  SqlRows *rows = talloc_zero(owner, SqlRows);
  rows->column_count = mysql_stmt_field_count(statement);
  CellStore store = {.owner = rows};
  unsigned room = 0;
  int fetched;
  while (has_row(fetched = mysql_stmt_fetch(statement))) {
    if (rows->row_count == room) {
      room = room == 0 ? 16 : room * 2;
      rows->cells = talloc_realloc(rows, rows->cells, const char *, room * rows->column_count);
    }
    const char **cells = rows->cells + rows->row_count++ * rows->column_count;
    for (unsigned column = 0; column < rows->column_count; column++) cells[column] = read_cell(statement, &database->row, column, &store);
  }
  if (fetched == MYSQL_NO_DATA) {
    mysql_stmt_free_result(statement);
    return rows;
  }
  connection_statement_failed(database, statement, error);
  talloc_free(rows);
  return NULL;
}

/* ---- single statements ---- */

/* A random pause, twice as long each time, so that those who collided don't meet again. */
static void pause_before_attempt(unsigned attempt) {
  g_usleep((gulong)g_random_int_range(1000, 10000) << attempt);
}

/* True when what just failed is worth another attempt: each server once more where a connection was lost, or after a pause where somebody else was first. */
static bool may_try_again(const Database *database, unsigned attempt, gint64 start) {
  if (!database->again) return false;
  if (database->connection == NULL) return attempt <= database->place_count;
  if (attempt == ATTEMPT_MAX || g_get_monotonic_time() - start > ATTEMPT_TIME) return false;
  pause_before_attempt(attempt);
  return true;
}

SqlRows *database_query(Database *database, void *owner, const char *sql, const SqlValue *values, unsigned value_count, GError **error) {
  gint64 start = g_get_monotonic_time();
  for (unsigned attempt = 1;; attempt++) {
    GError *failure = NULL;
    gint64 begun = g_get_monotonic_time();
    database->again = false;
    MYSQL_STMT *statement = start_statement(database, sql, values, value_count, &failure);
    SqlRows *rows = statement != NULL ? read_rows(database, owner, statement, &failure) : NULL;
    connection_used(database, sql, begun, rows != NULL ? rows->row_count : 0);
    if (rows != NULL) return rows;
    if (database->in_transaction || !may_try_again(database, attempt, start)) {
      g_propagate_error(error, failure);
      return NULL;
    }
    g_clear_error(&failure);
  }
}

/* Rows on their way to a callback. */
typedef struct {
  DatabaseRow receive;
  void *context;
  bool enough;         /* the callback has */
  guint64 count;
  gint64 microseconds; /* spent in the callback */
} Passing;

static bool pass_row(Passing *passing, const SqlRows *row) {
  gint64 begun = g_get_monotonic_time();
  bool more = passing->receive(passing->context, row);
  passing->microseconds += g_get_monotonic_time() - begun;
  passing->count++;
  return more;
}

static bool pass_rows(Database *database, MYSQL_STMT *statement, Passing *passing, GError **error) {
  if (!bind_row(database, statement, error)) return false;
  int fetched = 0;
  while (!passing->enough && has_row(fetched = mysql_stmt_fetch(statement))) {
    SqlRows *row = talloc_zero(NULL, SqlRows);
    CellStore store = {.owner = row};
    row->row_count = 1;
    row->column_count = mysql_stmt_field_count(statement);
    row->cells = talloc_array(row, const char *, row->column_count);
    for (unsigned column = 0; column < row->column_count; column++) row->cells[column] = read_cell(statement, &database->row, column, &store);
    passing->enough = !pass_row(passing, row);
    talloc_free(row);
  }
  return passing->enough || fetched == MYSQL_NO_DATA || connection_statement_failed(database, statement, error);
}

bool database_each(Database *database, const char *sql, const SqlValue *values, unsigned value_count, DatabaseRow receive, void *context, GError **error) {
  GError *failure = NULL;
  Passing passing = {.receive = receive, .context = context};
  gint64 begun = g_get_monotonic_time();
  database->again = false;
  MYSQL_STMT *statement = start_statement(database, sql, values, value_count, &failure);
  if (statement == NULL && database->again && !database->in_transaction) {
    g_clear_error(&failure);
    statement = start_statement(database, sql, values, value_count, &failure);
  }
  bool done = statement != NULL && pass_rows(database, statement, &passing, &failure);
  connection_used(database, sql, begun + passing.microseconds, passing.count);
  if (failure != NULL) g_propagate_error(error, failure);
  if (!done) return false;
  /* The rest of a result could be millions of rows to read and drop; a new connection is cheaper. */
  if (passing.enough && !database->in_transaction) connection_close(database);
  else mysql_stmt_free_result(statement);
  return true;
}

/* A write that meets a connection which went away while it was idle would end with its fate unknown; so such a connection is tried first. */
static void doubt_idle_connection(Database *database) {
  if (database->in_transaction || database->connection == NULL || g_get_monotonic_time() - database->used_at < IDLE_DOUBT) return;
  gint64 begun = g_get_monotonic_time();
  if (mysql_ping(database->connection) != 0) connection_close(database);
  connection_used(database, "(ping)", begun, 0);
}

/* ---- in whose name ---- */

const char *database_actor(const Database *database) { return database->actor; }

void database_act_as(Database *database, const char *actor) {
  if (g_strcmp0(database->actor, actor) == 0) return;
  talloc_free(database->actor);
  database->actor = actor != NULL ? talloc_strdup(database, actor) : NULL;
}

/* The triggers of the tables with a history read @actor. */
static bool tell_actor(Database *database, GError **error) {
  if (!connection_open(database, error)) return false;
  if (database->in_transaction || g_strcmp0(database->actor, database->told_actor) == 0) return true;
  if (start_statement(database, "SET @actor = ?", SQL_VALUES(sql_text(database->actor)), error) == NULL) return false;
  talloc_free(database->told_actor);
  database->told_actor = database->actor != NULL ? talloc_strdup(database, database->actor) : NULL;
  return true;
}

/* True when a lost connection leaves open whether the statement was carried out. */
static bool fate_is_unknown(const Database *database, bool sent) {
  return sent && !database->in_transaction && database->connection == NULL && database->again;
}

bool database_execute(Database *database, const char *sql, const SqlValue *values, unsigned value_count, guint64 *affected, gint64 *insert_id, GError **error) {
  gint64 start = g_get_monotonic_time();
  doubt_idle_connection(database);
  database->changes_known = false;
  for (unsigned attempt = 1;; attempt++) {
    GError *failure = NULL;
    gint64 begun = g_get_monotonic_time();
    database->again = false;
    /* Prepared by itself first: what is lost before the execution has certainly not happened. */
    bool prepared = tell_actor(database, &failure) && connection_statement(database, sql, &failure) != NULL;
    MYSQL_STMT *statement = prepared ? start_statement(database, sql, values, value_count, &failure) : NULL;
    connection_used(database, sql, begun, 0);
    if (statement != NULL) {
      if (affected != NULL) *affected = mysql_stmt_affected_rows(statement);
      if (insert_id != NULL) *insert_id = (gint64)mysql_stmt_insert_id(statement);
      return true;
    }
    if (fate_is_unknown(database, prepared)) failure->code = ERROR_FATE_UNKNOWN;
    if (database->in_transaction || failure->code == ERROR_FATE_UNKNOWN || !may_try_again(database, attempt, start)) {
      g_propagate_error(error, failure);
      return false;
    }
    g_clear_error(&failure);
  }
}

/* ---- transactions ---- */

/* `error` is never NULL here. A cluster's node that was cut off meanwhile answers that something went wrong: the others may have what it sent. */
static bool commit(Database *database, GError **error) {
  if (connection_run_text(database, "COMMIT", error)) return true;
  if (database->connection != NULL && mysql_errno(database->connection) != ER_ERROR_DURING_COMMIT) return false;
  database->again = false;
  (*error)->code = ERROR_FATE_UNKNOWN;
  return false;
}

static void roll_back(Database *database) {
  bool again = database->again;
  if (database->connection != NULL && !connection_run_text(database, "ROLLBACK", NULL)) connection_close(database);
  database->again = again;
}

static bool transaction_once(Database *database, DatabaseWork work, void *context, GError **error) {
  database->again = false;
  database->broken = false;
  database->changes_known = false;
  if (!tell_actor(database, error) || !connection_run_text(database, "START TRANSACTION", error)) return false;
  database->in_transaction = true;
  bool done = work(database, context, error);
  database->in_transaction = false;
  if (done) connection_transaction_holds(database);
  database->again = database->broken;
  if (done && database->broken) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_PASSING, "the transaction was ended by the database");
    done = false;
  }
  if (done && commit(database, error)) return true;
  roll_back(database);
  return false;
}

bool database_transaction(Database *database, DatabaseWork work, void *context, GError **error) {
  if (database->in_transaction) return work(database, context, error);
  gint64 start = g_get_monotonic_time();
  doubt_idle_connection(database);
  for (unsigned attempt = 1;; attempt++) {
    GError *failure = NULL;
    if (transaction_once(database, work, context, &failure)) return true;
    if (!may_try_again(database, attempt, start)) {
      g_propagate_error(error, failure);
      return false;
    }
    g_clear_error(&failure);
  }
}

/* Sessions read what is committed as they go; this one transaction keeps to what was when it began. */
static bool begin_snapshot(Database *database, GError **error) {
  return connection_run_text(database, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", error) && connection_run_text(database, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY", error);
}

bool database_snapshot(Database *database, DatabaseWork work, void *context, GError **error) {
  g_assert(!database->in_transaction);
  GError *failure = NULL;
  database->again = false;
  bool begun = begin_snapshot(database, &failure);
  if (!begun && database->again) {
    g_clear_error(&failure);
    begun = begin_snapshot(database, &failure);
  }
  bool done = false;
  if (begun) {
    database->broken = false;
    database->in_transaction = true;
    done = work(database, context, &failure);
    database->in_transaction = false;
    roll_back(database); /* nothing was written */
  }
  if (failure != NULL) g_propagate_error(error, failure);
  return done;
}
