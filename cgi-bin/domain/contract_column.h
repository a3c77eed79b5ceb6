/* contract_column.h: the columns that a table of contracts can have: every field, and what is derived. A column's name is the CSV's header. */
#ifndef SUPPORTLEVEL_DOMAIN_CONTRACT_COLUMN_H
#define SUPPORTLEVEL_DOMAIN_CONTRACT_COLUMN_H

#include "domain/contract_field.h"

/* A column's number is its field's (ContractFieldId), or one of these. */
enum {
  COLUMN_STATUS = CONTRACT_FIELD_COUNT,
  COLUMN_TERM_ENDS_ON,
  COLUMN_NOTICE_BY,
  COLUMN_MONTHLY_VALUE,
  COLUMN_UPDATED,
  CONTRACT_COLUMN_COUNT
};

typedef enum {
  COLUMN_IS_TEXT, /* as somebody wrote it */
  COLUMN_IS_CODE, /* letters and digits: one of some choices, a period, a currency */
  COLUMN_IS_DAY,
  COLUMN_IS_MOMENT,
  COLUMN_IS_NUMBER,
  COLUMN_IS_MONEY
} ColumnKind;

/* Columns in the order in which they are shown, none twice. */
typedef struct {
  unsigned count;
  unsigned char items[CONTRACT_COLUMN_COUNT];
} ContractColumns;

/* The facts of a column; of a derived one only name, German name, kind and sort mean anything. */
const Field *contract_column(unsigned column);
const char *contract_column_name(unsigned column);
/* The column of this name, or -1. */
int contract_column_by_name(const char *name);
/* The name in `sort` that sorts by this column, or NULL. */
const char *contract_column_sort(unsigned column);
ColumnKind contract_column_kind(unsigned column);

/* Those that a table shows when nobody chose any. */
const ContractColumns *contract_columns_default(void);
/* Those that a file has then: every field and what is derived, but not `updated`, by which two files of the same contracts would differ. */
const ContractColumns *contract_columns_of_files(void);
bool contract_columns_equal(const ContractColumns *one, const ContractColumns *other);
bool contract_columns_have(const ContractColumns *columns, unsigned column);

/* Adds the columns of a comma list. What it doesn't know, or knows twice, is an entry in `errors` (`unknown`, `column_twice`) under `name`. */
void contract_columns_read(ContractColumns *columns, const char *name, const char *list, FieldErrors *errors);

/* Puts them into the order of `places` (by column; 1 is the first, 0: behind those with a place, as they stand). Of two with the same place the later one
 * goes first: whoever writes 2 beside the fifth, or 5 beside the second, and changes nothing else, gets what was meant. */
void contract_columns_arrange(ContractColumns *columns, const unsigned places[CONTRACT_COLUMN_COUNT]);

/* The comma list, owned by `owner`. */
char *contract_columns_text(void *owner, const ContractColumns *columns);

#endif
