#include "repository/contract_row.h"

#include <talloc.h>

#include "domain/contract_terms.h"
#include "repository/history_repository.h"

/* Columns in front of the fields' own. */
enum { CONTRACT_NAME_COUNT = 3 };
enum { COLUMN_ID, COLUMN_VERSION, COLUMN_CUSTOMER_ID, COLUMN_UPDATED_AT, COLUMN_LEVEL_NAME, COLUMN_TYPE_NAME, COLUMN_RESPONSIBLE_NAME, COLUMN_CHANGED_BY, COLUMN_FIRST_FIELD };

/* The columns that name a row of another table, in the order of COLUMN_LEVEL_NAME and what follows. */
static const struct {
  int field;
  const char *column;
} NAMES[CONTRACT_NAME_COUNT] = {{CONTRACT_LEVEL, "name"}, {CONTRACT_TYPE, "name"}, {CONTRACT_RESPONSIBLE, "display_name"}};

static bool is_named(int field) {
  for (unsigned name = 0; name < CONTRACT_NAME_COUNT; name++) {
    if (NAMES[name].field == field) return true;
  }
  return false;
}

static void add_columns(Statement *statement, bool named) {
  statement_add(statement, "contract.id, contract.version, contract.customer_id, contract.updated_at");
  for (unsigned name = 0; name < CONTRACT_NAME_COUNT; name++) {
    const Field *fact = &contract_fields[NAMES[name].field];
    if (named) statement_add(statement, ", %s.%s", fact->key_table, NAMES[name].column);
    else statement_add(statement, ", contract.%s", fact->column);
  }
  statement_add(statement, ", contract.changed_by");
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    const Field *fact = &contract_fields[field];
    if (!named && is_named(field)) statement_add(statement, ", NULL");
    else if (fact->kind == FIELD_KEY) statement_add(statement, ", %s.%s", fact->key_table, fact->key_column);
    else statement_add(statement, ", contract.%s", fact->column);
  }
}

void contract_row_columns(Statement *statement) { add_columns(statement, true); }
void contract_row_columns_unnamed(Statement *statement) { add_columns(statement, false); }

/* A table's name; as of a moment where one is given and the table has a history. */
static void add_table(Statement *statement, const char *table, const char *utc) {
  statement_add(statement, " %s", table);
  if (utc == NULL || !history_is_kept(table)) return;
  statement_add(statement, " FOR SYSTEM_TIME AS OF TIMESTAMP ");
  statement_bind(statement, sql_text(utc));
}

static void add_joins(Statement *statement, const char *utc, bool named) {
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    const Field *fact = &contract_fields[field];
    if (fact->kind != FIELD_KEY || (!named && is_named(field))) continue;
    statement_add(statement, " LEFT JOIN");
    add_table(statement, fact->key_table, utc);
    statement_add(statement, " ON %s.id = contract.%s", fact->key_table, fact->column);
  }
}

void contract_row_joins(Statement *statement) { add_joins(statement, NULL, true); }
void contract_row_joins_unnamed(Statement *statement) { add_joins(statement, NULL, false); }

void contract_row_source_as_of(Statement *statement, const char *utc) {
  statement_add(statement, " FROM");
  add_table(statement, "contract", utc);
  add_joins(statement, utc, true);
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

/* ---- names that are known ---- */

typedef struct {
  const char *code;
  const char *name;
} Name;

struct contract_names {
  GHashTable *by_id[CONTRACT_NAME_COUNT]; /* id as text → Name */
};

static int names_free(ContractNames *names) {
  for (unsigned name = 0; name < CONTRACT_NAME_COUNT; name++) g_hash_table_unref(names->by_id[name]);
  return 0;
}

static bool read_names(Database *database, ContractNames *names, unsigned which, GError **error) {
  const Field *fact = &contract_fields[NAMES[which].field];
  Statement *statement = statement_new(names);
  statement_add(statement, "SELECT id, %s, %s FROM %s", fact->key_column, NAMES[which].column, fact->key_table);
  SqlRows *rows = statement_query(statement, database, names, error);
  for (unsigned row = 0; rows != NULL && row < rows->row_count; row++) {
    Name *name = talloc(names, Name);
    *name = (Name){sql_cell(rows, row, 1), sql_cell(rows, row, 2)};
    g_hash_table_insert(names->by_id[which], (gpointer)(guintptr)sql_cell(rows, row, 0), name);
  }
  return rows != NULL;
}

ContractNames *contract_names_read(Database *database, void *owner, GError **error) {
  ContractNames *names = talloc_zero(owner, ContractNames);
  for (unsigned name = 0; name < CONTRACT_NAME_COUNT; name++) names->by_id[name] = g_hash_table_new(g_str_hash, g_str_equal);
  talloc_set_destructor(names, names_free);
  for (unsigned name = 0; name < CONTRACT_NAME_COUNT; name++) {
    if (read_names(database, names, name, error)) continue;
    talloc_free(names);
    return NULL;
  }
  return names;
}

void contract_names_put(const ContractNames *names, Contract *contract) {
  const char **places[CONTRACT_NAME_COUNT] = {&contract->level_name, &contract->type_name, &contract->responsible_name};
  for (unsigned which = 0; which < CONTRACT_NAME_COUNT; which++) {
    const char *id = *places[which];
    const Name *name = id != NULL ? g_hash_table_lookup(names->by_id[which], id) : NULL;
    *places[which] = name != NULL ? name->name : NULL;
    contract->values[NAMES[which].field] = name != NULL ? name->code : "";
  }
}
