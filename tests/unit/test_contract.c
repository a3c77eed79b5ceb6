/* Contracts and levels: rules between fields, what is required, the monthly value. Source: product.md, "Contract" and "Terms". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/contract_terms.h"
#include "domain/customer.h"
#include "domain/support_level.h"
#include "rows.h"

/* All errors as "field:reason field:reason". */
static const char *errors_text(void *owner, const FieldErrors *errors) {
  char *text = talloc_strdup(owner, "");
  for (unsigned i = 0; i < errors->items->len; i++) {
    const FieldError *error = &g_array_index(errors->items, FieldError, i);
    text = talloc_asprintf_append(text, "%s%s:%s", i > 0 ? " " : "", error->field, error->reason);
  }
  return text;
}

/* The least contract that keeps all rules. */
static Contract *good_contract(void *owner) {
  Contract *contract = contract_new(owner);
  contract->values[CONTRACT_NUMBER] = "V-1";
  contract->values[CONTRACT_TITLE] = "Telefonanlage";
  contract->values[CONTRACT_CUSTOMER_NUMBER] = "K-1";
  contract->values[CONTRACT_TYPE] = "WARTUNG";
  contract->values[CONTRACT_STARTS_ON] = "2026-01-01";
  return contract;
}

static const struct {
  const char *starts_on;
  const char *ends_on;
  const char *renewal_months;
  const char *notice_period;
  const char *notice_to;
  const char *cancelled_on;
  const char *cancelled_to;
  const char *errors;
} CHECKED[] = {
    /* Start and end. */
    {"2026-01-01", "", "0", "", "", "", "", ""},
    {"2026-01-01", "2026-12-31", "12", "3m", "term", "", "", ""},
    {"2026-01-01", "2026-01-01", "0", "", "", "", "", ""},
    {"2026-01-01", "2025-12-31", "0", "", "", "", "", "ends_on:before_start"},
    {"", "2025-12-31", "0", "", "", "", "", "starts_on:required"},
    /* An open-ended contract renews never, whatever is left in the field. */
    {"2026-01-01", "", "12", "", "", "", "", "renewal_months:renewal_open_ended"},
    {"2026-01-01", "", "", "", "", "", "", ""},
    {"2026-01-01", "2026-12-31", "0", "", "", "", "", ""},
    {"2026-01-01", "2026-12-31", "", "", "", "", "", ""},
    /* A notice period runs up to something, and the other way round. */
    {"2026-01-01", "2026-12-31", "12", "3m", "", "", "", "notice_to:period_without_notice_to"},
    {"2026-01-01", "2026-12-31", "12", "", "term", "", "", "notice_period:notice_to_without_period"},
    {"2026-01-01", "", "0", "3m", "", "", "", "notice_to:period_without_notice_to"},
    {"2026-01-01", "", "0", "", "month", "", "", "notice_period:notice_to_without_period"},
    /* No term without an end. */
    {"2026-01-01", "", "0", "3m", "term", "", "", "notice_to:open_ended_term"},
    {"2026-01-01", "", "0", "", "term", "", "", "notice_period:notice_to_without_period notice_to:open_ended_term"},
    {"2026-01-01", "", "0", "3m", "month", "", "", ""},
    {"2026-01-01", "", "0", "3m", "quarter", "", "", ""},
    {"2026-01-01", "", "0", "3m", "half", "", "", ""},
    {"2026-01-01", "", "0", "3m", "year", "", "", ""},
    {"2026-01-01", "2026-12-31", "12", "3m", "quarter", "", "", ""},
    /* Notice was given, and the contract ends then: both, in this order. */
    {"2026-01-01", "2026-12-31", "12", "3m", "term", "2026-02-11", "2026-12-31", ""},
    {"2026-01-01", "2026-12-31", "12", "3m", "term", "2026-02-11", "2026-02-11", ""},
    {"2026-01-01", "2026-12-31", "12", "3m", "term", "2026-02-11", "2029-12-31", ""},
    {"2026-01-01", "", "0", "", "", "2025-11-01", "2025-12-31", ""},
    {"2026-01-01", "2026-12-31", "12", "3m", "term", "2026-02-11", "", "cancelled_to:cancelled_both"},
    {"2026-01-01", "2026-12-31", "12", "3m", "term", "", "2026-12-31", "cancelled_on:cancelled_both"},
    {"2026-01-01", "2026-12-31", "12", "3m", "term", "2026-02-11", "2026-02-10", "cancelled_to:cancelled_before"},
    /* What couldn't be read is not compared: it has an error of its own. */
    {"2026-01-01", "gestern", "0", "", "", "", "", ""},
    {"gestern", "2025-12-31", "0", "", "", "", "", ""},
    {"2026-01-01", "gestern", "12", "3m", "term", "", "", ""},
    {"2026-01-01", "2026-12-31", "12", "3m", "term", "2026-02-11", "gestern", ""},
    /* Each fault is told at once. */
    {"2026-01-01", "2025-12-31", "12", "3m", "", "2026-02-11", "", "ends_on:before_start notice_to:period_without_notice_to cancelled_to:cancelled_both"},
};

static void rules_between_fields_hold(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(CHECKED); i++) {
    void *owner = talloc_new(NULL);
    FieldErrors *errors = field_errors_new(owner);
    Contract *contract = good_contract(owner);
    contract->values[CONTRACT_STARTS_ON] = CHECKED[i].starts_on;
    contract->values[CONTRACT_ENDS_ON] = CHECKED[i].ends_on;
    contract->values[CONTRACT_RENEWAL_MONTHS] = CHECKED[i].renewal_months;
    contract->values[CONTRACT_NOTICE_PERIOD] = CHECKED[i].notice_period;
    contract->values[CONTRACT_NOTICE_TO] = CHECKED[i].notice_to;
    contract->values[CONTRACT_CANCELLED_ON] = CHECKED[i].cancelled_on;
    contract->values[CONTRACT_CANCELLED_TO] = CHECKED[i].cancelled_to;
    contract_check(contract, errors);
    const char *typed = talloc_asprintf(owner, "%s to %s, renews by %s, notice %s to %s, cancelled %s to %s", CHECKED[i].starts_on, CHECKED[i].ends_on, CHECKED[i].renewal_months,
                                        CHECKED[i].notice_period, CHECKED[i].notice_to, CHECKED[i].cancelled_on, CHECKED[i].cancelled_to);
    row_is(i, typed, errors_text(owner, errors), CHECKED[i].errors);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

/* Required: number, title, customer, type, start. The level is optional, as is everything else. */
static void exactly_five_fields_are_required(void **state) {
  static const ContractFieldId REQUIRED[] = {CONTRACT_NUMBER, CONTRACT_TITLE, CONTRACT_CUSTOMER_NUMBER, CONTRACT_TYPE, CONTRACT_STARTS_ON};
  for (unsigned field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    void *owner = talloc_new(NULL);
    FieldErrors *errors = field_errors_new(owner);
    Contract *contract = good_contract(owner);
    bool required = false;
    for (unsigned i = 0; i < G_N_ELEMENTS(REQUIRED); i++) required = required || REQUIRED[i] == field;
    contract->values[field] = "";
    contract_check(contract, errors);
    const char *name = contract_fields[field].name;
    row_is(field, name, errors_text(owner, errors), required ? talloc_asprintf(owner, "%s:required", name) : "");
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void an_empty_contract_lacks_all_that_is_required(void **state) {
  void *owner = talloc_new(NULL);
  FieldErrors *errors = field_errors_new(owner);
  contract_check(contract_new(owner), errors);
  assert_string_equal(errors_text(owner, errors), "number:required title:required customer_number:required type:required starts_on:required");
  talloc_free(owner);
  (void)state;
}

static void a_new_contract_has_the_fallbacks(void **state) {
  void *owner = talloc_new(NULL);
  Contract *contract = contract_new(owner);
  assert_int_equal(contract->id, 0);
  assert_int_equal(contract->version, 0);
  assert_string_equal(contract->values[CONTRACT_LEVEL], "");
  assert_string_equal(contract->values[CONTRACT_RENEWAL_MONTHS], "0");
  assert_string_equal(contract->values[CONTRACT_AMOUNT], "0.00");
  assert_string_equal(contract->values[CONTRACT_BILLING_MONTHS], "1");
  assert_string_equal(contract->values[CONTRACT_CURRENCY], "EUR");
  assert_string_equal(contract->values[CONTRACT_NOTE], "");
  talloc_free(owner);
  (void)state;
}

/* Amount per months, and the value of one month in hundredths, rounded half up. */
static const struct {
  const char *amount;
  const char *billing_months;
  gint64 monthly;
} MONTHLY[] = {
    {"0.00", "1", 0},       {"", "1", 0},           {"", "", 0},          {"100.00", "1", 10000}, {"100.00", "", 10000},     {"1234.56", "1", 123456}, {"100.00", "3", 3333},
    {"200.00", "3", 6667},  {"0.01", "3", 0},       {"0.02", "3", 1},     {"0.03", "6", 1},       {"0.02", "6", 0},          {"0.06", "12", 1},        {"0.05", "12", 0},
    {"0.18", "12", 2},      {"10.00", "12", 83},    {"11.00", "12", 92},  {"12.00", "12", 100},   {"600.00", "6", 10000},    {"0.15", "6", 3},         {"999999999999.99", "1", 99999999999999},
    {"999999999999.99", "12", 8333333333333},
};

static void monthly_value_is_rounded_half_up(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(MONTHLY); i++) {
    void *owner = talloc_new(NULL);
    const char *got = talloc_asprintf(owner, "%" G_GINT64_FORMAT, contract_monthly_value(MONTHLY[i].amount, MONTHLY[i].billing_months));
    row_is(i, talloc_asprintf(owner, "%s per %s", MONTHLY[i].amount, MONTHLY[i].billing_months), got, talloc_asprintf(owner, "%" G_GINT64_FORMAT, MONTHLY[i].monthly));
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void statuses_have_names(void **state) {
  assert_string_equal(contract_status_name(STATUS_UPCOMING), "upcoming");
  assert_string_equal(contract_status_name(STATUS_ACTIVE), "active");
  assert_string_equal(contract_status_name(STATUS_CANCELLED), "cancelled");
  assert_string_equal(contract_status_name(STATUS_ENDED), "ended");
  for (int status = 0; status < STATUS_COUNT; status++) assert_int_equal(contract_status_by_name(contract_status_name((ContractStatus)status)), status);
  assert_int_equal(contract_status_by_name("Active"), -1);
  assert_int_equal(contract_status_by_name("activ"), -1);
  assert_int_equal(contract_status_by_name(""), -1);
  (void)state;
}

/* A level's code stands in addresses beside names of ours: `none` is the filter's word for no level, `new` the page of a new one. */
static const struct {
  const char *code;
  const char *next_level;
  const char *errors;
} LEVELS[] = {
    {"L1", "", ""},
    {"L1", "L2", ""},
    {"L1", "L1", "next_level:own_next_level"},
    {"L1", "l1", ""},
    {"none", "", "code:reserved"},
    {"None", "", ""},
    {"new", "", "code:reserved"},
    {"newer", "", ""},
    {"", "", "code:required"},
};

static void levels_keep_their_rules(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(LEVELS); i++) {
    void *owner = talloc_new(NULL);
    FieldErrors *errors = field_errors_new(owner);
    Record *level = record_new(owner, &level_kind);
    level->values[LEVEL_CODE] = LEVELS[i].code;
    level->values[LEVEL_NEXT] = LEVELS[i].next_level;
    level->values[LEVEL_NAME] = "Help Desk";
    level->values[LEVEL_RANK] = "1";
    level_check(level, errors);
    row_is(i, talloc_asprintf(owner, "%s, next %s", LEVELS[i].code, LEVELS[i].next_level), errors_text(owner, errors), LEVELS[i].errors);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void records_lack_what_is_required(void **state) {
  void *owner = talloc_new(NULL);
  FieldErrors *errors = field_errors_new(owner);
  Record *customer = record_new(owner, &customer_kind);
  assert_string_equal(customer->values[CUSTOMER_COUNTRY], "DE");
  record_check(customer, errors);
  assert_string_equal(errors_text(owner, errors), "number:required name:required");
  errors = field_errors_new(owner);
  level_check(record_new(owner, &level_kind), errors);
  assert_string_equal(errors_text(owner, errors), "code:required name:required rank:required");
  talloc_free(owner);
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rules_between_fields_hold),
      cmocka_unit_test(exactly_five_fields_are_required),
      cmocka_unit_test(an_empty_contract_lacks_all_that_is_required),
      cmocka_unit_test(a_new_contract_has_the_fallbacks),
      cmocka_unit_test(monthly_value_is_rounded_half_up),
      cmocka_unit_test(statuses_have_names),
      cmocka_unit_test(levels_keep_their_rules),
      cmocka_unit_test(records_lack_what_is_required),
  };
  return cmocka_run_group_tests_name("contract", tests, NULL, NULL);
}
