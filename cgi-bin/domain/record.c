#include "domain/record.h"

#include <talloc.h>

Record *record_new(void *owner, const RecordKind *kind) {
  Record *record = talloc_zero(owner, Record);
  record->kind = kind;
  for (unsigned field = 0; field < kind->field_count; field++) record->values[field] = kind->fields[field].fallback;
  return record;
}

void record_check(const Record *record, FieldErrors *errors) {
  fields_check_required(record->kind->fields, record->kind->field_count, record->values, errors);
}
