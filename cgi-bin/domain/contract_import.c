#include "domain/contract_import.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>

#include "domain/contract_column.h"

/* What an export has besides the fields, under other names than contract_column has. */
static const char *const DERIVED_HEADS[] = {"id", "version", "updated_at", "Laufzeitende", "Zuletzt geändert", "Term ends", "Notice by", "Monthly value", "Changed", "problem"};

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
#define NAME_LIMIT 200 /* characters */

static int column_of(const char *head) {
  if (head[0] == '\0') return IMPORT_NAMELESS;
  if (is_derived(head)) return IMPORT_DERIVED;
  int field = contract_field_by_header(head);
  return field < 0 ? UNKNOWN : field;
}

ImportColumns *contract_import_columns(void *owner, const char *const *heads, const int *chosen, unsigned count, FieldErrors *errors) {
  ImportColumns *columns = talloc_zero(owner, ImportColumns);
  columns->fields = talloc_zero_array(columns, int, count + 1);
  columns->count = count;
  for (unsigned column = 0; column < count; column++) {
    const char *head = clean_head(owner, heads[column]);
    bool named = chosen == NULL || chosen[column] == IMPORT_BY_NAME;
    int field = named ? column_of(head) : MAX(chosen[column], IMPORT_DERIVED);
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

ImportColumns *contract_import_columns_chosen(void *owner, const int *fields, const char *const *heads, unsigned count, FieldErrors *errors) {
  ImportColumns *columns = talloc_zero(owner, ImportColumns);
  columns->fields = talloc_zero_array(columns, int, count + 1);
  columns->count = count;
  for (unsigned column = 0; column < count; column++) {
    int field = fields[column];
    columns->fields[column] = field < 0 ? IMPORT_DERIVED : field;
    if (field < 0) continue;
    if (columns->given[field]) field_errors_add(errors, contract_fields[field].name, "field_twice", heads[column]);
    columns->given[field] = true;
  }
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    if (contract_fields[field].required && !columns->given[field]) field_errors_add(errors, contract_fields[field].name, "field_without_column", NULL);
  }
  return columns;
}

static bool all_empty(const char *const *cells, unsigned count) {
  for (unsigned cell = 0; cell < count; cell++) {
    if (cells[cell][strspn(cells[cell], " \t\r\n")] != '\0') return false;
  }
  return true;
}

/* Other programs give an amount its currency, and a day the hour of midnight. */
static const char *plain_amount(void *owner, const char *cell) {
  char *text = g_strstrip(g_strdup(cell));
  char *at = strstr(text, "€");
  if (at != NULL && (at == text || at[strlen("€")] == '\0')) memset(at, ' ', strlen("€"));
  const char *plain = talloc_strdup(owner, g_strstrip(text));
  g_free(text);
  return plain;
}

static gsize day_length(const char *cell) {
  gsize length = strlen(cell);
  for (gsize at = 0; at + 5 < length; at++) {
    const char *time = cell + at;
    if ((*time == ' ' || *time == 'T') && g_ascii_isdigit(time[1]) && g_ascii_isdigit(time[2]) && time[3] == ':' && g_ascii_isdigit(time[4])) return at;
  }
  return length;
}

/* The first two numbers of 31.12.2026, 12/31/2026 or 12-31-26, and where the separator behind them stands; false for any other text. */
static bool read_numeric_day(const char *text, int *first, int *second, int *length) {
  char separator[2] = "";
  return sscanf(text, " %2d%1[./-]%2d%n", first, separator, second, length) == 3 && text[*length] == separator[0];
}

static const char *plain_day(void *owner, ImportStyle style, const char *cell) {
  const char *text = talloc_strndup(owner, cell, day_length(cell));
  int first = 0;
  int second = 0;
  int length = 0;
  if (!style.month_first || !read_numeric_day(text, &first, &second, &length)) return text;
  return talloc_asprintf(owner, "%d.%d.%s", second, first, text + length + 1);
}

static const char *read_value(Contract *contract, ImportStyle style, int field, const char *cell, FieldErrors *errors) {
  const Field *fact = &contract_fields[field];
  Field named = *fact;
  /* A table may name a level, a type or a person instead of giving the code. */
  if (fact->kind == FIELD_KEY && field != CONTRACT_CUSTOMER_NUMBER) {
    named.limit = NAME_LIMIT;
    fact = &named;
  }
  if (fact->kind == FIELD_DAY) cell = plain_day(contract, style, cell);
  if (fact->kind == FIELD_MONEY) cell = plain_amount(contract, cell);
  return style.decimal != 0 ? field_value_read_typed(contract, fact, cell, style.decimal, errors) : field_value_read(contract, fact, cell, errors);
}

/* ---- style ---- */

#define STYLE_ROWS 1000 /* that are looked at */

typedef struct {
  unsigned points, commas;
  unsigned days_first, months_first;
} StyleVotes;

static void look_at_amount(StyleVotes *votes, const char *cell) {
  const char *point = strrchr(cell, '.');
  const char *comma = strrchr(cell, ',');
  const char *last = point > comma ? point : comma;
  if (last == NULL) return;
  gsize behind = strspn(last + 1, "0123456789");
  bool decimal = (point != NULL && comma != NULL) || behind == 1 || behind == 2;
  bool is_comma = decimal == (*last == ',');
  if (!decimal && (behind != 3 || strchr(cell, *last) == last)) return; /* 1.234 shows nothing, 1.234.567 does */
  votes->commas += is_comma;
  votes->points += !is_comma;
}

static void look_at_day(StyleVotes *votes, const char *cell) {
  int first = 0;
  int second = 0;
  int length = 0;
  if (!read_numeric_day(cell, &first, &second, &length)) return;
  votes->days_first += first > 12;
  votes->months_first += second > 12;
}

static void look_at_row(StyleVotes *votes, const ImportColumns *columns, const ImportRow *row) {
  for (unsigned column = 0; column < MIN(row->count, columns->count); column++) {
    int field = columns->fields[column];
    if (field < 0) continue;
    if (contract_fields[field].kind == FIELD_MONEY) look_at_amount(votes, row->cells[column]);
    if (contract_fields[field].kind == FIELD_DAY) look_at_day(votes, row->cells[column]);
  }
}

ImportStyle contract_import_style(const ImportColumns *columns, ImportNext next, void *rows, char decimal) {
  StyleVotes votes = {0};
  const ImportRow *row = next(rows);
  for (unsigned count = 0; row != NULL && count < STYLE_ROWS; count++, row = next(rows)) look_at_row(&votes, columns, row);
  ImportStyle style = {decimal, votes.months_first > votes.days_first};
  if (votes.commas != votes.points) style.decimal = votes.commas > votes.points ? ',' : '.';
  return style;
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
    const char *value = cells[column][0] == '\0' ? "" : read_value(contract, columns->style, field, cells[column], errors);
    if (value != NULL) contract->values[field] = value[0] == '\0' ? contract_fields[field].fallback : value;
  }
  return contract;
}
