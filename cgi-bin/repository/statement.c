#include "repository/statement.h"

#include <stdarg.h>
#include <string.h>
#include <talloc.h>

static int statement_free(Statement *statement) {
  g_string_free(statement->sql, TRUE);
  g_array_free(statement->values, TRUE);
  return 0;
}

Statement *statement_new(void *owner) {
  Statement *statement = talloc_zero(owner, Statement);
  statement->sql = g_string_sized_new(1024);
  statement->values = g_array_new(FALSE, FALSE, sizeof(SqlValue));
  talloc_set_destructor(statement, statement_free);
  return statement;
}

void statement_add(Statement *statement, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  g_string_append_vprintf(statement->sql, format, arguments);
  va_end(arguments);
}

void statement_bind(Statement *statement, SqlValue value) {
  g_string_append_c(statement->sql, '?');
  g_array_append_val(statement->values, value);
}

SqlRows *statement_query(Statement *statement, Database *database, void *owner, GError **error) {
  return database_query(database, owner, statement->sql->str, (const SqlValue *)(void *)statement->values->data, statement->values->len, error);
}

typedef struct {
  const char *asked;
  SqlRows *rows;
} KeptRows;

/* The text with its values behind it; only of values that are text or numbers. */
static char *asked_text(const Statement *statement, void *owner) {
  char *text = talloc_strdup(owner, statement->sql->str);
  for (guint i = 0; i < statement->values->len; i++) {
    const SqlValue *value = &g_array_index(statement->values, SqlValue, i);
    g_assert(value->kind == VALUE_TEXT || value->kind == VALUE_INTEGER);
    text = value->kind == VALUE_TEXT ? talloc_asprintf_append_buffer(text, "\n%s", value->text) : talloc_asprintf_append_buffer(text, "\n%" G_GINT64_FORMAT, value->integer);
  }
  return text;
}

SqlRows *statement_query_kept(Statement *statement, Database *database, void *owner, Kept kind, GError **error) {
  KeptRows *kept = database_kept(database, kind, owner);
  const char *asked = asked_text(statement, statement);
  if (kept != NULL && strcmp(kept->asked, asked) == 0) return kept->rows;
  kept = talloc_zero(NULL, KeptRows);
  kept->asked = talloc_strdup(kept, asked);
  kept->rows = statement_query(statement, database, kept, error);
  if (kept->rows == NULL) {
    talloc_free(kept);
    return NULL;
  }
  database_keep(database, kind, owner, kept);
  return kept->rows;
}

/* Columns of EXPLAIN. */
enum { EXPLAIN_ID = 0, EXPLAIN_ROWS = 8 };

bool statement_estimate(Statement *statement, Database *database, gint64 *rows, unsigned count, GError **error) {
  g_string_prepend(statement->sql, "EXPLAIN ");
  SqlRows *found = statement_query(statement, database, statement, error);
  for (unsigned i = 0; i < count; i++) rows[i] = 0; /* what can't be has no number of rows */
  for (unsigned row = 0; found != NULL && row < found->row_count; row++) {
    gint64 number = sql_cell_integer(found, row, EXPLAIN_ID);
    if (number >= 1 && number <= count) rows[number - 1] = sql_cell_integer(found, row, EXPLAIN_ROWS);
  }
  return found != NULL;
}

bool statement_each(Statement *statement, Database *database, DatabaseRow receive, void *context, GError **error) {
  return database_each(database, statement->sql->str, (const SqlValue *)(void *)statement->values->data, statement->values->len, receive, context, error);
}

bool statement_execute(Statement *statement, Database *database, guint64 *affected, gint64 *insert_id, GError **error) {
  return database_execute(database, statement->sql->str, (const SqlValue *)(void *)statement->values->data, statement->values->len, affected, insert_id, error);
}
