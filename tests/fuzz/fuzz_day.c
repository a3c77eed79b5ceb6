/* Days, months and moments as people and programs write them. Input: one text. */
#include <string.h>
#include <talloc.h>

#include "domain/day.h"
#include "domain/language.h"
#include "domain/moment.h"
#include "fuzz.h"

#define ZONE "Europe/Berlin"

static void day_holds(void *owner, Day day) {
  char iso[DAY_TEXT_SIZE];
  if (day == DAY_NONE) return;
  holds(day >= day_make(1000, 1, 1) && day <= day_never());
  holds(day_parse_iso(day_format_iso(day, iso)) == day);
  holds(day_weekday(day) >= 1 && day_weekday(day) <= 7 && day_working(day) <= day && day_end_of_month(day) >= day);
  for (int language = 0; language < LANGUAGE_COUNT && day < day_never(); language++) {
    holds(day_parse_typed(language_day(owner, (Language)language, day)) == day);
  }
}

static void moment_holds(void *owner, const char *text) {
  Moment moment;
  Moment again;
  char local[MOMENT_TEXT_SIZE];
  gint64 seconds = 0;
  if (moment_read(text, ZONE, &moment)) {
    holds(strlen(moment.utc) == MOMENT_TEXT_SIZE - 1);
    holds(moment_read(moment_address(owner, moment.utc), ZONE, &again) && strcmp(again.utc, moment.utc) == 0 && again.day == moment.day);
  }
  if (moment_seconds(text, ZONE, &seconds)) moment_iso(owner, ZONE, seconds);
  holds(strlen(moment_local(text, ZONE, local)) < MOMENT_TEXT_SIZE);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  void *owner = talloc_new(NULL);
  const char *text = fuzz_text(owner, bytes, size);
  if (text != NULL) {
    day_holds(owner, day_parse_iso(text));
    day_holds(owner, day_parse_typed(text));
    day_holds(owner, day_parse_month(text));
    day_holds(owner, day_parse_relative(text, day_make(2026, 2, 11)));
    day_holds(owner, day_parse_relative(text, day_never()));
    moment_holds(owner, text);
  }
  talloc_free(owner);
  return 0;
}
