/* Arithmetic in service time: by table, and against a plain count of minutes. Source: service_clock.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/service_clock.h"
#include "rows.h"

#define OFFICE "8-12, 13-17"
#define WEEK(hours) {"", "", "Europe/Berlin", "", hours, hours, hours, hours, hours, "", "", ""}

typedef struct {
  const char *name;
  const char *values[SERVICE_FIELD_COUNT];
} Case;

static const Case CALENDARS[] = {
    {"plain", WEEK("8-17")},
    {"lunch", WEEK(OFFICE)},
    {"always", {"", "", "Europe/Berlin", "", "0-24", "0-24", "0-24", "0-24", "0-24", "0-24", "0-24", ""}},
    {"bavaria", {"", "", "Europe/Berlin", "de_by", "8-17", "8-17", "8-17", "8-17", "8-17", "9-12", "", "24.12. 8-12\n31.12.\n6.1.2026 10-12 Notdienst"}},
    {"night", {"", "", "Europe/Berlin", "", "0-6, 22-24", "0-6, 22-24", "0-6, 22-24", "0-6, 22-24", "0-6, 22-24", "0-6, 22-24", "0-6, 22-24", ""}},
    {"sunday", {"", "", "Europe/Berlin", "", "", "", "", "", "", "", "2:15-2:45, 10-11", ""}},
    {"york", {"", "", "America/New_York", "", "9-17", "9-17", "9-17", "9-17", "9-17", "", "", ""}},
    {"howe", {"", "", "Australia/Lord_Howe", "", "0-24", "0-24", "0-24", "0-24", "0-24", "1:45-2:15", "1:45-2:15", ""}}, /* changes its clocks by half an hour */
};

static ServiceClock *clock_of(void *owner, const char *name) {
  for (unsigned i = 0; i < G_N_ELEMENTS(CALENDARS); i++) {
    if (strcmp(CALENDARS[i].name, name) != 0) continue;
    ServiceCalendar *calendar = service_calendar_read(owner, CALENDARS[i].values);
    assert_non_null(calendar);
    return service_clock_new(owner, calendar);
  }
  fail_msg("no calendar %s", name);
  return NULL;
}

/* "2026-02-11 10:15" by the clocks of Berlin; with "Z" behind it, UTC. */
static gint64 moment_of(const char *text) {
  char *iso = g_strdup_printf("%.10sT%.5s:00", text, text + 11);
  GTimeZone *zone = g_str_has_suffix(text, "Z") ? g_time_zone_new_utc() : g_time_zone_new_identifier("Europe/Berlin");
  GDateTime *time = g_date_time_new_from_iso8601(iso, zone);
  gint64 moment = g_date_time_to_unix(time);
  g_date_time_unref(time);
  g_time_zone_unref(zone);
  g_free(iso);
  return moment;
}

static const char *text_of(void *owner, gint64 moment, bool utc) {
  GTimeZone *zone = utc ? g_time_zone_new_utc() : g_time_zone_new_identifier("Europe/Berlin");
  GDateTime *universal = g_date_time_new_from_unix_utc(moment);
  GDateTime *local = g_date_time_to_timezone(universal, zone);
  char *text = g_date_time_format(local, utc ? "%Y-%m-%d %H:%MZ" : "%Y-%m-%d %H:%M");
  const char *kept = talloc_strdup(owner, text);
  g_free(text);
  g_date_time_unref(local);
  g_date_time_unref(universal);
  g_time_zone_unref(zone);
  return kept;
}

/* ---- deadlines ---- */

static const struct {
  const char *calendar;
  const char *taken;
  int minutes;
  const char *deadline;
} DEADLINES[] = {
    {"plain", "2026-02-11 10:15", 120, "2026-02-11 12:15"}, /* a Wednesday */
    {"plain", "2026-02-11 16:00", 60, "2026-02-11 17:00"},  /* the last minute of the day, not the first of the next */
    {"plain", "2026-02-11 16:00", 61, "2026-02-12 08:01"},
    {"plain", "2026-02-11 16:00", 480, "2026-02-12 15:00"},
    {"plain", "2026-02-11 17:00", 60, "2026-02-12 09:00"}, /* closing time is closed */
    {"plain", "2026-02-11 08:00", 0, "2026-02-11 08:00"},
    {"plain", "2026-02-11 20:00", 0, "2026-02-12 08:00"},
    {"plain", "2026-02-11 05:00", 60, "2026-02-11 09:00"},
    {"plain", "2026-02-13 16:30", 60, "2026-02-16 08:30"}, /* over a weekend */
    {"plain", "2026-02-14 12:00", 60, "2026-02-16 09:00"}, /* taken in it */
    {"plain", "2026-02-11 08:00", 2700, "2026-02-17 17:00"}, /* five days of nine hours */
    {"lunch", "2026-02-11 11:30", 60, "2026-02-11 13:30"},
    {"lunch", "2026-02-11 12:30", 60, "2026-02-11 14:00"},
    {"lunch", "2026-02-11 11:00", 60, "2026-02-11 12:00"},
    {"lunch", "2026-02-11 10:00", 480, "2026-02-12 10:00"},
    {"always", "2026-02-14 23:30", 60, "2026-02-15 00:30"},
    {"always", "2026-03-28 12:00", 1440, "2026-03-29 13:00"}, /* the night has an hour less */
    {"always", "2026-10-24 12:00", 1440, "2026-10-25 11:00"}, /* … and more */
    {"plain", "2026-03-27 16:30", 60, "2026-03-30 08:30"},    /* a night outside of the hours changes nothing */
    {"plain", "2026-10-23 16:30", 60, "2026-10-26 08:30"},
    {"night", "2026-03-28 23:00", 361, "2026-03-29 22:01"}, /* 23:00 to 6:00 are six hours: the last minute goes into the next night */
    {"night", "2026-03-28 23:00", 360, "2026-03-29 06:00"},
    {"night", "2026-10-24 23:00", 480, "2026-10-25 06:00"}, /* eight hours */
    {"bavaria", "2026-12-23 16:00", 120, "2026-12-24 09:00"},
    {"bavaria", "2026-12-24 11:30", 60, "2026-12-28 08:30"}, /* holidays on Friday and Saturday, and a Sunday */
    {"bavaria", "2026-12-30 16:00", 120, "2027-01-02 10:00"}, /* closed on the 31st, New Year, then a Saturday */
    {"bavaria", "2026-01-05 16:30", 60, "2026-01-06 10:30"}, /* Epiphany, but for an own day */
    {"bavaria", "2027-01-05 16:30", 60, "2027-01-07 08:30"}, /* Epiphany of the next year */
    {"bavaria", "2026-06-03 16:30", 60, "2026-06-05 08:30"}, /* Corpus Christi */
    {"sunday", "2026-03-28 12:00", 30, "2026-03-29 10:30"},  /* 2:15 is left out */
    {"sunday", "2026-10-24 12:00", 45, "2026-10-25 01:30Z"}, /* 2:15 comes twice, half an hour each time */
    {"sunday", "2026-10-24 12:00", 30, "2026-10-25 00:45Z"},
    {"york", "2026-02-11 14:00Z", 60, "2026-02-11 15:00Z"},
    {"york", "2026-03-06 21:00Z", 120, "2026-03-09 14:00Z"}, /* 9:00 is an hour earlier in UTC after 8 March */
};

static void a_deadline_is_counted_in_service_time(void **state) {
  void *owner = talloc_new(NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS(DEADLINES); i++) {
    gint64 deadline = 0;
    bool utc = g_str_has_suffix(DEADLINES[i].deadline, "Z");
    bool found = service_clock_deadline(clock_of(owner, DEADLINES[i].calendar), moment_of(DEADLINES[i].taken), DEADLINES[i].minutes, NULL, 0, &deadline);
    row_is(i, talloc_asprintf(owner, "%s, %s + %d", DEADLINES[i].calendar, DEADLINES[i].taken, DEADLINES[i].minutes), found ? text_of(owner, deadline, utc) : NULL, DEADLINES[i].deadline);
  }
  talloc_free(owner);
  rows_end();
  (void)state;
}

/* ---- waiting for the customer ---- */

static const struct {
  const char *calendar;
  const char *taken;
  int minutes;
  const char *waits[4]; /* from, to, from, to; "…": still waits */
  const char *deadline;
} WAITS[] = {
    {"plain", "2026-02-11 10:00", 120, {"2026-02-11 11:00", "2026-02-11 12:00"}, "2026-02-11 13:00"},
    {"plain", "2026-02-11 10:00", 120, {"2026-02-11 16:00", "2026-02-11 17:00"}, "2026-02-11 12:00"}, /* after the deadline */
    {"plain", "2026-02-11 10:00", 120, {"2026-02-11 08:00", "2026-02-11 09:00"}, "2026-02-11 12:00"}, /* before the request */
    {"plain", "2026-02-11 16:00", 120, {"2026-02-11 17:00", "2026-02-12 08:00"}, "2026-02-12 09:00"}, /* a night: no service time stops */
    {"plain", "2026-02-11 16:00", 120, {"2026-02-11 20:00", "2026-02-12 09:00"}, "2026-02-12 10:00"}, /* only the hour after eight */
    {"plain", "2026-02-13 16:00", 120, {"2026-02-13 16:30", "2026-02-16 08:30"}, "2026-02-16 10:00"}, /* over a weekend: an hour of it */
    {"plain", "2026-02-11 10:00", 240, {"2026-02-11 11:00", "2026-02-11 12:00", "2026-02-11 13:00", "2026-02-11 14:00"}, "2026-02-11 16:00"},
    {"plain", "2026-02-11 10:00", 120, {"2026-02-11 11:00", "2026-02-11 13:00", "2026-02-11 12:00", "2026-02-11 14:00"}, "2026-02-11 15:00"}, /* they overlap */
    {"plain", "2026-02-11 10:00", 120, {"2026-02-11 11:00", "…"}, NULL},
    {"plain", "2026-02-11 10:00", 60, {"2026-02-11 11:00", "…"}, "2026-02-11 11:00"}, /* reached before */
    {"plain", "2026-02-11 10:00", 60, {"2026-02-12 11:00", "…"}, "2026-02-11 11:00"},
    {"lunch", "2026-02-11 11:00", 120, {"2026-02-11 12:00", "2026-02-11 13:00"}, "2026-02-11 14:00"},
    {"lunch", "2026-02-11 11:00", 120, {"2026-02-11 11:30", "2026-02-11 13:30"}, "2026-02-11 15:00"},
};

static void waiting_stops_service_time_alone(void **state) {
  void *owner = talloc_new(NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS(WAITS); i++) {
    ServiceWait waits[2];
    unsigned count = 0;
    gint64 deadline = 0;
    for (; count < 2 && WAITS[i].waits[2 * count] != NULL; count++) {
      const char *to = WAITS[i].waits[2 * count + 1];
      waits[count] = (ServiceWait){moment_of(WAITS[i].waits[2 * count]), strcmp(to, "…") == 0 ? SERVICE_WAITING : moment_of(to)};
    }
    bool found = service_clock_deadline(clock_of(owner, WAITS[i].calendar), moment_of(WAITS[i].taken), WAITS[i].minutes, waits, count, &deadline);
    row_is(i, talloc_asprintf(owner, "%s + %d, waits from %s", WAITS[i].taken, WAITS[i].minutes, WAITS[i].waits[0]), found ? text_of(owner, deadline, false) : NULL, WAITS[i].deadline);
  }
  talloc_free(owner);
  rows_end();
  (void)state;
}

/* ---- open, opens, closes ---- */

static const struct {
  const char *calendar;
  const char *moment;
  const char *opening; /* the moment itself: open */
  const char *closing;
} OPEN[] = {
    {"plain", "2026-02-11 08:00", "2026-02-11 08:00", "2026-02-11 17:00"}, {"plain", "2026-02-11 07:59", "2026-02-11 08:00", NULL}, {"plain", "2026-02-11 16:59", "2026-02-11 16:59", "2026-02-11 17:00"},
    {"plain", "2026-02-11 17:00", "2026-02-12 08:00", NULL}, {"plain", "2026-02-13 17:00", "2026-02-16 08:00", NULL}, {"lunch", "2026-02-11 12:30", "2026-02-11 13:00", NULL},
    {"lunch", "2026-02-11 11:59", "2026-02-11 11:59", "2026-02-11 12:00"}, {"night", "2026-02-11 23:00", "2026-02-11 23:00", "2026-02-12 06:00"}, {"always", "2026-02-11 03:00", "2026-02-11 03:00", NULL},
    {"bavaria", "2026-04-02 18:00", "2026-04-04 09:00", NULL}, /* Good Friday, then an open Saturday */
    {"bavaria", "2026-04-04 12:00", "2026-04-07 08:00", NULL}, /* Easter Monday */
    {"bavaria", "2026-12-24 11:00", "2026-12-24 11:00", "2026-12-24 12:00"},
};

static void open_now_or_from_when_on(void **state) {
  void *owner = talloc_new(NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS(OPEN); i++) {
    ServiceClock *clock = clock_of(owner, OPEN[i].calendar);
    gint64 moment = moment_of(OPEN[i].moment);
    gint64 opening = 0;
    gint64 closing = 0;
    bool found = service_clock_opening(clock, moment, &opening);
    row_is(i, OPEN[i].moment, found ? text_of(owner, opening, false) : NULL, OPEN[i].opening);
    row_is(i, OPEN[i].moment, service_clock_open(clock, moment) ? "open" : "closed", strcmp(OPEN[i].opening, OPEN[i].moment) == 0 ? "open" : "closed");
    row_is(i, OPEN[i].moment, service_clock_closing(clock, moment, &closing) ? text_of(owner, closing, false) : NULL, OPEN[i].closing);
  }
  talloc_free(owner);
  rows_end();
  (void)state;
}

static void what_never_opens_has_no_deadline(void **state) {
  void *owner = talloc_new(NULL);
  gint64 moment = 0;
  const char *const values[SERVICE_FIELD_COUNT] = {"", "", "Europe/Berlin", "", "8-17", "", "", "", "", "", "", "1.1. – 31.12. zu"};
  ServiceClock *clock = service_clock_new(owner, service_calendar_read(owner, values));
  assert_false(service_clock_opening(clock, moment_of("2026-02-11 10:00"), &moment));
  assert_false(service_clock_deadline(clock, moment_of("2026-02-11 10:00"), 1, NULL, 0, &moment));
  assert_false(service_clock_open(clock, moment_of("2026-02-11 10:00")));
  talloc_free(owner);
  (void)state;
}

/* ---- against a plain count of minutes ---- */

/* Open at this minute, by the clock on the wall and nothing else. */
static bool minute_open(ServiceClock *clock, GTimeZone *zone, gint64 moment) {
  GDateTime *universal = g_date_time_new_from_unix_utc(moment);
  GDateTime *local = g_date_time_to_timezone(universal, zone);
  const ServiceHours *hours = service_clock_hours(clock, day_make(g_date_time_get_year(local), g_date_time_get_month(local), g_date_time_get_day_of_month(local)));
  int minute = g_date_time_get_hour(local) * 60 + g_date_time_get_minute(local);
  bool open = false;
  for (unsigned i = 0; i < hours->count; i++) open = open || (minute >= hours->spans[i].from && minute < hours->spans[i].to);
  g_date_time_unref(local);
  g_date_time_unref(universal);
  return open;
}

static bool is_waiting(const ServiceWait *waits, unsigned count, gint64 moment) {
  for (unsigned i = 0; i < count; i++) {
    if (moment >= waits[i].from && moment < waits[i].to) return true;
  }
  return false;
}

static const char *const SEASONS[] = {"2026-02-11 00:00", "2026-03-27 00:00", "2026-04-01 00:00", "2026-10-23 00:00", "2026-12-22 00:00", "2027-03-26 00:00", "2026-04-03 00:00", "2026-10-02 00:00"};

static void every_deadline_is_that_of_a_minute_by_minute_count(void **state) {
  GRand *random = g_rand_new_with_seed(20260211);
  for (unsigned round = 0; round < 400; round++) {
    void *owner = talloc_new(NULL);
    const Case *calendar = &CALENDARS[round % G_N_ELEMENTS(CALENDARS)];
    const char *season = SEASONS[g_rand_int_range(random, 0, G_N_ELEMENTS(SEASONS))];
    ServiceClock *clock = clock_of(owner, calendar->name);
    GTimeZone *zone = g_time_zone_new_identifier(calendar->values[SERVICE_TIME_ZONE]);
    gint64 taken = moment_of(season) + g_rand_int_range(random, 0, 5 * 1440) * 60;
    int minutes = g_rand_int_range(random, 1, strcmp(calendar->name, "sunday") == 0 ? 180 : 1500);
    ServiceWait waits[2];
    unsigned wait_count = (unsigned)g_rand_int_range(random, 0, 3);
    gint64 from = taken - 3600;
    for (unsigned i = 0; i < wait_count; i++) {
      from += g_rand_int_range(random, 0, 1440) * 60;
      waits[i] = (ServiceWait){from, from + g_rand_int_range(random, 0, 3000) * 60};
    }
    gint64 deadline = 0;
    gint64 counted = taken;
    assert_true(service_clock_deadline(clock, taken, minutes, waits, wait_count, &deadline));
    gint64 elapsed = 0;
    for (int left = minutes; left > 0; counted += 60) {
      bool open = minute_open(clock, zone, counted);
      if (open) elapsed += 60;
      if (open && !is_waiting(waits, wait_count, counted)) left--;
    }
    if (deadline != counted) fail_msg("%s, %s + %d minutes: %s, counted %s", calendar->name, text_of(owner, taken, true), minutes, text_of(owner, deadline, true), text_of(owner, counted, true));
    assert_int_equal(service_clock_elapsed(clock, taken, deadline), elapsed);
    assert_int_equal(service_clock_open(clock, taken), minute_open(clock, zone, taken));
    g_time_zone_unref(zone);
    talloc_free(owner);
  }
  g_rand_free(random);
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_deadline_is_counted_in_service_time), cmocka_unit_test(waiting_stops_service_time_alone), cmocka_unit_test(open_now_or_from_when_on),
                                     cmocka_unit_test(what_never_opens_has_no_deadline), cmocka_unit_test(every_deadline_is_that_of_a_minute_by_minute_count)};
  return cmocka_run_group_tests_name("service clock", tests, NULL, NULL);
}
