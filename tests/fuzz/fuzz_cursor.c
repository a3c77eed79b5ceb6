/* Cursors. Input: a cursor's text as an address may hold it, and the key of a row whose cursor is made and read again. */
#include <string.h>
#include <talloc.h>

#include "domain/contract_filter.h"
#include "fuzz.h"

static const Catalogue CATALOGUE = {0};

static const FilterCursor *read_cursor(void *owner, const char *text) {
  Parameter item = {"after", text};
  Parameters parameters = {&item, 1};
  FieldErrors *errors = field_errors_new(owner);
  const ContractFilter *filter = contract_filter_parse(owner, &parameters, &CATALOGUE, day_make(2026, 2, 11), errors);
  holds(filter->cursor == NULL || !field_errors_any(errors));
  return filter->cursor;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  void *owner = talloc_new(NULL);
  const char *text = fuzz_text(owner, bytes, size);
  if (text != NULL) {
    const FilterCursor *cursor = read_cursor(owner, text);
    holds(cursor == NULL || (g_utf8_validate(cursor->key, -1, NULL) && cursor->group >= 0 && cursor->group <= CATALOGUE_MAX + 1 && cursor->id >= 0));
    const FilterCursor *made = strlen(text) <= 800 ? read_cursor(owner, contract_filter_cursor_text(owner, 7, text, 4294967296)) : NULL;
    holds(strlen(text) > 800 || (made != NULL && strcmp(made->key, text) == 0 && made->group == 7 && made->id == 4294967296));
  }
  talloc_free(owner);
  return 0;
}
