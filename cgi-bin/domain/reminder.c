#include "domain/reminder.h"

const int reminder_steps[REMINDER_STEPS] = {90, 30, 7};

void reminder_span(unsigned step, Day today, Day *first, Day *last) {
  *first = step + 1 < REMINDER_STEPS ? today + reminder_steps[step + 1] + 1 : today;
  *last = today + reminder_steps[step];
}
