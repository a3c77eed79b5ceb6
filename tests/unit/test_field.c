/* Fields: what people type into each kind, the canonical text that comes out, or the reason why none does. Source: product.md, "Contract"; field.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/contract_field.h"
#include "domain/currency.h"
#include "domain/customer.h"
#include "domain/money.h"
#include "domain/support_level.h"
#include "domain/user.h"
#include "rows.h"

/* The canonical text, or "reason" and its argument in angle brackets: "<too_long 40>". */
static const char *read_field(void *owner, const Field *field, const char *typed) {
  FieldErrors *errors = field_errors_new(owner);
  const char *value = field_value_read(owner, field, typed, errors);
  if (value != NULL) return field_errors_any(errors) ? "a value and an error" : value;
  if (errors->items->len != 1) return "no value and not one error";
  const FieldError *error = &g_array_index(errors->items, FieldError, 0);
  if (strcmp(error->field, field->name) != 0) return "an error of another field";
  return error->argument != NULL ? talloc_asprintf(owner, "<%s %s>", error->reason, error->argument) : talloc_asprintf(owner, "<%s>", error->reason);
}

typedef struct {
  const Field *field;
  const char *typed;
  const char *read;
} FieldCase;

static void assert_read(const FieldCase *cases, unsigned count) {
  for (unsigned i = 0; i < count; i++) {
    void *owner = talloc_new(NULL);
    row_is(i, talloc_asprintf(owner, "%s: %s", cases[i].field->name, cases[i].typed), read_field(owner, cases[i].field, cases[i].typed), cases[i].read);
    talloc_free(owner);
  }
  rows_end();
}

#define CONTRACT(name) &contract_fields[CONTRACT_##name]
#define CUSTOMER(name) (customer_kind.fields + CUSTOMER_##name)
#define LEVEL(name) (level_kind.fields + LEVEL_##name)

/* ---- text ---- */

#define TEN "abcdefghij"
#define UMLAUTS "\xC3\xA4\xC3\xB6\xC3\xBC\xC3\xA4\xC3\xB6\xC3\xBC\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F" /* ten characters, twenty bytes */
#define DOTTED "u\xCC\x88"                                                                          /* two characters, composed one */
#define TEN_DOTTED DOTTED DOTTED DOTTED DOTTED DOTTED DOTTED DOTTED DOTTED DOTTED DOTTED

static void text_of_one_line_is_trimmed_and_bounded(void **state) {
  const FieldCase cases[] = {
      {CONTRACT(NUMBER), "V-2026-001", "V-2026-001"},
      {CONTRACT(NUMBER), "", ""},
      {CONTRACT(NUMBER), "   ", ""},
      {CONTRACT(NUMBER), "  V-1\t", "V-1"},
      {CONTRACT(NUMBER), "V 1", "V 1"},
      {CONTRACT(NUMBER), TEN TEN TEN TEN, TEN TEN TEN TEN},
      {CONTRACT(NUMBER), TEN TEN TEN TEN "k", "<too_long 40>"},
      {CONTRACT(NUMBER), "  " TEN TEN TEN TEN "  ", TEN TEN TEN TEN},
      /* Characters count, not bytes, and composed ones. */
      {CONTRACT(NUMBER), UMLAUTS UMLAUTS UMLAUTS UMLAUTS, UMLAUTS UMLAUTS UMLAUTS UMLAUTS},
      {CONTRACT(NUMBER), UMLAUTS UMLAUTS UMLAUTS UMLAUTS "\xC3\xA4", "<too_long 40>"},
      {CUSTOMER(POSTCODE), TEN_DOTTED UMLAUTS, "\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC" UMLAUTS},
      {CUSTOMER(POSTCODE), TEN_DOTTED UMLAUTS "x", "<too_long 20>"},
      {CONTRACT(TITLE), "Mu\xCC\x88ller", "M\xC3\xBCller"},
      {CUSTOMER(NAME), "M\xC3\xBCller & S\xC3\xB6hne <GmbH>", "M\xC3\xBCller & S\xC3\xB6hne <GmbH>"},
      {CONTRACT(REFERENCE), "=1+1", "=1+1"},
      /* Control characters, a line break among them. */
      {CONTRACT(TITLE), "a\nb", "<control_character>"},
      {CONTRACT(TITLE), "a\tb", "<control_character>"},
      {CONTRACT(TITLE), "a\x01" "b", "<control_character>"},
      {CONTRACT(TITLE), "a\x7F", "<control_character>"},
      {CONTRACT(TITLE), "a\xC2\x85" "b", "<control_character>"},
      {CONTRACT(TITLE), "M\xFCller", "<not_utf8>"},
      {CUSTOMER(EMAIL), "\xED\xA0\x80", "<not_utf8>"},
  };
  assert_read(cases, G_N_ELEMENTS(cases));
  (void)state;
}

static void a_duration_is_minutes_or_hours(void **state) {
  const FieldCase cases[] = {
      {LEVEL(RESPONSE), "480", "480"},
      {LEVEL(RESPONSE), "8 h", "480"},
      {LEVEL(RESPONSE), "8h", "480"},
      {LEVEL(RESPONSE), "8 Stunden", "480"},
      {LEVEL(RESPONSE), "1 Std. 30 Min.", "90"},
      {LEVEL(RESPONSE), "1h30min", "90"},
      {LEVEL(RESPONSE), "1 h 30", "90"},
      {LEVEL(RESPONSE), "2 hours 5 minutes", "125"},
      {LEVEL(RESPONSE), "0", "0"},
      {LEVEL(RESPONSE), "0030 min", "30"},
      {LEVEL(RESPONSE), "", ""},
      {LEVEL(RESPONSE), "525600", "525600"},
      {LEVEL(RESPONSE), "8760 h", "525600"},
      {LEVEL(RESPONSE), "8760 h 1 min", "<too_large 525600>"},
      {LEVEL(RESPONSE), "99999999999999999999999 h", "<too_large 525600>"},
      {LEVEL(RESPONSE), "h", "<not_minutes>"},
      {LEVEL(RESPONSE), "-1 h", "<not_minutes>"},
      {LEVEL(RESPONSE), "1,5 h", "<not_minutes>"},
      {LEVEL(RESPONSE), "1.5", "<not_minutes>"},
      {LEVEL(RESPONSE), "30 min 1 h", "<not_minutes>"},
      {LEVEL(RESPONSE), "1 h 2 h", "<not_minutes>"},
      {LEVEL(RESPONSE), "2 Tage", "<not_minutes>"},
      {LEVEL(RESPONSE), "8 h genau", "<not_minutes>"},
  };
  assert_read(cases, G_N_ELEMENTS(cases));
  (void)state;
}

static void a_country_is_two_letters(void **state) {
  const FieldCase cases[] = {
      {CUSTOMER(COUNTRY), "DE", "DE"},
      {CUSTOMER(COUNTRY), " at ", "AT"},
      {CUSTOMER(COUNTRY), "", ""},
      {CUSTOMER(COUNTRY), "D", "<not_a_country>"},
      {CUSTOMER(COUNTRY), "DEU", "<not_a_country>"},
      {CUSTOMER(COUNTRY), "D1", "<not_a_country>"},
      {CUSTOMER(COUNTRY), "\xC3\xA4", "<not_a_country>"},
  };
  assert_read(cases, G_N_ELEMENTS(cases));
  (void)state;
}

static void an_address_is_one_that_mail_reaches(void **state) {
  const FieldCase cases[] = {
      {&user_kind.fields[USER_EMAIL], " anna@example.org ", "anna@example.org"},
      {&user_kind.fields[USER_EMAIL], "", ""},
      {&user_kind.fields[USER_EMAIL], "anna", "<not_a_mail_address anna>"},
      {&user_kind.fields[USER_EMAIL], "a@b, c@d", "<not_a_mail_address a@b, c@d>"},
  };
  assert_read(cases, G_N_ELEMENTS(cases));
  (void)state;
}

static void text_of_several_lines_keeps_them(void **state) {
  const FieldCase cases[] = {
      {CONTRACT(NOTE), "a\r\nb\rc", "a\nb\nc"},
      {CONTRACT(NOTE), "\n\n a\n\n\tb \n", "a\n\n\tb"},
      {CUSTOMER(NOTE), "a\nb", "a\nb"},
      {LEVEL(SCOPE), "a\nb", "a\nb"},
      {CONTRACT(NOTE), "a\x08", "<control_character>"},
      {CONTRACT(NOTE), "\xC3", "<not_utf8>"},
  };
  assert_read(cases, G_N_ELEMENTS(cases));
  (void)state;
}

/* Each text field's own limit: so many characters are kept, one more is refused. */
static void every_text_has_its_limit(void **state) {
  static const struct {
    const char *name;
    unsigned limit;
  } LIMITS[] = {{"number", 40},        {"title", 200}, {"customer_number", 40}, {"customer_name", 200}, {"type", 20},
                {"level", 20},         {"responsible", 60}, {"reference", 100}, {"note", 10000}};
  for (unsigned i = 0; i < G_N_ELEMENTS(LIMITS); i++) {
    void *owner = talloc_new(NULL);
    const Field *field = &contract_fields[contract_field_by_name(LIMITS[i].name)];
    GString *text = g_string_new(NULL);
    while (g_utf8_strlen(text->str, -1) < (glong)LIMITS[i].limit) g_string_append(text, "\xE2\x82\xAC");
    row_is(i, field->name, read_field(owner, field, text->str), text->str);
    g_string_append(text, "\xE2\x82\xAC");
    row_is(i, field->name, read_field(owner, field, text->str), talloc_asprintf(owner, "<too_long %u>", LIMITS[i].limit));
    g_string_free(text, TRUE);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void codes_can_stand_in_an_address(void **state) {
  const FieldCase cases[] = {
      {LEVEL(CODE), "L1", "L1"},
      {LEVEL(CODE), " L1 ", "L1"},
      {LEVEL(CODE), "v1.json", "v1.json"},
      {LEVEL(CODE), "7x24_A-b", "7x24_A-b"},
      {LEVEL(CODE), TEN TEN, TEN TEN},
      {LEVEL(CODE), TEN TEN "k", "<too_long 20>"},
      {LEVEL(CODE), "L 1", "<not_a_code>"},
      {LEVEL(CODE), "L/1", "<not_a_code>"},
      {LEVEL(CODE), "L&1", "<not_a_code>"},
      {LEVEL(CODE), "..", "<not_a_code>"},
      {LEVEL(CODE), ".L1", "<not_a_code>"},
      {LEVEL(CODE), "-1", "<not_a_code>"},
      {LEVEL(CODE), "_", "<not_a_code>"},
      {LEVEL(CODE), "L%31", "<not_a_code>"},
      {LEVEL(CODE), "L?", "<not_a_code>"},
      {LEVEL(CODE), "\xC3\x9C" "1", "<not_a_code>"},
      {LEVEL(CODE), "L\xC3\xBC", "<not_a_code>"},
      {LEVEL(CODE), "L\n1", "<control_character>"},
  };
  assert_read(cases, G_N_ELEMENTS(cases));
  (void)state;
}

/* ---- days, numbers, periods, choices ---- */

static void days_become_iso(void **state) {
  const FieldCase cases[] = {
      {CONTRACT(STARTS_ON), "2026-12-31", "2026-12-31"},
      {CONTRACT(STARTS_ON), "", ""},
      {CONTRACT(STARTS_ON), " 31.12.2026 ", "2026-12-31"},
      {CONTRACT(ENDS_ON), "1.2.26", "2026-02-01"},
      {CONTRACT(ENDS_ON), "31 Dec 2026", "2026-12-31"},
      {CONTRACT(ENDS_ON), "1. M\xC3\xA4rz 2026", "2026-03-01"},
      {CONTRACT(ENDS_ON), "1. Ma\xCC\x88rz 2026", "2026-03-01"},
      {CONTRACT(ENDS_ON), "31/12/2026", "2026-12-31"},
      {CONTRACT(CANCELLED_ON), "29.2.2028", "2028-02-29"},
      {CONTRACT(CANCELLED_ON), "29.2.2026", "<not_a_day>"},
      {CONTRACT(CANCELLED_TO), "9999-12-30", "9999-12-30"},
      {CONTRACT(CANCELLED_TO), "9999-12-31", "<not_a_day>"},
      {CONTRACT(CANCELLED_TO), "31.12.9999", "<not_a_day>"},
      {CONTRACT(ENDS_ON), "today", "<not_a_day>"},
      {CONTRACT(ENDS_ON), "+90d", "<not_a_day>"},
      {CONTRACT(ENDS_ON), "unbefristet", "<not_a_day>"},
      {CONTRACT(ENDS_ON), "0", "<not_a_day>"},
  };
  assert_read(cases, G_N_ELEMENTS(cases));
  (void)state;
}

static void numbers_are_whole_and_bounded(void **state) {
  const FieldCase cases[] = {
      {CONTRACT(RENEWAL_MONTHS), "12", "12"},
      {CONTRACT(RENEWAL_MONTHS), "", ""},
      {CONTRACT(RENEWAL_MONTHS), "0", "0"},
      {CONTRACT(RENEWAL_MONTHS), "00", "0"},
      {CONTRACT(RENEWAL_MONTHS), "012", "12"},
      {CONTRACT(RENEWAL_MONTHS), "600", "600"},
      {CONTRACT(RENEWAL_MONTHS), "601", "<too_large 600>"},
      {CONTRACT(RENEWAL_MONTHS), "4294967296", "<too_large 600>"},
      {CONTRACT(RENEWAL_MONTHS), "18446744073709551616", "<too_large 600>"},
      {CONTRACT(RENEWAL_MONTHS), "99999999999999999999999999999999", "<too_large 600>"},
      {LEVEL(RANK), "999", "999"},
      {LEVEL(RANK), "1000", "<too_large 999>"},
      {LEVEL(RESPONSE), "525600", "525600"},
      {LEVEL(RESTORE), "525601", "<too_large 525600>"},
      {CONTRACT(RENEWAL_MONTHS), "-1", "<not_a_number>"},
      {CONTRACT(RENEWAL_MONTHS), "+1", "<not_a_number>"},
      {CONTRACT(RENEWAL_MONTHS), "1.5", "<not_a_number>"},
      {CONTRACT(RENEWAL_MONTHS), "1 2", "<not_a_number>"},
      {CONTRACT(RENEWAL_MONTHS), "1e2", "<not_a_number>"},
      {CONTRACT(RENEWAL_MONTHS), "0x10", "<not_a_number>"},
      {CONTRACT(RENEWAL_MONTHS), "12m", "<not_a_number>"},
      {CONTRACT(RENEWAL_MONTHS), "\xD9\xA3", "<not_a_number>"},
  };
  assert_read(cases, G_N_ELEMENTS(cases));
  (void)state;
}

static void periods_are_read_in_words(void **state) {
  const FieldCase cases[] = {
      {CONTRACT(NOTICE_PERIOD), "3m", "3m"},
      {CONTRACT(NOTICE_PERIOD), "6w", "6w"},
      {CONTRACT(NOTICE_PERIOD), "30d", "30d"},
      {CONTRACT(NOTICE_PERIOD), "", ""},
      {CONTRACT(NOTICE_PERIOD), "3 m", "3m"},
      {CONTRACT(NOTICE_PERIOD), "3M", "3m"},
      {CONTRACT(NOTICE_PERIOD), "03m", "3m"},
      {CONTRACT(NOTICE_PERIOD), "3 Monate", "3m"},
      {CONTRACT(NOTICE_PERIOD), "1 Monat", "1m"},
      {CONTRACT(NOTICE_PERIOD), "3 months", "3m"},
      {CONTRACT(NOTICE_PERIOD), "1 month", "1m"},
      {CONTRACT(NOTICE_PERIOD), "6 Wochen", "6w"},
      {CONTRACT(NOTICE_PERIOD), "1 Woche", "1w"},
      {CONTRACT(NOTICE_PERIOD), "6 weeks", "6w"},
      {CONTRACT(NOTICE_PERIOD), "1 week", "1w"},
      {CONTRACT(NOTICE_PERIOD), "30 Tage", "30d"},
      {CONTRACT(NOTICE_PERIOD), "1 Tag", "1d"},
      {CONTRACT(NOTICE_PERIOD), "30t", "30d"},
      {CONTRACT(NOTICE_PERIOD), "30 DAYS", "30d"},
      {CONTRACT(NOTICE_PERIOD), "1 day", "1d"},
      {CONTRACT(NOTICE_PERIOD), "999d", "999d"},
      {CONTRACT(NOTICE_PERIOD), "1000d", "<not_a_period>"},
      {CONTRACT(NOTICE_PERIOD), "104w", "104w"},
      {CONTRACT(NOTICE_PERIOD), "105w", "<not_a_period>"},
      {CONTRACT(NOTICE_PERIOD), "120m", "120m"},
      {CONTRACT(NOTICE_PERIOD), "121m", "<not_a_period>"},
      {CONTRACT(NOTICE_PERIOD), "99999999999999999999m", "<not_a_period>"},
      {CONTRACT(NOTICE_PERIOD), "0m", "<not_a_period>"},
      {CONTRACT(NOTICE_PERIOD), "-3m", "<not_a_period>"},
      {CONTRACT(NOTICE_PERIOD), "+3m", "<not_a_period>"},
      {CONTRACT(NOTICE_PERIOD), "3", "<not_a_period>"},
      {CONTRACT(NOTICE_PERIOD), "m", "<not_a_period>"},
      {CONTRACT(NOTICE_PERIOD), "Monate", "<not_a_period>"},
      {CONTRACT(NOTICE_PERIOD), "3x", "<not_a_period>"},
      {CONTRACT(NOTICE_PERIOD), "3mm", "<not_a_period>"},
      {CONTRACT(NOTICE_PERIOD), "3m 2w", "<not_a_period>"},
      {CONTRACT(NOTICE_PERIOD), "1.5m", "<not_a_period>"},
      {CONTRACT(NOTICE_PERIOD), "1 Jahr", "<not_a_period>"},
  };
  assert_read(cases, G_N_ELEMENTS(cases));
  (void)state;
}

#define NO_NOTICE_TO "<not_a_choice term month quarter half year>"
#define NO_BILLING "<not_a_choice 1 3 6 12>"

static void choices_are_read_in_words(void **state) {
  const FieldCase cases[] = {
      {CONTRACT(NOTICE_TO), "term", "term"},
      {CONTRACT(NOTICE_TO), "month", "month"},
      {CONTRACT(NOTICE_TO), "quarter", "quarter"},
      {CONTRACT(NOTICE_TO), "half", "half"},
      {CONTRACT(NOTICE_TO), "year", "year"},
      {CONTRACT(NOTICE_TO), "", ""},
      {CONTRACT(NOTICE_TO), " Term ", "term"},
      {CONTRACT(NOTICE_TO), "YEAR", "year"},
      {CONTRACT(NOTICE_TO), "Laufzeit", "term"},
      {CONTRACT(NOTICE_TO), "Laufzeitende", "term"},
      {CONTRACT(NOTICE_TO), "Ende der Laufzeit", "term"},
      {CONTRACT(NOTICE_TO), "End of term", "term"},
      {CONTRACT(NOTICE_TO), "Monatsende", "month"},
      {CONTRACT(NOTICE_TO), "Monat", "month"},
      {CONTRACT(NOTICE_TO), "End of month", "month"},
      {CONTRACT(NOTICE_TO), "Quartal", "quarter"},
      {CONTRACT(NOTICE_TO), "Quartalsende", "quarter"},
      {CONTRACT(NOTICE_TO), "End of quarter", "quarter"},
      {CONTRACT(NOTICE_TO), "Halbjahr", "half"},
      {CONTRACT(NOTICE_TO), "Halbjahresende", "half"},
      {CONTRACT(NOTICE_TO), "End of half-year", "half"},
      {CONTRACT(NOTICE_TO), "Jahr", "year"},
      {CONTRACT(NOTICE_TO), "JAHRESENDE", "year"},
      {CONTRACT(NOTICE_TO), "End of year", "year"},
      {CONTRACT(NOTICE_TO), "week", NO_NOTICE_TO},
      {CONTRACT(NOTICE_TO), "term month", NO_NOTICE_TO},
      {CONTRACT(NOTICE_TO), "monatlich", NO_NOTICE_TO},
      {CONTRACT(NOTICE_TO), "1", NO_NOTICE_TO},
      {CONTRACT(BILLING_MONTHS), "1", "1"},
      {CONTRACT(BILLING_MONTHS), "3", "3"},
      {CONTRACT(BILLING_MONTHS), "6", "6"},
      {CONTRACT(BILLING_MONTHS), "12", "12"},
      {CONTRACT(BILLING_MONTHS), "monatlich", "1"},
      {CONTRACT(BILLING_MONTHS), "Monthly", "1"},
      {CONTRACT(BILLING_MONTHS), "viertelj\xC3\xA4hrlich", "3"},
      {CONTRACT(BILLING_MONTHS), "VIERTELJ\xC3\x84HRLICH", "3"},
      {CONTRACT(BILLING_MONTHS), "viertelja\xCC\x88hrlich", "3"},
      {CONTRACT(BILLING_MONTHS), "quartalsweise", "3"},
      {CONTRACT(BILLING_MONTHS), "quarterly", "3"},
      {CONTRACT(BILLING_MONTHS), "halbj\xC3\xA4hrlich", "6"},
      {CONTRACT(BILLING_MONTHS), "half-yearly", "6"},
      {CONTRACT(BILLING_MONTHS), "j\xC3\xA4hrlich", "12"},
      {CONTRACT(BILLING_MONTHS), "yearly", "12"},
      {CONTRACT(BILLING_MONTHS), "2", NO_BILLING},
      {CONTRACT(BILLING_MONTHS), "0", NO_BILLING},
      {CONTRACT(BILLING_MONTHS), "01", NO_BILLING},
      {CONTRACT(BILLING_MONTHS), "1 3", NO_BILLING},
      {CONTRACT(BILLING_MONTHS), "Monat", NO_BILLING},
  };
  assert_read(cases, G_N_ELEMENTS(cases));
  (void)state;
}

static void yes_is_one_or_nothing(void **state) {
  const FieldCase cases[] = {
      {LEVEL(RETIRED), "1", "1"},
      {LEVEL(RETIRED), "", ""},
      {LEVEL(RETIRED), "0", "<not_a_choice 1>"},
      {LEVEL(RETIRED), "2", "<not_a_choice 1>"},
      {LEVEL(RETIRED), "x", "<not_a_choice 1>"},
      {LEVEL(RETIRED), "11", "<not_a_choice 1>"},
  };
  assert_read(cases, G_N_ELEMENTS(cases));
  (void)state;
}

/* ---- money ---- */

static void money_is_read_in_german_and_english(void **state) {
  const FieldCase cases[] = {
      {CONTRACT(AMOUNT), "", ""},
      {CONTRACT(AMOUNT), "0", "0.00"},
      {CONTRACT(AMOUNT), "000", "0.00"},
      {CONTRACT(AMOUNT), "1234.50", "1234.50"},
      {CONTRACT(AMOUNT), "1234,50", "1234.50"},
      {CONTRACT(AMOUNT), "1234.5", "1234.50"},
      {CONTRACT(AMOUNT), "1234,5", "1234.50"},
      {CONTRACT(AMOUNT), "1234", "1234.00"},
      {CONTRACT(AMOUNT), "0,5", "0.50"},
      {CONTRACT(AMOUNT), "00.5", "0.50"},
      {CONTRACT(AMOUNT), "007", "7.00"},
      {CONTRACT(AMOUNT), " 5,00 ", "5.00"},
      /* Thousands. */
      {CONTRACT(AMOUNT), "1.234,56", "1234.56"},
      {CONTRACT(AMOUNT), "1,234.56", "1234.56"},
      {CONTRACT(AMOUNT), "1'234.50", "1234.50"},
      {CONTRACT(AMOUNT), "1 234,50", "1234.50"},
      {CONTRACT(AMOUNT), "12.345.678,90", "12345678.90"},
      {CONTRACT(AMOUNT), "12,345,678.90", "12345678.90"},
      {CONTRACT(AMOUNT), "12.345.678", "12345678.00"},
      {CONTRACT(AMOUNT), "12,345,678", "12345678.00"},
      /* One mark before exactly three digits: thousands for some, decimals for others. */
      {CONTRACT(AMOUNT), "1.234", "<ambiguous_money 1.234>"},
      {CONTRACT(AMOUNT), "1,234", "<ambiguous_money 1,234>"},
      {CONTRACT(AMOUNT), "123.456", "<ambiguous_money 123.456>"},
      {CONTRACT(AMOUNT), "1.234,00", "1234.00"},
      {CONTRACT(AMOUNT), "0.125", "<not_money>"},
      {CONTRACT(AMOUNT), "0,125", "<not_money>"},
      /* Groups of other than three. */
      {CONTRACT(AMOUNT), "12.34.56", "<not_money>"},
      {CONTRACT(AMOUNT), "1.234.56", "<not_money>"},
      {CONTRACT(AMOUNT), "1.2345,00", "<not_money>"},
      {CONTRACT(AMOUNT), "1.23.456", "<not_money>"},
      {CONTRACT(AMOUNT), "1.2345.678,00", "<not_money>"},
      {CONTRACT(AMOUNT), "1.23,45", "<not_money>"},
      {CONTRACT(AMOUNT), "1234.567,89", "<not_money>"},
      {CONTRACT(AMOUNT), "1..234,00", "<not_money>"},
      {CONTRACT(AMOUNT), "1.234'567,00", "<not_money>"},
      {CONTRACT(AMOUNT), "1,234,567,89", "<not_money>"},
      {CONTRACT(AMOUNT), "12 34", "<not_money>"},
      {CONTRACT(AMOUNT), "'123", "<not_money>"},
      {CONTRACT(AMOUNT), "012.345,00", "<not_money>"},
      /* Decimals of other than one or two. */
      {CONTRACT(AMOUNT), "1,2345", "<not_money>"},
      {CONTRACT(AMOUNT), "1.234,567", "<not_money>"},
      {CONTRACT(AMOUNT), "5,", "<not_money>"},
      {CONTRACT(AMOUNT), "5.", "<not_money>"},
      {CONTRACT(AMOUNT), ",5", "<not_money>"},
      {CONTRACT(AMOUNT), ".50", "<not_money>"},
      /* Largest: decimal(14,2). */
      {CONTRACT(AMOUNT), "999999999999.99", "999999999999.99"},
      {CONTRACT(AMOUNT), "999.999.999.999,99", "999999999999.99"},
      {CONTRACT(AMOUNT), "0000999999999999.99", "999999999999.99"},
      {CONTRACT(AMOUNT), "1000000000000", "<too_large 999999999999.99>"},
      {CONTRACT(AMOUNT), "99999999999999999999999999", "<too_large 999999999999.99>"},
      /* No money. */
      {CONTRACT(AMOUNT), "-5", "<not_money>"},
      {CONTRACT(AMOUNT), "-0", "<not_money>"},
      {CONTRACT(AMOUNT), "+5", "<not_money>"},
      {CONTRACT(AMOUNT), "5-", "<not_money>"},
      {CONTRACT(AMOUNT), "1e3", "<not_money>"},
      {CONTRACT(AMOUNT), "0x10", "<not_money>"},
      {CONTRACT(AMOUNT), "abc", "<not_money>"},
      {CONTRACT(AMOUNT), "1,2a", "<not_money>"},
      {CONTRACT(AMOUNT), ".", "<not_money>"},
      {CONTRACT(AMOUNT), ".,", "<not_money>"},
      {CONTRACT(AMOUNT), "NaN", "<not_money>"},
      {CONTRACT(AMOUNT), "\xD9\xA3", "<not_money>"},
  };
  assert_read(cases, G_N_ELEMENTS(cases));
  (void)state;
}

/* Where the language is known, its decimal mark decides what "1.234" is; everything else is read as anywhere. */
static const struct {
  const char *typed;
  const char *german;
  const char *english;
} BY_LANGUAGE[] = {
    {"1.234", "1234.00", "<not_money>"},
    {"1,234", "<not_money>", "1234.00"},
    {"12.345", "12345.00", "<not_money>"},
    {"999,999", "<not_money>", "999999.00"},
    {"1234.567", "<not_money>", "<not_money>"},
    {"1234,567", "<not_money>", "<not_money>"},
    {"0,125", "<not_money>", "<not_money>"},
    {"1.234,56", "1234.56", "1234.56"},
    {"1,234.56", "1234.56", "1234.56"},
    {"1234.5", "1234.50", "1234.50"},
    {"1234,5", "1234.50", "1234.50"},
    {"1.234.567", "1234567.00", "1234567.00"},
    {" 5 ", "5.00", "5.00"},
    {"", "", ""},
    {"-1", "<not_money>", "<not_money>"},
    {"1\n2", "<control_character>", "<control_character>"},
};

static const char *read_by_language(void *owner, const char *typed, char decimal) {
  FieldErrors *errors = field_errors_new(owner);
  const char *value = field_value_read_typed(owner, CONTRACT(AMOUNT), typed, decimal, errors);
  return value != NULL ? value : talloc_asprintf(owner, "<%s>", g_array_index(errors->items, FieldError, 0).reason);
}

static void the_language_decides_about_one_mark(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(BY_LANGUAGE); i++) {
    void *owner = talloc_new(NULL);
    row_is(i, BY_LANGUAGE[i].typed, read_by_language(owner, BY_LANGUAGE[i].typed, ','), BY_LANGUAGE[i].german);
    row_is(i, BY_LANGUAGE[i].typed, read_by_language(owner, BY_LANGUAGE[i].typed, '.'), BY_LANGUAGE[i].english);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void currencies_are_those_of_iso_4217(void **state) {
  const FieldCase cases[] = {
      {CONTRACT(CURRENCY), "EUR", "EUR"}, {CONTRACT(CURRENCY), "eur", "EUR"},  {CONTRACT(CURRENCY), " Chf ", "CHF"},           {CONTRACT(CURRENCY), "", ""},
      {CONTRACT(CURRENCY), "USD", "USD"}, {CONTRACT(CURRENCY), "ZWG", "ZWG"},  {CONTRACT(CURRENCY), "AED", "AED"},             {CONTRACT(CURRENCY), "DEM", "<not_a_currency>"},
      {CONTRACT(CURRENCY), "XXX", "<not_a_currency>"}, {CONTRACT(CURRENCY), "EU", "<not_a_currency>"}, {CONTRACT(CURRENCY), "EURO", "<not_a_currency>"},
      {CONTRACT(CURRENCY), "UR ", "<not_a_currency>"}, {CONTRACT(CURRENCY), "R U", "<not_a_currency>"}, {CONTRACT(CURRENCY), "\xE2\x82\xAC", "<not_a_currency>"},
      {CONTRACT(CURRENCY), "AED AFN", "<not_a_currency>"},
  };
  assert_read(cases, G_N_ELEMENTS(cases));
  (void)state;
}

static void a_currency_is_known_only_by_its_code(void **state) {
  assert_true(currency_known("EUR"));
  assert_false(currency_known("eur"));
  assert_false(currency_known(""));
  assert_false(currency_known("ED "));
  (void)state;
}

static const struct {
  const char *decimal;
  gint64 hundredths;
  const char *written;
} HUNDREDTHS[] = {
    {"1234.50", 123450, "1234.50"}, {"1234.5", 123450, "1234.50"}, {"1234", 123400, "1234.00"},   {"0.05", 5, "0.05"},
    {"0.5", 50, "0.50"},            {"", 0, "0.00"},               {"-0.05", -5, "-0.05"},        {"-1234.56", -123456, "-1234.56"},
    {"1.999", 199, "1.99"},         {"0.00", 0, "0.00"},           {"999999999999.99", 99999999999999, "999999999999.99"},
};

static void hundredths_are_exact(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(HUNDREDTHS); i++) {
    void *owner = talloc_new(NULL);
    const char *got = talloc_asprintf(owner, "%" G_GINT64_FORMAT, money_hundredths(HUNDREDTHS[i].decimal));
    row_is(i, HUNDREDTHS[i].decimal, got, talloc_asprintf(owner, "%" G_GINT64_FORMAT, HUNDREDTHS[i].hundredths));
    row_is(i, HUNDREDTHS[i].decimal, money_decimal(owner, HUNDREDTHS[i].hundredths), HUNDREDTHS[i].written);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

/* ---- the tables of fields ---- */

/* What is canonical is read as itself, so that an export can be imported and a form sent back unchanged. */
static void canonical_values_stay(void **state) {
  const FieldCase cases[] = {
      {CONTRACT(STARTS_ON), "2026-12-31", "2026-12-31"}, {CONTRACT(NOTICE_PERIOD), "104w", "104w"}, {CONTRACT(NOTICE_TO), "half", "half"},
      {CONTRACT(AMOUNT), "1234.50", "1234.50"},          {CONTRACT(AMOUNT), "0.00", "0.00"},        {CONTRACT(AMOUNT), "999999999999.99", "999999999999.99"},
      {CONTRACT(AMOUNT), "1234567.00", "1234567.00"},    {CONTRACT(CURRENCY), "EUR", "EUR"},        {CONTRACT(RENEWAL_MONTHS), "0", "0"},
      {CONTRACT(NOTE), "a\n\nb\tc", "a\n\nb\tc"},
  };
  assert_read(cases, G_N_ELEMENTS(cases));
  (void)state;
}

static void fallbacks_are_values_of_their_fields(void **state) {
  for (unsigned i = 0; i < CONTRACT_FIELD_COUNT; i++) {
    void *owner = talloc_new(NULL);
    row_is(i, contract_fields[i].name, read_field(owner, &contract_fields[i], contract_fields[i].fallback), contract_fields[i].fallback);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void fields_are_found_by_either_header(void **state) {
  assert_int_equal(contract_field_by_header("number"), CONTRACT_NUMBER);
  assert_int_equal(contract_field_by_header("NUMBER"), CONTRACT_NUMBER);
  assert_int_equal(contract_field_by_header("Vertragsnummer"), CONTRACT_NUMBER);
  assert_int_equal(contract_field_by_header("k\xC3\xBCndigungsfrist"), CONTRACT_NOTICE_PERIOD);
  assert_int_equal(contract_field_by_header("K\xC3\x9CNDIGUNGSFRIST"), CONTRACT_NOTICE_PERIOD);
  assert_int_equal(contract_field_by_header("Verl\xC3\xA4ngerung (Monate)"), CONTRACT_RENEWAL_MONTHS);
  assert_int_equal(contract_field_by_header("Kunden-Nr."), CONTRACT_CUSTOMER_NUMBER);
  assert_int_equal(contract_field_by_header("Customer number"), CONTRACT_CUSTOMER_NUMBER);
  assert_int_equal(contract_field_by_header("Support Level"), CONTRACT_LEVEL);
  assert_int_equal(contract_field_by_header("Vertragsende"), CONTRACT_ENDS_ON);
  assert_int_equal(contract_field_by_header("status"), -1);
  assert_int_equal(contract_field_by_header("..."), -1);
  assert_int_equal(contract_field_by_header(""), -1);
  assert_int_equal(contract_field_by_name("number"), CONTRACT_NUMBER);
  assert_int_equal(contract_field_by_name("note"), CONTRACT_NOTE);
  assert_int_equal(contract_field_by_name("Number"), -1);
  assert_int_equal(contract_field_by_name("Vertragsnummer"), -1);
  (void)state;
}

static void a_field_has_one_error_the_first(void **state) {
  void *owner = talloc_new(NULL);
  FieldErrors *errors = field_errors_new(owner);
  assert_false(field_errors_any(errors));
  field_errors_add(errors, "title", "too_long", "200");
  field_errors_add(errors, "title", "required", NULL);
  field_errors_add(errors, "number", "required", NULL);
  assert_true(field_errors_any(errors));
  assert_int_equal(errors->items->len, 2);
  assert_string_equal(field_errors_find(errors, "title")->reason, "too_long");
  assert_string_equal(field_errors_find(errors, "title")->argument, "200");
  assert_null(field_errors_find(errors, "number")->argument);
  assert_null(field_errors_find(errors, "type"));
  talloc_free(owner);
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_of_one_line_is_trimmed_and_bounded),
      cmocka_unit_test(a_duration_is_minutes_or_hours),
      cmocka_unit_test(a_country_is_two_letters), cmocka_unit_test(an_address_is_one_that_mail_reaches), cmocka_unit_test(text_of_several_lines_keeps_them),
      cmocka_unit_test(every_text_has_its_limit),
      cmocka_unit_test(codes_can_stand_in_an_address),
      cmocka_unit_test(days_become_iso),
      cmocka_unit_test(numbers_are_whole_and_bounded),
      cmocka_unit_test(periods_are_read_in_words),
      cmocka_unit_test(choices_are_read_in_words),
      cmocka_unit_test(yes_is_one_or_nothing),
      cmocka_unit_test(money_is_read_in_german_and_english),
      cmocka_unit_test(the_language_decides_about_one_mark),
      cmocka_unit_test(currencies_are_those_of_iso_4217),
      cmocka_unit_test(a_currency_is_known_only_by_its_code),
      cmocka_unit_test(hundredths_are_exact),
      cmocka_unit_test(canonical_values_stay),
      cmocka_unit_test(fallbacks_are_values_of_their_fields),
      cmocka_unit_test(fields_are_found_by_either_header),
      cmocka_unit_test(a_field_has_one_error_the_first),
  };
  return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}
