/* contract_import.h: what the head and the rows of a table of contracts mean, wherever the table comes from. */
#ifndef SUPPORTLEVEL_DOMAIN_CONTRACT_IMPORT_H
#define SUPPORTLEVEL_DOMAIN_CONTRACT_IMPORT_H

#include "domain/contract.h"

typedef struct {
  int *fields; /* by column: a ContractFieldId, or one of the following */
  unsigned count;
  bool given[CONTRACT_FIELD_COUNT]; /* fields that have a column */
} ImportColumns;

#define IMPORT_DERIVED (-1)  /* an export's derived value: passed over */
#define IMPORT_NAMELESS (-2) /* no head: its cells have to be empty */

/* Reads the head: names of fields in German or English, any case. Belongs to `owner`, as do the names of its errors:
 * `header_unknown` and `header_twice` (the head as field), `header_missing` (a required field). */
ImportColumns *contract_import_columns(void *owner, const char *const *heads, unsigned count, FieldErrors *errors);

/* The contract of a row; NULL for a row of empty cells only. An empty cell means the field's fallback; fields without a column are empty here.
 * Errors as contract_value_read's, and for the row itself (field ""): `cells_missing`, `cells_too_many`, `cell_without_header`. */
Contract *contract_import_row(void *owner, const ImportColumns *columns, const char *const *cells, unsigned count, FieldErrors *errors);

#endif
