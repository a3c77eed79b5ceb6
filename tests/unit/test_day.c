/* Days: how they are read and written, and month arithmetic that never drifts. Source: product.md, "Contract" and parameters of /contracts; ISO 8601. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "domain/day.h"
#include "rows.h"

/* The day in ISO, "" for DAY_NONE; good until it is asked for the next. */
static const char *iso(Day day) {
  static char text[DAY_TEXT_SIZE];
  return day_format_iso(day, text);
}

static const struct {
  const char *text;
  const char *day;
} ISO[] = {
    {"2026-02-11", "2026-02-11"}, {"2024-02-29", "2024-02-29"}, {"2000-02-29", "2000-02-29"}, {"1000-01-01", "1000-01-01"}, {"9999-12-31", "9999-12-31"},
    {"2026-02-29", ""},           {"2100-02-29", ""},           {"1900-02-29", ""},           {"2026-04-31", ""},           {"2026-00-10", ""},
    {"2026-13-01", ""},           {"2026-01-00", ""},           {"2026-01-32", ""},           {"0999-12-31", ""},           {"0000-00-00", ""},
    {"", ""},                     {"2026-2-11", ""},            {"26-02-11", ""},             {"02026-02-11", ""},          {"2026-02-11 ", ""},
    {" 2026-02-11", ""},          {"2026-02-11T00:00", ""},     {"20260211", ""},             {"2026/02/11", ""},           {"2026-W07-3", ""},
    {"-2026-02-11", ""},          {"2026-02", ""},              {"today", ""},                {"11.02.2026", ""},           {"٢٠٢٦-٠٢-١١", ""},
};

static void iso_is_read_strictly(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(ISO); i++) row_is(i, ISO[i].text, iso(day_parse_iso(ISO[i].text)), ISO[i].day);
  rows_end();
  (void)state;
}

static const struct {
  const char *text;
  const char *day;
} TYPED[] = {
    {"2026-12-31", "2026-12-31"},
    /* German */
    {"31.12.2026", "2026-12-31"},
    {"1.2.2026", "2026-02-01"},
    {"01.02.2026", "2026-02-01"},
    {"1.2.26", "2026-02-01"},
    {"29.2.28", "2028-02-29"},
    {"31. 12. 2026", "2026-12-31"},
    {"31. Dezember 2026", "2026-12-31"},
    {"1. März 2026", "2026-03-01"},
    {"1. Mrz. 2026", "2026-03-01"},
    {"1. MÄRZ 2026", "2026-03-01"},
    {"1. Jänner 2026", "2026-01-01"},
    {"1. Mai 2026", "2026-05-01"},
    {"3. Okt. 2026", "2026-10-03"},
    {"  31.12.2026  ", "2026-12-31"},
    /* English */
    {"31 Dec 2026", "2026-12-31"},
    {"31 December 2026", "2026-12-31"},
    {"31 dec 26", "2026-12-31"},
    {"1 May 2026", "2026-05-01"},
    {"1 Mar 2026", "2026-03-01"},
    {"3 Oct 2026", "2026-10-03"},
    {"31/12/2026", "2026-12-31"},
    {"1/2/2026", "2026-02-01"},
    /* Two digits of a year: 00 to 69 are 2000 to 2069. */
    {"1.1.00", "2000-01-01"},
    {"31.12.69", "2069-12-31"},
    {"1.1.70", "1970-01-01"},
    {"31.12.99", "1999-12-31"},
    /* No such day. */
    {"29.2.2026", ""},
    {"31.4.2026", ""},
    {"31 Feb 2026", ""},
    {"12/31/2026", ""},
    {"32.1.2026", ""},
    {"0.1.2026", ""},
    {"1.0.2026", ""},
    {"1.13.2026", ""},
    {"1.1.0999", ""},
    /* No day at all. */
    {"", ""},
    {" ", ""},
    {"31", ""},
    {"31.12", ""},
    {"31.12.", ""},
    {"31.12.2", ""},
    {"31.12.026", ""},
    {"31.12.20266", ""},
    {"31.12.2026 x", ""},
    {"31-12-2026", ""},
    {"31122026", ""},
    {"031.12.2026", ""},
    {"31 Foo 2026", ""},
    {"31 De 2026", ""},
    {"Dec 31 2026", ""},
    {"-1.1.2026", ""},
    {"today", ""},
    {"+90d", ""},
};

static void what_people_type_is_read(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(TYPED); i++) row_is(i, TYPED[i].text, iso(day_parse_typed(TYPED[i].text)), TYPED[i].day);
  rows_end();
  (void)state;
}

/* Each month by its names; three letters are enough. */
static const char *const MONTHS[12][6] = {
    {"Jan", "January", "Januar", "Jän", "Jänner", "JAN"}, {"Feb", "February", "Februar", "feb", "FEB", "Febr"}, {"Mar", "March", "März", "Mär", "Mrz", "MÄR"},
    {"Apr", "April", "april", "APR", "apr", "APRIL"},     {"May", "Mai", "may", "mai", "MAY", "MAI"},           {"Jun", "June", "Juni", "jun", "JUN", "JUNI"},
    {"Jul", "July", "Juli", "jul", "JUL", "JULI"},        {"Aug", "August", "aug", "AUG", "august", "AUGUST"},  {"Sep", "September", "Sept", "sep", "SEP", "sept"},
    {"Oct", "October", "Okt", "Oktober", "oct", "OKT"},   {"Nov", "November", "nov", "NOV", "Novem", "novem"},  {"Dec", "December", "Dez", "Dezember", "dec", "DEZ"},
};

static void months_are_known_by_name(void **state) {
  for (unsigned month = 0; month < 12; month++) {
    for (unsigned name = 0; name < G_N_ELEMENTS(MONTHS[month]); name++) {
      char *text = g_strdup_printf("1 %s 2026", MONTHS[month][name]);
      char *expected = g_strdup_printf("2026-%02u-01", month + 1);
      row_is(month * 10 + name, text, iso(day_parse_typed(text)), expected);
      g_free(expected);
      g_free(text);
    }
  }
  rows_end();
  (void)state;
}

/* Relative to 2026-01-31, so that months show how they end. */
static const struct {
  const char *text;
  const char *day;
} RELATIVE[] = {
    {"today", "2026-01-31"},
    {"2026-12-31", "2026-12-31"},
    {"+0d", "2026-01-31"},
    {"-0d", "2026-01-31"},
    {"+1d", "2026-02-01"},
    {"+90d", "2026-05-01"},
    {"-31d", "2025-12-31"},
    {"+6w", "2026-03-14"},
    {"-1w", "2026-01-24"},
    {"+1m", "2026-02-28"},
    {"+2m", "2026-03-31"},
    {"-1m", "2025-12-31"},
    {"+25m", "2028-02-29"},
    {"+1y", "2027-01-31"},
    {"-26y", "2000-01-31"},
    {"+090d", "2026-05-01"},
    /* `+` in an address comes as a blank. */
    {" 90d", "2026-05-01"},
    {" 1m", "2026-02-28"},
    /* Too far. */
    {"-99999w", ""},
    {"+99999m", ""},
    {"+99999y", ""},
    {"+9999y", ""},
    {"-1027y", ""},
    {"-99999m", ""},
    {"+100000d", ""},
    {"+999999999999999999999d", ""},
    /* Not understood. */
    {"", ""},
    {"+", ""},
    {"-", ""},
    {" ", ""},
    {"90d", ""},
    {"+90", ""},
    {"+d", ""},
    {"+90D", ""},
    {"+90x", ""},
    {"+90dd", ""},
    {"+ 90d", ""},
    {"  90d", ""},
    {"+-90d", ""},
    {"++90d", ""},
    {"+90d ", ""},
    {"+1.5m", ""},
    {"Today", ""},
    {"today ", ""},
    {"31.12.2026", ""},
    {"tomorrow", ""},
};

static void relative_days_count_from_today(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(RELATIVE); i++) row_is(i, RELATIVE[i].text, iso(day_parse_relative(RELATIVE[i].text, day_make(2026, 1, 31))), RELATIVE[i].day);
  rows_end();
  (void)state;
}

static const struct {
  const char *first;
  int months;
  const char *day;
} ADDED_MONTHS[] = {
    {"2026-01-31", 0, "2026-01-31"},      {"2026-01-31", 1, "2026-02-28"},   {"2026-01-31", 2, "2026-03-31"},    {"2026-01-31", 3, "2026-04-30"},
    {"2028-01-31", 1, "2028-02-29"},      {"2027-12-31", 2, "2028-02-29"},   {"2026-01-30", 1, "2026-02-28"},    {"2026-01-29", 1, "2026-02-28"},
    {"2028-01-29", 1, "2028-02-29"},      {"2026-01-28", 1, "2026-02-28"},   {"2026-02-28", 1, "2026-03-28"},    {"2024-02-29", 12, "2025-02-28"},
    {"2024-02-29", 48, "2028-02-29"},     {"2096-02-29", 48, "2100-02-28"},  {"2026-12-31", 1, "2027-01-31"},    {"2026-11-30", 3, "2027-02-28"},
    {"2026-05-15", 11, "2027-04-15"},     {"2026-05-15", 12, "2027-05-15"},  {"2026-05-15", 600, "2076-05-15"},  {"2026-03-31", -1, "2026-02-28"},
    {"2024-03-31", -1, "2024-02-29"},     {"2026-01-15", -1, "2025-12-15"},  {"2026-12-31", -3, "2026-09-30"},   {"2026-01-31", -12, "2025-01-31"},
    {"2026-01-31", -14, "2024-11-30"},    {"1000-01-31", -1, ""},            {"1000-02-28", -1, "1000-01-28"},   {"9999-12-31", 1, ""},
    {"9999-11-30", 1, "9999-12-30"},      {"2026-01-31", 100000, ""},        {"2026-01-31", -100000, ""},        {"", 1, ""},
};

static void months_are_added_to_the_first_date(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(ADDED_MONTHS); i++) {
    row_is(i, ADDED_MONTHS[i].first, iso(day_add_months(day_parse_iso(ADDED_MONTHS[i].first), ADDED_MONTHS[i].months)), ADDED_MONTHS[i].day);
  }
  rows_end();
  (void)state;
}

static const struct {
  const char *day;
  int days;
  const char *sum;
} ADDED_DAYS[] = {
    {"2026-02-11", 0, "2026-02-11"},  {"2026-02-28", 1, "2026-03-01"},  {"2028-02-28", 1, "2028-02-29"},     {"2026-03-28", 2, "2026-03-30"},      {"2026-10-24", 2, "2026-10-26"},
    {"2026-12-31", 1, "2027-01-01"},  {"2026-01-01", -1, "2025-12-31"}, {"2026-03-01", -1, "2026-02-28"},    {"2026-01-01", 365, "2027-01-01"},    {"2028-01-01", 366, "2029-01-01"},
    {"9999-12-31", 1, ""},            {"1000-01-01", -1, ""},           {"2026-02-11", G_MAXINT32, ""},      {"2026-02-11", G_MININT32, ""},       {"", 1, ""},
};

static void days_are_added(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(ADDED_DAYS); i++) row_is(i, ADDED_DAYS[i].day, iso(day_add_days(day_parse_iso(ADDED_DAYS[i].day), ADDED_DAYS[i].days)), ADDED_DAYS[i].sum);
  rows_end();
  (void)state;
}

static const struct {
  const char *day;
  const char *last;
} MONTH_ENDS[] = {
    {"2026-01-01", "2026-01-31"}, {"2026-02-01", "2026-02-28"}, {"2028-02-11", "2028-02-29"}, {"2000-02-01", "2000-02-29"}, {"2100-02-01", "2100-02-28"},
    {"2026-04-30", "2026-04-30"}, {"2026-12-01", "2026-12-31"}, {"9999-12-01", "9999-12-31"},
};

static void months_end_on_their_last_day(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(MONTH_ENDS); i++) row_is(i, MONTH_ENDS[i].day, iso(day_end_of_month(day_parse_iso(MONTH_ENDS[i].day))), MONTH_ENDS[i].last);
  rows_end();
  (void)state;
}

static void weeks_begin_on_monday(void **state) {
  assert_int_equal(day_weekday(day_make(2026, 2, 9)), 1);
  assert_int_equal(day_weekday(day_make(2026, 2, 11)), 3);
  assert_int_equal(day_weekday(day_make(2026, 2, 15)), 7);
  assert_int_equal(day_weekday(day_make(2026, 2, 16)), 1);
  assert_int_equal(day_weekday(day_make(2028, 2, 29)), 2);
  assert_int_equal(day_weekday(day_make(2000, 1, 1)), 6);
  assert_int_equal(day_weekday(day_make(1970, 1, 1)), 4);
  (void)state;
}

static void no_day_is_written_as_nothing(void **state) {
  assert_string_equal(iso(DAY_NONE), "");
  (void)state;
}

static void a_day_comes_apart_into_what_it_was_made_of(void **state) {
  for (Day day = day_make(2023, 12, 1); day < day_make(2029, 1, 15); day++) {
    int year = 0;
    int month = 0;
    int day_of_month = 0;
    day_parts(day, &year, &month, &day_of_month);
    assert_int_equal(day_make(year, month, day_of_month), day);
    assert_int_equal(day_parse_iso(iso(day)), day);
  }
  (void)state;
}

static void every_day_is_the_calendars(void **state) {
  (void)state;
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, 1, G_DATE_JANUARY, 1000);
  for (Day day = (Day)g_date_get_julian(&date);; day++, g_date_add_days(&date, 1)) {
    int year = 0;
    int month = 0;
    int day_of_month = 0;
    day_parts(day, &year, &month, &day_of_month);
    bool same = year == g_date_get_year(&date) && month == (int)g_date_get_month(&date) && day_of_month == g_date_get_day(&date);
    if (!same || day_make(year, month, day_of_month) != day) fail_msg("day %d: %04d-%02d-%02d", day, year, month, day_of_month);
    if (day == day_never()) break;
  }
  assert_int_equal(day_never(), g_date_get_julian(&date));
}

static void days_are_made_only_of_what_exists(void **state) {
  assert_int_equal(day_make(2027, 1, 1) - day_make(2026, 1, 1), 365);
  assert_int_equal(day_make(2029, 1, 1) - day_make(2028, 1, 1), 366);
  assert_int_equal(day_make(2026, 2, 29), DAY_NONE);
  assert_int_equal(day_make(999, 1, 1), DAY_NONE);
  assert_int_equal(day_make(10000, 1, 1), DAY_NONE);
  assert_int_equal(day_make(2026, 256 + 1, 1), DAY_NONE);
  assert_int_equal(day_make(2026, 1, 256 + 1), DAY_NONE);
  assert_int_equal(day_make(2026, -1, 1), DAY_NONE);
  assert_string_equal(iso(day_never()), "9999-12-31");
  (void)state;
}

static void today_can_be_fixed(void **state) {
  assert_int_equal(day_today("Europe/Berlin", day_make(2026, 2, 11)), day_make(2026, 2, 11));
  assert_int_equal(day_today("no such zone", day_make(2026, 2, 11)), day_make(2026, 2, 11));
  (void)state;
}

/* Between UTC-11 and UTC+14 lie 25 hours: it is always a later day there. */
static void today_depends_on_the_time_zone(void **state) {
  Day west = day_today("Pacific/Pago_Pago", DAY_NONE);
  Day east = day_today("Pacific/Kiritimati", DAY_NONE);
  assert_in_range(east - west, 1, 2);
  (void)state;
}

/* Moments of UTC and the day that it is then; in Berlin clocks go from 2:00 to 3:00 on 2026-03-29 and from 3:00 to 2:00 on 2026-10-25. */
static const struct {
  const char *zone;
  const char *moment;
  const char *day;
} MOMENTS[] = {
    {"Europe/Berlin", "2026-02-11T22:59:59Z", "2026-02-11"}, {"Europe/Berlin", "2026-02-11T23:00:00Z", "2026-02-12"}, {"Europe/Berlin", "2026-03-28T22:59:59Z", "2026-03-28"},
    {"Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29"}, {"Europe/Berlin", "2026-03-29T00:59:59Z", "2026-03-29"}, {"Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29"},
    {"Europe/Berlin", "2026-03-29T21:59:59Z", "2026-03-29"}, {"Europe/Berlin", "2026-03-29T22:00:00Z", "2026-03-30"}, {"Europe/Berlin", "2026-10-24T21:59:59Z", "2026-10-24"},
    {"Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25"}, {"Europe/Berlin", "2026-10-25T00:59:59Z", "2026-10-25"}, {"Europe/Berlin", "2026-10-25T01:00:00Z", "2026-10-25"},
    {"Europe/Berlin", "2026-10-25T22:59:59Z", "2026-10-25"}, {"Europe/Berlin", "2026-10-25T23:00:00Z", "2026-10-26"}, {"Europe/Berlin", "2026-12-31T23:00:00Z", "2027-01-01"},
    {"UTC", "2026-03-28T23:00:00Z", "2026-03-28"},           {"no such zone", "2026-03-28T23:00:00Z", "2026-03-28"},  {"America/New_York", "2026-03-29T03:59:59Z", "2026-03-28"},
    {"Europe/Berlin", "2028-02-28T23:00:00Z", "2028-02-29"}, {"Asia/Kathmandu", "2026-02-10T18:15:00Z", "2026-02-11"},
};

static void a_moment_lies_in_a_day_of_its_zone(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(MOMENTS); i++) {
    GDateTime *moment = g_date_time_new_from_iso8601(MOMENTS[i].moment, NULL);
    assert_non_null(moment);
    row_is(i, MOMENTS[i].moment, iso(day_at(MOMENTS[i].zone, g_date_time_to_unix(moment))), MOMENTS[i].day);
    g_date_time_unref(moment);
  }
  rows_end();
  (void)state;
}

/* 2026-02-09 is a Monday. */
static const char *const WORKING[][2] = {
    {"2026-02-09", "2026-02-09"}, {"2026-02-13", "2026-02-13"}, {"2026-02-14", "2026-02-13"}, {"2026-02-15", "2026-02-13"}, {"2026-02-16", "2026-02-16"}, {"2026-03-01", "2026-02-27"},
    {"2028-02-29", "2028-02-29"}, {"2027-01-02", "2027-01-01"}, {"2027-01-03", "2027-01-01"},
};

static void a_weekend_has_a_working_day_before_it(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(WORKING); i++) row_is(i, WORKING[i][0], iso(day_working(day_parse_iso(WORKING[i][0]))), WORKING[i][1]);
  rows_end();
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(iso_is_read_strictly),
      cmocka_unit_test(what_people_type_is_read),
      cmocka_unit_test(months_are_known_by_name),
      cmocka_unit_test(relative_days_count_from_today),
      cmocka_unit_test(months_are_added_to_the_first_date),
      cmocka_unit_test(days_are_added),
      cmocka_unit_test(months_end_on_their_last_day),
      cmocka_unit_test(weeks_begin_on_monday),
      cmocka_unit_test(no_day_is_written_as_nothing),
      cmocka_unit_test(a_day_comes_apart_into_what_it_was_made_of),
      cmocka_unit_test(every_day_is_the_calendars),
      cmocka_unit_test(days_are_made_only_of_what_exists),
      cmocka_unit_test(a_moment_lies_in_a_day_of_its_zone),
      cmocka_unit_test(a_weekend_has_a_working_day_before_it),
      cmocka_unit_test(today_can_be_fixed),
      cmocka_unit_test(today_depends_on_the_time_zone),
  };
  return cmocka_run_group_tests_name("day", tests, NULL, NULL);
}
