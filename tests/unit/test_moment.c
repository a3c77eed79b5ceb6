/* Moments: a day's end in its own time zone, instants with and without an offset. Source: product.md, "Today"; ISO 8601; IANA time zones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/moment.h"
#include "rows.h"

static const struct {
  const char *text;
  const char *zone;
  const char *utc; /* NULL: not read */
  const char *day;
} MOMENTS[] = {
    {"2026-02-11", "Europe/Berlin", "2026-02-11 22:59:59.999999", "2026-02-11"},
    {"2026-07-11", "Europe/Berlin", "2026-07-11 21:59:59.999999", "2026-07-11"},
    {"2026-03-29", "Europe/Berlin", "2026-03-29 21:59:59.999999", "2026-03-29"}, /* has 23 hours */
    {"2026-10-25", "Europe/Berlin", "2026-10-25 22:59:59.999999", "2026-10-25"}, /* has 25 */
    {"2026-02-11", "UTC", "2026-02-11 23:59:59.999999", "2026-02-11"},
    {"2026-12-31", "Pacific/Auckland", "2026-12-31 10:59:59.999999", "2026-12-31"},
    {"2026-02-11T14:05:00.123456Z", "Europe/Berlin", "2026-02-11 14:05:00.123456", "2026-02-11"},
    {"2026-02-11T23:30:00Z", "Europe/Berlin", "2026-02-11 23:30:00.000000", "2026-02-12"},
    {"2026-02-11T14:05:00", "Europe/Berlin", "2026-02-11 13:05:00.000000", "2026-02-11"},
    {"2026-02-11T14:05:00+02:00", "Europe/Berlin", "2026-02-11 12:05:00.000000", "2026-02-11"},
    {"2026-02-11T14:05:00 02:00", "Europe/Berlin", "2026-02-11 12:05:00.000000", "2026-02-11"},
    {"1971-01-01", "UTC", "1971-01-01 23:59:59.999999", "1971-01-01"},
    {"2037-12-31", "UTC", "2037-12-31 23:59:59.999999", "2037-12-31"},
    {"1970-12-31", "UTC", NULL, NULL}, {"2038-01-01", "UTC", NULL, NULL}, {"2038-01-01T00:00:00Z", "UTC", NULL, NULL},
    {"9999-12-31", "UTC", NULL, NULL}, {"2026-02-30", "UTC", NULL, NULL}, {"2026-02-11T25:00:00Z", "UTC", NULL, NULL},
    {"14:05:00", "UTC", NULL, NULL},   {"today", "UTC", NULL, NULL},      {"", "UTC", NULL, NULL},
    {"T", "UTC", NULL, NULL},          {"2026-02-11T", "UTC", NULL, NULL}, {"2026-02-11 14:05:00", "UTC", NULL, NULL},
};

static void moments_are_read(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(MOMENTS); i++) {
    Moment moment;
    char day[DAY_TEXT_SIZE];
    bool read = moment_read(MOMENTS[i].text, MOMENTS[i].zone, &moment);
    row_is(i, MOMENTS[i].text, read ? moment.utc : NULL, MOMENTS[i].utc);
    row_is(i, MOMENTS[i].text, read ? day_format_iso(moment.day, day) : NULL, MOMENTS[i].day);
  }
  rows_end();
  (void)state;
}

static void an_address_is_read_back(void **state) {
  void *owner = talloc_new(NULL);
  Moment now;
  Moment again;
  moment_now("Asia/Tokyo", &now);
  assert_true(moment_read(moment_address(owner, now.utc), "Asia/Tokyo", &again));
  assert_string_equal(again.utc, now.utc);
  assert_int_equal(again.day, now.day);
  talloc_free(owner);
  (void)state;
}

static void a_clock_on_the_wall_has_its_zone(void **state) {
  static const struct {
    const char *iso, *zone, *local;
  } CASES[] = {
      {"2026-02-11T23:30:00Z", "Europe/Berlin", "2026-02-12 00:30:00"},
      {"2026-07-11T22:30:01Z", "Europe/Berlin", "2026-07-12 00:30:01"},
      {"2026-10-25T00:30:00Z", "Europe/Berlin", "2026-10-25 02:30:00"},
      {"2026-10-25T01:30:00Z", "Europe/Berlin", "2026-10-25 02:30:00"},
      {"2026-02-11T23:30:00Z", "UTC", "2026-02-11 23:30:00"},
      {"", "UTC", ""},
      {"yesterday", "UTC", ""},
  };
  for (unsigned i = 0; i < G_N_ELEMENTS(CASES); i++) {
    char local[MOMENT_TEXT_SIZE];
    row_is(i, CASES[i].iso, moment_local(CASES[i].iso, CASES[i].zone, local), CASES[i].local);
  }
  rows_end();
  (void)state;
}

static const struct {
  const char *text;
  const char *zone;
  const char *iso; /* NULL: not read */
  const char *wall;
} SECONDS[] = {
    {"2026-02-11T10:15", "Europe/Berlin", "2026-02-11T10:15:00+01:00", "2026-02-11 10:15"},
    {"2026-07-11T10:15:30", "Europe/Berlin", "2026-07-11T10:15:30+02:00", "2026-07-11 10:15"},
    {"2026-02-11T23:30:00Z", "Europe/Berlin", "2026-02-12T00:30:00+01:00", "2026-02-12 00:30"},
    {"2026-02-11T00:05", "Asia/Kolkata", "2026-02-11T00:05:00+05:30", "2026-02-11 00:05"},
    {"2026-02-11", "UTC", NULL, NULL}, {"10:15", "UTC", NULL, NULL}, {"", "UTC", NULL, NULL}, {"2026-02-11T25:00", "UTC", NULL, NULL},
};

static void seconds_are_read_and_written(void **state) {
  void *owner = talloc_new(NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS(SECONDS); i++) {
    gint64 seconds = 0;
    char day[DAY_TEXT_SIZE];
    bool read = moment_seconds(SECONDS[i].text, SECONDS[i].zone, &seconds);
    WallTime wall = moment_wall_time(SECONDS[i].zone, seconds);
    row_is(i, SECONDS[i].text, read ? moment_iso(owner, SECONDS[i].zone, seconds) : NULL, SECONDS[i].iso);
    row_is(i, SECONDS[i].text, read ? talloc_asprintf(owner, "%s %s", day_format_iso(wall.day, day), wall.time) : NULL, SECONDS[i].wall);
  }
  talloc_free(owner);
  rows_end();
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(moments_are_read), cmocka_unit_test(seconds_are_read_and_written), cmocka_unit_test(an_address_is_read_back),
                                     cmocka_unit_test(a_clock_on_the_wall_has_its_zone)};
  return cmocka_run_group_tests_name("moment", tests, NULL, NULL);
}
