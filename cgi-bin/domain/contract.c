#include "domain/contract.h"

#include <string.h>
#include <talloc.h>

static const char *const STATUS_NAMES[STATUS_COUNT] = {"upcoming", "active", "cancelled", "ended"};

const char *contract_status_name(ContractStatus status) { return STATUS_NAMES[status]; }

int contract_status_by_name(const char *name) {
  for (int status = 0; status < STATUS_COUNT; status++) {
    if (strcmp(STATUS_NAMES[status], name) == 0) return status;
  }
  return -1;
}

Contract *contract_new(void *owner) {
  Contract *contract = talloc_zero(owner, Contract);
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) contract->values[field] = contract_fields[field].fallback;
  return contract;
}

const char *contract_value_read(void *owner, ContractFieldId field, const char *typed, FieldErrors *errors) {
  return field_value_read(owner, &contract_fields[field], typed, errors);
}

static bool given(const Contract *contract, ContractFieldId field) { return contract->values[field][0] != '\0'; }

/* A value that couldn't be read is no day: it has its own error already. */
static Day day_of(const Contract *contract, ContractFieldId field) { return day_parse_iso(contract->values[field]); }

static void check_term(const Contract *contract, FieldErrors *errors) {
  Day starts = day_of(contract, CONTRACT_STARTS_ON);
  Day ends = day_of(contract, CONTRACT_ENDS_ON);
  if (starts != DAY_NONE && ends != DAY_NONE && ends < starts) field_errors_add(errors, "ends_on", "before_start", NULL);
  if (!given(contract, CONTRACT_ENDS_ON) && given(contract, CONTRACT_RENEWAL_MONTHS) && strcmp(contract->values[CONTRACT_RENEWAL_MONTHS], "0") != 0) {
    field_errors_add(errors, "renewal_months", "renewal_open_ended", NULL);
  }
}

static void check_notice(const Contract *contract, FieldErrors *errors) {
  bool period = given(contract, CONTRACT_NOTICE_PERIOD);
  bool to = given(contract, CONTRACT_NOTICE_TO);
  if (period && !to) field_errors_add(errors, "notice_to", "period_without_notice_to", NULL);
  if (to && !period) field_errors_add(errors, "notice_period", "notice_to_without_period", NULL);
  if (!given(contract, CONTRACT_ENDS_ON) && strcmp(contract->values[CONTRACT_NOTICE_TO], "term") == 0) {
    field_errors_add(errors, "notice_to", "open_ended_term", NULL);
  }
}

static void check_cancelled(const Contract *contract, FieldErrors *errors) {
  bool on = given(contract, CONTRACT_CANCELLED_ON);
  bool to = given(contract, CONTRACT_CANCELLED_TO);
  Day cancelled_on = day_of(contract, CONTRACT_CANCELLED_ON);
  Day cancelled_to = day_of(contract, CONTRACT_CANCELLED_TO);
  if (on != to) field_errors_add(errors, on ? "cancelled_to" : "cancelled_on", "cancelled_both", NULL);
  if (cancelled_on != DAY_NONE && cancelled_to != DAY_NONE && cancelled_to < cancelled_on) field_errors_add(errors, "cancelled_to", "cancelled_before", NULL);
}

void contract_check(const Contract *contract, FieldErrors *errors) {
  fields_check_required(contract_fields, CONTRACT_FIELD_COUNT, contract->values, errors);
  check_term(contract, errors);
  check_notice(contract, errors);
  check_cancelled(contract, errors);
}
