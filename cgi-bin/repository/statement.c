#include "repository/statement.h"

#include <stdarg.h>
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

bool statement_each(Statement *statement, Database *database, DatabaseRow receive, void *context, GError **error) {
  return database_each(database, statement->sql->str, (const SqlValue *)(void *)statement->values->data, statement->values->len, receive, context, error);
}

bool statement_execute(Statement *statement, Database *database, guint64 *affected, gint64 *insert_id, GError **error) {
  return database_execute(database, statement->sql->str, (const SqlValue *)(void *)statement->values->data, statement->values->len, affected, insert_id, error);
}
