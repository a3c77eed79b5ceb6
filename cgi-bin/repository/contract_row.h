/* contract_row.h: between a row of table contract and a Contract, both ways made from the table of the fields. */
#ifndef SUPPORTLEVEL_REPOSITORY_CONTRACT_ROW_H
#define SUPPORTLEVEL_REPOSITORY_CONTRACT_ROW_H

#include "repository/contract_repository.h"
#include "repository/statement.h"

/* Adds the columns of a contract to a SELECT, and behind FROM … contract the joins that they need. */
void contract_row_columns(Statement *statement);
void contract_row_joins(Statement *statement);
/* FROM contract and its joins, as everything with a history was at a moment of UTC; NULL: as it is. */
void contract_row_source_as_of(Statement *statement, const char *utc);
/* How many columns that is. */
unsigned contract_row_width(void);

/* The contract that stands in `row` from `column` on, its terms derived as of `today`. Its texts belong to `owner`. */
Contract *contract_row_read(void *owner, const SqlRows *rows, unsigned row, unsigned column, Day today);

/* What levels, types and users are called, for whoever reads very many contracts: a third of such a statement's time would go into joins with these small tables.
 * Read in the same snapshot as the contracts, or one may have a level that isn't among them. Belongs to `owner`. */
typedef struct contract_names ContractNames;
ContractNames *contract_names_read(Database *database, void *owner, GError **error);
/* As contract_row_columns and contract_row_joins, for contracts that get these names put in once they are read. */
void contract_row_columns_unnamed(Statement *statement);
void contract_row_joins_unnamed(Statement *statement);
void contract_names_put(const ContractNames *names, Contract *contract);

#endif
