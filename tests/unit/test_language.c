/* German and English: days, numbers, money and moments as they are shown, and the language that is guessed. Source: product.md, second paragraph; RFC 9110, 12.5.4. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "rows.h"
#include "domain/language.h"

#define EURO "\xE2\x82\xAC"

static const struct {
  const char *day;
  const char *german;
  const char *english;
} DAYS[] = {
    {"2026-12-31", "31.12.2026", "31 Dec 2026"}, {"2026-01-02", "02.01.2026", "2 Jan 2026"},  {"2026-02-28", "28.02.2026", "28 Feb 2026"}, {"2026-03-10", "10.03.2026", "10 Mar 2026"},
    {"2026-04-30", "30.04.2026", "30 Apr 2026"}, {"2026-05-01", "01.05.2026", "1 May 2026"},  {"2026-06-15", "15.06.2026", "15 Jun 2026"}, {"2026-07-31", "31.07.2026", "31 Jul 2026"},
    {"2026-08-09", "09.08.2026", "9 Aug 2026"},  {"2026-09-30", "30.09.2026", "30 Sep 2026"}, {"2026-10-25", "25.10.2026", "25 Oct 2026"}, {"2026-11-24", "24.11.2026", "24 Nov 2026"},
    {"2028-02-29", "29.02.2028", "29 Feb 2028"}, {"1000-01-01", "01.01.1000", "1 Jan 1000"},  {"9999-12-30", "30.12.9999", "30 Dec 9999"},
    /* Never, and no day, are nothing. */
    {"9999-12-31", "", ""},                      {"", "", ""},
};

static void days_are_shown(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(DAYS); i++) {
    void *owner = talloc_new(NULL);
    row_is(i, DAYS[i].day, language_day(owner, LANGUAGE_GERMAN, day_parse_iso(DAYS[i].day)), DAYS[i].german);
    row_is(i, DAYS[i].day, language_day(owner, LANGUAGE_ENGLISH, day_parse_iso(DAYS[i].day)), DAYS[i].english);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static const struct {
  gint64 number;
  const char *german;
  const char *english;
} NUMBERS[] = {
    {0, "0", "0"},
    {7, "7", "7"},
    {999, "999", "999"},
    {1000, "1.000", "1,000"},
    {12345, "12.345", "12,345"},
    {100000, "100.000", "100,000"},
    {1234567, "1.234.567", "1,234,567"},
    {-1, "-1", "-1"},
    {-999, "-999", "-999"},
    {-1000, "-1.000", "-1,000"},
    {G_MAXINT64, "9.223.372.036.854.775.807", "9,223,372,036,854,775,807"},
    {G_MININT64, "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808"},
};

static void numbers_are_shown_in_groups_of_three(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(NUMBERS); i++) {
    void *owner = talloc_new(NULL);
    row_is(i, NUMBERS[i].english, language_number(owner, LANGUAGE_GERMAN, NUMBERS[i].number), NUMBERS[i].german);
    row_is(i, NUMBERS[i].english, language_number(owner, LANGUAGE_ENGLISH, NUMBERS[i].number), NUMBERS[i].english);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static const struct {
  gint64 hundredths;
  const char *currency;
  const char *german;
  const char *english;
} MONEY[] = {
    {123456, "EUR", "1.234,56 " EURO, EURO "1,234.56"},
    {123456, "", "1.234,56 " EURO, EURO "1,234.56"},
    {123456, NULL, "1.234,56 " EURO, EURO "1,234.56"},
    {123456, "CHF", "1.234,56 CHF", "CHF 1,234.56"},
    {123456, "USD", "1.234,56 USD", "USD 1,234.56"},
    {0, "EUR", "0,00 " EURO, EURO "0.00"},
    {5, "EUR", "0,05 " EURO, EURO "0.05"},
    {50, "EUR", "0,50 " EURO, EURO "0.50"},
    {100, "EUR", "1,00 " EURO, EURO "1.00"},
    {99999, "EUR", "999,99 " EURO, EURO "999.99"},
    {100000, "EUR", "1.000,00 " EURO, EURO "1,000.00"},
    {-5, "EUR", "-0,05 " EURO, "-" EURO "0.05"},
    {-123456, "EUR", "-1.234,56 " EURO, "-" EURO "1,234.56"},
    {-123456, "CHF", "-1.234,56 CHF", "CHF -1,234.56"},
    {99999999999999, "EUR", "999.999.999.999,99 " EURO, EURO "999,999,999,999.99"},
    {G_MAXINT64, "EUR", "92.233.720.368.547.758,07 " EURO, EURO "92,233,720,368,547,758.07"},
    {G_MININT64, "EUR", "-92.233.720.368.547.758,08 " EURO, "-" EURO "92,233,720,368,547,758.08"},
};

static void money_is_shown(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(MONEY); i++) {
    void *owner = talloc_new(NULL);
    row_is(i, MONEY[i].english, language_money(owner, LANGUAGE_GERMAN, MONEY[i].hundredths, MONEY[i].currency), MONEY[i].german);
    row_is(i, MONEY[i].english, language_money(owner, LANGUAGE_ENGLISH, MONEY[i].hundredths, MONEY[i].currency), MONEY[i].english);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void forms_show_decimals_without_groups(void **state) {
  void *owner = talloc_new(NULL);
  assert_string_equal(language_decimal(owner, LANGUAGE_GERMAN, "1234.50"), "1234,50");
  assert_string_equal(language_decimal(owner, LANGUAGE_ENGLISH, "1234.50"), "1234.50");
  assert_string_equal(language_decimal(owner, LANGUAGE_GERMAN, "1234"), "1234");
  assert_string_equal(language_decimal(owner, LANGUAGE_GERMAN, ""), "");
  assert_int_equal(language_decimal_mark(LANGUAGE_GERMAN), ',');
  assert_int_equal(language_decimal_mark(LANGUAGE_ENGLISH), '.');
  talloc_free(owner);
  (void)state;
}

/* Summer time in Berlin begins on 29 March 2026 and ends on 25 October 2026, each at 01:00 UTC. */
static const struct {
  const char *utc;
  const char *time_zone;
  const char *german;
  const char *english;
} MOMENTS[] = {
    {"2026-11-24 13:05:00", "Europe/Berlin", "24.11.2026, 14:05", "24 Nov 2026, 14:05"},
    {"2026-07-01 13:05:59", "Europe/Berlin", "01.07.2026, 15:05", "1 Jul 2026, 15:05"},
    {"2026-12-31 23:00:00", "Europe/Berlin", "01.01.2027, 00:00", "1 Jan 2027, 00:00"},
    {"2026-12-31 22:59:59", "Europe/Berlin", "31.12.2026, 23:59", "31 Dec 2026, 23:59"},
    {"2026-03-29 00:59:59", "Europe/Berlin", "29.03.2026, 01:59", "29 Mar 2026, 01:59"},
    {"2026-03-29 01:00:00", "Europe/Berlin", "29.03.2026, 03:00", "29 Mar 2026, 03:00"},
    {"2026-10-25 00:30:00", "Europe/Berlin", "25.10.2026, 02:30", "25 Oct 2026, 02:30"},
    {"2026-10-25 01:30:00", "Europe/Berlin", "25.10.2026, 02:30", "25 Oct 2026, 02:30"},
    {"2028-02-29 12:00:00", "America/New_York", "29.02.2028, 07:00", "29 Feb 2028, 07:00"},
    {"2026-11-24 13:05:00", "Asia/Kathmandu", "24.11.2026, 18:50", "24 Nov 2026, 18:50"},
    {"2026-11-24 13:05:00", "UTC", "24.11.2026, 13:05", "24 Nov 2026, 13:05"},
    {"2026-11-24T13:05:00", "Europe/Berlin", "24.11.2026, 14:05", "24 Nov 2026, 14:05"},
    {"2026-11-24T13:05:00Z", "Europe/Berlin", "24.11.2026, 14:05", "24 Nov 2026, 14:05"},
    {"2026-11-24 13:05:00", "no such zone", "24.11.2026, 13:05", "24 Nov 2026, 13:05"},
    /* No moment is nothing. */
    {NULL, "Europe/Berlin", "", ""},
    {"", "Europe/Berlin", "", ""},
    {"2026-02-30 00:00:00", "Europe/Berlin", "", ""},
    {"yesterday", "Europe/Berlin", "", ""},
};

static void moments_are_shown_in_the_time_zone(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(MOMENTS); i++) {
    void *owner = talloc_new(NULL);
    const char *typed = talloc_asprintf(owner, "%s in %s", MOMENTS[i].utc != NULL ? MOMENTS[i].utc : "(none)", MOMENTS[i].time_zone);
    row_is(i, typed, language_moment(owner, LANGUAGE_GERMAN, MOMENTS[i].utc, MOMENTS[i].time_zone), MOMENTS[i].german);
    row_is(i, typed, language_moment(owner, LANGUAGE_ENGLISH, MOMENTS[i].utc, MOMENTS[i].time_zone), MOMENTS[i].english);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static const struct {
  const char *header;
  const char *code;
} HEADERS[] = {
    {"de", "de"},
    {"en", "en"},
    {"EN", "en"},
    {"en-US", "en"},
    {"en-US,en;q=0.9,de;q=0.8", "en"},
    {"de-AT,de;q=0.9,en;q=0.8", "de"},
    {"de;q=0.8,en;q=0.9", "en"},
    {"en;q=0.8, de;q=0.9", "de"},
    {"de;q=0.5, en", "en"},
    {"fr, en;q=0.5", "en"},
    {"fr;q=1.0,en;q=0.001", "en"},
    {"  en ; q=0.9 , de ; q=0.8", "en"},
    {"en;Q=0.9,de;q=0.8", "en"},
    {"en;q=0.85,de;q=0.849", "en"},
    {"en;q=0.849,de;q=0.85", "de"},
    /* Of two alike the first. */
    {"en,de", "en"},
    {"de,en", "de"},
    {"en;q=0.5,de;q=0.5", "en"},
    /* A weight of 0 is a refusal. */
    {"en;q=0", "de"},
    {"en;q=0.000", "de"},
    {"de;q=0,en;q=0.1", "en"},
    /* Neither is named: German. */
    {"", "de"},
    {NULL, "de"},
    {"*", "de"},
    {"fr", "de"},
    {"english", "de"},
    {"e", "de"},
    {"den", "de"},
    {",,,;;;", "de"},
    {"en;q=x", "de"},
    {"en;level=1", "de"},
};

static void language_is_guessed_from_the_header(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(HEADERS); i++) row_is(i, HEADERS[i].header != NULL ? HEADERS[i].header : "(none)", language_code(language_from_header(HEADERS[i].header)), HEADERS[i].code);
  rows_end();
  (void)state;
}

/* A header of thousands of languages is read as far as it is sensible, in no time. */
static void an_endless_header_ends(void **state) {
  GString *header = g_string_new("en;q=0.5");
  for (int i = 0; i < 100000; i++) g_string_append(header, ",fr");
  assert_int_equal(language_from_header(header->str), LANGUAGE_ENGLISH);
  g_string_free(header, TRUE);
  (void)state;
}

static const struct {
  gint64 bytes;
  const char *german;
  const char *english;
} SIZES[] = {
    {2, "2 Bytes", "2 bytes"},         {1023, "1.023 Bytes", "1,023 bytes"}, {1024, "1 KB", "1 KB"},       {1536, "1,5 KB", "1.5 KB"},
    {99 * 1024 + 512, "99,5 KB", "99.5 KB"}, {100 * 1024 + 512, "100 KB", "100 KB"}, {1048576, "1 MB", "1 MB"}, {20971520, "20 MB", "20 MB"},
    {20971521, "20 MB", "20 MB"},      {15728640 + 104858, "15,1 MB", "15.1 MB"}, {G_GINT64_CONSTANT(2147483647), "2 GB", "2 GB"},
};

static void sizes_are_shown(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(SIZES); i++) {
    void *owner = talloc_new(NULL);
    row_is(i, SIZES[i].german, language_size(owner, LANGUAGE_GERMAN, SIZES[i].bytes), SIZES[i].german);
    row_is(i, SIZES[i].english, language_size(owner, LANGUAGE_ENGLISH, SIZES[i].bytes), SIZES[i].english);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void languages_have_codes(void **state) {
  assert_string_equal(language_code(LANGUAGE_GERMAN), "de");
  assert_string_equal(language_code(LANGUAGE_ENGLISH), "en");
  assert_int_equal(language_by_code("de"), LANGUAGE_GERMAN);
  assert_int_equal(language_by_code("en"), LANGUAGE_ENGLISH);
  assert_int_equal(language_by_code("EN"), -1);
  assert_int_equal(language_by_code("fr"), -1);
  assert_int_equal(language_by_code(""), -1);
  assert_int_equal(language_by_code(NULL), -1);
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(days_are_shown),
      cmocka_unit_test(numbers_are_shown_in_groups_of_three),
      cmocka_unit_test(money_is_shown),
      cmocka_unit_test(sizes_are_shown),
      cmocka_unit_test(forms_show_decimals_without_groups),
      cmocka_unit_test(moments_are_shown_in_the_time_zone),
      cmocka_unit_test(language_is_guessed_from_the_header),
      cmocka_unit_test(an_endless_header_ends),
      cmocka_unit_test(languages_have_codes),
  };
  return cmocka_run_group_tests_name("language", tests, NULL, NULL);
}
