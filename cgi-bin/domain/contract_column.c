#include "domain/contract_column.h"

#include <string.h>
#include <talloc.h>

static const struct {
  const char *name;
  const char *sort;
  ColumnKind kind;
} DERIVED[] = {
    [COLUMN_STATUS - CONTRACT_FIELD_COUNT] = {"status", "status", COLUMN_IS_TEXT},
    [COLUMN_TERM_ENDS_ON - CONTRACT_FIELD_COUNT] = {"term_ends_on", "ends", COLUMN_IS_DAY},
    [COLUMN_NOTICE_BY - CONTRACT_FIELD_COUNT] = {"notice_by", "notice", COLUMN_IS_DAY},
    [COLUMN_MONTHLY_VALUE - CONTRACT_FIELD_COUNT] = {"monthly_value", "value", COLUMN_IS_NUMBER},
    [COLUMN_UPDATED - CONTRACT_FIELD_COUNT] = {"updated", "updated", COLUMN_IS_DAY},
};

static const ContractColumns DEFAULT = {10,
                                        {CONTRACT_NUMBER, CONTRACT_TITLE, CONTRACT_CUSTOMER_NAME, CONTRACT_LEVEL, CONTRACT_TYPE, COLUMN_STATUS, CONTRACT_STARTS_ON,
                                         COLUMN_TERM_ENDS_ON, COLUMN_NOTICE_BY, COLUMN_MONTHLY_VALUE}};

const char *contract_column_name(unsigned column) {
  return column < CONTRACT_FIELD_COUNT ? contract_fields[column].name : DERIVED[column - CONTRACT_FIELD_COUNT].name;
}

int contract_column_by_name(const char *name) {
  for (unsigned column = 0; column < CONTRACT_COLUMN_COUNT; column++) {
    if (strcmp(contract_column_name(column), name) == 0) return (int)column;
  }
  return -1;
}

const char *contract_column_sort(unsigned column) {
  return column < CONTRACT_FIELD_COUNT ? contract_fields[column].sort : DERIVED[column - CONTRACT_FIELD_COUNT].sort;
}

ColumnKind contract_column_kind(unsigned column) {
  if (column >= CONTRACT_FIELD_COUNT) return DERIVED[column - CONTRACT_FIELD_COUNT].kind;
  switch (contract_fields[column].kind) {
    case FIELD_DAY: return COLUMN_IS_DAY;
    case FIELD_NUMBER:
    case FIELD_MONEY: return COLUMN_IS_NUMBER;
    default: return COLUMN_IS_TEXT;
  }
}

const ContractColumns *contract_columns_default(void) { return &DEFAULT; }

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
