#include "domain/contract_column.h"

#include <string.h>
#include <talloc.h>

static const Field DERIVED[] = {
    [COLUMN_STATUS - CONTRACT_FIELD_COUNT] = {.name = "status", .german = "Status", .kind = FIELD_CHOICE, .sort = "status"},
    [COLUMN_TERM_ENDS_ON - CONTRACT_FIELD_COUNT] = {.name = "term_ends_on", .german = "Laufzeit endet", .kind = FIELD_DAY, .sort = "ends"},
    [COLUMN_NOTICE_BY - CONTRACT_FIELD_COUNT] = {.name = "notice_by", .german = "Kündbar bis", .kind = FIELD_DAY, .sort = "notice"},
    [COLUMN_MONTHLY_VALUE - CONTRACT_FIELD_COUNT] = {.name = "monthly_value", .german = "Monatswert", .kind = FIELD_MONEY, .sort = "value"},
    [COLUMN_UPDATED - CONTRACT_FIELD_COUNT] = {.name = "updated", .german = "Geändert", .kind = FIELD_DAY, .sort = "updated"},
};

static const ContractColumns DEFAULT = {10,
                                        {CONTRACT_NUMBER, CONTRACT_TITLE, CONTRACT_CUSTOMER_NAME, CONTRACT_LEVEL, CONTRACT_TYPE, COLUMN_STATUS, CONTRACT_STARTS_ON,
                                         COLUMN_TERM_ENDS_ON, COLUMN_NOTICE_BY, COLUMN_MONTHLY_VALUE}};

const Field *contract_column(unsigned column) { return column < CONTRACT_FIELD_COUNT ? &contract_fields[column] : &DERIVED[column - CONTRACT_FIELD_COUNT]; }

const char *contract_column_name(unsigned column) { return contract_column(column)->name; }

int contract_column_by_name(const char *name) {
  for (unsigned column = 0; column < CONTRACT_COLUMN_COUNT; column++) {
    if (strcmp(contract_column_name(column), name) == 0) return (int)column;
  }
  return -1;
}

const char *contract_column_sort(unsigned column) { return contract_column(column)->sort; }

ColumnKind contract_column_kind(unsigned column) {
  if (column == COLUMN_UPDATED) return COLUMN_IS_MOMENT;
  switch (contract_column(column)->kind) {
    case FIELD_DAY: return COLUMN_IS_DAY;
    case FIELD_NUMBER: return COLUMN_IS_NUMBER;
    case FIELD_MONEY: return COLUMN_IS_MONEY;
    case FIELD_PERIOD:
    case FIELD_CHOICE:
    case FIELD_CURRENCY: return COLUMN_IS_CODE;
    default: return COLUMN_IS_TEXT;
  }
}

const ContractColumns *contract_columns_default(void) { return &DEFAULT; }

const ContractColumns *contract_columns_of_files(void) {
  static ContractColumns columns;
  for (; columns.count < COLUMN_UPDATED; columns.count++) columns.items[columns.count] = (unsigned char)columns.count;
  return &columns;
}

bool contract_columns_equal(const ContractColumns *one, const ContractColumns *other) {
  return one->count == other->count && memcmp(one->items, other->items, one->count) == 0;
}

bool contract_columns_have(const ContractColumns *columns, unsigned column) { return memchr(columns->items, (int)column, columns->count) != NULL; }

void contract_columns_read(ContractColumns *columns, const char *name, const char *list, FieldErrors *errors) {
  char **names = g_strsplit(list, ",", -1);
  for (unsigned i = 0; names[i] != NULL; i++) {
    const char *wanted = g_strstrip(names[i]);
    int column = contract_column_by_name(wanted);
    if (wanted[0] == '\0') continue;
    if (column < 0) field_errors_add(errors, name, "unknown", wanted);
    else if (contract_columns_have(columns, (unsigned)column)) field_errors_add(errors, name, "column_twice", wanted);
    else columns->items[columns->count++] = (unsigned char)column;
  }
  g_strfreev(names);
}

void contract_columns_arrange(ContractColumns *columns, const unsigned places[CONTRACT_COLUMN_COUNT]) {
  for (unsigned i = 1; i < columns->count; i++) {
    unsigned char column = columns->items[i];
    unsigned place = places[column];
    unsigned at = i;
    for (; at > 0 && place > 0; at--) {
      unsigned before = places[columns->items[at - 1]];
      if (before > 0 && before < place) break;
      columns->items[at] = columns->items[at - 1];
    }
    columns->items[at] = column;
  }
}

char *contract_columns_text(void *owner, const ContractColumns *columns) {
  char *text = talloc_strdup(owner, "");
  for (unsigned i = 0; i < columns->count; i++) text = talloc_asprintf_append(text, "%s%s", i > 0 ? "," : "", contract_column_name(columns->items[i]));
  return text;
}
