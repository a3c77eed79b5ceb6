/* contract_row.h: between a row of table contract and a Contract, both ways made from the table of the fields. */
#ifndef SUPPORTLEVEL_REPOSITORY_CONTRACT_ROW_H
#define SUPPORTLEVEL_REPOSITORY_CONTRACT_ROW_H

#include "domain/contract_column.h"
#include "repository/contract_repository.h"
#include "repository/statement.h"

/* Adds the columns of a contract to a SELECT, and behind FROM … contract the joins that they need. */
void contract_row_columns(Statement *statement);
void contract_row_joins(Statement *statement);
/* FROM contract and its joins, as everything with a history was at a moment of UTC; NULL: as it is. */
void contract_row_source_as_of(Statement *statement, const char *utc);

/* The contract that stands in `row` from `column` on, its terms derived as of `today`. Its texts belong to `owner`. */
Contract *contract_row_read(void *owner, const SqlRows *rows, unsigned row, unsigned column, Day today);

/* The columns for a table that shows `shown` (NULL: all fields): of the other fields only what every row needs. Ids stand in the place of names; what is derived is read
 * as it is stored. Needs no joins. */
void contract_row_columns_stored(Statement *statement, const ContractColumns *shown);
/* The contract of such a row: its terms' status, ends and value are those of the day that was reached (contract_repository_roll), its texts belong to `owner`. */
Contract *contract_row_read_stored(void *owner, const SqlRows *rows, unsigned row, unsigned column);

/* What levels, types and users are called, for whoever reads many contracts: a third of such a statement's time would go into joins with these small tables.
 * Read in the same snapshot as the contracts, or one may have a level that isn't among them. Belongs to `owner`. */
typedef struct contract_names ContractNames;
ContractNames *contract_names_read(Database *database, void *owner, GError **error);
/* As contract_row_columns and contract_row_joins, with ids in the place of names. */
void contract_row_columns_unnamed(Statement *statement);
void contract_row_joins_unnamed(Statement *statement);
/* Puts names and codes in the place of ids; false when one isn't among them, whose place is empty then. */
bool contract_names_put(const ContractNames *names, Contract *contract);

#endif
