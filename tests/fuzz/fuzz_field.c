/* Fields of all kinds. Input: one text, as typed into each. What was read means itself: read again it stays. */
#include <string.h>
#include <talloc.h>

#include "domain/contract.h"
#include "domain/language.h"
#include "domain/mail_address.h"
#include "domain/money.h"
#include "domain/service_calendar.h"
#include "domain/support_level.h"
#include "fuzz.h"

static void field_holds(void *owner, const Field *field, const char *text, char decimal) {
  FieldErrors *errors = field_errors_new(owner);
  const char *value = decimal != 0 ? field_value_read_typed(owner, field, text, decimal, errors) : field_value_read(owner, field, text, errors);
  holds((value == NULL) == field_errors_any(errors));
  if (value == NULL) return;
  holds(g_utf8_validate(value, -1, NULL));
  const char *again = field_value_read(owner, field, value, errors);
  holds(again != NULL && strcmp(again, value) == 0);
  if (field->kind != FIELD_MONEY || value[0] == '\0') return;
  holds(strcmp(money_decimal(owner, money_hundredths(value)), value) == 0);
  for (int language = 0; language < LANGUAGE_COUNT; language++) {
    const char *shown = language_decimal(owner, (Language)language, value);
    again = field_value_read_typed(owner, field, shown, language_decimal_mark((Language)language), errors);
    holds(again != NULL && strcmp(again, value) == 0);
  }
}

static void kind_holds(void *owner, const RecordKind *kind, const char *text) {
  for (unsigned field = 0; field < kind->field_count; field++) {
    field_holds(owner, &kind->fields[field], text, 0);
    field_holds(owner, &kind->fields[field], text, ',');
    field_holds(owner, &kind->fields[field], text, '.');
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  void *owner = talloc_new(NULL);
  const char *text = fuzz_text(owner, bytes, size);
  if (text != NULL) {
    kind_holds(owner, &contract_kind, text);
    kind_holds(owner, &level_kind, text);
    kind_holds(owner, &service_calendar_kind, text);
    contract_field_by_header(text);
  }
  talloc_free(owner);
  return 0;
}
