#include "repository/contract_write.h"

#include <string.h>
#include <talloc.h>

#include "domain/contract_terms.h"
#include "domain/money.h"
#include "domain/text.h"
#include "repository/statement.h"

static const ContractFieldId WORD_FIELDS[] = {CONTRACT_NUMBER, CONTRACT_TITLE, CONTRACT_REFERENCE, CONTRACT_CUSTOMER_NAME};

/* ---- keys ---- */

const char *contract_key_retired(const Field *fact) {
  if (strcmp(fact->key_table, "user") == 0) return "NOT active";
  return strcmp(fact->key_table, "customer") == 0 ? "FALSE" : "retired";
}

const char *contract_key_name(const Field *fact) { return strcmp(fact->key_table, "user") == 0 ? "display_name" : "name"; }

/* ---- values ---- */

bool contract_write_same_values(const Contract *before, const Contract *after) {
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    if (strcmp(before->values[field], after->values[field]) != 0) return false;
  }
  return true;
}

void contract_write_settle(Contract *contract, Day today) {
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    if (contract->values[field][0] == '\0') contract->values[field] = contract_fields[field].fallback;
  }
  TermFacts facts = contract_term_facts(contract);
  contract_terms_derive(&facts, today, &contract->terms);
  contract->terms.monthly_value = contract_monthly_value(contract->values[CONTRACT_AMOUNT], contract->values[CONTRACT_BILLING_MONTHS]);
}

/* ---- a row's columns and values ---- */

enum { DERIVED_STATUS, DERIVED_TERM_ENDS_ON, DERIVED_NOTICE_BY, DERIVED_MONTHLY_VALUE, DERIVED_VALID_FROM, DERIVED_VALID_UNTIL };
static const char *const DERIVED_COLUMNS[] = {"status", "term_ends_on", "notice_by", "monthly_value", "valid_from", "valid_until"};

static SqlValue day_value(void *owner, Day day, Day otherwise) {
  char *iso = talloc_array(owner, char, DAY_TEXT_SIZE);
  return sql_text(day_format_iso(day == DAY_NONE ? otherwise : day, iso));
}

static SqlValue derived_value(void *owner, const ContractTerms *terms, unsigned column) {
  switch (column) {
    case DERIVED_STATUS: return SQL_INTEGER(terms->status);
    case DERIVED_TERM_ENDS_ON: return day_value(owner, terms->term_ends_on, day_never());
    case DERIVED_NOTICE_BY: return day_value(owner, terms->notice_by, day_never());
    case DERIVED_MONTHLY_VALUE: return sql_text(money_decimal(owner, terms->monthly_value));
    case DERIVED_VALID_FROM: return day_value(owner, terms->valid_from, day_make(1000, 1, 1));
    default: return day_value(owner, terms->valid_until, day_never());
  }
}

static SqlValue field_value(const Contract *contract, const ContractKeys *keys, int field) {
  const char *text = contract->values[field];
  if (contract_fields[field].kind == FIELD_KEY) return keys->ids[field] == 0 ? SQL_NULL : SQL_INTEGER(keys->ids[field]);
  return contract_fields[field].kind == FIELD_DAY ? sql_text_or_null(text) : sql_text(text);
}

/* Statements are kept by their text: pieces of few sizes make few texts. */
static unsigned piece_size(unsigned rows, unsigned largest) {
  unsigned size = largest;
  while (size > rows) size /= 4;
  return MAX(size, 1);
}

static void add_rows(Statement *statement, Contract *const *contracts, const ContractKeys *keys, unsigned count) {
  for (unsigned row = 0; row < count; row++) {
    statement_add(statement, "%s(", row > 0 ? ", " : "");
    for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
      statement_bind(statement, field_value(contracts[row], &keys[row], field));
      statement_add(statement, ", ");
    }
    for (unsigned column = 0; column < G_N_ELEMENTS(DERIVED_COLUMNS); column++) {
      if (column > 0) statement_add(statement, ", ");
      statement_bind(statement, derived_value(statement, &contracts[row]->terms, column));
    }
    statement_add(statement, ")");
  }
}

static bool insert_piece(Database *database, Contract *const *contracts, const ContractKeys *keys, unsigned count, GError **error) {
  void *scratch = talloc_new(NULL);
  Statement *statement = statement_new(scratch);
  statement_add(statement, "INSERT INTO contract (");
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) statement_add(statement, "%s, ", contract_fields[field].column);
  for (unsigned column = 0; column < G_N_ELEMENTS(DERIVED_COLUMNS); column++) statement_add(statement, "%s%s", column > 0 ? ", " : "", DERIVED_COLUMNS[column]);
  statement_add(statement, ") VALUES ");
  add_rows(statement, contracts, keys, count);
  statement_add(statement, " RETURNING id");
  SqlRows *rows = statement_query(statement, database, scratch, error);
  for (unsigned row = 0; rows != NULL && row < rows->row_count; row++) {
    contracts[row]->id = sql_cell_integer(rows, row, 0);
    contracts[row]->version = 1;
    contracts[row]->customer_id = keys[row].ids[CONTRACT_CUSTOMER_NUMBER];
  }
  talloc_free(scratch);
  return rows != NULL;
}

/* ---- words ---- */

/* Each field's own words, so that a long title doesn't push the customer's out. The same word twice would stand against the table's key. */
static void add_contract_words(void *owner, const Contract *contract, GArray *values) {
  guint first = values->len;
  for (unsigned i = 0; i < G_N_ELEMENTS(WORD_FIELDS); i++) {
    unsigned count = 0;
    const char **words = text_search_words(owner, contract->values[WORD_FIELDS[i]], &count);
    for (unsigned word = 0; word < count; word++) {
      bool earlier = false;
      for (guint other = first; other < values->len && !earlier; other += 2) earlier = strcmp(g_array_index(values, SqlValue, other).text, words[word]) == 0;
      if (earlier) continue;
      SqlValue row[] = {sql_text(words[word]), SQL_INTEGER(contract->id)};
      g_array_append_vals(values, row, 2);
    }
  }
}

static bool add_words(Database *database, Contract *const *contracts, unsigned count, GError **error) {
  void *scratch = talloc_new(NULL);
  GArray *values = g_array_new(FALSE, FALSE, sizeof(SqlValue));
  for (unsigned i = 0; i < count; i++) add_contract_words(scratch, contracts[i], values);
  bool done = values->len == 0 || database_execute_bulk(database, "INSERT INTO contract_word (word, contract_id) VALUES (?, ?)",
                                                        (const SqlValue *)(void *)values->data, 2, values->len / 2, error);
  g_array_free(values, TRUE);
  talloc_free(scratch);
  return done;
}

bool contract_write_words(Database *database, Contract *const *contracts, unsigned count, GError **error) {
  for (unsigned i = 0; i < count; i++) {
    if (!database_execute(database, "DELETE FROM contract_word WHERE contract_id = ?", SQL_VALUES(SQL_INTEGER(contracts[i]->id)), NULL, NULL, error)) return false;
  }
  return add_words(database, contracts, count, error);
}

bool contract_write_same_words(const Contract *before, const Contract *after) {
  for (unsigned i = 0; i < G_N_ELEMENTS(WORD_FIELDS); i++) {
    if (strcmp(before->values[WORD_FIELDS[i]], after->values[WORD_FIELDS[i]]) != 0) return false;
  }
  return true;
}

/* ---- contracts ---- */

bool contract_write_insert(Database *database, Contract *const *contracts, const ContractKeys *keys, unsigned count, GError **error) {
  for (unsigned done = 0, size; done < count; done += size) {
    size = piece_size(count - done, WRITE_PIECE);
    if (!insert_piece(database, contracts + done, keys + done, size, error)) return false;
  }
  return add_words(database, contracts, count, error);
}

bool contract_write_update(Database *database, const Contract *contract, const ContractKeys *keys, guint64 *affected, GError **error) {
  void *scratch = talloc_new(NULL);
  Statement *statement = statement_new(scratch);
  statement_add(statement, "UPDATE contract SET ");
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    statement_add(statement, "%s = ", contract_fields[field].column);
    statement_bind(statement, field_value(contract, keys, field));
    statement_add(statement, ", ");
  }
  for (unsigned column = 0; column < G_N_ELEMENTS(DERIVED_COLUMNS); column++) {
    statement_add(statement, "%s = ", DERIVED_COLUMNS[column]);
    statement_bind(statement, derived_value(scratch, &contract->terms, column));
    statement_add(statement, ", ");
  }
  statement_add(statement, "version = version + 1, updated_at = UTC_TIMESTAMP(6) WHERE id = ");
  statement_bind(statement, SQL_INTEGER(contract->id));
  statement_add(statement, " AND version = ");
  statement_bind(statement, SQL_INTEGER(contract->version));
  bool done = statement_execute(statement, database, affected, NULL, error);
  talloc_free(scratch);
  return done;
}

bool contract_write_terms(Database *database, const Contract *contract, GError **error) {
  void *scratch = talloc_new(NULL);
  Statement *statement = statement_new(scratch);
  const char *separator = "UPDATE contract SET ";
  for (unsigned column = 0; column < G_N_ELEMENTS(DERIVED_COLUMNS); column++) {
    if (column == DERIVED_MONTHLY_VALUE) continue;
    statement_add(statement, "%s%s = ", separator, DERIVED_COLUMNS[column]);
    statement_bind(statement, derived_value(scratch, &contract->terms, column));
    separator = ", ";
  }
  statement_add(statement, " WHERE id = ");
  statement_bind(statement, SQL_INTEGER(contract->id));
  bool done = statement_execute(statement, database, NULL, NULL, error);
  talloc_free(scratch);
  return done;
}

bool contract_write_next_id(Database *database, gint64 *id, GError **error) {
  SqlRows *rows = database_query(database, NULL, "SELECT GREATEST(COALESCE((SELECT MAX(id) FROM contract), 0), COALESCE((SELECT MAX(id) FROM customer), 0)) + 1", SQL_NO_VALUES, error);
  if (rows == NULL) return false;
  *id = sql_cell_integer(rows, 0, 0);
  talloc_free(rows);
  return true;
}

/* ---- customers ---- */

static bool insert_customers(Database *database, NewCustomer *customers, unsigned count, GError **error) {
  void *scratch = talloc_new(NULL);
  Statement *statement = statement_new(scratch);
  statement_add(statement, "INSERT INTO customer (number, name) VALUES ");
  for (unsigned row = 0; row < count; row++) {
    statement_add(statement, "%s(", row > 0 ? ", " : "");
    statement_bind(statement, sql_text(customers[row].number));
    statement_add(statement, ", ");
    statement_bind(statement, sql_text(customers[row].name));
    statement_add(statement, ")");
  }
  statement_add(statement, " RETURNING id");
  SqlRows *rows = statement_query(statement, database, scratch, error);
  for (unsigned row = 0; rows != NULL && row < rows->row_count; row++) customers[row].id = sql_cell_integer(rows, row, 0);
  talloc_free(scratch);
  return rows != NULL;
}

bool contract_write_customers(Database *database, NewCustomer *customers, unsigned count, GError **error) {
  for (unsigned done = 0, size; done < count; done += size) {
    size = piece_size(count - done, WRITE_PIECE);
    if (!insert_customers(database, customers + done, size, error)) return false;
  }
  return true;
}
