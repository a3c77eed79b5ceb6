#include "repository/contract_row.h"

#include <talloc.h>

#include "domain/contract_terms.h"

/* Columns in front of the fields' own. */
enum { COLUMN_ID, COLUMN_VERSION, COLUMN_CUSTOMER_ID, COLUMN_UPDATED_AT, COLUMN_LEVEL_NAME, COLUMN_TYPE_NAME, COLUMN_RESPONSIBLE_NAME, COLUMN_FIRST_FIELD };

void contract_row_columns(Statement *statement) {
  statement_add(statement, "contract.id, contract.version, contract.customer_id, contract.updated_at, support_level.name, contract_type.name, user.display_name");
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    const Field *fact = &contract_fields[field];
    if (fact->kind == FIELD_KEY) statement_add(statement, ", %s.%s", fact->key_table, fact->key_column);
    else statement_add(statement, ", contract.%s", fact->column);
  }
}

void contract_row_joins(Statement *statement) {
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    const Field *fact = &contract_fields[field];
    if (fact->kind == FIELD_KEY) statement_add(statement, " LEFT JOIN %s ON %s.id = contract.%s", fact->key_table, fact->key_table, fact->column);
  }
}

unsigned contract_row_width(void) { return COLUMN_FIRST_FIELD + CONTRACT_FIELD_COUNT; }

Contract *contract_row_read(void *owner, const SqlRows *rows, unsigned row, unsigned column, Day today) {
  Contract *contract = talloc_zero(owner, Contract);
  contract->id = sql_cell_integer(rows, row, column + COLUMN_ID);
  contract->version = (guint)sql_cell_integer(rows, row, column + COLUMN_VERSION);
  contract->customer_id = sql_cell_integer(rows, row, column + COLUMN_CUSTOMER_ID);
  contract->updated_at = sql_cell(rows, row, column + COLUMN_UPDATED_AT);
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
