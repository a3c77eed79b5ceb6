/* record_form.h: the one maker of forms. Contracts, customers and levels are edited by their table of fields: what the form shows, how it is read,
 * and what happens when two people edit the same record. */
#ifndef SUPPORTLEVEL_PAGES_RECORD_FORM_H
#define SUPPORTLEVEL_PAGES_RECORD_FORM_H

#include "domain/field.h"
#include "web/page.h"

typedef struct {
  Exchange *exchange;
  const Field *fields;
  unsigned field_count;
  const Catalogue *catalogue; /* for select boxes of levels, types and users; NULL without such fields */
  FieldErrors *errors;
  const char *const *labels; /* by field, the keys below Lang.field of their labels, where these aren't their names; or NULL */
  const char *const *purposes; /* by field, what autocomplete tells browsers (HTML, 4.10.18.7.1); or NULL */
  const char **values;        /* canonical, by field: what the record holds, or is to hold */
  const char *const *stored;  /* canonical values as stored, or NULL for a new record */
  const Parameters *known;    /* of a program: every member of the stored record in JSON, so that it may send back what it was given; or NULL */
  const char *more;           /* name of what may come with the fields, from programs too; or NULL */
  const char *const *theirs;  /* after a conflict: what somebody else stored meanwhile; else NULL */
} RecordForm;

/* A form of the exchange for these fields; `values` begins as a copy of `values` (the record's). */
RecordForm *record_form_new(Exchange *exchange, const Field *fields, unsigned field_count, const char *const *values, const Catalogue *catalogue);

/* Reads what was sent: each field that came replaces its value, what cannot be read becomes an error and is kept as typed. A member that only the program
 * itself writes is an error (`read_only`) unless it is as `known` has it. Programs write amounts with a point, whatever their language.
 * ERROR_BAD_REQUEST: a name that is none of the form's. */
bool record_form_read(RecordForm *form, GError **error);

/* True when a field still holds what the form showed in it. */
bool record_form_untouched(const RecordForm *form, unsigned field);

/* Somebody stored `theirs` after the form was shown: fields that this user left alone take the stored value, where both changed one the user's stays
 * and the other is shown beside it. Returns how many fields both changed. */
unsigned record_form_merge(RecordForm *form, const char *const *theirs);

/* Puts the form into the data tree: Form.action, .version, .shown, .Field.N with name, label, value, error, options; Errors.N for the summary. */
void record_form_fill(RecordForm *form, const char *action, guint version);

/* Puts an input that belongs to no table of fields into the data tree, as record_form_fill does those that do: Form.Field.<row> and, where `error` is its text,
 * Errors.<row>. `control` is "text" or "file". Returns its node, for what else the macro form_input knows. */
HDF *record_form_fill_input(Exchange *exchange, unsigned row, const char *name, const char *control, const char *label, const char *help, const char *error);

/* A value as people read it: days, money and periods in the exchange's language, keys by their name. Owned by the exchange. */
const char *record_value_text(Exchange *exchange, const Field *field, const char *value, const Catalogue *catalogue);

#endif
