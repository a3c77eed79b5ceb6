#include "domain/contract_import.h"

#include <string.h>
#include <talloc.h>

#include "domain/contract_column.h"

/* What an export has besides the fields, under other names than contract_column has. */
static const char *const DERIVED_HEADS[] = {"id", "version", "updated_at", "Laufzeitende", "Zuletzt geändert", "Term ends", "Notice by", "Monthly value", "Changed"};

static bool is_same(const char *folded, const char *name) {
  char *other = g_utf8_casefold(name, -1);
  bool same = strcmp(folded, other) == 0;
  g_free(other);
  return same;
}

static bool is_derived(const char *head) {
  bool found = false;
  char *folded = g_utf8_casefold(head, -1);
  for (unsigned i = 0; i < G_N_ELEMENTS(DERIVED_HEADS) && !found; i++) found = is_same(folded, DERIVED_HEADS[i]);
  for (unsigned column = CONTRACT_FIELD_COUNT; column < CONTRACT_COLUMN_COUNT && !found; column++) {
    found = is_same(folded, contract_column(column)->name) || is_same(folded, contract_column(column)->german);
  }
  g_free(folded);
  return found;
}

/* Composed and without blanks around, as a field's name is written. */
static char *clean_head(void *owner, const char *head) {
  char *composed = g_utf8_normalize(head, -1, G_NORMALIZE_NFC);
  char *clean = talloc_strdup(owner, g_strstrip(composed));
  g_free(composed);
  return clean;
}

#define UNKNOWN (-3)

static int column_of(const char *head) {
  if (head[0] == '\0') return IMPORT_NAMELESS;
  if (is_derived(head)) return IMPORT_DERIVED;
  int field = contract_field_by_header(head);
  return field < 0 ? UNKNOWN : field;
}

ImportColumns *contract_import_columns(void *owner, const char *const *heads, unsigned count, FieldErrors *errors) {
  ImportColumns *columns = talloc_zero(owner, ImportColumns);
  columns->fields = talloc_zero_array(columns, int, count + 1);
  columns->count = count;
  for (unsigned column = 0; column < count; column++) {
    const char *head = clean_head(owner, heads[column]);
    int field = column_of(head);
    columns->fields[column] = field;
    if (field == UNKNOWN) field_errors_add(errors, head, "header_unknown", head);
    if (field < 0) continue;
    if (columns->given[field]) field_errors_add(errors, head, "header_twice", head);
    columns->given[field] = true;
  }
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    const Field *fact = &contract_fields[field];
    if (fact->required && !columns->given[field]) field_errors_add(errors, fact->name, "header_missing", fact->name);
  }
  return columns;
}

static bool all_empty(const char *const *cells, unsigned count) {
  for (unsigned cell = 0; cell < count; cell++) {
    if (cells[cell][strspn(cells[cell], " \t\r\n")] != '\0') return false;
  }
  return true;
}

Contract *contract_import_row(void *owner, const ImportColumns *columns, const char *const *cells, unsigned count, FieldErrors *errors) {
  if (all_empty(cells, count)) return NULL;
  Contract *contract = talloc_zero(owner, Contract);
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) contract->values[field] = "";
  if (count < columns->count) field_errors_add(errors, "", "cells_missing", NULL);
  if (count > columns->count && !all_empty(cells + columns->count, count - columns->count)) field_errors_add(errors, "", "cells_too_many", NULL);
  for (unsigned column = 0; column < MIN(count, columns->count); column++) {
    int field = columns->fields[column];
    if (field == IMPORT_NAMELESS && !all_empty(&cells[column], 1)) field_errors_add(errors, "", "cell_without_header", NULL);
    if (field < 0) continue;
    const char *value = cells[column][0] == '\0' ? "" : contract_value_read(contract, (ContractFieldId)field, cells[column], errors);
    if (value != NULL) contract->values[field] = value[0] == '\0' ? contract_fields[field].fallback : value;
  }
  return contract;
}
