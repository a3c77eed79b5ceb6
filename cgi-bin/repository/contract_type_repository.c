#include "repository/contract_type_repository.h"

#include <talloc.h>

ContractTypeRows *contract_type_repository_list(Database *database, void *owner, GError **error) {
  static const char SQL[] = "SELECT id, code, name, retired, COALESCE(counted.contracts, 0) FROM contract_type "
                            "LEFT JOIN (SELECT type_id, SUM(contracts) AS contracts FROM contract_count GROUP BY type_id) AS counted ON counted.type_id = contract_type.id ORDER BY position, id";
  SqlRows *rows = database_query(database, owner, SQL, SQL_NO_VALUES, error);
  if (rows == NULL) return NULL;
  ContractTypeRows *types = talloc_zero(owner, ContractTypeRows);
  types->count = rows->row_count;
  types->items = talloc_zero_array(types, ContractTypeRow, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) {
    types->items[row] = (ContractTypeRow){.id = sql_cell_integer(rows, row, 0),
                                          .code = sql_cell(rows, row, 1),
                                          .name = sql_cell(rows, row, 2),
                                          .retired = sql_cell_integer(rows, row, 3) != 0,
                                          .contracts = sql_cell_integer(rows, row, 4)};
  }
  return types;
}
