/* reminder.h: when somebody is reminded of a deadline: 90, 30 and 7 days before. */
#ifndef SUPPORTLEVEL_DOMAIN_REMINDER_H
#define SUPPORTLEVEL_DOMAIN_REMINDER_H

#include "domain/day.h"

#define REMINDER_STEPS 3

/* Days before the deadline, the earliest step first: 90, 30, 7. */
extern const int reminder_steps[REMINDER_STEPS];

/* The deadlines of which step `step` (a position in reminder_steps) reminds on `today`: those from `*first` to `*last`. The spans of the steps follow one another
 * without a gap, so that a deadline seen late is reminded of once, by the step that its distance belongs to, and a day on which nothing ran is made up for. */
void reminder_span(unsigned step, Day today, Day *first, Day *last);

#endif
