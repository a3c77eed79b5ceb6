/* contract_type_repository.h: the contract types with how many contracts have each. */
#ifndef SUPPORTLEVEL_REPOSITORY_CONTRACT_TYPE_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_CONTRACT_TYPE_REPOSITORY_H

#include "repository/database.h"

typedef struct {
  gint64 id;
  const char *code;
  const char *name;
  bool retired;
  gint64 contracts; /* that have it, whatever their status */
} ContractTypeRow;

typedef struct {
  ContractTypeRow *items;
  unsigned count;
} ContractTypeRows;

/* By position. Belongs to `owner`. */
ContractTypeRows *contract_type_repository_list(Database *database, void *owner, GError **error);

#endif
