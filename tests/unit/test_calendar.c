/* iCalendar as it is written: lines of at most 75 bytes, ended by CR LF, and what libical reads back. Source: calendar_writer.h; RFC 5545, 3.1, 3.3.11, 3.6.1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <libical/ical.h>

#include "format/calendar_writer.h"

#define LONG "Überprüfung; der Anlage, Straße \\ „Größe“ – 日本語のとても長い名前のお客様 und noch viel mehr Wörter, damit die Zeile gefaltet wird"

static GString *written(void) {
  static const int ALARMS[] = {30, 7, 0};
  const CalendarEvent event = {.uid = "contract-1-notice@example.org", .day = day_parse_iso("2026-03-29"), .summary = LONG, .description = "one\ntwo: " LONG,
                               .url = "https://example.org/contracts/1", .changed_at = "2026-02-01 13:05:09.123456", .sequence = 3, .alarms = ALARMS};
  const CalendarEvent plain = {.uid = "contract-2-end@example.org", .day = day_parse_iso("2026-10-25"), .summary = "x", .description = "y", .url = "", .changed_at = NULL};
  GString *calendar = g_string_new(NULL);
  calendar_write_head(calendar, "Name, mit Komma");
  calendar_write_event(calendar, &event);
  calendar_write_event(calendar, &plain);
  calendar_write_end(calendar);
  return calendar;
}

static void lines_are_short_utf8_and_end_with_cr_lf(void **state) {
  (void)state;
  GString *calendar = written();
  char **lines = g_strsplit(calendar->str, "\r\n", -1);
  unsigned folded = 0;
  for (unsigned i = 0; lines[i] != NULL; i++) {
    assert_true(strlen(lines[i]) <= 75);
    assert_null(strpbrk(lines[i], "\r\n"));
    assert_true(g_utf8_validate(lines[i], -1, NULL));
    folded += lines[i][0] == ' ';
  }
  assert_true(folded > 2);
  assert_true(g_str_has_suffix(calendar->str, "END:VCALENDAR\r\n"));
  g_strfreev(lines);
  g_string_free(calendar, TRUE);
}

static void libical_reads_what_was_meant(void **state) {
  (void)state;
  GString *text = written();
  icalcomponent *calendar = icalparser_parse_string(text->str);
  assert_non_null(calendar);
  assert_int_equal(icalcomponent_count_errors(calendar), 0);
  assert_true(icalrestriction_check(calendar));
  assert_int_equal(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 2);
  icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
  assert_string_equal(icalcomponent_get_summary(event), LONG);
  assert_string_equal(icalcomponent_get_description(event), "one\ntwo: " LONG);
  assert_true(icalcomponent_get_dtstart(event).is_date);
  assert_string_equal(icaltime_as_ical_string(icalcomponent_get_dtstart(event)), "20260329");
  assert_string_equal(icaltime_as_ical_string(icalcomponent_get_dtstamp(event)), "20260201T130509Z");
  assert_int_equal(icalcomponent_count_components(event, ICAL_VALARM_COMPONENT), 2);
  assert_non_null(strstr(text->str, "TRIGGER:-P30D\r\n"));
  assert_non_null(strstr(text->str, "TRIGGER:-P7D\r\n"));
  event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT);
  assert_string_equal(icaltime_as_ical_string(icalcomponent_get_dtstart(event)), "20261025");
  assert_int_equal(icalcomponent_count_components(event, ICAL_VALARM_COMPONENT), 0);
  icalcomponent_free(calendar);
  g_string_free(text, TRUE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lines_are_short_utf8_and_end_with_cr_lf),
      cmocka_unit_test(libical_reads_what_was_meant),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
