/* Statutory holidays. Expected days are from the states' and cantons' published calendars and the perpetual Easter table. Source: holiday.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/holiday.h"
#include "rows.h"

static const char *iso(void *owner, Day day) { return day_format_iso(day, talloc_array(owner, char, DAY_TEXT_SIZE)); }

static const char *const EASTER[] = {"1583-04-10", "1818-03-22", "1886-04-25", "1943-04-25", "1954-04-18", "1961-04-02", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24",
                                     "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2035-03-25", "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28", "2285-03-22"};

static void easter_is_where_the_tables_have_it(void **state) {
  void *owner = talloc_new(NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS(EASTER); i++) row_is(i, EASTER[i], iso(owner, holiday_easter(atoi(EASTER[i]))), EASTER[i]);
  talloc_free(owner);
  rows_end();
  (void)state;
}

/* Another way to the same day: Meeus, Jones and Butcher's. */
static Day easter_by_butcher(int year) {
  int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  return day_make(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
}

static void easter_agrees_with_another_rule(void **state) {
  for (int year = 1583; year <= 9998; year++) assert_int_equal(holiday_easter(year), easter_by_butcher(year));
  (void)state;
}

/* "01-01 01-06 …" of a region's year. */
static const char *days_of(void *owner, const char *region, int year) {
  Holiday holidays[HOLIDAYS_MAX];
  char *text = talloc_strdup(owner, "");
  unsigned count = holiday_list(region, year, holidays);
  for (unsigned i = 0; i < count; i++) text = talloc_asprintf_append(text, "%s%s", i > 0 ? " " : "", iso(owner, holidays[i].day) + 5);
  return text;
}

#define DE_2026 "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26"

static const struct {
  const char *region;
  int year;
  const char *days;
} YEARS[] = {
    {"de", 2026, DE_2026},
    {"de_bw", 2026, "01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26"},
    {"de_by", 2026, "01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26"},
    {"de_by_mh", 2026, "01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 08-15 10-03 11-01 12-25 12-26"},
    {"de_by_a", 2026, "01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 08-08 08-15 10-03 11-01 12-25 12-26"},
    {"de_be", 2026, "01-01 03-08 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26"},
    {"de_bb", 2026, "01-01 04-03 04-05 04-06 05-01 05-14 05-24 05-25 10-03 10-31 12-25 12-26"},
    {"de_hb", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 12-25 12-26"},
    {"de_hh", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 12-25 12-26"},
    {"de_he", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 06-04 10-03 12-25 12-26"},
    {"de_mv", 2026, "01-01 03-08 04-03 04-06 05-01 05-14 05-25 10-03 10-31 12-25 12-26"},
    {"de_ni", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 12-25 12-26"},
    {"de_nw", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26"},
    {"de_rp", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26"},
    {"de_sl", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 06-04 08-15 10-03 11-01 12-25 12-26"},
    {"de_sn", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 11-18 12-25 12-26"},
    {"de_st", 2026, "01-01 01-06 04-03 04-06 05-01 05-14 05-25 10-03 10-31 12-25 12-26"},
    {"de_sh", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 12-25 12-26"},
    {"de_th", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 09-20 10-03 10-31 12-25 12-26"},
    /* from when on the law has a day, and days of one year */
    {"de_be", 2018, "01-01 03-30 04-02 05-01 05-10 05-21 10-03 12-25 12-26"},
    {"de_be", 2020, "01-01 03-08 04-10 04-13 05-01 05-08 05-21 06-01 10-03 12-25 12-26"},
    {"de_be", 2025, "01-01 03-08 04-18 04-21 05-01 05-08 05-29 06-09 10-03 12-25 12-26"},
    {"de_be", 2028, "01-01 03-08 04-14 04-17 05-01 05-25 06-05 06-17 10-03 12-25 12-26"},
    {"de_mv", 2022, "01-01 04-15 04-18 05-01 05-26 06-06 10-03 10-31 12-25 12-26"},
    {"de_th", 2018, "01-01 03-30 04-02 05-01 05-10 05-21 10-03 10-31 12-25 12-26"},
    {"de_sh", 2016, "01-01 03-25 03-28 05-01 05-05 05-16 10-03 12-25 12-26"},
    {"de_sh", 2017, "01-01 04-14 04-17 05-01 05-25 06-05 10-03 10-31 12-25 12-26"},
    {"de_he", 2017, "01-01 04-14 04-17 05-01 05-25 06-05 06-15 10-03 10-31 12-25 12-26"},
    {"de_th", 2017, "01-01 04-14 04-17 05-01 05-25 06-05 10-03 10-31 12-25 12-26"},
    {"de_sn", 2022, "01-01 04-15 04-18 05-01 05-26 06-06 10-03 10-31 11-16 12-25 12-26"}, /* the earliest Buß- und Bettag */
    {"de_sn", 2023, "01-01 04-07 04-10 05-01 05-18 05-29 10-03 10-31 11-22 12-25 12-26"}, /* the latest */
    {"at", 2026, "01-01 01-06 04-06 05-01 05-14 05-25 06-04 08-15 10-26 11-01 12-08 12-25 12-26"},
    {"ch", 2026, "01-01 05-14 08-01 12-25"},
    {"ch_ag", 2026, "01-01 01-02 04-03 04-06 05-14 05-25 08-01 12-25 12-26"},
    {"ch_ai", 2026, "01-01 04-03 04-06 05-14 05-25 06-04 08-01 08-15 11-01 12-08 12-25"}, /* 26 December is a Saturday */
    {"ch_ar", 2027, "01-01 03-26 03-29 05-06 05-17 08-01 12-25 12-26"},
    {"ch_ar", 2023, "01-01 04-07 04-10 05-18 05-29 08-01 12-25"}, /* 26 December is a Tuesday */
    {"ch_be", 2026, "01-01 01-02 04-03 04-06 05-14 05-25 08-01 12-25 12-26"},
    {"ch_fr", 2026, "01-01 04-03 05-14 06-04 08-01 08-15 11-01 12-08 12-25"},
    {"ch_ge", 2026, "01-01 04-03 04-06 05-14 05-25 08-01 09-10 12-25 12-31"},
    {"ch_gl", 2026, "01-01 04-03 04-06 04-09 05-14 05-25 08-01 11-01 12-25 12-26"}, /* 2 April is Maundy Thursday */
    {"ch_gl", 2025, "01-01 04-03 04-18 04-21 05-29 06-09 08-01 11-01 12-25 12-26"},
    {"ch_ju", 2026, "01-01 01-02 04-03 04-06 05-01 05-14 05-25 06-04 06-23 08-01 08-15 11-01 12-25"},
    {"ch_ne", 2026, "01-01 03-01 04-03 05-01 05-14 08-01 12-25"},
    {"ch_ne", 2022, "01-01 03-01 04-15 05-01 05-26 08-01 12-25 12-26"}, /* Christmas is a Sunday */
    {"ch_ne", 2023, "01-01 01-02 03-01 04-07 05-01 05-18 08-01 12-25"}, /* New Year is one */
    {"ch_ow", 2026, "01-01 04-03 05-14 06-04 08-01 08-15 09-25 11-01 12-08 12-25"},
    {"ch_so", 2023, "01-01 04-07 05-18 06-08 08-01 08-15 11-01 12-25"}, /* as the canton lists them */
    {"ch_ti", 2026, "01-01 01-06 03-19 04-06 05-01 05-14 05-25 06-04 06-29 08-01 08-15 11-01 12-08 12-25 12-26"},
    {"ch_vd", 2026, "01-01 01-02 04-03 04-06 05-14 05-25 08-01 09-21 12-25"},
    {"ch_vs", 2026, "01-01 03-19 05-14 06-04 08-01 08-15 11-01 12-08 12-25"},
    {"ch_zg", 2026, "01-01 04-03 05-14 06-04 08-01 08-15 11-01 12-08 12-25"},
    {"ch_zh", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 08-01 12-25 12-26"},
    {"", 2026, ""},
    {"fr", 2026, ""},
    {"de_xx", 2026, DE_2026}, /* whatever is in Germany has Germany's */
    {"de", 1582, ""},
    {"de", 9999, ""},
};

static void a_year_has_its_days(void **state) {
  void *owner = talloc_new(NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS(YEARS); i++) {
    row_is(i, talloc_asprintf(owner, "%s %d", YEARS[i].region, YEARS[i].year), days_of(owner, YEARS[i].region, YEARS[i].year), YEARS[i].days);
  }
  talloc_free(owner);
  rows_end();
  (void)state;
}

static void every_region_has_its_countrys_days_in_order(void **state) {
  char **regions = g_strsplit(holiday_regions, " ", -1);
  assert_true(g_strv_length(regions) == 19 + 1 + 27); /* Germany, 16 states and two parts of Bavaria; Austria; Switzerland and 26 cantons */
  for (unsigned region = 0; regions[region] != NULL; region++) {
    char country[3] = {regions[region][0], regions[region][1], '\0'};
    for (int year = 1990; year < 2090; year++) {
      Holiday own[HOLIDAYS_MAX];
      Holiday common[HOLIDAYS_MAX];
      unsigned count = holiday_list(regions[region], year, own);
      unsigned common_count = holiday_list(country, year, common);
      assert_true(count >= common_count && count < HOLIDAYS_MAX);
      for (unsigned i = 1; i < count; i++) assert_true(own[i].day >= own[i - 1].day);
      unsigned met = 0;
      for (unsigned i = 0; i < count; i++) met += met < common_count && own[i].day == common[met].day && strcmp(own[i].name, common[met].name) == 0;
      assert_int_equal(met, common_count);
    }
  }
  g_strfreev(regions);
  (void)state;
}

static const struct {
  const char *region;
  const char *day;
  const char *working;
} WORKING[] = {
    {"de", "2026-02-11", "2026-02-11"}, {"de", "2026-02-14", "2026-02-13"}, {"de", "2026-02-15", "2026-02-13"}, {"de", "2026-12-27", "2026-12-24"}, /* both Christmas days before a Sunday */
    {"de", "2026-04-06", "2026-04-02"}, {"de", "2027-01-01", "2026-12-31"}, {"de", "2026-01-06", "2026-01-06"}, {"de_by", "2026-01-06", "2026-01-05"}, {"at", "2026-12-27", "2026-12-24"},
    {"", "2026-04-06", "2026-04-06"},   {"", "2026-04-05", "2026-04-03"},   {"ch_ge", "2026-12-31", "2026-12-30"}, {"de_sn", "2026-11-18", "2026-11-17"},
};

static void the_last_working_day_is_no_holiday(void **state) {
  void *owner = talloc_new(NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS(WORKING); i++) {
    row_is(i, talloc_asprintf(owner, "%s %s", WORKING[i].region, WORKING[i].day), iso(owner, holiday_working_day(WORKING[i].region, day_parse_iso(WORKING[i].day))), WORKING[i].working);
  }
  talloc_free(owner);
  rows_end();
  (void)state;
}

static void regions_are_known_by_their_whole_code(void **state) {
  static const char *const KNOWN[] = {"", "de", "de_by_mh", "at", "ch_zh"};
  static const char *const UNKNOWN[] = {"d", "de_", "de de", " ", "DE", "de_xx", "fr"};
  for (unsigned i = 0; i < G_N_ELEMENTS(KNOWN); i++) assert_true(holiday_region_known(KNOWN[i]));
  for (unsigned i = 0; i < G_N_ELEMENTS(UNKNOWN); i++) assert_false(holiday_region_known(UNKNOWN[i]));
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(easter_is_where_the_tables_have_it), cmocka_unit_test(easter_agrees_with_another_rule), cmocka_unit_test(a_year_has_its_days),
                                     cmocka_unit_test(every_region_has_its_countrys_days_in_order), cmocka_unit_test(the_last_working_day_is_no_holiday),
                                     cmocka_unit_test(regions_are_known_by_their_whole_code)};
  return cmocka_run_group_tests_name("holiday", tests, NULL, NULL);
}
