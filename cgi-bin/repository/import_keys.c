#include "repository/import_keys.h"

#include <string.h>
#include <talloc.h>

#include "domain/catalogue.h"
#include "repository/contract_write.h"

#define CODE_LENGTH 16
#define CUSTOMERS_KEPT 8192

struct import_keys {
  GHashTable *by_text[CONTRACT_FIELD_COUNT]; /* ImportKey by folded code and by folded name, for FIELD_KEY; that of customers owns them, by code */
  unsigned counts[CONTRACT_FIELD_COUNT];
  unsigned kept_customers; /* that couldn't be forgotten the last time: a dry run would have created them */
};

char *import_key_folded(const char *text) { return g_utf8_casefold(text, -1); }

guint64 import_key_hash(const char *text) {
  guint8 digest[32];
  gsize length = sizeof digest;
  guint64 hash = 0;
  char *fold = import_key_folded(text);
  GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
  g_checksum_update(checksum, (const guchar *)fold, -1);
  g_checksum_get_digest(checksum, digest, &length);
  memcpy(&hash, digest, sizeof hash);
  g_checksum_free(checksum);
  g_free(fold);
  return hash;
}

static void remember(GHashTable *keys, const char *text, ImportKey *key) {
  char *fold = import_key_folded(text);
  /* A code counts before another's name. */
  if (text[0] != '\0' && !g_hash_table_contains(keys, fold)) g_hash_table_insert(keys, fold, key);
  else g_free(fold);
}

const ImportKey *import_keys_find(const ImportKeys *keys, int field, const char *text) {
  char *fold = import_key_folded(text);
  const ImportKey *key = g_hash_table_lookup(keys->by_text[field], fold);
  g_free(fold);
  return key;
}

static ImportKey *add_entry(ImportKeys *keys, int field, gint64 id, const char *code, const char *name, bool retired) {
  ImportKey *key = talloc_zero(keys, ImportKey);
  *key = (ImportKey){id, talloc_strdup(key, code), talloc_strdup(key, name), retired};
  remember(keys->by_text[field], code, key);
  keys->counts[field]++;
  return key;
}

/* In one block: there may be many. */
static ImportKey *add_customer(ImportKeys *keys, gint64 id, const char *number, const char *name) {
  GHashTable *customers = keys->by_text[CONTRACT_CUSTOMER_NUMBER];
  char *fold = import_key_folded(number);
  ImportKey *key = g_hash_table_lookup(customers, fold);
  gsize number_size = strlen(number) + 1;
  gsize name_size = strlen(name) + 1;
  if (key != NULL) {
    g_free(fold);
    return key;
  }
  key = g_malloc(sizeof(ImportKey) + number_size + name_size);
  char *texts = (char *)(key + 1);
  *key = (ImportKey){id, memcpy(texts, number, number_size), memcpy(texts + number_size, name, name_size), false};
  g_hash_table_insert(customers, fold, key);
  return key;
}

ImportKey *import_keys_add(ImportKeys *keys, int field, gint64 id, const char *code, const char *name, bool retired) {
  return field == CONTRACT_CUSTOMER_NUMBER ? add_customer(keys, id, code, name) : add_entry(keys, field, id, code, name, retired);
}

static gboolean is_stored(gpointer fold, gpointer value, gpointer none) {
  (void)fold;
  (void)none;
  return ((const ImportKey *)value)->id != 0;
}

void import_keys_forget_customers(ImportKeys *keys) {
  GHashTable *customers = keys->by_text[CONTRACT_CUSTOMER_NUMBER];
  if (keys->kept_customers + CUSTOMERS_KEPT > g_hash_table_size(customers)) return;
  g_hash_table_foreach_remove(customers, is_stored, NULL);
  keys->kept_customers = g_hash_table_size(customers);
}

void import_keys_set_id(ImportKeys *keys, int field, const char *code, gint64 id) {
  char *fold = import_key_folded(code);
  ImportKey *key = g_hash_table_lookup(keys->by_text[field], fold);
  if (key != NULL) key->id = id;
  g_free(fold);
}

/* All entries of a key table: few, unlike customers. */
static bool read_table(ImportKeys *keys, Database *database, int field, GError **error) {
  const Field *fact = &contract_fields[field];
  void *scratch = talloc_new(NULL);
  const char *sql = talloc_asprintf(scratch, "SELECT id, %s, %s, %s FROM %s ORDER BY id", fact->key_column, contract_key_name(fact), contract_key_retired(fact), fact->key_table);
  SqlRows *rows = database_query(database, scratch, sql, SQL_NO_VALUES, error);
  unsigned count = rows != NULL ? rows->row_count : 0;
  ImportKey **all = talloc_zero_array(scratch, ImportKey *, count + 1);
  for (unsigned row = 0; row < count; row++) {
    all[row] = import_keys_add(keys, field, sql_cell_integer(rows, row, 0), sql_cell(rows, row, 1), sql_cell(rows, row, 2), sql_cell_integer(rows, row, 3) != 0);
  }
  for (unsigned row = 0; row < count; row++) remember(keys->by_text[field], all[row]->name, all[row]);
  talloc_free(scratch);
  return rows != NULL;
}

static int keys_free(ImportKeys *keys) {
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    if (keys->by_text[field] != NULL) g_hash_table_unref(keys->by_text[field]);
  }
  return 0;
}

ImportKeys *import_keys_read(Database *database, void *owner, GError **error) {
  ImportKeys *keys = talloc_zero(owner, ImportKeys);
  bool done = true;
  talloc_set_destructor(keys, keys_free);
  for (int field = 0; field < CONTRACT_FIELD_COUNT && done; field++) {
    if (contract_fields[field].kind != FIELD_KEY) continue;
    keys->by_text[field] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, field == CONTRACT_CUSTOMER_NUMBER ? g_free : NULL);
    if (field != CONTRACT_CUSTOMER_NUMBER) done = read_table(keys, database, field, error);
  }
  if (done) return keys;
  talloc_free(keys);
  return NULL;
}

/* ---- what somebody chose ---- */

/* "Gold Plus" as a code that nothing has yet: GOLDPLUS, GOLDPLUS2 … */
static const char *free_code(const ImportKeys *keys, void *owner, int field, const char *value) {
  char *ascii = g_str_to_ascii(value, "de");
  char *code = talloc_strdup(owner, "");
  for (const char *at = ascii; *at != '\0' && strlen(code) < CODE_LENGTH; at++) {
    if (g_ascii_isalnum(*at)) code = talloc_asprintf_append(code, "%c", g_ascii_toupper(*at));
  }
  g_free(ascii);
  if (code[0] == '\0') code = talloc_strdup(owner, "X");
  bool reserved = g_ascii_strcasecmp(code, "none") == 0 || g_ascii_strcasecmp(code, "new") == 0 || g_ascii_strcasecmp(code, "compare") == 0;
  const char *tried = reserved ? talloc_asprintf(owner, "%s1", code) : code;
  for (unsigned number = 2; import_keys_find(keys, field, tried) != NULL; number++) tried = talloc_asprintf(owner, "%s%u", code, number);
  return tried;
}

static bool insert(Database *database, int field, const char *code, const char *name, gint64 *id, GError **error) {
  const char *sql = field == CONTRACT_LEVEL
                        ? "INSERT INTO support_level (level_rank, code, name) SELECT COALESCE(MAX(level_rank), 0) + 1, ?, ? FROM support_level"
                        : "INSERT INTO contract_type (position, code, name) SELECT COALESCE(MAX(position), 0) + 1, ?, ? FROM contract_type";
  return database_execute(database, sql, SQL_VALUES(sql_text(code), sql_text(name)), NULL, id, error);
}

static bool create(ImportKeys *keys, Database *database, const ImportChoice *choice, bool dry, GError **error) {
  gint64 id = 0;
  bool may = (choice->field == CONTRACT_LEVEL || choice->field == CONTRACT_TYPE) && keys->counts[choice->field] < CATALOGUE_MAX && g_utf8_strlen(choice->value, -1) <= 100;
  const char *code = may ? free_code(keys, keys, choice->field, choice->value) : NULL;
  if (!may) return true;
  if (!dry && !insert(database, choice->field, code, choice->value, &id, error)) return false;
  remember(keys->by_text[choice->field], choice->value, import_keys_add(keys, choice->field, id, code, choice->value, false));
  return true;
}

bool import_keys_choose(ImportKeys *keys, Database *database, const ImportChoice *choices, unsigned count, bool dry, GError **error) {
  for (unsigned i = 0; i < count; i++) {
    const ImportChoice *choice = &choices[i];
    GHashTable *by_text = keys->by_text[choice->field];
    if (by_text == NULL || import_keys_find(keys, choice->field, choice->value) != NULL) continue;
    if (choice->kind == IMPORT_CREATE && !create(keys, database, choice, dry, error)) return false;
    char *fold = choice->kind == IMPORT_TAKE ? import_key_folded(choice->code) : NULL;
    ImportKey *key = fold != NULL ? g_hash_table_lookup(by_text, fold) : NULL;
    g_free(fold);
    if (choice->kind == IMPORT_EMPTY && !contract_fields[choice->field].required) {
      key = talloc_zero(keys, ImportKey);
      *key = (ImportKey){0, "", "", false};
    }
    if (key != NULL) remember(by_text, choice->value, key);
  }
  return true;
}
