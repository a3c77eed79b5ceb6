#include "domain/support_level.h"

#include <string.h>

#define YEAR_MINUTES 525600

static const Field LEVEL_FIELDS[LEVEL_FIELD_COUNT] = {
    [LEVEL_CODE] = {"code", NULL, FIELD_CODE, true, 20, NULL, "", "code", NULL, NULL, NULL},
    [LEVEL_NAME] = {"name", NULL, FIELD_TEXT, true, 100, NULL, "", "name", NULL, NULL, NULL},
    [LEVEL_RANK] = {"rank", NULL, FIELD_NUMBER, true, 999, NULL, "", "level_rank", NULL, NULL, NULL},
    [LEVEL_SCOPE] = {"scope", NULL, FIELD_LONG_TEXT, false, 2000, NULL, "", "scope", NULL, NULL, NULL},
    [LEVEL_CHANNELS] = {"channels", NULL, FIELD_TEXT, false, 200, NULL, "", "channels", NULL, NULL, NULL},
    [LEVEL_SERVICE_HOURS] = {"service_hours", NULL, FIELD_TEXT, false, 200, NULL, "", "service_hours", NULL, NULL, NULL},
    [LEVEL_CALENDAR] = {"service_calendar", NULL, FIELD_KEY, false, 20, NULL, "", "service_calendar_id", "service_calendar", "code", NULL},
    [LEVEL_RESPONSE] = {"response_minutes", NULL, FIELD_MINUTES, false, YEAR_MINUTES, NULL, "", "response_minutes", NULL, NULL, NULL},
    [LEVEL_RESTORE] = {"restore_minutes", NULL, FIELD_MINUTES, false, YEAR_MINUTES, NULL, "", "restore_minutes", NULL, NULL, NULL},
    [LEVEL_NEXT] = {"next_level", NULL, FIELD_KEY, false, 20, NULL, "", "next_level_id", "support_level", "code", NULL},
    [LEVEL_RETIRED] = {"retired", NULL, FIELD_YES, false, 1, NULL, "", "retired", NULL, NULL, NULL},
};

const RecordKind level_kind = {"support_level", LEVEL_FIELDS, LEVEL_FIELD_COUNT};

void level_check(const Record *level, FieldErrors *errors) {
  record_check(level, errors);
  const char *code = level->values[LEVEL_CODE];
  if (strcmp(code, "none") == 0 || strcmp(code, "new") == 0 || strcmp(code, "compare") == 0) field_errors_add(errors, "code", "reserved", code);
  if (level->values[LEVEL_NEXT][0] != '\0' && strcmp(level->values[LEVEL_CODE], level->values[LEVEL_NEXT]) == 0) {
    field_errors_add(errors, "next_level", "own_next_level", NULL);
  }
}
