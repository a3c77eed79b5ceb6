#include "pages/contract_bulk_text.h"

#include <string.h>
#include <talloc.h>

const CatalogueEntry *bulk_entries(const Catalogue *catalogue, BulkField field, unsigned *count) {
  switch (field) {
    case BULK_LEVEL: *count = catalogue->level_count; return catalogue->levels;
    case BULK_TYPE: *count = catalogue->type_count; return catalogue->types;
    default: *count = catalogue->user_count; return catalogue->users;
  }
}

const char *bulk_entry_text(Exchange *exchange, BulkField field, const CatalogueEntry *entry) {
  const char *text = entry->name[0] != '\0' ? entry->name : entry->code;
  if (field == BULK_LEVEL && strcmp(entry->code, text) != 0) text = talloc_asprintf(exchange, "%s %s", entry->code, text);
  return entry->retired ? page_text(exchange, field == BULK_RESPONSIBLE ? "common.disabled" : "common.retired", text, NULL) : text;
}

const char *bulk_none_text(Exchange *exchange, BulkField field) { return page_text(exchange, field == BULK_LEVEL ? "common.no_level" : "bulk.nobody", NULL); }

const char *bulk_value_text(Exchange *exchange, const Catalogue *catalogue, BulkField field, gint64 id, GError **error) {
  unsigned count = 0;
  const CatalogueEntry *entries = bulk_entries(catalogue, field, &count);
  if (id == 0) return bulk_none_text(exchange, field);
  for (unsigned entry = 0; entry < count; entry++) {
    if (entries[entry].id == id) return bulk_entry_text(exchange, field, &entries[entry]);
  }
  /* Somebody whose account is switched off; a level or type of a moment ago. */
  return field == BULK_RESPONSIBLE ? contract_bulk_user_name(exchange->worker->database, exchange, id, error) : page_text(exchange, "bulk.gone", NULL);
}

static const char *code_text(Exchange *exchange, const Catalogue *catalogue, BulkField field, const char *code) {
  unsigned count = 0;
  const CatalogueEntry *entries = bulk_entries(catalogue, field, &count);
  if (code[0] == '\0') return bulk_none_text(exchange, field);
  for (unsigned entry = 0; entry < count; entry++) {
    if (strcmp(entries[entry].code, code) == 0) return bulk_entry_text(exchange, field, &entries[entry]);
  }
  return code;
}

const char *bulk_what_text(Exchange *exchange, const Catalogue *catalogue, const bool *set, const char *const *codes) {
  const char *text = "";
  for (int field = 0; field < BULK_FIELD_COUNT; field++) {
    if (!set[field]) continue;
    const char *label = page_field_label(exchange, contract_fields[bulk_fields[field]].name);
    text = talloc_asprintf(exchange, "%s%s%s → %s", text, text[0] != '\0' ? "; " : "", label, code_text(exchange, catalogue, (BulkField)field, codes[field]));
  }
  return text;
}
