/* customer.h: the party to contracts. */
#ifndef SUPPORTLEVEL_DOMAIN_CUSTOMER_H
#define SUPPORTLEVEL_DOMAIN_CUSTOMER_H

#include "domain/record.h"

typedef enum {
  CUSTOMER_NUMBER, CUSTOMER_NAME, CUSTOMER_STREET, CUSTOMER_POSTCODE, CUSTOMER_CITY, CUSTOMER_COUNTRY, CUSTOMER_PHONE, CUSTOMER_EMAIL, CUSTOMER_NOTE, CUSTOMER_FIELD_COUNT
} CustomerFieldId;

extern const RecordKind customer_kind;

#endif
