#include "repository/contract_importer.h"

#include <string.h>
#include <talloc.h>

#include "repository/contract_row.h"
#include "repository/contract_write.h"
#include "repository/import_job.h"
#include "repository/import_keys.h"

typedef struct {
  guint64 line;
  Contract *contract;
  FieldErrors *errors;
  const Contract *stored; /* of the same number, or NULL */
  ContractKeys keys;
  bool written; /* changed */
} Row;

typedef struct {
  Database *database;
  ImportOrder order;
  ImportKeys *keys; /* customers as they come up */
  gint64 newest;   /* id below which contracts were there before */
  GHashTable *numbers; /* import_key_hash of each new contract's, where nothing is written that would tell */
  GByteArray *met;     /* a bit for the id of each earlier contract that a row had */
  void *piece;     /* what goes with the piece */
  Row rows[WRITE_PIECE];
  unsigned count;
  ImportCounts counts;
} ContractImporter;

/* ---- beginning and end ---- */

static int importer_free(ContractImporter *importer) {
  g_byte_array_unref(importer->met);
  g_hash_table_unref(importer->numbers);
  return 0;
}

/* A long transaction counts in a slot of its own, so that nobody who saves meanwhile waits for its end. */
static bool begin(ContractImporter *importer, GError **error) {
  if (!importer->order.dry && !database_execute(importer->database, "SET @count_slot = 8", SQL_NO_VALUES, NULL, NULL, error)) return false;
  SqlRows *rows = database_query(importer->database, importer->piece, "SELECT COALESCE(MAX(id), 0) FROM contract", SQL_NO_VALUES, error);
  if (rows != NULL) importer->newest = sql_cell_integer(rows, 0, 0);
  return rows != NULL;
}

static ContractImporter *importer_new(Database *database, const ImportOrder *order, GError **error) {
  ContractImporter *importer = talloc_zero(NULL, ContractImporter);
  importer->database = database;
  importer->order = *order;
  importer->met = g_byte_array_new();
  importer->numbers = g_hash_table_new(NULL, NULL);
  importer->piece = talloc_new(importer);
  talloc_set_destructor(importer, importer_free);
  importer->keys = import_keys_read(database, importer, error);
  if (importer->keys != NULL && begin(importer, error) && import_keys_choose(importer->keys, database, order->choices, order->choice_count, order->dry, error)) return importer;
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
    if (text[0] != '\0' && g_hash_table_add(seen, import_key_folded(text))) g_ptr_array_add(texts, (char *)(gsize)text);
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
  import_keys_forget_customers(importer->keys);
  GPtrArray *numbers = distinct(importer, CONTRACT_CUSTOMER_NUMBER);
  for (unsigned i = numbers->len; i-- > 0;) {
    if (import_keys_find(importer->keys, CONTRACT_CUSTOMER_NUMBER, numbers->pdata[i]) != NULL) g_ptr_array_remove_index_fast(numbers, i);
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
      import_keys_add(importer->keys, CONTRACT_CUSTOMER_NUMBER, sql_cell_integer(rows, row, 0), sql_cell(rows, row, 1), sql_cell(rows, row, 2), false);
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
      Contract *contract = contract_row_read(importer->piece, rows, row, 0, importer->order.today);
      g_hash_table_insert(stored, import_key_folded(contract->values[CONTRACT_NUMBER]), contract);
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
    if (importer->order.columns->given[field]) continue;
    row->contract->values[field] = row->stored != NULL ? row->stored->values[field] : contract_fields[field].fallback;
  }
}

G_STATIC_ASSERT(sizeof(gpointer) == sizeof(guint64)); /* a hash is kept as a pointer */

static gpointer number_hash(const Row *row) { return GSIZE_TO_POINTER(import_key_hash(row->contract->values[CONTRACT_NUMBER])); }

/* True when no row had it before. */
static bool meet(ContractImporter *importer, gint64 id) {
  guint byte = (guint)(id / 8);
  guint8 bit = (guint8)(1u << (id % 8));
  guint length = importer->met->len;
  if (byte >= length) {
    g_byte_array_set_size(importer->met, byte + 1);
    memset(importer->met->data + length, 0, byte + 1 - length);
  }
  bool first = (importer->met->data[byte] & bit) == 0;
  importer->met->data[byte] |= bit;
  return first;
}

static void take_stored(ContractImporter *importer, Row *row, GHashTable *stored) {
  char *fold = import_key_folded(row->contract->values[CONTRACT_NUMBER]);
  row->stored = g_hash_table_lookup(stored, fold);
  g_free(fold);
  if (row->stored == NULL) {
    if (importer->order.dry && g_hash_table_contains(importer->numbers, number_hash(row))) reject(row, CONTRACT_NUMBER, "twice", row->contract->values[CONTRACT_NUMBER]);
    return;
  }
  bool earlier = row->stored->id > importer->newest || !meet(importer, row->stored->id);
  if (earlier) reject(row, CONTRACT_NUMBER, "twice", row->contract->values[CONTRACT_NUMBER]);
  row->contract->id = row->stored->id;
  row->contract->version = row->stored->version;
}

static bool is_customer(int field) { return field == CONTRACT_CUSTOMER_NUMBER; }

static void take_key(const ContractImporter *importer, Row *row, int field) {
  const char *text = row->contract->values[field];
  row->keys.ids[field] = 0;
  if (text[0] == '\0' || field_errors_find(row->errors, contract_fields[field].name) != NULL) return;
  const ImportKey *key = import_keys_find(importer->keys, field, text);
  if (key == NULL) {
    reject(row, field, "unknown", text);
    return;
  }
  bool kept = row->stored != NULL && strcmp(row->stored->values[field], key->code) == 0;
  if (key->retired && !kept) reject(row, field, "retired", text);
  row->keys.ids[field] = key->id;
  row->contract->values[field] = key->code; /* "" where somebody chose so */
}

/* The customer's name only has to be there for a new one; another name for a known one would be a change that nobody asked for. */
static void take_customer(ContractImporter *importer, Row *row, GArray *new_customers) {
  const char *number = row->contract->values[CONTRACT_CUSTOMER_NUMBER];
  const char *name = row->contract->values[CONTRACT_CUSTOMER_NAME];
  if (number[0] == '\0' || field_errors_any(row->errors)) return;
  const ImportKey *key = import_keys_find(importer->keys, CONTRACT_CUSTOMER_NUMBER, number);
  if (key == NULL && name[0] == '\0') {
    reject(row, CONTRACT_CUSTOMER_NAME, "required", NULL);
  } else if (key == NULL) {
    key = import_keys_add(importer->keys, CONTRACT_CUSTOMER_NUMBER, 0, number, name, false);
    NewCustomer customer = {0, key->code, key->name};
    g_array_append_val(new_customers, customer);
  }
  if (key == NULL) return;
  bool other = importer->order.columns->given[CONTRACT_CUSTOMER_NAME] && name[0] != '\0' && strcmp(name, key->name) != 0;
  if (other) reject(row, CONTRACT_CUSTOMER_NAME, "name_differs", key->name);
  row->contract->values[CONTRACT_CUSTOMER_NUMBER] = key->code;
  row->contract->values[CONTRACT_CUSTOMER_NAME] = key->name;
}

/* Two rows of one piece with the same number: the second is wrong. */
static void find_twins(ContractImporter *importer) {
  GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (unsigned row = 0; row < importer->count; row++) {
    const char *number = importer->rows[row].contract->values[CONTRACT_NUMBER];
    if (number[0] != '\0' && !g_hash_table_add(seen, import_key_folded(number))) reject(&importer->rows[row], CONTRACT_NUMBER, "twice", number);
  }
  g_hash_table_unref(seen);
}

static bool record_customers(const ContractImporter *importer, const NewCustomer *items, unsigned count, GError **error) {
  gint64 *ids = talloc_array(importer->piece, gint64, count);
  for (unsigned i = 0; i < count; i++) ids[i] = items[i].id;
  return importer->order.job == 0 || import_record_customers(importer->database, importer->order.job, ids, count, error);
}

static bool insert_customers(ContractImporter *importer, GArray *customers, GError **error) {
  NewCustomer *items = (NewCustomer *)(void *)customers->data;
  if (customers->len == 0) return true;
  importer->counts.customers += customers->len;
  if (importer->order.dry) return true;
  if (!contract_write_customers(importer->database, items, customers->len, error) || !record_customers(importer, items, customers->len, error)) return false;
  for (unsigned i = 0; i < customers->len; i++) {
    import_keys_set_id(importer->keys, CONTRACT_CUSTOMER_NUMBER, items[i].number, items[i].id);
  }
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
  for (unsigned i = 0; i < row->errors->items->len; i++) importer->order.problem(importer->order.context, row->line, &g_array_index(row->errors->items, FieldError, i));
}

static bool write_change(ContractImporter *importer, Row *row, GError **error) {
  guint64 affected = 0;
  if (contract_write_same_values(row->stored, row->contract)) {
    importer->counts.unchanged++;
    return true;
  }
  importer->counts.changed++;
  if (importer->order.dry) return true;
  if (!contract_write_update(importer->database, row->contract, &row->keys, &affected, error)) return false;
  if (affected == 0) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_CONFLICT, "contract %s was changed by somebody else meanwhile", row->contract->values[CONTRACT_NUMBER]);
    return false;
  }
  row->written = true;
  return contract_write_same_words(row->stored, row->contract) || contract_write_words(importer->database, &row->contract, 1, error);
}

/* What was inserted and what was changed, for the way back. */
static bool record_rows(const ContractImporter *importer, Contract *const *inserted, unsigned count, GError **error) {
  gint64 ids[WRITE_PIECE];
  unsigned changed = 0;
  if (importer->order.job == 0) return true;
  for (unsigned i = 0; i < count; i++) ids[i] = inserted[i]->id;
  if (!import_record_rows(importer->database, importer->order.job, ids, count, true, error)) return false;
  for (unsigned i = 0; i < importer->count; i++) {
    if (importer->rows[i].written) ids[changed++] = importer->rows[i].contract->id;
  }
  return import_record_rows(importer->database, importer->order.job, ids, changed, false, error);
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
    row->keys.ids[CONTRACT_CUSTOMER_NUMBER] = import_keys_find(importer->keys, CONTRACT_CUSTOMER_NUMBER, row->contract->values[CONTRACT_CUSTOMER_NUMBER])->id;
    contract_write_settle(row->contract, importer->order.today);
    if (row->stored != NULL) {
      if (!write_change(importer, row, error)) return false;
      continue;
    }
    if (importer->order.dry) g_hash_table_add(importer->numbers, number_hash(row));
    contracts[fresh] = row->contract;
    keys[fresh++] = row->keys;
  }
  importer->counts.created += fresh;
  if (importer->order.dry) return true;
  return (fresh == 0 || contract_write_insert(importer->database, contracts, keys, fresh, error)) && record_rows(importer, contracts, fresh, error);
}

static bool write_piece(ContractImporter *importer, GError **error) {
  GHashTable *stored = importer->count > 0 && find_customers(importer, error) ? find_stored(importer, error) : NULL;
  bool done = importer->count == 0 || (stored != NULL && check_rows(importer, stored, error) && write_rows(importer, error));
  if (stored != NULL) g_hash_table_unref(stored);
  importer->count = 0;
  talloc_free_children(importer->piece);
  return done;
}

static bool take_row(ContractImporter *importer, const ImportRow *row, GError **error) {
  FieldErrors *errors = field_errors_new(importer->piece);
  Contract *contract = contract_import_row(importer->piece, importer->order.columns, row->cells, row->count, errors);
  if (contract == NULL) return true;
  importer->rows[importer->count++] = (Row){.line = row->line, .contract = contract, .errors = errors};
  return importer->count < WRITE_PIECE || write_piece(importer, error);
}

bool contract_importer_run(Database *database, const ImportOrder *order, ImportNext next, void *rows, ImportCounts *counts, GError **error) {
  ContractImporter *importer = importer_new(database, order, error);
  bool done = importer != NULL;
  for (const ImportRow *row = done ? next(rows) : NULL; done && row != NULL; row = next(rows)) done = take_row(importer, row, error);
  done = done && write_piece(importer, error);
  if (done) *counts = importer->counts;
  talloc_free(importer);
  return done;
}

void contract_importer_leave(Database *database) { database_execute(database, "SET @count_slot = NULL", SQL_NO_VALUES, NULL, NULL, NULL); }
