/* Hours and own days as people type them. Source: service_hours.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/service_hours.h"
#include "rows.h"

static const struct {
  const char *typed;
  const char *read; /* "<reason>" where it can't be */
} HOURS[] = {
    {"8:00–12:00, 13:00–17:00", "08:00–12:00, 13:00–17:00"}, {"08:00-17:00", "08:00–17:00"}, {"8-17", "08:00–17:00"}, {" 8 - 17 Uhr ", "08:00–17:00"},
    {"8.30 bis 12 Uhr und 13 bis 17.30 Uhr", "08:30–12:00, 13:00–17:30"}, {"von 8 Uhr bis 17 Uhr", "08:00–17:00"}, {"8–12/13–17", "08:00–12:00, 13:00–17:00"},
    {"8-12; 13-17", "08:00–12:00, 13:00–17:00"}, {"0800-1630", "08:00–16:30"}, {"8am to 5pm", "08:00–17:00"}, {"12am-12pm", "00:00–12:00"}, {"from 9 until 5:30 pm", "09:00–17:30"},
    {"13-17, 8-12", "08:00–12:00, 13:00–17:00"}, {"8-12,12-17", "08:00–17:00"}, {"0-24", "00:00–24:00"}, {"00:00–24:00", "00:00–24:00"}, {"22-24", "22:00–24:00"},
    {"rund um die Uhr", "00:00–24:00"}, {"Around the clock", "00:00–24:00"}, {"24 h", "00:00–24:00"}, {"geschlossen", ""}, {"Closed", ""}, {"–", ""}, {"", ""}, {"  ", ""},
    {"8", "<not_hours>"}, {"8-", "<not_hours>"}, {"8-12,", "<not_hours>"}, {",8-12", "<not_hours>"}, {"8-12-17", "<not_hours>"}, {"vormittags", "<not_hours>"}, {"8-25", "<not_hours>"},
    {"8:60-9", "<not_hours>"}, {"24:01-24:02", "<not_hours>"}, {"8-12 13-17", "<not_hours>"}, {"13pm-14pm", "<not_hours>"}, {"-8-12", "<not_hours>"},
    {"22-6", "<hours_backwards>"}, {"8-8", "<hours_backwards>"}, {"17:00–8:00", "<hours_backwards>"}, {"8-12, 11-15", "<hours_overlap>"}, {"8-17, 9-10", "<hours_overlap>"},
    {"0-1,2-3,4-5,6-7,8-9,10-11,12-13,14-15,16-17,18-19,20-21,22-23,23:30-24", "<hours_many>"},
};

static void hours_are_read_as_people_type_them(void **state) {
  void *owner = talloc_new(NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS(HOURS); i++) {
    ServiceHours hours;
    const char *problem = service_hours_read(HOURS[i].typed, &hours);
    row_is(i, HOURS[i].typed, problem != NULL ? talloc_asprintf(owner, "<%s>", problem) : service_hours_text(owner, &hours), HOURS[i].read);
  }
  talloc_free(owner);
  rows_end();
  (void)state;
}

static const struct {
  const char *typed;
  const char *stored; /* "<the bad line>" where it can't be read */
  const char *german;
  const char *english;
} DAYS[] = {
    {"24.12.2026 Heiligabend", "2026-12-24 Heiligabend", "24.12.2026 Heiligabend", "24 Dec 2026 Heiligabend"},
    {"24.12.2026", "2026-12-24", "24.12.2026", "24 Dec 2026"},
    {"24.12. Heiligabend", "*-12-24 Heiligabend", "24.12. Heiligabend", "24 Dec Heiligabend"},
    {"24.12 Heiligabend", "*-12-24 Heiligabend", "24.12. Heiligabend", "24 Dec Heiligabend"},
    {"24. Dezember Heiligabend", "*-12-24 Heiligabend", "24.12. Heiligabend", "24 Dec Heiligabend"},
    {"24 Dec 2026 8-12 Christmas Eve", "2026-12-24 08:00–12:00 Christmas Eve", "24.12.2026 08:00–12:00 Christmas Eve", "24 Dec 2026 08:00–12:00 Christmas Eve"},
    {"24 Dec 8:00–12:00, 13:00–14:00 Christmas Eve", "*-12-24 08:00–12:00, 13:00–14:00 Christmas Eve", "24.12. 08:00–12:00, 13:00–14:00 Christmas Eve",
     "24 Dec 08:00–12:00, 13:00–14:00 Christmas Eve"},
    {"21.12.2026 – 31.12.2026 Betriebsferien", "2026-12-21 – 2026-12-31 Betriebsferien", "21.12.2026 – 31.12.2026 Betriebsferien", "21 Dec 2026 – 31 Dec 2026 Betriebsferien"},
    {"21.12.2026–31.12.2026", "2026-12-21 – 2026-12-31", "21.12.2026 – 31.12.2026", "21 Dec 2026 – 31 Dec 2026"},
    {"21.12.2026 - 31.12.2026 Ferien", "2026-12-21 – 2026-12-31 Ferien", "21.12.2026 – 31.12.2026 Ferien", "21 Dec 2026 – 31 Dec 2026 Ferien"},
    {"27.12. bis 5.1.", "*-12-27 – *-01-05", "27.12. – 05.01.", "27 Dec – 5 Jan"},
    {"29.2. Schalttag", "*-02-29 Schalttag", "29.02. Schalttag", "29 Feb Schalttag"},
    {"2026-12-24 geschlossen", "2026-12-24", "24.12.2026", "24 Dec 2026"},
    {"24.12.2026 2 Tage frei", "2026-12-24 2 Tage frei", "24.12.2026 2 Tage frei", "24 Dec 2026 2 Tage frei"},
    /* What would be read as a year, or as another day, once more. */
    {"*-08-02 18 Jahre", "*-08-02 18 Jahre", "*-08-02 18 Jahre", "*-08-02 18 Jahre"},
    {"2 8 18", "*-08-02 18", "*-08-02 18", "*-08-02 18"},
    {"\n 24.12.\n\n 31.12. \n", "*-12-24\n*-12-31", "24.12.\n31.12.", "24 Dec\n31 Dec"},
    {"", "", "", ""},
    {"24.12.\nWeihnachten", "<Weihnachten>", NULL, NULL},
    {"31.2.2026", "<31.2.2026>", NULL, NULL},
    {"24.12.2026 geschlossen – 24", "<24.12.2026 geschlossen – 24>", NULL, NULL},
    {"24.12. geschlossen 8–12", "<24.12. geschlossen 8–12>", NULL, NULL},
    {"31.12.2026 – 21.12.2026", "<31.12.2026 – 21.12.2026>", NULL, NULL},
    {"21.12.2026 – 31.12.", "<21.12.2026 – 31.12.>", NULL, NULL},
    {"21.12.2026 – Jahresende", "<21.12.2026 – Jahresende>", NULL, NULL},
};

static void own_days_are_read_line_by_line(void **state) {
  void *owner = talloc_new(NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS(DAYS); i++) {
    const char *bad_line = NULL;
    const ServiceDays *days = service_days_read(owner, DAYS[i].typed, &bad_line);
    row_is(i, DAYS[i].typed, days != NULL ? service_days_text(owner, days) : talloc_asprintf(owner, "<%s>", bad_line), DAYS[i].stored);
    row_is(i, DAYS[i].typed, days != NULL ? service_days_shown(owner, days, LANGUAGE_GERMAN) : NULL, DAYS[i].german);
    row_is(i, DAYS[i].typed, days != NULL ? service_days_shown(owner, days, LANGUAGE_ENGLISH) : NULL, DAYS[i].english);
    /* What is stored and what is shown mean the same. */
    for (unsigned way = 0; days != NULL && way < 3; way++) {
      const char *text = way == 0 ? service_days_text(owner, days) : service_days_shown(owner, days, way == 1 ? LANGUAGE_GERMAN : LANGUAGE_ENGLISH);
      const ServiceDays *again = service_days_read(owner, text, &bad_line);
      row_is(i, text, again != NULL ? service_days_text(owner, again) : bad_line, service_days_text(owner, days));
    }
  }
  talloc_free(owner);
  rows_end();
  (void)state;
}

static const struct {
  const char *day;
  const char *name;
} FOUND[] = {{"2026-12-24", "yearly"}, {"2027-12-24", "this one"}, {"2026-12-28", "turn"}, {"2027-01-02", "turn"}, {"2027-01-03", NULL}, {"2026-08-03", "summer"},
             {"2026-08-14", "summer"}, {"2027-08-03", NULL},       {"2028-02-29", "leap"},  {"2027-02-28", NULL}};

static void the_day_itself_goes_before_every_year(void **state) {
  void *owner = talloc_new(NULL);
  const char *bad_line = NULL;
  const ServiceDays *days = service_days_read(owner, "24.12. yearly\n24.12.2027 this one\n27.12. – 2.1. turn\n3.8.2026 – 14.8.2026 summer\n29.2. leap", &bad_line);
  for (unsigned i = 0; i < G_N_ELEMENTS(FOUND); i++) {
    const ServiceDay *day = service_days_find(days, day_parse_iso(FOUND[i].day));
    row_is(i, FOUND[i].day, day != NULL ? day->name : NULL, FOUND[i].name);
  }
  talloc_free(owner);
  rows_end();
  (void)state;
}

static void too_many_lines_are_refused(void **state) {
  void *owner = talloc_new(NULL);
  const char *bad_line = NULL;
  GString *text = g_string_new(NULL);
  for (unsigned i = 0; i < SERVICE_DAYS_MAX; i++) g_string_append(text, "24.12.\n");
  assert_non_null(service_days_read(owner, text->str, &bad_line));
  g_string_append(text, "31.12.\n");
  assert_null(service_days_read(owner, text->str, &bad_line));
  assert_string_equal(bad_line, "31.12.");
  g_string_free(text, TRUE);
  talloc_free(owner);
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(hours_are_read_as_people_type_them), cmocka_unit_test(own_days_are_read_line_by_line),
                                     cmocka_unit_test(the_day_itself_goes_before_every_year), cmocka_unit_test(too_many_lines_are_refused)};
  return cmocka_run_group_tests_name("service hours", tests, NULL, NULL);
}
