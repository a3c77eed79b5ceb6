/* support_level.h: one entry of the catalogue: who helps, how, and how fast. */
#ifndef SUPPORTLEVEL_DOMAIN_SUPPORT_LEVEL_H
#define SUPPORTLEVEL_DOMAIN_SUPPORT_LEVEL_H

#include "domain/record.h"

typedef enum {
  LEVEL_CODE, LEVEL_NAME, LEVEL_RANK, LEVEL_SCOPE, LEVEL_CHANNELS, LEVEL_SERVICE_HOURS, LEVEL_CALENDAR, LEVEL_RESPONSE, LEVEL_RESTORE, LEVEL_NEXT, LEVEL_RETIRED, LEVEL_FIELD_COUNT
} LevelFieldId;

extern const RecordKind level_kind;

/* record_check, and the rules of a level: its code is not `none`, `new` or `compare` (the pages /levels/new and /levels/compare), and it is not its own next level. */
void level_check(const Record *level, FieldErrors *errors);

#endif
