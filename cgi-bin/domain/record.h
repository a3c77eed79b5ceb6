/* record.h: a row of a simple table by its fields: customers, support levels, contract types, service calendars and users. Forms, checks, storing and showing work alike for all kinds. */
#ifndef SUPPORTLEVEL_DOMAIN_RECORD_H
#define SUPPORTLEVEL_DOMAIN_RECORD_H

#include "domain/field.h"

#define RECORD_FIELD_MAX 16

typedef struct {
  const char *table;
  const Field *fields;
  unsigned field_count;
} RecordKind;

typedef struct {
  const RecordKind *kind;
  gint64 id;     /* 0: not stored yet */
  guint version; /* counted up by every change */
  const char *updated_at; /* ISO 8601, UTC, or NULL */
  const char *values[RECORD_FIELD_MAX]; /* canonical text, "" when empty; owned by the record */
} Record;

/* A record of empty values with the fields' fallbacks. */
Record *record_new(void *owner, const RecordKind *kind);

/* Adds `required` for each required field that is empty. */
void record_check(const Record *record, FieldErrors *errors);

#endif
