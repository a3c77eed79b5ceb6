/* contract.h: a contract, its rules, and what is derived from it. */
#ifndef SUPPORTLEVEL_DOMAIN_CONTRACT_H
#define SUPPORTLEVEL_DOMAIN_CONTRACT_H

#include "domain/contract_field.h"
#include "domain/day.h"
#include "domain/field_error.h"

typedef enum { STATUS_UPCOMING, STATUS_ACTIVE, STATUS_CANCELLED, STATUS_ENDED, STATUS_COUNT } ContractStatus;

/* "upcoming", "active", "cancelled", "ended". */
const char *contract_status_name(ContractStatus status);
/* The status of this name, or -1. */
int contract_status_by_name(const char *name);

/* What is derived, never typed. Right for every `today` from valid_from to valid_until (both included). */
typedef struct {
  ContractStatus status;
  Day term_ends_on; /* last day of the current term, renewals rolled on; day_never() when open-ended and not cancelled */
  Day notice_by;    /* last day on which notice still ends the current term (or, open-ended, the next possible end); DAY_NONE: no notice is possible or needed */
  gint64 monthly_value; /* in hundredths of the currency, rounded half up */
  Day valid_from;
  Day valid_until;
} ContractTerms;

typedef struct {
  gint64 id;       /* 0: not stored yet */
  guint version;   /* counted up by every change; 0: not stored yet */
  gint64 customer_id;
  const char *updated_at; /* ISO 8601, UTC, or NULL */
  const char *changed_by; /* user name or database account; "" unknown, or NULL */
  const char *level_name; /* looked up for showing, or NULL */
  const char *type_name;
  const char *responsible_name;
  const char *values[CONTRACT_FIELD_COUNT]; /* canonical text, "" when empty; owned by the contract's talloc context */
  ContractTerms terms;
} Contract;

/* A contract of empty values with the fields' fallbacks. Owned by `owner`. */
Contract *contract_new(void *owner);

typedef enum { STYLE_ISO, STYLE_TYPED } ValueStyle; /* STYLE_TYPED also reads 31.12.2026 and 1.234,56 */

/* Reads what was typed into a field: trims, composes (NFC), checks kind, length and control characters.
 * Returns the canonical text (owned by `owner`), or NULL with one entry in `errors`, named after the field. An empty text is "". */
const char *contract_value_read(void *owner, ContractFieldId field, const char *typed, FieldErrors *errors);

/* The rules between fields and the required ones (product.md, "Contract"); existence of keys is the repository's to check. */
void contract_check(const Contract *contract, FieldErrors *errors);

#endif
