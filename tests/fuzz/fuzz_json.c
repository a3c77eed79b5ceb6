/* JSON that a program sends. Input: the body, as request_read hands it over (no NUL in it). */
#include <string.h>
#include <talloc.h>

#include "format/json_reader.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  void *owner = talloc_new(NULL);
  GError *error = NULL;
  const Parameters *form = json_read_object(owner, talloc_strndup(owner, (const char *)bytes, size), &error);
  holds((form == NULL) == (error != NULL));
  holds(error == NULL || (error_is(error, ERROR_BAD_REQUEST) && g_utf8_validate(error->message, -1, NULL)));
  for (unsigned i = 0; form != NULL && i < form->count; i++) {
    holds(g_utf8_validate(form->items[i].name, -1, NULL) && g_utf8_validate(form->items[i].value, -1, NULL));
    holds(parameters_get(form, form->items[i].name) == form->items[i].value); /* no name twice */
  }
  g_clear_error(&error);
  talloc_free(owner);
  return 0;
}
