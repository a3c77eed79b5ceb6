/* The rules of the level report: its days, how days are covered by kept periods, and what an event adds to a row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/report.h"

static Day period_last(PeriodUnit unit, Day first) {
  int year = 0;
  int month = 0;
  int day = 0;
  day_parts(first, &year, &month, &day);
  if (unit == PERIOD_YEAR) return day_make(year, 12, 31);
  return unit == PERIOD_MONTH ? day_end_of_month(first) : first;
}

/* The stretches of a cover follow each other without a gap or an overlap, and each begins with its unit. */
static void a_cover_is_every_day_once(void **state) {
  Day base = day_make(2023, 11, 20);
  for (int from = 0; from < 500; from += 7) {
    for (int length = 0; length < 1500; length += 11) {
      PeriodSpan spans[PERIOD_SPANS];
      unsigned count = period_cover(base + from, base + from + length, spans);
      Day next = base + from;
      assert_in_range(count, 1, PERIOD_SPANS);
      for (unsigned i = 0; i < count; i++) {
        assert_int_equal(spans[i].from, next);
        next = period_last(spans[i].unit, spans[i].to) + 1;
      }
      assert_int_equal(next, base + from + length + 1);
    }
  }
  (void)state;
}

static void nothing_is_covered_by_nothing(void **state) {
  PeriodSpan spans[PERIOD_SPANS];
  assert_int_equal(period_cover(day_make(2026, 1, 2), day_make(2026, 1, 1), spans), 0);
  assert_int_equal(period_cover(day_make(2025, 1, 1), day_make(2025, 12, 31), spans), 1);
  assert_int_equal(spans[0].unit, PERIOD_YEAR);
  (void)state;
}

static void months_end_up_to_the_day(void **state) {
  ReportDays days = report_days(day_make(2024, 2, 29));
  assert_int_equal(days.month_ends[REPORT_TREND - 1], day_make(2024, 2, 29));
  assert_int_equal(days.month_ends[0], day_make(2023, 3, 31));
  assert_int_equal(days.year_before, day_make(2023, 2, 28));
  days = report_days(day_make(2026, 2, 11));
  assert_int_equal(days.month_ends[REPORT_TREND - 1], day_make(2026, 1, 31));
  assert_int_equal(days.month_ends[0], day_make(2025, 2, 28));
  assert_int_equal(days.ahead, day_make(2026, 5, 12));
  (void)state;
}

/* A contract of one day is in force on that day, not before and not after. */
static void first_and_last_day_count(void **state) {
  static const struct { int offset; gint64 contracts; gint64 ended; } CASES[] = {{-1, 0, 0}, {0, 1, 0}, {1, 0, 1}};
  Day day = day_make(2025, 6, 15);
  for (unsigned i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Report *report = report_new(NULL, day + CASES[i].offset, REPORT_BY_LEVEL, 0);
    ReportEvent event = {.kind = EVENT_START, .day = day, .currency = "EUR", .contracts = 1, .running = 1, .monthly = 100, .yearly = 1200};
    report_row_add(report->levels[0].row, &report->days, &event);
    event.kind = EVENT_LAST_DAY;
    report_row_add(report->levels[0].row, &report->days, &event);
    report_finish(report, false);
    assert_int_equal(report->total->figures[FIGURE_CONTRACTS], CASES[i].contracts);
    assert_int_equal(report->total->figures[FIGURE_ENDED], CASES[i].ended);
    assert_int_equal(report->total->values->len, CASES[i].contracts);
    talloc_free(report);
  }
  (void)state;
}

static void currencies_stay_apart(void **state) {
  static const char *const CURRENCIES[] = {"USD", "CHF", "USD"};
  Report *report = report_new(NULL, day_make(2025, 6, 15), REPORT_BY_LEVEL, 0);
  for (unsigned i = 0; i < G_N_ELEMENTS(CURRENCIES); i++) {
    ReportEvent event = {.kind = EVENT_START, .day = day_make(2025, 1, 1), .currency = CURRENCIES[i], .contracts = 1, .running = 1, .monthly = 100, .yearly = 1200};
    report_row_add(report->levels[0].row, &report->days, &event);
  }
  report_finish(report, false);
  assert_int_equal(report->total->values->len, 2);
  assert_string_equal(g_array_index(report->total->values, ReportValue, 0).currency, "CHF");
  assert_int_equal(g_array_index(report->total->values, ReportValue, 1).monthly, 200);
  talloc_free(report);
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_cover_is_every_day_once), cmocka_unit_test(nothing_is_covered_by_nothing), cmocka_unit_test(months_end_up_to_the_day),
      cmocka_unit_test(first_and_last_day_count),  cmocka_unit_test(currencies_stay_apart),
  };
  return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
