/* field.h: what the program knows of a field, whatever record it belongs to. */
#ifndef SUPPORTLEVEL_DOMAIN_FIELD_H
#define SUPPORTLEVEL_DOMAIN_FIELD_H

#include <glib.h>
#include <stdbool.h>

#include "domain/field_error.h"

typedef enum {
  FIELD_TEXT,      /* one line */
  FIELD_LONG_TEXT, /* several lines */
  FIELD_KEY,       /* a code of another table: level, type, responsible, customer_number */
  FIELD_LOOKED_UP, /* comes with a key: customer_name */
  FIELD_DAY,
  FIELD_NUMBER, /* whole number, 0 to `limit` */
  FIELD_MINUTES, /* the same, of minutes: typed also with hours, as in 1 h 30 min */
  FIELD_PERIOD, /* 3m, 6w, 30d */
  FIELD_CHOICE, /* one of `choices` */
  FIELD_MONEY,  /* decimal(14,2), not negative */
  FIELD_CURRENCY,
  FIELD_COUNTRY, /* ISO 3166-1: two letters */
  FIELD_CODE,   /* letters, digits, `.`, `_`, `-`; can stand in an address */
  FIELD_YES,    /* "1" or "" */
  FIELD_HOURS,     /* service_hours.h: hours of a day */
  FIELD_OWN_DAYS,  /* service_hours.h: days that differ, one a line */
  FIELD_TIME_ZONE, /* IANA name */
  FIELD_MAIL_ADDRESS, /* mail_address.h: where the program itself sends e-mails */
  FIELD_USER_NAME, /* user_name.h: what somebody signs in by */
  FIELD_PASSWORD   /* never shown again, and taken with its blanks */
} FieldKind;

typedef struct {
  const char *name;   /* form field, CSV header, JSON name; its label is Lang.field.<name> */
  const char *german; /* German CSV header, or NULL */
  FieldKind kind;
  bool required;
  unsigned limit;         /* characters of a text, highest value of a number */
  const char *choices;    /* FIELD_CHOICE: the values, separated by blanks; their texts are Lang.<name>.<value> */
  const char *fallback;   /* value of an empty new form and of an empty CSV cell; "" none */
  const char *column;     /* of the record's table */
  const char *key_table;  /* FIELD_KEY: the table whose `id` the column holds … */
  const char *key_column; /* … and the column of that table with the code */
  const char *sort;       /* name in the parameter `sort`, or NULL */
} Field;

/* Reads what was typed into a field: trims, composes (NFC), checks kind, length and control characters; dates and money also in German and English writing.
 * Returns the canonical text (owned by `owner`), or NULL with one entry in `errors`, named after the field. An empty text is "". */
const char *field_value_read(void *owner, const Field *field, const char *typed, FieldErrors *errors);

/* The same where it is known that `decimal` (',' or '.') separates the decimals of what a person types: "1.234" is then 1234 or no amount, as the language
 * has it. field_value_read itself refuses an amount that could be either (`ambiguous_money`). */
const char *field_value_read_typed(void *owner, const Field *field, const char *typed, char decimal, FieldErrors *errors);

/* Adds `required` for each required field whose value is empty. */
void fields_check_required(const Field *fields, unsigned count, const char *const *values, FieldErrors *errors);

#endif
