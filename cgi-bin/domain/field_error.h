/* field_error.h: what is wrong with which field, to be shown beside it. */
#ifndef SUPPORTLEVEL_DOMAIN_FIELD_ERROR_H
#define SUPPORTLEVEL_DOMAIN_FIELD_ERROR_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
  const char *field;    /* form name; not copied, so a literal or as long-lived as the list's owner */
  const char *reason;   /* key of a text below Lang.error, such as "required" */
  const char *argument; /* {1} in that text, or NULL */
} FieldError;

typedef struct {
  GArray *items; /* of FieldError */
  void *owner;
} FieldErrors;

/* An empty list that goes with `owner` (a talloc context). */
FieldErrors *field_errors_new(void *owner);
/* Adds one; a second error of the same field is dropped, the first one is what the user mends first. `argument` is copied. */
void field_errors_add(FieldErrors *errors, const char *field, const char *reason, const char *argument);
bool field_errors_any(const FieldErrors *errors);
/* The error of a field, or NULL. */
const FieldError *field_errors_find(const FieldErrors *errors, const char *field);

#endif
