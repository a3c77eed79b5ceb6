/* Many rows of one statement in one message to the server. */
#include <talloc.h>

#include "repository/database_connection.h"

#define PART_BYTES (1u << 20) /* of a message: well below max_allowed_packet */
#define PART_ROWS 10000u

/* A column of a part, as the library wants it: each fact of all rows side by side. */
typedef struct {
  gint64 *integers;
  const char **texts;
  unsigned long *lengths;
  char *indicators;
} BulkColumn;

/* The first value that is not NULL tells the column's kind. */
static int column_kind(const SqlValue *values, unsigned column_count, unsigned row_count, unsigned column) {
  for (unsigned row = 0; row < row_count; row++) {
    int kind = (int)values[row * column_count + column].kind;
    if (kind != VALUE_NULL) return kind;
  }
  return VALUE_TEXT;
}

static bool fill_column(void *owner, MYSQL_BIND *bind, const SqlValue *values, unsigned column_count, unsigned row_count, unsigned column) {
  int kind = column_kind(values, column_count, row_count, column);
  BulkColumn data = {.lengths = talloc_zero_array(owner, unsigned long, row_count), .indicators = talloc_zero_array(owner, char, row_count)};
  if (kind == VALUE_INTEGER) data.integers = talloc_zero_array(owner, gint64, row_count);
  else data.texts = talloc_zero_array(owner, const char *, row_count);
  for (unsigned row = 0; row < row_count; row++) {
    const SqlValue *value = &values[row * column_count + column];
    if (value->kind == VALUE_NULL) {
      data.indicators[row] = STMT_INDICATOR_NULL;
    } else if ((int)value->kind != kind) {
      return false;
    } else if (kind == VALUE_INTEGER) {
      data.integers[row] = value->integer;
    } else {
      data.texts[row] = value->text;
      data.lengths[row] = value->length;
    }
  }
  *bind = (MYSQL_BIND){.buffer_type = kind == VALUE_INTEGER ? MYSQL_TYPE_LONGLONG : kind == VALUE_TEXT ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB,
                       .buffer = kind == VALUE_INTEGER ? (void *)data.integers : (void *)data.texts,
                       .length = data.lengths};
  bind->u.indicator = data.indicators;
  return true;
}

/* How many of the rows go into one message. */
static unsigned part_rows(const SqlValue *values, unsigned column_count, unsigned row_count) {
  gsize bytes = 0;
  for (unsigned row = 0; row < MIN(row_count, PART_ROWS); row++) {
    for (unsigned column = 0; column < column_count; column++) bytes += 9 + values[row * column_count + column].length;
    if (bytes > PART_BYTES) return row + 1;
  }
  return MIN(row_count, PART_ROWS);
}

static bool execute_part(Database *database, MYSQL_STMT *statement, const SqlValue *values, unsigned column_count, unsigned row_count, GError **error) {
  void *scratch = talloc_new(NULL);
  MYSQL_BIND *binds = talloc_zero_array(scratch, MYSQL_BIND, column_count);
  bool alike = true;
  for (unsigned column = 0; column < column_count && alike; column++) alike = fill_column(scratch, &binds[column], values, column_count, row_count, column);
  bool done = false;
  if (!alike) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "a column's values are of several kinds");
  } else {
    mysql_stmt_attr_set(statement, STMT_ATTR_ARRAY_SIZE, &row_count);
    done = mysql_stmt_bind_param(statement, binds) == 0 && mysql_stmt_execute(statement) == 0;
    if (!done) connection_statement_failed(database, statement, error);
  }
  talloc_free(scratch);
  return done;
}

bool database_execute_bulk(Database *database, const char *sql, const SqlValue *values, unsigned column_count, unsigned row_count, GError **error) {
  database->again = false;
  bool done = true;
  for (unsigned row = 0; row < row_count && done;) {
    MYSQL_STMT *statement = connection_statement(database, sql, error);
    if (statement == NULL) return false;
    const SqlValue *part = values + (gsize)row * column_count;
    unsigned rows = part_rows(part, column_count, row_count - row);
    if (mysql_stmt_param_count(statement) != column_count) {
      g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "%u values a row for the %lu of: %s", column_count, mysql_stmt_param_count(statement), sql);
      return false;
    }
    gint64 begun = g_get_monotonic_time();
    done = execute_part(database, statement, part, column_count, rows, error);
    connection_used(database, sql, begun, 0);
    /* The same text may be used with single values next. */
    const unsigned single = 0;
    if (database->connection != NULL) mysql_stmt_attr_set(statement, STMT_ATTR_ARRAY_SIZE, &single);
    row += rows;
  }
  return done;
}
