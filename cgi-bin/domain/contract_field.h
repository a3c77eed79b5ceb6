/* contract_field.h: the one table of the contract's fields. The form's reader, the validator, the repository, the list's columns, CSV,
 * XLSX, JSON and the history all read it: a new field is a migration, one line here and its label in both languages. */
#ifndef SUPPORTLEVEL_DOMAIN_CONTRACT_FIELD_H
#define SUPPORTLEVEL_DOMAIN_CONTRACT_FIELD_H

#include "domain/record.h"

/* In the order of product.md, which is the order of the CSV's columns. */
typedef enum {
  CONTRACT_NUMBER,
  CONTRACT_TITLE,
  CONTRACT_CUSTOMER_NUMBER,
  CONTRACT_CUSTOMER_NAME,
  CONTRACT_TYPE,
  CONTRACT_LEVEL,
  CONTRACT_STARTS_ON,
  CONTRACT_ENDS_ON,
  CONTRACT_RENEWAL_MONTHS,
  CONTRACT_NOTICE_PERIOD,
  CONTRACT_NOTICE_TO,
  CONTRACT_CANCELLED_ON,
  CONTRACT_CANCELLED_TO,
  CONTRACT_AMOUNT,
  CONTRACT_BILLING_MONTHS,
  CONTRACT_CURRENCY,
  CONTRACT_RESPONSIBLE,
  CONTRACT_REFERENCE,
  CONTRACT_NOTE,
  CONTRACT_FIELD_COUNT
} ContractFieldId;

extern const Field contract_fields[CONTRACT_FIELD_COUNT];
/* The same as what the history reads of every kind of record. */
extern const RecordKind contract_kind;

/* The field of this name (form name or either CSV header, any case), or -1. */
int contract_field_by_header(const char *header);
/* The field of exactly this form name, or -1. */
int contract_field_by_name(const char *name);

#endif
