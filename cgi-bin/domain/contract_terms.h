/* contract_terms.h: from a contract's typed fields to its status, current term and next notice deadline. */
#ifndef SUPPORTLEVEL_DOMAIN_CONTRACT_TERMS_H
#define SUPPORTLEVEL_DOMAIN_CONTRACT_TERMS_H

#include "domain/contract.h"

/* The typed facts that terms depend on. */
typedef struct {
  Day starts_on;
  Day ends_on;         /* DAY_NONE: open-ended */
  int renewal_months;  /* 0: ends by itself */
  char notice_unit;    /* 'd', 'w', 'm', or 0: no notice period */
  int notice_count;
  char notice_to;      /* 't'erm, 'm'onth, 'q'uarter, 'h'alf, 'y'ear, or 0 */
  Day cancelled_on;    /* DAY_NONE: no notice given */
  Day cancelled_to;
} TermFacts;

/* Reads the facts from a contract's canonical values. */
TermFacts contract_term_facts(const Contract *contract);

/* Derives everything as of `today`. Pure: the same input gives the same output.
 * - upcoming: today before starts_on; ended: after the last day; cancelled: notice given (cancelled_on <= today or later dated all the same) and still running; else active.
 * - current term: the first ends_on; while it lies before today and renewal_months > 0 and no notice was given, ends_on + k * renewal_months
 *   (k counted from the first ends_on, so month ends never drift). An ends_on that is the last day of its month stays on month ends.
 * - notice_by: the last day on which notice, given then, still reaches the next possible end: for `term` the end of the current term minus the period;
 *   when that day is past, a renewing contract's next term counts; for month/quarter/half/year the first such calendar end that is reached when notice is given today or later
 *   and (with ends_on) not before the end of the first term. None when ended, cancelled, or when it ends by itself (renewal 0 with ends_on).
 * - valid_from/valid_until: the span of days around `today` in which none of status, term_ends_on and notice_by differs. */
void contract_terms_derive(const TermFacts *facts, Day today, ContractTerms *terms);

/* The monthly value in hundredths: amount / billing_months, rounded half up. "" counts as 0. */
gint64 contract_monthly_value(const char *amount, const char *billing_months);

/* The end that notice given on `notice_day` reaches at the earliest, and the reason why as a key below Lang.notice; DAY_NONE when none. */
Day contract_notice_end(const TermFacts *facts, Day notice_day);

/* The last day of the term that follows the one that ends on `term_ends_on` by itself; DAY_NONE when none does. */
Day contract_next_term_end(const TermFacts *facts, Day term_ends_on);

#endif
