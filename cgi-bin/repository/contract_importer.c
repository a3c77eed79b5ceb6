#include "repository/contract_importer.h"

#include <string.h>
#include <talloc.h>

#include "repository/contract_row.h"
#include "repository/contract_write.h"

typedef struct {
  guint64 line;
  Contract *contract;
  FieldErrors *errors;
  const Contract *stored; /* of the same number, or NULL */
  ContractKeys keys;
} Row;

typedef struct {
  gint64 id;
  const char *code;
  const char *name;
  bool retired;
} Key;

struct contract_importer {
  Database *database;
  const ImportColumns *columns;
  Day today;
  ImportProblem problem;
  void *context;
  GHashTable *keys[CONTRACT_FIELD_COUNT]; /* Key by folded code and by folded name, for FIELD_KEY; customers as they come up */
  gint64 newest;   /* id below which contracts were there before */
  GHashTable *met; /* ids of earlier contracts that a row had */
  void *piece;     /* what goes with the piece */
  Row rows[WRITE_PIECE];
  unsigned count;
  ImportCounts counts;
};

/* ---- keys ---- */

/* Codes and numbers are the same whatever their case, as the tables compare them. */
static char *folded(const char *text) { return g_utf8_casefold(text, -1); }

static void remember(GHashTable *keys, const char *text, Key *key) {
  char *fold = folded(text);
  /* A code counts before another's name. */
  if (text[0] != '\0' && !g_hash_table_contains(keys, fold)) g_hash_table_insert(keys, fold, key);
  else g_free(fold);
}

static const Key *key_of(const ContractImporter *importer, int field, const char *text) {
  char *fold = folded(text);
  const Key *key = g_hash_table_lookup(importer->keys[field], fold);
  g_free(fold);
  return key;
}

static Key *add_key(ContractImporter *importer, int field, gint64 id, const char *code, const char *name, bool retired) {
  Key *key = talloc_zero(importer, Key);
  *key = (Key){id, talloc_strdup(key, code), talloc_strdup(key, name), retired};
  remember(importer->keys[field], code, key);
  return key;
}

static bool is_customer(int field) { return field == CONTRACT_CUSTOMER_NUMBER; }

/* All entries of a key table: few, unlike customers. */
static bool read_keys(ContractImporter *importer, int field, GError **error) {
  const Field *fact = &contract_fields[field];
  void *scratch = talloc_new(NULL);
  const char *sql = talloc_asprintf(scratch, "SELECT id, %s, %s, %s FROM %s ORDER BY id", fact->key_column, contract_key_name(fact), contract_key_retired(fact), fact->key_table);
  SqlRows *rows = database_query(importer->database, scratch, sql, SQL_NO_VALUES, error);
  unsigned count = rows != NULL ? rows->row_count : 0;
  Key **keys = talloc_zero_array(scratch, Key *, count + 1);
  for (unsigned row = 0; row < count; row++) {
    keys[row] = add_key(importer, field, sql_cell_integer(rows, row, 0), sql_cell(rows, row, 1), sql_cell(rows, row, 2), sql_cell_integer(rows, row, 3) != 0);
  }
  for (unsigned row = 0; row < count; row++) remember(importer->keys[field], keys[row]->name, keys[row]);
  talloc_free(scratch);
  return rows != NULL;
}

/* ---- beginning and end ---- */

static int importer_free(ContractImporter *importer) {
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    if (importer->keys[field] != NULL) g_hash_table_unref(importer->keys[field]);
  }
  g_hash_table_unref(importer->met);
  return 0;
}

ContractImporter *contract_importer_new(Database *database, void *owner, const ImportColumns *columns, Day today, ImportProblem problem, void *context, GError **error) {
  ContractImporter *importer = talloc_zero(owner, ContractImporter);
  importer->database = database;
  importer->columns = columns;
  importer->today = today;
  importer->problem = problem;
  importer->context = context;
  importer->met = g_hash_table_new(g_direct_hash, g_direct_equal);
  importer->piece = talloc_new(importer);
  talloc_set_destructor(importer, importer_free);
  bool done = true;
  for (int field = 0; field < CONTRACT_FIELD_COUNT && done; field++) {
    if (contract_fields[field].kind != FIELD_KEY) continue;
    importer->keys[field] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!is_customer(field)) done = read_keys(importer, field, error);
  }
  /* A long transaction counts in a slot of its own, so that nobody who saves meanwhile waits for its end. */
  done = done && database_execute(database, "SET @count_slot = 8", SQL_NO_VALUES, NULL, NULL, error);
  SqlRows *rows = done ? database_query(database, importer->piece, "SELECT COALESCE(MAX(id), 0) FROM contract", SQL_NO_VALUES, error) : NULL;
  if (rows != NULL) importer->newest = sql_cell_integer(rows, 0, 0);
  if (rows != NULL) return importer;
  talloc_free(importer);
  return NULL;
}

/* ---- what is known of a piece ---- */

/* The distinct values of a field in the piece, for one IN (…). */
static GPtrArray *distinct(const ContractImporter *importer, int field) {
  GPtrArray *texts = g_ptr_array_new();
  GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (unsigned row = 0; row < importer->count; row++) {
    const char *text = importer->rows[row].contract->values[field];
    if (text[0] != '\0' && g_hash_table_add(seen, folded(text))) g_ptr_array_add(texts, (char *)(gsize)text);
  }
  g_hash_table_unref(seen);
  return texts;
}

/* `IN (?, …)` padded with its last value to a size of few, so that few statements are prepared. */
static void add_in(Statement *statement, const GPtrArray *texts) {
  unsigned size = texts->len > 16 ? WRITE_PIECE : 16;
  statement_add(statement, " IN (");
  for (unsigned i = 0; i < size; i++) {
    if (i > 0) statement_add(statement, ", ");
    statement_bind(statement, sql_text(texts->pdata[MIN(i, texts->len - 1)]));
  }
  statement_add(statement, ")");
}

static bool find_customers(ContractImporter *importer, GError **error) {
  GPtrArray *numbers = distinct(importer, CONTRACT_CUSTOMER_NUMBER);
  for (unsigned i = numbers->len; i-- > 0;) {
    if (key_of(importer, CONTRACT_CUSTOMER_NUMBER, numbers->pdata[i]) != NULL) g_ptr_array_remove_index_fast(numbers, i);
  }
  bool done = true;
  if (numbers->len > 0) {
    Statement *statement = statement_new(importer->piece);
    statement_add(statement, "SELECT id, number, name FROM customer WHERE number");
    add_in(statement, numbers);
    statement_add(statement, " LOCK IN SHARE MODE");
    SqlRows *rows = statement_query(statement, importer->database, importer->piece, error);
    done = rows != NULL;
    for (unsigned row = 0; done && row < rows->row_count; row++) {
      add_key(importer, CONTRACT_CUSTOMER_NUMBER, sql_cell_integer(rows, row, 0), sql_cell(rows, row, 1), sql_cell(rows, row, 2), false);
    }
  }
  g_ptr_array_unref(numbers);
  return done;
}

/* Contracts of the piece's numbers, by folded number. */
static GHashTable *find_stored(ContractImporter *importer, GError **error) {
  GHashTable *stored = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *numbers = distinct(importer, CONTRACT_NUMBER);
  bool done = true;
  if (numbers->len > 0) {
    Statement *statement = statement_new(importer->piece);
    statement_add(statement, "SELECT ");
    contract_row_columns(statement);
    statement_add(statement, " FROM contract");
    contract_row_joins(statement);
    statement_add(statement, " WHERE contract.number");
    add_in(statement, numbers);
    SqlRows *rows = statement_query(statement, importer->database, importer->piece, error);
    done = rows != NULL;
    for (unsigned row = 0; done && row < rows->row_count; row++) {
      Contract *contract = contract_row_read(importer->piece, rows, row, 0, importer->today);
      g_hash_table_insert(stored, folded(contract->values[CONTRACT_NUMBER]), contract);
    }
  }
  g_ptr_array_unref(numbers);
  if (done) return stored;
  g_hash_table_unref(stored);
  return NULL;
}

/* ---- a row ---- */

static void reject(Row *row, int field, const char *reason, const char *argument) { field_errors_add(row->errors, contract_fields[field].name, reason, argument); }

/* Fields without a column keep their value, or get the fallback of a new contract. */
static void complete(const ContractImporter *importer, Row *row) {
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    if (importer->columns->given[field]) continue;
    row->contract->values[field] = row->stored != NULL ? row->stored->values[field] : contract_fields[field].fallback;
  }
}

static void take_stored(ContractImporter *importer, Row *row, GHashTable *stored) {
  char *fold = folded(row->contract->values[CONTRACT_NUMBER]);
  row->stored = g_hash_table_lookup(stored, fold);
  g_free(fold);
  if (row->stored == NULL) return;
  bool earlier = row->stored->id > importer->newest || !g_hash_table_add(importer->met, GSIZE_TO_POINTER((gsize)row->stored->id));
  if (earlier) reject(row, CONTRACT_NUMBER, "twice", row->contract->values[CONTRACT_NUMBER]);
  row->contract->id = row->stored->id;
  row->contract->version = row->stored->version;
}

static void take_key(const ContractImporter *importer, Row *row, int field) {
  const char *text = row->contract->values[field];
  row->keys.ids[field] = 0;
  if (text[0] == '\0' || field_errors_find(row->errors, contract_fields[field].name) != NULL) return;
  const Key *key = key_of(importer, field, text);
  if (key == NULL) {
    reject(row, field, "unknown", text);
    return;
  }
  bool kept = row->stored != NULL && strcmp(row->stored->values[field], key->code) == 0;
  if (key->retired && !kept) reject(row, field, "retired", text);
  row->keys.ids[field] = key->id;
  row->contract->values[field] = key->code;
}

/* The customer's name only has to be there for a new one; another name for a known one would be a change that nobody asked for. */
static void take_customer(ContractImporter *importer, Row *row, GArray *new_customers) {
  const char *number = row->contract->values[CONTRACT_CUSTOMER_NUMBER];
  const char *name = row->contract->values[CONTRACT_CUSTOMER_NAME];
  if (number[0] == '\0' || field_errors_any(row->errors)) return;
  const Key *key = key_of(importer, CONTRACT_CUSTOMER_NUMBER, number);
  if (key == NULL && name[0] == '\0') {
    reject(row, CONTRACT_CUSTOMER_NAME, "required", NULL);
  } else if (key == NULL) {
    key = add_key(importer, CONTRACT_CUSTOMER_NUMBER, 0, number, name, false);
    NewCustomer customer = {0, key->code, key->name};
    g_array_append_val(new_customers, customer);
  }
  if (key == NULL) return;
  bool other = importer->columns->given[CONTRACT_CUSTOMER_NAME] && name[0] != '\0' && strcmp(name, key->name) != 0;
  if (other) reject(row, CONTRACT_CUSTOMER_NAME, "name_differs", key->name);
  row->contract->values[CONTRACT_CUSTOMER_NUMBER] = key->code;
  row->contract->values[CONTRACT_CUSTOMER_NAME] = key->name;
}

/* Two rows of one piece with the same number: the second is wrong. */
static void find_twins(ContractImporter *importer) {
  GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (unsigned row = 0; row < importer->count; row++) {
    const char *number = importer->rows[row].contract->values[CONTRACT_NUMBER];
    if (number[0] != '\0' && !g_hash_table_add(seen, folded(number))) reject(&importer->rows[row], CONTRACT_NUMBER, "twice", number);
  }
  g_hash_table_unref(seen);
}

static bool insert_customers(ContractImporter *importer, GArray *customers, GError **error) {
  NewCustomer *items = (NewCustomer *)(void *)customers->data;
  if (customers->len == 0) return true;
  if (!contract_write_customers(importer->database, items, customers->len, error)) return false;
  for (unsigned i = 0; i < customers->len; i++) {
    char *fold = folded(items[i].number);
    Key *key = g_hash_table_lookup(importer->keys[CONTRACT_CUSTOMER_NUMBER], fold);
    key->id = items[i].id;
    g_free(fold);
  }
  importer->counts.customers += customers->len;
  return true;
}

static bool check_rows(ContractImporter *importer, GHashTable *stored, GError **error) {
  GArray *customers = g_array_new(FALSE, FALSE, sizeof(NewCustomer));
  find_twins(importer);
  for (unsigned i = 0; i < importer->count; i++) {
    Row *row = &importer->rows[i];
    if (field_errors_find(row->errors, contract_fields[CONTRACT_NUMBER].name) == NULL) take_stored(importer, row, stored);
    complete(importer, row);
    for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
      if (contract_fields[field].kind == FIELD_KEY && !is_customer(field)) take_key(importer, row, field);
    }
    contract_check(row->contract, row->errors);
    take_customer(importer, row, customers);
  }
  bool done = insert_customers(importer, customers, error);
  g_array_unref(customers);
  return done;
}

/* ---- writing ---- */

static void tell_problems(ContractImporter *importer, const Row *row) {
  importer->counts.rejected++;
  for (unsigned i = 0; i < row->errors->items->len; i++) importer->problem(importer->context, row->line, &g_array_index(row->errors->items, FieldError, i));
}

static bool write_change(ContractImporter *importer, Row *row, GError **error) {
  guint64 affected = 0;
  if (contract_write_same_values(row->stored, row->contract)) {
    importer->counts.unchanged++;
    return true;
  }
  importer->counts.changed++;
  if (!contract_write_update(importer->database, row->contract, &row->keys, &affected, error)) return false;
  if (affected == 0) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_CONFLICT, "contract %s was changed by somebody else meanwhile", row->contract->values[CONTRACT_NUMBER]);
    return false;
  }
  return contract_write_same_words(row->stored, row->contract) || contract_write_words(importer->database, &row->contract, 1, error);
}

static bool write_rows(ContractImporter *importer, GError **error) {
  Contract *contracts[WRITE_PIECE];
  ContractKeys keys[WRITE_PIECE];
  unsigned fresh = 0;
  for (unsigned i = 0; i < importer->count; i++) {
    Row *row = &importer->rows[i];
    if (field_errors_any(row->errors)) {
      tell_problems(importer, row);
      continue;
    }
    row->keys.ids[CONTRACT_CUSTOMER_NUMBER] = key_of(importer, CONTRACT_CUSTOMER_NUMBER, row->contract->values[CONTRACT_CUSTOMER_NUMBER])->id;
    contract_write_settle(row->contract, importer->today);
    if (row->stored != NULL) {
      if (!write_change(importer, row, error)) return false;
      continue;
    }
    contracts[fresh] = row->contract;
    keys[fresh++] = row->keys;
  }
  importer->counts.created += fresh;
  return fresh == 0 || contract_write_insert(importer->database, contracts, keys, fresh, error);
}

static bool write_piece(ContractImporter *importer, GError **error) {
  GHashTable *stored = importer->count > 0 && find_customers(importer, error) ? find_stored(importer, error) : NULL;
  bool done = importer->count == 0 || (stored != NULL && check_rows(importer, stored, error) && write_rows(importer, error));
  if (stored != NULL) g_hash_table_unref(stored);
  importer->count = 0;
  talloc_free_children(importer->piece);
  return done;
}

bool contract_importer_take(ContractImporter *importer, guint64 line, Contract *contract, FieldErrors *errors, GError **error) {
  importer->rows[importer->count++] = (Row){.line = line, .contract = talloc_steal(importer->piece, contract), .errors = talloc_steal(importer->piece, errors)};
  return importer->count < WRITE_PIECE || write_piece(importer, error);
}

bool contract_importer_finish(ContractImporter *importer, ImportCounts *counts, GError **error) {
  bool done = write_piece(importer, error) && database_execute(importer->database, "SET @count_slot = NULL", SQL_NO_VALUES, NULL, NULL, error);
  *counts = importer->counts;
  return done;
}
