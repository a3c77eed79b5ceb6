/* contract_import.h: what the head and the rows of a table of contracts mean, wherever the table comes from. */
#ifndef SUPPORTLEVEL_DOMAIN_CONTRACT_IMPORT_H
#define SUPPORTLEVEL_DOMAIN_CONTRACT_IMPORT_H

#include "domain/contract.h"

/* One row of a table, whatever it was read from. */
typedef struct {
  guint64 line; /* of the file, on which the row begins; 1 is the first */
  unsigned count;
  const char *const *cells;
} ImportRow;

/* How numbers and days are written. */
typedef struct {
  char decimal;     /* ',' or '.'; 0: as whoever wrote it, amounts that could be either are refused */
  bool month_first; /* 12/31/2026 */
} ImportStyle;

typedef struct {
  int *fields; /* by column: a ContractFieldId, or one of the following */
  unsigned count;
  bool given[CONTRACT_FIELD_COUNT]; /* fields that have a column */
  ImportStyle style;
} ImportColumns;

#define IMPORT_DERIVED (-1)  /* an export's derived value: passed over */
#define IMPORT_NAMELESS (-2) /* no head: its cells have to be empty */

/* The next row of a table behind its head, good until the following call; NULL at its end. */
typedef const ImportRow *(*ImportNext)(void *context);

#define IMPORT_BY_NAME (-4) /* nobody chose a field: the head's name says it */

/* Reads the head: names of fields in German or English, any case. `chosen` (or NULL) is by column what somebody chose: a ContractFieldId, IMPORT_BY_NAME, or
 * another negative number: passed over. Belongs to `owner`, as do the names of its errors: `header_unknown` and `header_twice` (the head as field),
 * `header_missing` (a required field). */
ImportColumns *contract_import_columns(void *owner, const char *const *heads, const int *chosen, unsigned count, FieldErrors *errors);

/* The same where somebody chose the field of each column (a ContractFieldId, or negative: passed over). */
ImportColumns *contract_import_columns_chosen(void *owner, const int *fields, const char *const *heads, unsigned count, FieldErrors *errors);

/* How numbers and days are written in most of a table's first rows; `decimal` where they show nothing. */
ImportStyle contract_import_style(const ImportColumns *columns, ImportNext next, void *rows, char decimal);

/* The contract of a row; NULL for a row of empty cells only. An empty cell means the field's fallback; fields without a column are empty here.
 * Errors as contract_value_read's, and for the row itself (field ""): `cells_missing`, `cells_too_many`, `cell_without_header`. */
Contract *contract_import_row(void *owner, const ImportColumns *columns, const char *const *cells, unsigned count, FieldErrors *errors);

#endif
