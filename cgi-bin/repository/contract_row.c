#include "repository/contract_row.h"

#include <talloc.h>

#include "domain/contract_terms.h"
#include "domain/money.h"
#include "repository/data_changes.h"
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
    else statement_add(statement, ", NULL");
  }
  statement_add(statement, ", contract.changed_by");
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    const Field *fact = &contract_fields[field];
    if (fact->kind == FIELD_KEY && (named || !is_named(field))) statement_add(statement, ", %s.%s", fact->key_table, fact->key_column);
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

/* The fields' values, the first of which stands in `column`. */
static void read_values(Contract *contract, const SqlRows *rows, unsigned row, unsigned column) {
  for (unsigned field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    const char *value = sql_cell(rows, row, column + field);
    contract->values[field] = value != NULL ? value : "";
  }
}

/* ---- as it is stored ---- */

/* Columns in front of the fields' own: what is derived, as it was derived for the day that has been reached. */
enum { STORED_ID, STORED_VERSION, STORED_CUSTOMER_ID, STORED_UPDATED_AT, STORED_CHANGED_BY, STORED_STATUS, STORED_TERM_ENDS_ON, STORED_NOTICE_BY, STORED_MONTHLY_VALUE, STORED_FIRST_FIELD };

/* What every row of a table needs, whichever columns it shows: how it is called, and what stands beside amounts and in the level's badge. */
static bool is_wanted(const ContractColumns *shown, int field) {
  return shown == NULL || field == CONTRACT_NUMBER || field == CONTRACT_CURRENCY || field == CONTRACT_LEVEL || contract_columns_have(shown, (unsigned)field);
}

void contract_row_columns_stored(Statement *statement, const ContractColumns *shown) {
  statement_add(statement, "contract.id, contract.version, contract.customer_id, %s, %s, contract.status, contract.term_ends_on, contract.notice_by, contract.monthly_value",
                shown == NULL || contract_columns_have(shown, COLUMN_UPDATED) ? "contract.updated_at" : "NULL", shown == NULL ? "contract.changed_by" : "NULL");
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    const Field *fact = &contract_fields[field];
    if (!is_wanted(shown, field)) statement_add(statement, ", NULL");
    else if (fact->kind != FIELD_KEY || is_named(field)) statement_add(statement, ", contract.%s", fact->column);
    else statement_add(statement, ", (SELECT %s FROM %s WHERE %s.id = contract.%s)", fact->key_column, fact->key_table, fact->key_table, fact->column);
  }
}

/* The last day that can be written stands for none. */
static Day stored_day(const char *text) {
  Day day = day_parse_iso(text);
  return day == day_never() ? DAY_NONE : day;
}

Contract *contract_row_read_stored(void *owner, const SqlRows *rows, unsigned row, unsigned column) {
  Contract *contract = talloc_zero(owner, Contract);
  contract->id = sql_cell_integer(rows, row, column + STORED_ID);
  contract->version = (guint)sql_cell_integer(rows, row, column + STORED_VERSION);
  contract->customer_id = sql_cell_integer(rows, row, column + STORED_CUSTOMER_ID);
  contract->updated_at = sql_cell(rows, row, column + STORED_UPDATED_AT);
  contract->changed_by = sql_cell(rows, row, column + STORED_CHANGED_BY);
  contract->terms.status = (ContractStatus)sql_cell_integer(rows, row, column + STORED_STATUS);
  contract->terms.term_ends_on = day_parse_iso(sql_cell(rows, row, column + STORED_TERM_ENDS_ON));
  contract->terms.notice_by = stored_day(sql_cell(rows, row, column + STORED_NOTICE_BY));
  contract->terms.monthly_value = money_hundredths(sql_cell(rows, row, column + STORED_MONTHLY_VALUE));
  read_values(contract, rows, row, column + STORED_FIRST_FIELD);
  return contract;
}

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
  read_values(contract, rows, row, column + COLUMN_FIRST_FIELD);
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
  ContractNames *names = database_kept(database, KEPT_NAMES, owner);
  if (names != NULL) return names;
  names = talloc_zero(NULL, ContractNames);
  for (unsigned name = 0; name < CONTRACT_NAME_COUNT; name++) names->by_id[name] = g_hash_table_new(g_str_hash, g_str_equal);
  talloc_set_destructor(names, names_free);
  for (unsigned name = 0; name < CONTRACT_NAME_COUNT; name++) {
    if (read_names(database, names, name, error)) continue;
    talloc_free(names);
    return NULL;
  }
  database_keep(database, KEPT_NAMES, owner, names);
  return names;
}

bool contract_names_put(const ContractNames *names, Contract *contract) {
  const char **places[CONTRACT_NAME_COUNT] = {&contract->level_name, &contract->type_name, &contract->responsible_name};
  bool known = true;
  for (unsigned which = 0; which < CONTRACT_NAME_COUNT; which++) {
    const char **value = &contract->values[NAMES[which].field];
    if ((*value)[0] == '\0') continue;
    const Name *name = g_hash_table_lookup(names->by_id[which], *value);
    known = known && name != NULL;
    *places[which] = name != NULL ? name->name : NULL;
    *value = name != NULL ? name->code : "";
  }
  return known;
}
