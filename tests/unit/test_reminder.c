/* Reminders: which step is due on a day, and what can be an e-mail address. Source: reminder.h, mail_address.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/mail_address.h"
#include "domain/reminder.h"
#include "rows.h"

static const struct {
  const char *today;
  const char *deadline;
  const char *step;
} STEPS[] = {
    {"2026-01-01", "2026-04-02", "0"},  /* 91 days before: too early */
    {"2026-01-01", "2026-04-01", "90"}, /* on the day */
    {"2026-01-02", "2026-04-01", "90"}, /* nothing ran on the day */
    {"2026-03-01", "2026-04-01", "90"}, /* 31 */
    {"2026-03-02", "2026-04-01", "30"},
    {"2026-03-12", "2026-04-01", "30"}, /* first seen 20 days before: once, by this step */
    {"2026-03-24", "2026-04-01", "30"}, /* 8 */
    {"2026-03-25", "2026-04-01", "7"},
    {"2026-03-31", "2026-04-01", "7"},
    {"2026-04-01", "2026-04-01", "7"},  /* the last day itself */
    {"2026-04-02", "2026-04-01", "0"},  /* past */
    {"2026-04-02", "", "0"},            /* no deadline */
    {"2028-02-22", "2028-02-29", "7"},
    {"2026-12-02", "2027-01-01", "30"},
};

/* The days before `deadline` of the step that reminds of it on `today`: 90, 30, 7, or 0: too early, or past. */
static int step_of(Day deadline, Day today) {
  for (unsigned step = 0; step < REMINDER_STEPS && deadline != DAY_NONE; step++) {
    Day first = DAY_NONE;
    Day last = DAY_NONE;
    reminder_span(step, today, &first, &last);
    if (deadline >= first && deadline <= last) return reminder_steps[step];
  }
  return 0;
}

static void a_day_has_one_step(void **state) {
  (void)state;
  void *owner = talloc_new(NULL);
  for (unsigned i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
    int step = step_of(day_parse_iso(STEPS[i].deadline), day_parse_iso(STEPS[i].today));
    row_is(i, talloc_asprintf(owner, "%s on %s", STEPS[i].deadline, STEPS[i].today), talloc_asprintf(owner, "%d", step), STEPS[i].step);
  }
  talloc_free(owner);
  rows_end();
}

static void the_spans_have_neither_gap_nor_overlap(void **state) {
  (void)state;
  Day today = day_parse_iso("2026-02-11");
  Day next = today;
  for (unsigned step = REMINDER_STEPS; step-- > 0;) {
    Day first = DAY_NONE;
    Day last = DAY_NONE;
    reminder_span(step, today, &first, &last);
    assert_int_equal(first, next);
    assert_true(last > first);
    next = last + 1;
  }
  assert_int_equal(next, today + reminder_steps[0] + 1);
}

static const struct {
  const char *text;
  const char *valid;
} ADDRESSES[] = {
    {"a@example.org", "yes"}, {"anne.o'neill+frist@mail.example.org", "yes"}, {"root@localhost", "yes"}, {"", "no"}, {"anne", "no"}, {"@example.org", "no"}, {"anne@", "no"},
    {"-oQ/tmp@example.org", "no"}, {"a b@example.org", "no"}, {"a@example.org\nBcc: b@example.org", "no"}, {"a@example.org,b@example.org", "no"}, {"<a@example.org>", "no"},
    {"a@b@example.org", "no"}, {".a@example.org", "no"}, {"a..b@example.org", "no"}, {"a@example..org", "no"}, {"a@-example.org", "no"}, {"ä@example.org", "no"},
};

static void addresses_are_plain(void **state) {
  (void)state;
  for (unsigned i = 0; i < sizeof ADDRESSES / sizeof *ADDRESSES; i++) row_is(i, ADDRESSES[i].text, mail_address_valid(ADDRESSES[i].text) ? "yes" : "no", ADDRESSES[i].valid);
  rows_end();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_day_has_one_step),
      cmocka_unit_test(the_spans_have_neither_gap_nor_overlap),
      cmocka_unit_test(addresses_are_plain),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
