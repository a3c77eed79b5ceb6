#include "domain/entitlement.h"

#include <talloc.h>

#include "domain/service_clock.h"

static gint64 deadline(ServiceClock *clock, gint64 now, gint64 minutes) {
  gint64 moment = ENTITLEMENT_NEVER;
  return minutes != ENTITLEMENT_NO_PROMISE && service_clock_deadline(clock, now, minutes, NULL, 0, &moment) ? moment : ENTITLEMENT_NEVER;
}

static void answer_level(void *owner, EntitledLevel *level, gint64 now) {
  if (level->calendar == NULL) return;
  ServiceClock *clock = service_clock_new(owner, level->calendar);
  level->open = service_clock_open(clock, now);
  level->opens_at = level->closes_at = ENTITLEMENT_NEVER;
  if (level->open) service_clock_closing(clock, now, &level->closes_at);
  else service_clock_opening(clock, now, &level->opens_at);
  level->respond_by = deadline(clock, now, level->response_minutes);
  level->restore_by = deadline(clock, now, level->restore_minutes);
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
