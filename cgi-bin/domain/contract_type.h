/* contract_type.h: the kinds of contract that the company tells apart (product.md: contract_type). */
#ifndef SUPPORTLEVEL_DOMAIN_CONTRACT_TYPE_H
#define SUPPORTLEVEL_DOMAIN_CONTRACT_TYPE_H

#include "domain/record.h"

typedef enum { TYPE_CODE, TYPE_NAME, TYPE_POSITION, TYPE_RETIRED, TYPE_FIELD_COUNT } ContractTypeFieldId;

extern const RecordKind contract_type_kind;

/* Required fields; a code that the addresses need themselves (`reserved`). */
void contract_type_check(const Record *type, FieldErrors *errors);

#endif
