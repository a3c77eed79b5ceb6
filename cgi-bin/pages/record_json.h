/* record_json.h: what a program says of a record that it changes, held against the record's JSON as it is stored now. */
#ifndef SUPPORTLEVEL_PAGES_RECORD_JSON_H
#define SUPPORTLEVEL_PAGES_RECORD_JSON_H

#include "pages/record_form.h"

/* Lets a form that came as JSON hold every member of the stored record, so that a program may send back what it was given. */
void record_json_know(RecordForm *form, const GString *json);

/* The version that the request wants to change: a form's own, or, of a program whose If-Match names this JSON, `stored_version`.
 * 0 with ERROR_BAD_REQUEST (no version), ERROR_PRECONDITION_REQUIRED or ERROR_PRECONDITION_FAILED. */
guint record_json_version(const Exchange *exchange, const GString *json, guint stored_version, GError **error);

/* Answers a program whose record was changed between its being read and its being stored: false, with ERROR_PRECONDITION_FAILED. */
bool record_json_conflict(GError **error);

/* An empty text that goes with the exchange. */
GString *record_json_text(Exchange *exchange);

#endif
