#include "repository/contract_row.h"

#include <talloc.h>

#include "domain/contract_terms.h"
#include "repository/history_repository.h"

/* Columns in front of the fields' own. */
enum { COLUMN_ID, COLUMN_VERSION, COLUMN_CUSTOMER_ID, COLUMN_UPDATED_AT, COLUMN_LEVEL_NAME, COLUMN_TYPE_NAME, COLUMN_RESPONSIBLE_NAME, COLUMN_CHANGED_BY, COLUMN_FIRST_FIELD };

void contract_row_columns(Statement *statement) {
  statement_add(statement, "contract.id, contract.version, contract.customer_id, contract.updated_at, support_level.name, contract_type.name, user.display_name, contract.changed_by");
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    const Field *fact = &contract_fields[field];
    if (fact->kind == FIELD_KEY) statement_add(statement, ", %s.%s", fact->key_table, fact->key_column);
    else statement_add(statement, ", contract.%s", fact->column);
  }
}

/* A table's name; as of a moment where one is given and the table has a history. */
static void add_table(Statement *statement, const char *table, const char *utc) {
  statement_add(statement, " %s", table);
  if (utc == NULL || !history_is_kept(table)) return;
  statement_add(statement, " FOR SYSTEM_TIME AS OF TIMESTAMP ");
  statement_bind(statement, sql_text(utc));
}

static void add_joins(Statement *statement, const char *utc) {
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    const Field *fact = &contract_fields[field];
    if (fact->kind != FIELD_KEY) continue;
    statement_add(statement, " LEFT JOIN");
    add_table(statement, fact->key_table, utc);
    statement_add(statement, " ON %s.id = contract.%s", fact->key_table, fact->column);
  }
}

void contract_row_joins(Statement *statement) { add_joins(statement, NULL); }

void contract_row_source_as_of(Statement *statement, const char *utc) {
  statement_add(statement, " FROM");
  add_table(statement, "contract", utc);
  add_joins(statement, utc);
}

unsigned contract_row_width(void) { return COLUMN_FIRST_FIELD + CONTRACT_FIELD_COUNT; }

Contract *contract_row_read(void *owner, const SqlRows *rows, unsigned row, unsigned column, Day today) {
  Contract *contract = talloc_zero(owner, Contract);
  contract->id = sql_cell_integer(rows, row, column + COLUMN_ID);
  contract->version = (guint)sql_cell_integer(rows, row, column + COLUMN_VERSION);
  contract->customer_id = sql_cell_integer(rows, row, column + COLUMN_CUSTOMER_ID);
  contract->updated_at = sql_cell(rows, row, column + COLUMN_UPDATED_AT);
  contract->changed_by = sql_cell(rows, row, column + COLUMN_CHANGED_BY);
  contract->level_name = sql_cell(rows, row, column + COLUMN_LEVEL_NAME);
  contract->type_name = sql_cell(rows, row, column + COLUMN_TYPE_NAME);
  contract->responsible_name = sql_cell(rows, row, column + COLUMN_RESPONSIBLE_NAME);
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    const char *value = sql_cell(rows, row, column + COLUMN_FIRST_FIELD + (unsigned)field);
    contract->values[field] = value != NULL ? value : "";
  }
  TermFacts facts = contract_term_facts(contract);
  contract_terms_derive(&facts, today, &contract->terms);
  contract->terms.monthly_value = contract_monthly_value(contract->values[CONTRACT_AMOUNT], contract->values[CONTRACT_BILLING_MONTHS]);
  return contract;
}
