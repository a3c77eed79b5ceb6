#include "repository/import_unknown.h"

#include <string.h>
#include <talloc.h>

#include "domain/text.h"
#include "repository/import_job.h"
#include "repository/import_keys.h"

#define VALUE_LIMIT 200 /* characters of a word that is asked about */

typedef struct {
  const ImportKeys *keys;
  GHashTable *seen[CONTRACT_FIELD_COUNT];
  ImportChoice *found;
  unsigned count;
  unsigned limit;
} Search;

/* True when `text` is to be asked about: from then on it is known. */
static bool is_new(Search *search, int field, const char *text) {
  if (text[0] == '\0' || g_utf8_strlen(text, -1) > VALUE_LIMIT || search->count == search->limit || import_keys_find(search->keys, field, text) != NULL) return false;
  return g_hash_table_add(search->seen[field], import_key_folded(text));
}

static void look_at(Search *search, int field, const char *cell) {
  TextFault fault = TEXT_GOOD;
  char *text = text_clean(search->found, cell, strlen(cell), true, false, &fault);
  if (text != NULL && is_new(search, field, text)) search->found[search->count++] = (ImportChoice){.field = field, .value = text};
  else talloc_free(text);
}

static bool is_asked(int field) { return contract_fields[field].kind == FIELD_KEY && field != CONTRACT_CUSTOMER_NUMBER; }

static int by_field(const void *one, const void *other) {
  const ImportChoice *a = one;
  const ImportChoice *b = other;
  return a->field != b->field ? a->field - b->field : g_utf8_collate(a->value, b->value);
}

ImportChoice *import_unknown_find(Database *database, void *owner, const ImportColumns *columns, ImportNext next, void *rows, unsigned limit, unsigned *count, GError **error) {
  Search search = {.found = talloc_zero_array(owner, ImportChoice, limit + 1), .limit = limit};
  search.keys = import_keys_read(database, search.found, error);
  bool done = search.keys != NULL;
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) search.seen[field] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (const ImportRow *row = done ? next(rows) : NULL; row != NULL && search.count < limit; row = next(rows)) {
    for (unsigned column = 0; column < MIN(row->count, columns->count); column++) {
      int field = columns->fields[column];
      if (field >= 0 && is_asked(field)) look_at(&search, field, row->cells[column]);
    }
  }
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) g_hash_table_unref(search.seen[field]);
  qsort(search.found, search.count, sizeof(ImportChoice), by_field);
  for (unsigned i = 0; done && i < search.count; i++) done = import_known_choice(database, search.found, &search.found[i], error);
  *count = search.count;
  return done ? search.found : NULL;
}
