#include "domain/contract_type.h"

#include <string.h>

static const Field TYPE_FIELDS[TYPE_FIELD_COUNT] = {
    [TYPE_CODE] = {"code", NULL, FIELD_CODE, true, 20, NULL, "", "code", NULL, NULL, NULL},
    [TYPE_NAME] = {"name", NULL, FIELD_TEXT, true, 100, NULL, "", "name", NULL, NULL, NULL},
    [TYPE_POSITION] = {"position", NULL, FIELD_NUMBER, true, 999, NULL, "", "position", NULL, NULL, NULL},
    [TYPE_RETIRED] = {"retired", NULL, FIELD_YES, false, 1, NULL, "", "retired", NULL, NULL, NULL},
};

const RecordKind contract_type_kind = {"contract_type", TYPE_FIELDS, TYPE_FIELD_COUNT};

void contract_type_check(const Record *type, FieldErrors *errors) {
  record_check(type, errors);
  if (strcmp(type->values[TYPE_CODE], "new") == 0) field_errors_add(errors, "code", "reserved", "new");
}
