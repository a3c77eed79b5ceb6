#include "repository/customer_repository.h"

#include <string.h>
#include <talloc.h>

#include "repository/statement.h"

#define SMALL_COMPANY 300
#define FOUND_MAX 20

/* The text as a pattern of LIKE that means it literally, with anything behind it. */
static const char *beginning(void *owner, const char *text) {
  GString *pattern = g_string_new(NULL);
  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '%' || *at == '_' || *at == '\\') g_string_append_c(pattern, '\\');
    g_string_append_c(pattern, *at);
  }
  g_string_append_c(pattern, '%');
  char *result = talloc_strdup(owner, pattern->str);
  g_string_free(pattern, TRUE);
  return result;
}

static CustomerChoices *read_rows(void *owner, const SqlRows *rows, unsigned limit, bool backwards) {
  CustomerChoices *choices = talloc_zero(owner, CustomerChoices);
  choices->count = MIN(rows->row_count, limit);
  choices->more = rows->row_count > limit;
  choices->items = talloc_zero_array(choices, CustomerRow, choices->count + 1);
  for (unsigned place = 0; place < choices->count; place++) {
    unsigned row = backwards ? choices->count - 1 - place : place;
    choices->items[place] = (CustomerRow){sql_cell_integer(rows, row, 0), sql_cell(rows, row, 1), sql_cell(rows, row, 2), sql_cell(rows, row, 3), sql_cell_integer(rows, row, 4)};
  }
  return choices;
}

#define FEW_NUMBERS 1000 /* customers whose number begins as typed that are sorted by name; more are met soon enough on a walk by name */

/* Customers whose `column` begins with the text, behind the cursor, by name. */
static void add_range(Statement *statement, const CustomerQuery *query, const char *column, const char *index) {
  const char *direction = query->backwards ? " DESC" : "";
  char side = query->backwards ? '<' : '>';
  statement_add(statement, "(SELECT id, number, name, city FROM customer FORCE INDEX (%s) WHERE ", index);
  if (query->text != NULL) {
    statement_add(statement, "%s LIKE ", column);
    statement_bind(statement, sql_text(beginning(statement, query->text)));
  } else {
    statement_add(statement, "TRUE");
  }
  if (query->name != NULL) {
    statement_add(statement, " AND (name %c ", side);
    statement_bind(statement, sql_text(query->name));
    statement_add(statement, " OR (name = ");
    statement_bind(statement, sql_text(query->name));
    statement_add(statement, " AND id %c ", side);
    statement_bind(statement, SQL_INTEGER(query->id));
    statement_add(statement, "))");
  }
  statement_add(statement, " ORDER BY name%s, id%s LIMIT %u)", direction, direction, query->per + 1);
}

static bool few_numbers(Database *database, void *owner, const char *text, bool *few, GError **error) {
  SqlRows *rows = database_query(database, owner, "SELECT COUNT(*) FROM (SELECT 1 FROM customer WHERE number LIKE ? LIMIT " G_STRINGIFY(FEW_NUMBERS) ") AS bounded",
                                 SQL_VALUES(sql_text(beginning(owner, text))), error);
  if (rows != NULL) *few = sql_cell_integer(rows, 0, 0) < FEW_NUMBERS;
  return rows != NULL;
}

CustomerChoices *customer_repository_page(Database *database, void *owner, const CustomerQuery *query, GError **error) {
  const char *direction = query->backwards ? " DESC" : "";
  Statement *statement = statement_new(owner);
  bool few = true;
  if (query->text != NULL && !few_numbers(database, owner, query->text, &few, error)) return NULL;
  statement_add(statement, "SELECT id, number, name, city, (SELECT COUNT(*) FROM contract WHERE contract.customer_id = found.id) FROM (");
  add_range(statement, query, "name", "customer_name");
  if (query->text != NULL) {
    statement_add(statement, " UNION ");
    add_range(statement, query, "number", few ? "customer_number" : "customer_name");
  }
  statement_add(statement, ") AS found ORDER BY name%s, id%s LIMIT %u", direction, direction, query->per + 1);
  SqlRows *rows = statement_query(statement, database, owner, error);
  return rows != NULL ? read_rows(owner, rows, query->per, query->backwards) : NULL;
}

CustomerChoices *customer_repository_choices(Database *database, void *owner, const char *typed, GError **error) {
  bool all = typed[0] == '\0';
  CustomerQuery query = {.text = all ? NULL : typed, .per = all ? SMALL_COMPANY : FOUND_MAX};
  CustomerChoices *choices = customer_repository_page(database, owner, &query, error);
  if (choices != NULL && all && choices->more) choices->count = 0;
  return choices;
}

CustomerChoices *customer_repository_meant(Database *database, void *owner, const char *typed, GError **error) {
  SqlRows *rows = database_query(database, owner, "SELECT id, number, name, city, 0 FROM customer WHERE number = ?", SQL_VALUES(sql_text(typed)), error);
  if (rows == NULL) return NULL;
  return rows->row_count > 0 ? read_rows(owner, rows, 1, false) : customer_repository_choices(database, owner, typed, error);
}
