/* contract_field.h: the one table of the contract's fields. The form's reader, the validator, the repository, the list's columns, CSV,
 * XLSX, JSON and the history all read it: a new field is a migration, one line here and its label in both languages. */
#ifndef SUPPORTLEVEL_DOMAIN_CONTRACT_FIELD_H
#define SUPPORTLEVEL_DOMAIN_CONTRACT_FIELD_H

#include <glib.h>
#include <stdbool.h>

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

typedef enum {
  FIELD_TEXT,      /* one line */
  FIELD_LONG_TEXT, /* several lines */
  FIELD_KEY,       /* a code of another table: level, type, responsible, customer_number */
  FIELD_LOOKED_UP, /* comes with a key: customer_name */
  FIELD_DAY,
  FIELD_NUMBER, /* whole number, 0 to `limit` */
  FIELD_PERIOD, /* 3m, 6w, 30d */
  FIELD_CHOICE, /* one of `choices` */
  FIELD_MONEY,  /* decimal(14,2), not negative */
  FIELD_CURRENCY
} FieldKind;

typedef struct {
  const char *name;    /* form field, CSV header, JSON name; label is Lang.field.<name> */
  const char *german;  /* German CSV header */
  FieldKind kind;
  bool required;
  unsigned limit;       /* characters of a text, highest value of a number */
  const char *choices;  /* FIELD_CHOICE: the values, separated by blanks; texts are Lang.<name>.<value> */
  const char *fallback; /* value of an empty new form and of an empty CSV cell; "" none */
  const char *column;   /* column of table contract */
  const char *key_table; /* FIELD_KEY: the table whose `id` the column holds … */
  const char *key_column; /* … and the column of that table with the code */
  const char *sort;      /* name in the parameter `sort`, or NULL */
} ContractField;

extern const ContractField contract_fields[CONTRACT_FIELD_COUNT];

/* The field of this name (form name or either CSV header, any case), or -1. */
int contract_field_by_header(const char *header);
/* The field of exactly this form name, or -1. */
int contract_field_by_name(const char *name);

#endif
