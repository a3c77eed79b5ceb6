#include "domain/reminder.h"

const int reminder_steps[REMINDER_STEPS] = {90, 30, 7};

void reminder_span(unsigned step, Day today, Day *first, Day *last) {
  *first = step + 1 < REMINDER_STEPS ? today + reminder_steps[step + 1] + 1 : today;
  *last = today + reminder_steps[step];
}

int reminder_step(Day deadline, Day today) {
  for (unsigned step = 0; step < REMINDER_STEPS && deadline != DAY_NONE; step++) {
    Day first = DAY_NONE;
    Day last = DAY_NONE;
    reminder_span(step, today, &first, &last);
    if (deadline >= first && deadline <= last) return reminder_steps[step];
  }
  return 0;
}
