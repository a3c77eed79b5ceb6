#include "domain/field_error.h"

#include <string.h>
#include <talloc.h>

static int field_errors_free(FieldErrors *errors) {
  g_array_free(errors->items, TRUE);
  return 0;
}

FieldErrors *field_errors_new(void *owner) {
  FieldErrors *errors = talloc_zero(owner, FieldErrors);
  errors->items = g_array_new(FALSE, FALSE, sizeof(FieldError));
  errors->owner = errors;
  talloc_set_destructor(errors, field_errors_free);
  return errors;
}

const FieldError *field_errors_find(const FieldErrors *errors, const char *field) {
  for (unsigned i = 0; i < errors->items->len; i++) {
    const FieldError *item = &g_array_index(errors->items, FieldError, i);
    if (strcmp(item->field, field) == 0) return item;
  }
  return NULL;
}

void field_errors_add(FieldErrors *errors, const char *field, const char *reason, const char *argument) {
  FieldError item = {field, reason, argument != NULL ? talloc_strdup(errors->owner, argument) : NULL};
  if (field_errors_find(errors, field) == NULL) g_array_append_val(errors->items, item);
}

bool field_errors_any(const FieldErrors *errors) { return errors->items->len > 0; }
