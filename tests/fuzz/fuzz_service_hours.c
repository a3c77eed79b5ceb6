/* Service hours and days that differ. Input: one text. */
#include <string.h>
#include <talloc.h>

#include "domain/service_hours.h"
#include "fuzz.h"

static void spans_hold(const ServiceHours *hours) {
  holds(hours->count <= SERVICE_SPANS_MAX);
  for (unsigned i = 0; i < hours->count; i++) {
    holds(hours->spans[i].from >= 0 && hours->spans[i].from < hours->spans[i].to && hours->spans[i].to <= DAY_MINUTES);
    holds(i == 0 || hours->spans[i].from > hours->spans[i - 1].to);
  }
}

static void hours_hold(void *owner, const char *text) {
  ServiceHours hours;
  ServiceHours again;
  if (service_hours_read(text, &hours) != NULL) return;
  spans_hold(&hours);
  holds(service_hours_read(service_hours_text(owner, &hours), &again) == NULL && service_hours_equal(&hours, &again));
}

static void days_hold(void *owner, const char *text) {
  const char *bad_line = NULL;
  const ServiceDays *days = service_days_read(owner, text, &bad_line);
  holds((days == NULL) == (bad_line != NULL));
  if (days == NULL) return;
  holds(days->count <= SERVICE_DAYS_MAX);
  for (unsigned i = 0; i < days->count; i++) spans_hold(&days->items[i].hours);
  const char *stored = service_days_text(owner, days);
  const ServiceDays *again = service_days_read(owner, stored, &bad_line);
  holds(again != NULL && strcmp(service_days_text(owner, again), stored) == 0);
  for (int language = 0; language < LANGUAGE_COUNT; language++) {
    const ServiceDays *shown = service_days_read(owner, service_days_shown(owner, days, (Language)language), &bad_line);
    holds(shown != NULL && strcmp(service_days_text(owner, shown), stored) == 0);
  }
  for (int month = 0; month < 12; month++) service_days_find(days, day_add_months(day_make(2024, 1, 29), month));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  void *owner = talloc_new(NULL);
  const char *text = fuzz_text(owner, bytes, size);
  if (text != NULL) {
    hours_hold(owner, text);
    days_hold(owner, text);
  }
  talloc_free(owner);
  return 0;
}
