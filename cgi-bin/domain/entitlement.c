#include "domain/entitlement.h"

#include <talloc.h>

static void answer_level(void *owner, EntitledLevel *level, gint64 now) {
  if (level->calendar == NULL) return;
  ServiceClock *clock = service_clock_new(owner, level->calendar);
  level->open = service_clock_open(clock, now);
  level->opens_at = level->closes_at = SERVICE_NEVER;
  if (level->open) service_clock_closing(clock, now, &level->closes_at);
  else service_clock_opening(clock, now, &level->opens_at);
  level->respond_by = service_clock_due(clock, now, level->response_minutes, NULL, 0);
  level->restore_by = service_clock_due(clock, now, level->restore_minutes, NULL, 0);
  talloc_free(clock);
}

void entitlement_answer(Entitlement *entitlement, gint64 now) {
  const EntitledLevel *answered = NULL;
  for (unsigned i = 0; i < entitlement->count; i++) {
    EntitledLevel *level = entitlement->contracts[i].level;
    if (level != NULL && level != answered) answer_level(entitlement, level, now);
    answered = level;
  }
}

const EntitledLevel *entitlement_best(const Entitlement *entitlement) { return entitlement->count > 0 ? entitlement->contracts[0].level : NULL; }
