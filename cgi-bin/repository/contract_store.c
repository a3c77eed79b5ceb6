/* Storing one contract: its keys are looked up, its derived values and search words are written with it. */
#include <string.h>
#include <talloc.h>

#include "repository/contract_write.h"

/* What one of the functions of contract_repository.h carries through its transaction. */
typedef struct {
  Contract *contract;
  const Contract *stored; /* as it stands in the table, or NULL for a new one */
  Day today;
  FieldErrors *errors;
  void *scratch;
  bool changed;
} Storing;

/* ---- keys ---- */

/* Looks up the id behind a key field's code. The code gets the writing that it has in its own table, where case doesn't tell two apart.
 * The row is held until the transaction ends, so that a customer's name can't change in between. */
static bool look_up_key(Database *database, Storing *storing, int field, ContractKeys *keys, GError **error) {
  const Field *fact = &contract_fields[field];
  Contract *contract = storing->contract;
  const char *code = contract->values[field];
  keys->ids[field] = 0;
  if (code[0] == '\0' || field_errors_find(storing->errors, fact->name) != NULL) return true;
  const char *sql = talloc_asprintf(storing->scratch, "SELECT id, %s, %s, %s FROM %s WHERE %s = ? LOCK IN SHARE MODE", fact->key_column, contract_key_retired(fact),
                                    contract_key_name(fact), fact->key_table, fact->key_column);
  SqlRows *rows = database_query(database, storing->scratch, sql, SQL_VALUES(sql_text(code)), error);
  if (rows == NULL) return false;
  if (rows->row_count == 0) {
    field_errors_add(storing->errors, fact->name, "unknown", code);
    return true;
  }
  const char *written = sql_cell(rows, 0, 1);
  bool kept = storing->stored != NULL && strcmp(storing->stored->values[field], written) == 0;
  if (sql_cell_integer(rows, 0, 2) != 0 && !kept) field_errors_add(storing->errors, fact->name, "retired", code);
  keys->ids[field] = sql_cell_integer(rows, 0, 0);
  contract->values[field] = talloc_strdup(contract, written);
  if (field == CONTRACT_CUSTOMER_NUMBER) contract->values[CONTRACT_CUSTOMER_NAME] = talloc_strdup(contract, sql_cell(rows, 0, 3));
  return true;
}

static bool check_number(Database *database, Storing *storing, GError **error) {
  if (field_errors_find(storing->errors, contract_fields[CONTRACT_NUMBER].name) != NULL) return true;
  SqlRows *rows = database_query(database, storing->scratch, "SELECT id FROM contract WHERE number = ? AND id <> ?",
                                 SQL_VALUES(sql_text(storing->contract->values[CONTRACT_NUMBER]), SQL_INTEGER(storing->contract->id)), error);
  if (rows == NULL) return false;
  if (rows->row_count > 0) field_errors_add(storing->errors, contract_fields[CONTRACT_NUMBER].name, "taken", storing->contract->values[CONTRACT_NUMBER]);
  return true;
}

static bool fail_with_fields(GError **error) {
  return error_set(error, ERROR_FIELD, "a contract's field");
}

static bool look_up_keys(Database *database, Storing *storing, ContractKeys *keys, GError **error) {
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    if (contract_fields[field].kind == FIELD_KEY && !look_up_key(database, storing, field, keys, error)) return false;
  }
  if (!check_number(database, storing, error)) return false;
  return field_errors_any(storing->errors) ? fail_with_fields(error) : true;
}

/* Somebody else may have taken the number since it was looked up. */
static bool explain_taken(const Storing *storing, GError *problem, GError **error) {
  if (error_is(problem, ERROR_CONFLICT) && strstr(problem->message, "contract_number") != NULL) {
    g_error_free(problem);
    field_errors_add(storing->errors, contract_fields[CONTRACT_NUMBER].name, "taken", storing->contract->values[CONTRACT_NUMBER]);
    return fail_with_fields(error);
  }
  g_propagate_error(error, problem);
  return false;
}

/* ---- insert ---- */

static bool insert(Database *database, void *context, GError **error) {
  Storing *storing = context;
  ContractKeys keys;
  GError *problem = NULL;
  if (!look_up_keys(database, storing, &keys, error)) return false;
  contract_write_settle(storing->contract, storing->today);
  return contract_write_insert(database, &storing->contract, &keys, 1, &problem) || explain_taken(storing, problem, error);
}

bool contract_repository_insert(Database *database, Contract *contract, Day today, FieldErrors *errors, GError **error) {
  Storing storing = {.contract = contract, .today = today, .errors = errors, .scratch = talloc_new(NULL)};
  contract->id = 0;
  bool done = database_transaction(database, insert, &storing, error);
  if (!done) contract->id = contract->version = 0;
  talloc_free(storing.scratch);
  return done;
}

/* ---- update ---- */

static bool fail_with_conflict(gint64 id, GError **error) {
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_CONFLICT, "contract %" G_GINT64_FORMAT " was changed meanwhile", id);
  return false;
}

static bool update(Database *database, void *context, GError **error) {
  Storing *storing = context;
  Contract *contract = storing->contract;
  ContractKeys keys;
  guint64 affected = 0;
  GError *problem = NULL;
  storing->stored = contract_repository_find(database, storing->scratch, contract->id, storing->today, error);
  if (storing->stored == NULL) return false;
  if (storing->stored->version != contract->version) return fail_with_conflict(contract->id, error);
  if (!look_up_keys(database, storing, &keys, error)) return false;
  contract_write_settle(contract, storing->today);
  contract->customer_id = keys.ids[CONTRACT_CUSTOMER_NUMBER];
  storing->changed = !contract_write_same_values(storing->stored, contract);
  if (!storing->changed) return true;
  if (!contract_write_update(database, contract, &keys, &affected, &problem)) return explain_taken(storing, problem, error);
  if (affected == 0) return fail_with_conflict(contract->id, error);
  return contract_write_same_words(storing->stored, contract) || contract_write_words(database, &contract, 1, error);
}

bool contract_repository_update(Database *database, Contract *contract, Day today, FieldErrors *errors, GError **error) {
  Storing storing = {.contract = contract, .today = today, .errors = errors, .scratch = talloc_new(NULL)};
  bool done = database_transaction(database, update, &storing, error);
  if (done && storing.changed) contract->version++;
  talloc_free(storing.scratch);
  return done;
}

/* ---- delete ---- */

bool contract_repository_delete(Database *database, gint64 id, guint version, GError **error) {
  guint64 affected = 0;
  bool done = database_execute(database, "DELETE FROM contract WHERE id = ? AND version = ?", SQL_VALUES(SQL_INTEGER(id), SQL_INTEGER(version)), &affected, NULL, error);
  if (!done || affected > 0) return done;
  void *scratch = talloc_new(NULL);
  SqlRows *rows = database_query(database, scratch, "SELECT 1 FROM contract WHERE id = ?", SQL_VALUES(SQL_INTEGER(id)), error);
  if (rows != NULL && rows->row_count > 0) fail_with_conflict(id, error);
  else if (rows != NULL) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_NOT_FOUND, "contract %" G_GINT64_FORMAT, id);
  talloc_free(scratch);
  return false;
}

/* ---- the words of a customer's contracts ---- */

enum { INDEX_ID, INDEX_NUMBER, INDEX_TITLE, INDEX_REFERENCE, INDEX_CUSTOMER_NAME };

static Contract *contract_to_index(void *owner, const SqlRows *rows, unsigned row) {
  Contract *contract = contract_new(owner);
  contract->id = sql_cell_integer(rows, row, INDEX_ID);
  contract->values[CONTRACT_NUMBER] = sql_cell(rows, row, INDEX_NUMBER);
  contract->values[CONTRACT_TITLE] = sql_cell(rows, row, INDEX_TITLE);
  contract->values[CONTRACT_REFERENCE] = sql_cell(rows, row, INDEX_REFERENCE);
  contract->values[CONTRACT_CUSTOMER_NAME] = sql_cell(rows, row, INDEX_CUSTOMER_NAME);
  return contract;
}

bool contract_repository_index_customer(Database *database, gint64 customer_id, GError **error) {
  gint64 behind = 0;
  bool done = true;
  for (bool more = true; done && more;) {
    void *piece = talloc_new(NULL);
    SqlRows *rows = database_query(database, piece,
                                   "SELECT id, number, title, reference, customer_name FROM contract WHERE customer_id = ? AND id > ? ORDER BY id LIMIT 500 FOR UPDATE",
                                   SQL_VALUES(SQL_INTEGER(customer_id), SQL_INTEGER(behind)), error);
    done = rows != NULL;
    more = done && rows->row_count == 500;
    Contract **contracts = talloc_zero_array(piece, Contract *, done ? rows->row_count + 1 : 1);
    for (unsigned row = 0; done && row < rows->row_count; row++) {
      contracts[row] = contract_to_index(piece, rows, row);
      behind = contracts[row]->id;
    }
    done = done && contract_write_words(database, contracts, rows->row_count, error);
    talloc_free(piece);
  }
  return done;
}
