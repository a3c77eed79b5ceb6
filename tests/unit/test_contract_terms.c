/* Status, current term and notice deadline of a contract. Source: product.md, "Contract" and "Terms"; BGB §§ 187, 188: the day of notice does not count, a period of
 * weeks or days ends that much later, a period of months with the day of the same number or the last of a shorter month; a term that begins on a first ends with the
 * last of a month. A deadline is not moved off a weekend or holiday. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/contract_terms.h"
#include "rows.h"

/* As they stand in a contract: ISO days, "3m", "term"; "" is none. */
typedef struct {
  const char *starts_on;
  const char *ends_on;
  const char *renewal_months;
  const char *notice_period;
  const char *notice_to;
  const char *cancelled_on;
  const char *cancelled_to;
} Typed;

static TermFacts facts_of(const Typed *typed) {
  void *owner = talloc_new(NULL);
  Contract *contract = contract_new(owner);
  contract->values[CONTRACT_STARTS_ON] = typed->starts_on;
  contract->values[CONTRACT_ENDS_ON] = typed->ends_on;
  contract->values[CONTRACT_RENEWAL_MONTHS] = typed->renewal_months;
  contract->values[CONTRACT_NOTICE_PERIOD] = typed->notice_period;
  contract->values[CONTRACT_NOTICE_TO] = typed->notice_to;
  contract->values[CONTRACT_CANCELLED_ON] = typed->cancelled_on;
  contract->values[CONTRACT_CANCELLED_TO] = typed->cancelled_to;
  TermFacts facts = contract_term_facts(contract);
  talloc_free(owner);
  return facts;
}

#define NEVER "9999-12-31"
#define ANY NULL /* valid_until is not what this row is about */

#define UP "upcoming"
#define ACT "active"
#define CAN "cancelled"
#define END "ended"

static const struct {
  Typed typed;
  const char *today;
  const char *status;
  const char *term_ends_on;
  const char *notice_by;
  const char *valid_until;
} TERMS[] = {
    /* Ends by itself: nothing to give notice of. */
    {{"2025-01-01", "2026-12-31", "0", "", "", "", ""}, "2024-12-31", UP, "2026-12-31", "", "2024-12-31"},
    {{"2025-01-01", "2026-12-31", "0", "", "", "", ""}, "2025-01-01", ACT, "2026-12-31", "", "2026-12-31"},
    {{"2025-01-01", "2026-12-31", "0", "", "", "", ""}, "2026-12-31", ACT, "2026-12-31", "", "2026-12-31"},
    {{"2025-01-01", "2026-12-31", "0", "", "", "", ""}, "2027-01-01", END, "2026-12-31", "", NEVER},
    {{"2025-01-01", "2026-12-31", "0", "3m", "term", "", ""}, "2024-06-01", UP, "2026-12-31", "", "2024-12-31"},
    {{"2025-01-01", "2026-12-31", "0", "3m", "term", "", ""}, "2026-06-01", ACT, "2026-12-31", "", "2026-12-31"},
    {{"2025-01-01", "2026-12-31", "0", "3m", "quarter", "", ""}, "2026-06-01", ACT, "2026-12-31", "", "2026-12-31"},
    {{"2025-01-01", "2026-12-31", "0", "3m", "term", "", ""}, "2027-01-01", END, "2026-12-31", "", NEVER},

    /* A contract of one day. */
    {{"2026-05-05", "2026-05-05", "0", "", "", "", ""}, "2026-05-04", UP, "2026-05-05", "", "2026-05-04"},
    {{"2026-05-05", "2026-05-05", "0", "", "", "", ""}, "2026-05-05", ACT, "2026-05-05", "", "2026-05-05"},
    {{"2026-05-05", "2026-05-05", "0", "", "", "", ""}, "2026-05-06", END, "2026-05-05", "", NEVER},

    /* Leap days as first and last day. */
    {{"2024-02-29", "2025-02-28", "0", "", "", "", ""}, "2024-02-28", UP, "2025-02-28", "", "2024-02-28"},
    {{"2024-02-29", "2025-02-28", "0", "", "", "", ""}, "2024-02-29", ACT, "2025-02-28", "", "2025-02-28"},
    {{"2024-02-29", "2025-02-28", "0", "", "", "", ""}, "2025-03-01", END, "2025-02-28", "", NEVER},
    {{"2028-02-29", "2029-02-27", "0", "", "", "", ""}, "2028-02-28", UP, "2029-02-27", "", "2028-02-28"},
    {{"2027-03-01", "2028-02-29", "0", "", "", "", ""}, "2028-02-29", ACT, "2028-02-29", "", "2028-02-29"},
    {{"2027-03-01", "2028-02-29", "0", "", "", "", ""}, "2028-03-01", END, "2028-02-29", "", NEVER},
    {{"2024-02-29", "2024-02-29", "0", "", "", "", ""}, "2024-03-01", END, "2024-02-29", "", NEVER},

    /* Renews by a year: before the start, at the deadline, after it, at the end, after that. */
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "", ""}, "2023-10-01", UP, "2024-12-31", "2024-09-30", "2023-12-31"},
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "", ""}, "2023-12-31", UP, "2024-12-31", "2024-09-30", "2023-12-31"},
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "", ""}, "2024-01-01", ACT, "2024-12-31", "2024-09-30", "2024-09-30"},
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "", ""}, "2024-09-30", ACT, "2024-12-31", "2024-09-30", "2024-09-30"},
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "", ""}, "2024-10-01", ACT, "2024-12-31", "2025-09-30", "2024-12-31"},
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "", ""}, "2024-12-31", ACT, "2024-12-31", "2025-09-30", "2024-12-31"},
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "", ""}, "2025-01-01", ACT, "2025-12-31", "2025-09-30", "2025-09-30"},
    {{"2024-01-01", "2024-12-31", "12", "", "", "", ""}, "2026-02-11", ACT, "2026-12-31", "", "2026-12-31"},
    {{"2024-01-01", "2024-12-31", "12", "", "", "", ""}, "2027-01-01", ACT, "2027-12-31", "", "2027-12-31"},

    /* Months back from an end: as late as the period still fits. */
    {{"2025-03-01", "2026-02-28", "12", "3m", "term", "", ""}, "2025-06-01", ACT, "2026-02-28", "2025-11-30", "2025-11-30"},
    {{"2025-03-01", "2026-02-28", "12", "3m", "term", "", ""}, "2025-11-30", ACT, "2026-02-28", "2025-11-30", "2025-11-30"},
    {{"2025-03-01", "2026-02-28", "12", "3m", "term", "", ""}, "2025-12-01", ACT, "2026-02-28", "2026-11-30", "2026-02-28"},
    {{"2025-03-01", "2026-02-28", "12", "1m", "term", "", ""}, "2026-01-31", ACT, "2026-02-28", "2026-01-31", "2026-01-31"},
    {{"2025-03-01", "2026-02-28", "12", "1m", "term", "", ""}, "2026-02-01", ACT, "2026-02-28", "2027-01-31", "2026-02-28"},
    {{"2025-04-01", "2026-03-31", "12", "1m", "term", "", ""}, "2026-02-11", ACT, "2026-03-31", "2026-02-28", ANY},
    {{"2023-04-01", "2024-03-31", "12", "1m", "term", "", ""}, "2024-02-11", ACT, "2024-03-31", "2024-02-29", ANY},
    {{"2025-05-01", "2026-04-30", "12", "1m", "term", "", ""}, "2026-02-11", ACT, "2026-04-30", "2026-03-31", ANY},
    {{"2025-05-01", "2026-04-30", "12", "2m", "term", "", ""}, "2026-02-11", ACT, "2026-04-30", "2026-02-28", ANY},
    {{"2025-07-01", "2026-06-30", "12", "3m", "term", "", ""}, "2026-02-11", ACT, "2026-06-30", "2026-03-31", ANY},
    {{"2026-01-01", "2026-12-31", "12", "3m", "term", "", ""}, "2026-02-11", ACT, "2026-12-31", "2026-09-30", ANY},
    {{"2026-01-01", "2026-12-31", "12", "6m", "term", "", ""}, "2026-02-11", ACT, "2026-12-31", "2026-06-30", ANY},
    {{"2025-07-01", "2026-06-30", "12", "6m", "term", "", ""}, "2025-08-01", ACT, "2026-06-30", "2025-12-31", ANY},
    {{"2025-02-16", "2026-02-15", "12", "3m", "term", "", ""}, "2025-08-01", ACT, "2026-02-15", "2025-11-15", ANY},
    {{"2025-05-31", "2026-05-30", "12", "3m", "term", "", ""}, "2026-02-11", ACT, "2026-05-30", "2026-02-28", ANY},
    {{"2025-05-28", "2026-05-27", "12", "3m", "term", "", ""}, "2026-02-11", ACT, "2026-05-27", "2026-02-27", ANY},
    {{"2027-05-31", "2028-05-30", "12", "3m", "term", "", ""}, "2028-02-11", ACT, "2028-05-30", "2028-02-29", ANY},
    {{"2025-01-01", "2026-12-31", "12", "12m", "term", "", ""}, "2025-02-11", ACT, "2026-12-31", "2025-12-31", ANY},
    {{"2026-03-01", "2028-02-29", "12", "12m", "term", "", ""}, "2026-06-01", ACT, "2028-02-29", "2027-02-28", ANY},
    {{"2027-03-01", "2029-02-28", "12", "12m", "term", "", ""}, "2027-06-01", ACT, "2029-02-28", "2028-02-29", ANY},

    /* Weeks and days, also across the days on which clocks change (29 March and 25 October 2026), and over leap days. */
    {{"2026-01-01", "2026-12-31", "12", "6w", "term", "", ""}, "2026-11-19", ACT, "2026-12-31", "2026-11-19", "2026-11-19"},
    {{"2026-01-01", "2026-12-31", "12", "6w", "term", "", ""}, "2026-11-20", ACT, "2026-12-31", "2027-11-19", "2026-12-31"},
    {{"2026-01-01", "2026-12-31", "12", "4w", "term", "", ""}, "2026-02-11", ACT, "2026-12-31", "2026-12-03", ANY},
    {{"2026-01-01", "2026-12-31", "12", "30d", "term", "", ""}, "2026-02-11", ACT, "2026-12-31", "2026-12-01", ANY},
    {{"2026-01-01", "2026-12-31", "12", "90d", "term", "", ""}, "2026-02-11", ACT, "2026-12-31", "2026-10-02", ANY},
    {{"2025-04-01", "2026-03-31", "12", "1w", "term", "", ""}, "2026-02-11", ACT, "2026-03-31", "2026-03-24", ANY},
    {{"2025-04-01", "2026-03-31", "12", "2w", "term", "", ""}, "2026-03-17", ACT, "2026-03-31", "2026-03-17", ANY},
    {{"2025-11-01", "2026-10-31", "12", "7d", "term", "", ""}, "2026-10-24", ACT, "2026-10-31", "2026-10-24", ANY},
    {{"2025-11-01", "2026-10-31", "12", "7d", "term", "", ""}, "2026-10-25", ACT, "2026-10-31", "2027-10-24", ANY},
    {{"2025-03-30", "2026-03-29", "12", "1d", "term", "", ""}, "2026-03-28", ACT, "2026-03-29", "2026-03-28", ANY},
    {{"2025-03-30", "2026-03-29", "12", "1d", "term", "", ""}, "2026-03-29", ACT, "2026-03-29", "2027-03-28", "2026-03-29"},
    {{"2025-03-30", "2026-03-29", "12", "1d", "term", "", ""}, "2026-03-30", ACT, "2027-03-29", "2027-03-28", ANY},
    {{"2025-10-26", "2026-10-25", "12", "1d", "term", "", ""}, "2026-10-26", ACT, "2027-10-25", "2027-10-24", ANY},
    {{"2027-03-02", "2028-03-01", "12", "1d", "term", "", ""}, "2028-02-11", ACT, "2028-03-01", "2028-02-29", ANY},
    {{"2026-03-02", "2027-03-01", "12", "1d", "term", "", ""}, "2027-02-11", ACT, "2027-03-01", "2027-02-28", ANY},

    /* Ends with January and renews by a month: counted from 31 January each time, it never drifts to the 28th. */
    {{"2025-02-01", "2026-01-31", "1", "14d", "term", "", ""}, "2026-01-31", ACT, "2026-01-31", "2026-02-14", "2026-01-31"},
    {{"2025-02-01", "2026-01-31", "1", "14d", "term", "", ""}, "2026-02-01", ACT, "2026-02-28", "2026-02-14", "2026-02-14"},
    {{"2025-02-01", "2026-01-31", "1", "14d", "term", "", ""}, "2026-02-15", ACT, "2026-02-28", "2026-03-17", "2026-02-28"},
    {{"2025-02-01", "2026-01-31", "1", "14d", "term", "", ""}, "2026-03-01", ACT, "2026-03-31", "2026-03-17", "2026-03-17"},
    {{"2025-02-01", "2026-01-31", "1", "14d", "term", "", ""}, "2026-04-01", ACT, "2026-04-30", "2026-04-16", "2026-04-16"},
    {{"2025-02-01", "2026-01-31", "1", "14d", "term", "", ""}, "2028-02-01", ACT, "2028-02-29", "2028-02-15", "2028-02-15"},
    {{"2025-02-01", "2026-01-31", "1", "14d", "term", "", ""}, "2028-03-01", ACT, "2028-03-31", "2028-03-17", "2028-03-17"},

    /* Ends on a 30th or 29th that is not its month's last: keeps its number, but for February. */
    {{"2025-01-31", "2026-01-30", "1", "", "", "", ""}, "2026-01-31", ACT, "2026-02-28", "", "2026-02-28"},
    {{"2025-01-31", "2026-01-30", "1", "", "", "", ""}, "2026-03-01", ACT, "2026-03-30", "", "2026-03-30"},
    {{"2025-01-31", "2026-01-30", "1", "", "", "", ""}, "2026-03-31", ACT, "2026-04-30", "", "2026-04-30"},
    {{"2025-01-31", "2026-01-30", "1", "", "", "", ""}, "2026-05-01", ACT, "2026-05-30", "", "2026-05-30"},
    {{"2025-01-31", "2026-01-30", "1", "", "", "", ""}, "2028-02-10", ACT, "2028-02-29", "", "2028-02-29"},
    {{"2025-01-30", "2026-01-29", "1", "", "", "", ""}, "2026-02-10", ACT, "2026-02-28", "", "2026-02-28"},
    {{"2025-01-30", "2026-01-29", "1", "", "", "", ""}, "2026-03-30", ACT, "2026-04-29", "", "2026-04-29"},
    {{"2025-01-30", "2026-01-29", "1", "", "", "", ""}, "2028-02-10", ACT, "2028-02-29", "", "2028-02-29"},
    {{"2025-12-31", "2026-12-30", "2", "1m", "term", "", ""}, "2026-12-31", ACT, "2027-02-28", "2027-01-31", "2027-01-31"},
    {{"2025-12-31", "2026-12-30", "2", "1m", "term", "", ""}, "2027-02-01", ACT, "2027-02-28", "2027-03-31", "2027-02-28"},

    /* Ends with a short month: the renewed terms end with theirs. */
    {{"2025-03-01", "2026-02-28", "1", "", "", "", ""}, "2026-03-15", ACT, "2026-03-31", "", "2026-03-31"},
    {{"2025-03-01", "2026-02-28", "1", "", "", "", ""}, "2026-04-15", ACT, "2026-04-30", "", "2026-04-30"},
    {{"2023-03-01", "2024-02-29", "12", "", "", "", ""}, "2025-01-01", ACT, "2025-02-28", "", "2025-02-28"},
    {{"2023-03-01", "2024-02-29", "12", "", "", "", ""}, "2027-06-01", ACT, "2028-02-29", "", "2028-02-29"},
    {{"2024-03-01", "2025-02-28", "12", "", "", "", ""}, "2025-03-01", ACT, "2026-02-28", "", "2026-02-28"},
    {{"2024-03-01", "2025-02-28", "12", "3m", "term", "", ""}, "2027-03-01", ACT, "2028-02-29", "2027-11-30", "2027-11-30"},
    {{"2023-03-01", "2024-02-28", "12", "", "", "", ""}, "2027-03-01", ACT, "2028-02-28", "", "2028-02-28"},
    {{"2023-03-01", "2024-02-28", "12", "", "", "", ""}, "2028-02-29", ACT, "2029-02-28", "", "2029-02-28"},
    {{"2026-01-01", "2026-06-30", "6", "", "", "", ""}, "2026-07-01", ACT, "2026-12-31", "", "2026-12-31"},
    {{"2026-01-01", "2026-06-30", "6", "", "", "", ""}, "2027-01-01", ACT, "2027-06-30", "", "2027-06-30"},
    {{"2026-03-01", "2026-08-31", "6", "", "", "", ""}, "2026-09-01", ACT, "2027-02-28", "", "2027-02-28"},
    {{"2026-03-01", "2026-08-31", "6", "", "", "", ""}, "2027-03-01", ACT, "2027-08-31", "", "2027-08-31"},
    {{"2026-03-01", "2026-08-31", "6", "", "", "", ""}, "2027-09-01", ACT, "2028-02-29", "", "2028-02-29"},
    {{"2026-09-01", "2026-11-30", "3", "", "", "", ""}, "2026-12-01", ACT, "2027-02-28", "", "2027-02-28"},
    {{"2026-09-01", "2026-11-30", "3", "", "", "", ""}, "2027-03-01", ACT, "2027-05-31", "", "2027-05-31"},
    {{"2098-03-01", "2099-02-28", "12", "", "", "", ""}, "2100-01-01", ACT, "2100-02-28", "", "2100-02-28"},

    /* Renewed many times since. */
    {{"2009-01-01", "2009-12-31", "12", "3m", "term", "", ""}, "2026-02-11", ACT, "2026-12-31", "2026-09-30", "2026-09-30"},
    {{"2009-01-01", "2009-12-31", "12", "3m", "term", "", ""}, "2026-10-01", ACT, "2026-12-31", "2027-09-30", "2026-12-31"},
    {{"1998-05-18", "2001-05-17", "12", "3m", "term", "", ""}, "2026-02-11", ACT, "2026-05-17", "2026-02-17", "2026-02-17"},
    {{"1998-05-18", "2001-05-17", "12", "3m", "term", "", ""}, "2026-02-18", ACT, "2026-05-17", "2027-02-17", "2026-05-17"},
    {{"1998-05-18", "2001-05-17", "12", "3m", "term", "", ""}, "2026-05-18", ACT, "2027-05-17", "2027-02-17", "2027-02-17"},
    {{"1990-02-01", "1990-02-28", "1", "", "", "", ""}, "2026-02-11", ACT, "2026-02-28", "", "2026-02-28"},
    {{"1990-02-01", "1990-02-28", "1", "", "", "", ""}, "2026-12-31", ACT, "2026-12-31", "", "2026-12-31"},
    {{"1990-02-01", "1990-02-28", "1", "", "", "", ""}, "2028-02-11", ACT, "2028-02-29", "", "2028-02-29"},
    {{"2004-09-01", "2005-08-31", "6", "3m", "term", "", ""}, "2026-02-11", ACT, "2026-02-28", "2026-05-31", "2026-02-28"},

    /* A first term longer than those that follow, and a shorter one: renewals count from its end, and it counts once. */
    {{"2023-07-01", "2026-06-30", "12", "3m", "term", "", ""}, "2026-03-31", ACT, "2026-06-30", "2026-03-31", "2026-03-31"},
    {{"2023-07-01", "2026-06-30", "12", "3m", "term", "", ""}, "2026-04-01", ACT, "2026-06-30", "2027-03-31", "2026-06-30"},
    {{"2023-07-01", "2026-06-30", "12", "3m", "term", "", ""}, "2026-07-01", ACT, "2027-06-30", "2027-03-31", "2027-03-31"},
    {{"2023-07-01", "2026-06-30", "12", "3m", "term", "", ""}, "2027-07-01", ACT, "2028-06-30", "2028-03-31", "2028-03-31"},
    {{"2026-01-01", "2026-01-31", "12", "1m", "term", "", ""}, "2025-12-31", UP, "2026-01-31", "2025-12-31", "2025-12-31"},
    {{"2026-01-01", "2026-01-31", "12", "1m", "term", "", ""}, "2026-01-01", ACT, "2026-01-31", "2026-12-31", "2026-01-31"},
    {{"2026-01-01", "2026-01-31", "12", "1m", "term", "", ""}, "2026-02-01", ACT, "2027-01-31", "2026-12-31", "2026-12-31"},

    /* A period longer than the renewed term: notice reaches not this end but the first that the period still fits before. */
    {{"2025-02-01", "2026-01-31", "1", "3m", "term", "", ""}, "2025-10-31", ACT, "2026-01-31", "2025-10-31", "2025-10-31"},
    {{"2025-02-01", "2026-01-31", "1", "3m", "term", "", ""}, "2025-11-01", ACT, "2026-01-31", "2025-11-30", "2025-11-30"},
    {{"2025-02-01", "2026-01-31", "1", "3m", "term", "", ""}, "2025-12-01", ACT, "2026-01-31", "2025-12-31", "2025-12-31"},
    {{"2025-02-01", "2026-01-31", "1", "3m", "term", "", ""}, "2026-02-11", ACT, "2026-02-28", "2026-02-28", "2026-02-28"},
    {{"2025-07-01", "2026-06-30", "1", "6w", "term", "", ""}, "2026-06-01", ACT, "2026-06-30", "2026-06-19", "2026-06-19"},
    {{"2025-07-01", "2026-06-30", "1", "6w", "term", "", ""}, "2026-06-20", ACT, "2026-06-30", "2026-07-20", "2026-06-30"},
    {{"2025-01-01", "2025-12-31", "12", "12m", "term", "", ""}, "2024-12-31", UP, "2025-12-31", "2024-12-31", "2024-12-31"},
    {{"2025-01-01", "2025-12-31", "12", "12m", "term", "", ""}, "2025-01-01", ACT, "2025-12-31", "2025-12-31", "2025-12-31"},

    /* Open-ended, to the end of a month. */
    {{"2025-03-15", "", "0", "", "", "", ""}, "2026-02-11", ACT, NEVER, "", NEVER},
    {{"2025-03-15", "", "0", "", "", "", ""}, "2025-03-14", UP, NEVER, "", "2025-03-14"},
    {{"2025-03-15", "", "0", "3m", "month", "", ""}, "2026-02-11", ACT, NEVER, "2026-02-28", "2026-02-28"},
    {{"2025-03-15", "", "0", "3m", "month", "", ""}, "2026-02-28", ACT, NEVER, "2026-02-28", "2026-02-28"},
    {{"2025-03-15", "", "0", "3m", "month", "", ""}, "2026-03-01", ACT, NEVER, "2026-03-31", "2026-03-31"},
    {{"2025-03-15", "", "0", "3m", "month", "", ""}, "2026-03-31", ACT, NEVER, "2026-03-31", "2026-03-31"},
    {{"2025-03-15", "", "0", "3m", "month", "", ""}, "2026-11-30", ACT, NEVER, "2026-11-30", "2026-11-30"},
    {{"2025-03-15", "", "0", "3m", "month", "", ""}, "2026-12-01", ACT, NEVER, "2026-12-31", "2026-12-31"},
    {{"2025-03-15", "", "0", "1m", "month", "", ""}, "2026-01-30", ACT, NEVER, "2026-01-31", ANY},
    {{"2025-03-15", "", "0", "1m", "month", "", ""}, "2026-01-31", ACT, NEVER, "2026-01-31", ANY},
    {{"2025-03-15", "", "0", "1m", "month", "", ""}, "2026-02-01", ACT, NEVER, "2026-02-28", ANY},
    {{"2025-03-15", "", "0", "1m", "month", "", ""}, "2026-03-29", ACT, NEVER, "2026-03-31", ANY},
    {{"2025-03-15", "", "0", "1m", "month", "", ""}, "2028-01-31", ACT, NEVER, "2028-01-31", ANY},
    {{"2025-03-15", "", "0", "1m", "month", "", ""}, "2028-02-29", ACT, NEVER, "2028-02-29", ANY},
    {{"2025-03-15", "", "0", "4w", "month", "", ""}, "2026-03-03", ACT, NEVER, "2026-03-03", ANY},
    {{"2025-03-15", "", "0", "4w", "month", "", ""}, "2026-03-04", ACT, NEVER, "2026-04-02", ANY},
    {{"2025-03-15", "", "0", "2w", "month", "", ""}, "2026-02-14", ACT, NEVER, "2026-02-14", ANY},
    {{"2025-03-15", "", "0", "2w", "month", "", ""}, "2026-02-15", ACT, NEVER, "2026-03-17", ANY},
    {{"2025-03-15", "", "0", "30d", "month", "", ""}, "2026-01-29", ACT, NEVER, "2026-01-29", ANY},
    {{"2025-03-15", "", "0", "30d", "month", "", ""}, "2026-01-30", ACT, NEVER, "2026-03-01", ANY},
    {{"2025-03-15", "", "0", "1d", "month", "", ""}, "2026-10-24", ACT, NEVER, "2026-10-30", ANY},
    {{"2025-03-15", "", "0", "1d", "month", "", ""}, "2026-10-31", ACT, NEVER, "2026-11-29", ANY},

    /* Open-ended, to the end of a quarter, a half-year, a year. */
    {{"2025-03-15", "", "0", "6w", "quarter", "", ""}, "2026-02-17", ACT, NEVER, "2026-02-17", "2026-02-17"},
    {{"2025-03-15", "", "0", "6w", "quarter", "", ""}, "2026-02-18", ACT, NEVER, "2026-05-19", "2026-05-19"},
    {{"2025-03-15", "", "0", "3m", "quarter", "", ""}, "2026-02-11", ACT, NEVER, "2026-03-31", ANY},
    {{"2025-03-15", "", "0", "3m", "quarter", "", ""}, "2026-04-01", ACT, NEVER, "2026-06-30", ANY},
    {{"2025-03-15", "", "0", "3m", "quarter", "", ""}, "2026-10-25", ACT, NEVER, "2026-12-31", ANY},
    {{"2025-03-15", "", "0", "3m", "half", "", ""}, "2026-02-11", ACT, NEVER, "2026-03-31", ANY},
    {{"2025-03-15", "", "0", "3m", "half", "", ""}, "2026-04-01", ACT, NEVER, "2026-09-30", ANY},
    {{"2025-03-15", "", "0", "6m", "half", "", ""}, "2026-02-11", ACT, NEVER, "2026-06-30", ANY},
    {{"2025-03-15", "", "0", "6m", "half", "", ""}, "2026-07-01", ACT, NEVER, "2026-12-31", ANY},
    {{"2025-03-15", "", "0", "3m", "year", "", ""}, "2026-09-30", ACT, NEVER, "2026-09-30", ANY},
    {{"2025-03-15", "", "0", "3m", "year", "", ""}, "2026-10-01", ACT, NEVER, "2027-09-30", ANY},
    {{"2025-03-15", "", "0", "12m", "year", "", ""}, "2026-02-11", ACT, NEVER, "2026-12-31", ANY},
    {{"2025-03-15", "", "0", "6w", "year", "", ""}, "2026-11-19", ACT, NEVER, "2026-11-19", ANY},
    {{"2025-03-15", "", "0", "6w", "year", "", ""}, "2026-11-20", ACT, NEVER, "2027-11-19", ANY},

    /* Not begun yet: notice ends no contract before it begins, and a deadline can pass before that. */
    {{"2026-06-15", "", "0", "3m", "month", "", ""}, "2026-01-10", UP, NEVER, "2026-03-31", "2026-03-31"},
    {{"2026-06-15", "", "0", "3m", "month", "", ""}, "2026-03-31", UP, NEVER, "2026-03-31", "2026-03-31"},
    {{"2026-06-15", "", "0", "3m", "month", "", ""}, "2026-04-01", UP, NEVER, "2026-04-30", "2026-04-30"},
    {{"2026-06-15", "", "0", "3m", "month", "", ""}, "2026-06-14", UP, NEVER, "2026-06-30", "2026-06-14"},
    {{"2026-06-15", "", "0", "3m", "month", "", ""}, "2026-06-15", ACT, NEVER, "2026-06-30", "2026-06-30"},
    {{"2026-12-31", "", "0", "1m", "quarter", "", ""}, "2026-02-11", UP, NEVER, "2026-11-30", "2026-11-30"},
    {{"2026-07-01", "2026-07-31", "1", "3m", "term", "", ""}, "2026-02-11", UP, "2026-07-31", "2026-04-30", "2026-04-30"},
    {{"2026-07-01", "2026-07-31", "1", "3m", "term", "", ""}, "2026-05-01", UP, "2026-07-31", "2026-05-31", "2026-05-31"},

    /* To a calendar end, but not before the end of the first term. */
    {{"2025-01-01", "2026-12-31", "12", "3m", "quarter", "", ""}, "2026-02-11", ACT, "2026-12-31", "2026-09-30", "2026-09-30"},
    {{"2025-01-01", "2026-12-31", "12", "3m", "quarter", "", ""}, "2026-10-01", ACT, "2026-12-31", "2026-12-31", "2026-12-31"},
    {{"2025-01-01", "2026-12-31", "12", "3m", "quarter", "", ""}, "2027-01-01", ACT, "2027-12-31", "2027-03-31", "2027-03-31"},
    {{"2025-06-16", "2026-06-15", "12", "1m", "month", "", ""}, "2026-02-11", ACT, "2026-06-15", "2026-05-31", "2026-05-31"},
    {{"2025-06-16", "2026-06-15", "12", "1m", "month", "", ""}, "2026-06-01", ACT, "2026-06-15", "2026-06-30", "2026-06-15"},
    {{"2025-06-16", "2026-06-15", "12", "1m", "month", "", ""}, "2026-06-16", ACT, "2027-06-15", "2026-06-30", "2026-06-30"},
    {{"2025-04-01", "2026-03-31", "12", "3m", "year", "", ""}, "2025-10-01", ACT, "2026-03-31", "2026-09-30", "2026-03-31"},
    {{"2025-04-01", "2026-03-31", "12", "3m", "half", "", ""}, "2025-10-01", ACT, "2026-03-31", "2026-03-31", "2026-03-31"},

    /* Notice given: the day it was given, and dated later all the same, until the last day. */
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "2026-05-04", "2026-12-31"}, "2026-05-03", CAN, "2026-12-31", "", "2026-12-31"},
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "2026-05-04", "2026-12-31"}, "2026-05-04", CAN, "2026-12-31", "", "2026-12-31"},
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "2026-05-04", "2026-12-31"}, "2026-12-31", CAN, "2026-12-31", "", "2026-12-31"},
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "2026-05-04", "2026-12-31"}, "2027-01-01", END, "2026-12-31", "", NEVER},
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "2026-11-02", "2027-12-31"}, "2027-06-01", CAN, "2027-12-31", "", "2027-12-31"},
    {{"2024-01-01", "2027-12-31", "12", "3m", "term", "2026-02-01", "2026-03-31"}, "2026-03-31", CAN, "2026-03-31", "", "2026-03-31"},
    {{"2024-01-01", "2027-12-31", "12", "3m", "term", "2026-02-01", "2026-03-31"}, "2026-04-01", END, "2026-03-31", "", NEVER},
    {{"2025-03-15", "", "0", "3m", "month", "2026-02-28", "2026-05-31"}, "2026-05-31", CAN, "2026-05-31", "", "2026-05-31"},
    {{"2025-03-15", "", "0", "3m", "month", "2026-02-28", "2026-05-31"}, "2026-06-01", END, "2026-05-31", "", NEVER},
    {{"2009-01-01", "2009-12-31", "12", "3m", "term", "2010-06-01", "2010-12-31"}, "2026-02-11", END, "2010-12-31", "", NEVER},
    {{"2025-01-01", "2026-12-31", "0", "", "", "2026-04-01", "2026-06-30"}, "2026-05-01", CAN, "2026-06-30", "", "2026-06-30"},
    {{"2025-01-01", "2026-06-30", "0", "", "", "2026-04-01", "2026-09-30"}, "2026-08-01", CAN, "2026-09-30", "", "2026-09-30"},
    {{"2025-01-01", "", "0", "3m", "month", "2026-02-11", "2026-02-11"}, "2026-02-11", CAN, "2026-02-11", "", "2026-02-11"},
    {{"2025-01-01", "", "0", "3m", "month", "2026-02-11", "2026-02-11"}, "2026-02-12", END, "2026-02-11", "", NEVER},
    {{"2025-01-01", "", "0", "3m", "month", "2027-11-15", "2028-02-29"}, "2028-02-29", CAN, "2028-02-29", "", "2028-02-29"},
    {{"2025-01-01", "", "0", "3m", "month", "2027-11-15", "2028-02-29"}, "2028-03-01", END, "2028-02-29", "", NEVER},

    /* Notice given before the start: upcoming until it begins, if it does. */
    {{"2026-07-01", "", "0", "1m", "month", "2026-03-01", "2026-07-31"}, "2026-02-01", UP, "2026-07-31", "", "2026-06-30"},
    {{"2026-07-01", "", "0", "1m", "month", "2026-03-01", "2026-07-31"}, "2026-04-01", UP, "2026-07-31", "", "2026-06-30"},
    {{"2026-07-01", "", "0", "1m", "month", "2026-03-01", "2026-07-31"}, "2026-07-01", CAN, "2026-07-31", "", "2026-07-31"},
    {{"2026-07-01", "", "0", "1m", "month", "2026-03-01", "2026-07-31"}, "2026-08-01", END, "2026-07-31", "", NEVER},
    {{"2026-07-01", "", "0", "1m", "month", "2026-03-01", "2026-06-30"}, "2026-04-01", UP, "2026-06-30", "", "2026-06-30"},
    {{"2026-07-01", "", "0", "1m", "month", "2026-03-01", "2026-06-30"}, "2026-07-01", END, "2026-06-30", "", NEVER},
    {{"2026-07-01", "", "0", "1m", "month", "2026-03-01", "2026-03-31"}, "2026-03-31", UP, "2026-03-31", "", "2026-03-31"},
    {{"2026-07-01", "", "0", "1m", "month", "2026-03-01", "2026-03-31"}, "2026-04-01", END, "2026-03-31", "", ANY},
};

static const char *row_text(void *owner, const Typed *typed, const char *day) {
  return talloc_asprintf(owner, "%s to %s, renews by %s, notice %s to %s, cancelled %s to %s, on %s", typed->starts_on, typed->ends_on, typed->renewal_months,
                         typed->notice_period, typed->notice_to, typed->cancelled_on, typed->cancelled_to, day);
}

static const char *day_text(void *owner, Day day) {
  char text[DAY_TEXT_SIZE];
  return talloc_strdup(owner, day_format_iso(day, text));
}

static void terms_are_derived(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(TERMS); i++) {
    void *owner = talloc_new(NULL);
    ContractTerms terms = {0};
    TermFacts facts = facts_of(&TERMS[i].typed);
    contract_terms_derive(&facts, day_parse_iso(TERMS[i].today), &terms);
    const char *got = talloc_asprintf(owner, "%s, ends %s, notice by %s", contract_status_name(terms.status), day_text(owner, terms.term_ends_on), day_text(owner, terms.notice_by));
    const char *expected = talloc_asprintf(owner, "%s, ends %s, notice by %s", TERMS[i].status, TERMS[i].term_ends_on, TERMS[i].notice_by);
    row_is(i, row_text(owner, &TERMS[i].typed, TERMS[i].today), got, expected);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void terms_are_valid_until_something_changes(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(TERMS); i++) {
    void *owner = talloc_new(NULL);
    ContractTerms terms = {0};
    TermFacts facts = facts_of(&TERMS[i].typed);
    contract_terms_derive(&facts, day_parse_iso(TERMS[i].today), &terms);
    if (TERMS[i].valid_until != ANY) row_is(i, row_text(owner, &TERMS[i].typed, TERMS[i].today), day_text(owner, terms.valid_until), TERMS[i].valid_until);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

/* Which end notice on a day reaches. */
static const struct {
  Typed typed;
  const char *notice_day;
  const char *end;
} ENDS[] = {
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "", ""}, "2024-09-30", "2024-12-31"},
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "", ""}, "2024-10-01", "2025-12-31"},
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "", ""}, "2020-01-01", "2024-12-31"},
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "", ""}, "2031-10-01", "2032-12-31"},
    {{"2025-03-01", "2026-02-28", "12", "3m", "term", "", ""}, "2025-11-30", "2026-02-28"},
    {{"2025-03-01", "2026-02-28", "12", "3m", "term", "", ""}, "2025-12-01", "2027-02-28"},
    {{"2025-03-01", "2026-02-28", "12", "3m", "term", "", ""}, "2027-11-30", "2028-02-29"},
    {{"2025-03-01", "2026-02-28", "12", "1d", "term", "", ""}, "2028-02-28", "2028-02-29"},
    {{"2025-03-01", "2026-02-28", "12", "1d", "term", "", ""}, "2028-02-29", "2029-02-28"},
    {{"2025-03-15", "", "0", "1m", "month", "", ""}, "2026-01-28", "2026-02-28"},
    {{"2025-03-15", "", "0", "1m", "month", "", ""}, "2026-01-31", "2026-02-28"},
    {{"2025-03-15", "", "0", "1m", "month", "", ""}, "2026-02-28", "2026-03-31"},
    {{"2025-03-15", "", "0", "6w", "quarter", "", ""}, "2026-02-17", "2026-03-31"},
    {{"2025-03-15", "", "0", "6w", "quarter", "", ""}, "2026-02-18", "2026-06-30"},
    {{"2025-03-15", "", "0", "6m", "half", "", ""}, "2026-06-30", "2026-12-31"},
    {{"2025-03-15", "", "0", "6m", "half", "", ""}, "2026-07-01", "2027-06-30"},
    {{"2025-03-15", "", "0", "1m", "year", "", ""}, "2026-11-30", "2026-12-31"},
    {{"2025-03-15", "", "0", "1m", "year", "", ""}, "2026-12-01", "2027-12-31"},
    {{"2026-06-15", "", "0", "1m", "month", "", ""}, "2026-01-01", "2026-06-30"},
    {{"2025-06-16", "2026-06-15", "12", "1m", "month", "", ""}, "2025-07-01", "2026-06-30"},
    {{"2025-01-01", "2026-12-31", "0", "3m", "term", "", ""}, "2026-02-11", ""},
    {{"2025-01-01", "2026-12-31", "0", "3m", "quarter", "", ""}, "2026-02-11", ""},
    {{"2024-01-01", "2024-12-31", "12", "", "", "", ""}, "2026-02-11", ""},
    {{"2025-03-15", "", "0", "", "", "", ""}, "2026-02-11", ""},
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "2026-02-01", "2026-12-31"}, "2026-02-11", ""},
    {{"2025-03-15", "", "0", "3m", "month", "", ""}, "9999-08-01", "9999-11-30"},
    {{"2025-03-15", "", "0", "3m", "month", "", ""}, "9999-09-01", ""},
    {{"2025-03-15", "", "0", "3m", "month", "", ""}, "9999-11-01", ""},
    {{"2025-03-15", "", "0", "3m", "month", "", ""}, "", ""},
};

static void notice_reaches_the_first_end_after_its_period(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(ENDS); i++) {
    void *owner = talloc_new(NULL);
    TermFacts facts = facts_of(&ENDS[i].typed);
    Day end = contract_notice_end(&facts, day_parse_iso(ENDS[i].notice_day));
    row_is(i, row_text(owner, &ENDS[i].typed, ENDS[i].notice_day), day_text(owner, end), ENDS[i].end);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static const struct {
  Typed typed;
  const char *term_ends_on;
  const char *next;
} NEXT[] = {
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "", ""}, "2026-12-31", "2027-12-31"},
    {{"2024-01-31", "2024-02-29", "1", "", "", "", ""}, "2026-02-28", "2026-03-31"}, /* ends of months stay ends of months */
    {{"2024-01-15", "2024-02-14", "3", "", "", "", ""}, "2024-02-14", "2024-05-14"},
    {{"2024-01-01", "2024-12-31", "0", "", "", "", ""}, "2024-12-31", ""}, /* ends by itself */
    {{"2025-03-15", "", "0", "3m", "month", "", ""}, "9999-12-31", ""},    /* open-ended */
    {{"2024-01-01", "2024-12-31", "12", "3m", "term", "2026-02-01", "2026-12-31"}, "2026-12-31", ""}, /* notice was given */
    {{"2024-01-01", "9999-06-30", "12", "", "", "", ""}, "9999-06-30", ""},
};

static void a_term_that_renews_has_a_next_one(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(NEXT); i++) {
    void *owner = talloc_new(NULL);
    TermFacts facts = facts_of(&NEXT[i].typed);
    Day next = contract_next_term_end(&facts, day_parse_iso(NEXT[i].term_ends_on));
    row_is(i, row_text(owner, &NEXT[i].typed, NEXT[i].term_ends_on), day_text(owner, next), NEXT[i].next);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

/* ---- the same rules once more, slowly: days as 20261231, one step after the other ---- */

typedef struct {
  int starts_on;
  int ends_on; /* 0: open-ended */
  int renewal_months;
  char notice_unit;
  int notice_count;
  char notice_to;
  int cancelled_on;
  int cancelled_to;
} PlainFacts;

#define PLAIN_NEVER 99991231

static int plain_of(Day day) {
  int year = 0;
  int month = 0;
  int day_of_month = 0;
  if (day == DAY_NONE) return 0;
  day_parts(day, &year, &month, &day_of_month);
  return year * 10000 + month * 100 + day_of_month;
}

static int last_of(int year, int month) {
  static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : DAYS[month - 1];
}

static bool is_last(int day) { return day % 100 == last_of(day / 10000, day / 100 % 100); }

static int next_month(int month) { return month % 100 == 12 ? month + 100 - 11 : month + 1; }

static int next_day(int day) { return is_last(day) ? next_month(day / 100) * 100 + 1 : day + 1; }

/* The day `number` of a month such as 202602, or its last. */
static int day_in(int month, int number) { return month * 100 + MIN(number, last_of(month / 100, month % 100)); }

static int plain_period_end(const PlainFacts *facts, int day) {
  int month = day / 100;
  if (facts->notice_unit == 'm') {
    for (int i = 0; i < facts->notice_count; i++) month = next_month(month);
    return day_in(month, day % 100);
  }
  for (int i = 0; i < facts->notice_count * (facts->notice_unit == 'w' ? 7 : 1); i++) day = next_day(day);
  return day;
}

static int plain_term_end(const PlainFacts *facts, int from) {
  int end = facts->ends_on;
  for (int month = end / 100; end < from && facts->renewal_months > 0;) {
    for (int i = 0; i < facts->renewal_months; i++) month = next_month(month);
    end = day_in(month, is_last(facts->ends_on) ? 31 : facts->ends_on % 100);
  }
  return end;
}

static int plain_calendar_end(char notice_to, int day) {
  int months = notice_to == 'q' ? 3 : notice_to == 'h' ? 6 : notice_to == 'y' ? 12 : 1;
  while (!is_last(day) || day / 100 % 100 % months != 0) day = next_day(day);
  return day;
}

/* The end that notice on `day` reaches; 0: none. */
static int plain_reached(const PlainFacts *facts, int day) {
  if (facts->notice_unit == 0 || facts->cancelled_on != 0) return 0;
  if (facts->ends_on != 0 && facts->renewal_months == 0) return 0;
  int earliest = MAX(plain_period_end(facts, day), facts->ends_on != 0 ? facts->ends_on : facts->starts_on);
  return facts->notice_to == 't' ? plain_term_end(facts, earliest) : plain_calendar_end(facts->notice_to, earliest);
}

static int plain_notice_by(const PlainFacts *facts, int today) {
  int end = plain_reached(facts, today);
  if (end == 0) return 0;
  while (plain_reached(facts, next_day(today)) == end) today = next_day(today);
  return today;
}

static int plain_current_end(const PlainFacts *facts, int today) {
  if (facts->cancelled_on != 0) return facts->cancelled_to;
  return facts->ends_on == 0 ? PLAIN_NEVER : plain_term_end(facts, today);
}

static const char *plain_status(const PlainFacts *facts, int today) {
  if (today > plain_current_end(facts, today)) return "ended";
  if (today < facts->starts_on) return "upcoming";
  return facts->cancelled_on != 0 ? "cancelled" : "active";
}

/* ---- contracts by chance, always the same ones ---- */

#define CHANCE(rand, list) (list)[g_rand_int_range(rand, 0, G_N_ELEMENTS(list))]

/* Half of the days are those at which months and years meet. */
static Day chance_day(GRand *rand, Day from, Day to) {
  Day day = g_rand_int_range(rand, from, to);
  switch (g_rand_int_range(rand, 0, 6)) {
    case 0: return day_end_of_month(day);
    case 1: return day_end_of_month(day) + 1;
    case 2: return day_end_of_month(day) - 1;
    default: return day;
  }
}

static TermFacts chance_facts(GRand *rand) {
  static const int RENEWALS[] = {0, 1, 1, 2, 3, 6, 12, 12, 12, 24, 36};
  static const char UNITS[] = {'d', 'w', 'm', 'm'};
  static const char TOS[] = {'t', 'm', 'q', 'h', 'y'};
  static const int DAYS[] = {1, 7, 14, 28, 30, 31, 60, 90};
  static const int MONTHS[] = {1, 1, 2, 3, 3, 6, 12};
  TermFacts facts = {.starts_on = chance_day(rand, day_make(2010, 1, 1), day_make(2029, 1, 1))};
  bool open_ended = g_rand_int_range(rand, 0, 4) == 0;
  if (!open_ended) {
    facts.ends_on = chance_day(rand, facts.starts_on + 2, facts.starts_on + 1500);
    facts.renewal_months = CHANCE(rand, RENEWALS);
  }
  if (g_rand_int_range(rand, 0, 8) > 0) {
    facts.notice_unit = CHANCE(rand, UNITS);
    facts.notice_count = facts.notice_unit == 'm' ? CHANCE(rand, MONTHS) : facts.notice_unit == 'w' ? g_rand_int_range(rand, 1, 13) : CHANCE(rand, DAYS);
    facts.notice_to = open_ended ? TOS[g_rand_int_range(rand, 1, G_N_ELEMENTS(TOS))] : g_rand_boolean(rand) ? 't' : CHANCE(rand, TOS);
  }
  if (g_rand_int_range(rand, 0, 6) == 0) {
    facts.cancelled_on = facts.starts_on + g_rand_int_range(rand, -200, 1500);
    facts.cancelled_to = facts.cancelled_on + g_rand_int_range(rand, 0, 400);
  }
  return facts;
}

static PlainFacts plain_facts(const TermFacts *facts) {
  return (PlainFacts){plain_of(facts->starts_on), plain_of(facts->ends_on),   facts->renewal_months,         facts->notice_unit,
                      facts->notice_count,        facts->notice_to,           plain_of(facts->cancelled_on), plain_of(facts->cancelled_to)};
}

static const char *facts_text(void *owner, const PlainFacts *facts, Day today) {
  return talloc_asprintf(owner, "%d to %d, renews by %d, notice %d%c to %c, cancelled %d to %d, on %d", facts->starts_on, facts->ends_on, facts->renewal_months,
                         facts->notice_count, facts->notice_unit != 0 ? facts->notice_unit : '-', facts->notice_to != 0 ? facts->notice_to : '-', facts->cancelled_on,
                         facts->cancelled_to, plain_of(today));
}

static const char *terms_text(void *owner, const TermFacts *facts, Day today) {
  ContractTerms terms = {0};
  contract_terms_derive(facts, today, &terms);
  return talloc_asprintf(owner, "%s, ends %d, notice by %d", contract_status_name(terms.status), plain_of(terms.term_ends_on), plain_of(terms.notice_by));
}

#define CONTRACTS_BY_CHANCE 4000

static void terms_agree_with_stepping_day_by_day(void **state) {
  GRand *rand = g_rand_new_with_seed(20260211);
  for (unsigned i = 0; i < CONTRACTS_BY_CHANCE; i++) {
    void *owner = talloc_new(NULL);
    TermFacts facts = chance_facts(rand);
    PlainFacts plain = plain_facts(&facts);
    Day day = chance_day(rand, facts.starts_on - 400, facts.starts_on + 4000);
    int today = plain_of(day);
    const char *expected = talloc_asprintf(owner, "%s, ends %d, notice by %d", plain_status(&plain, today), plain_current_end(&plain, today), plain_notice_by(&plain, today));
    row_is(i, facts_text(owner, &plain, day), terms_text(owner, &facts, day), expected);
    talloc_free(owner);
  }
  g_rand_free(rand);
  rows_end();
  (void)state;
}

/* What is stored for today is what any day until valid_until would derive, and the day after derives something else (an ended contract stays ended). */
static void nothing_changes_before_valid_until_has_passed(void **state) {
  GRand *rand = g_rand_new_with_seed(20260212);
  for (unsigned i = 0; i < CONTRACTS_BY_CHANCE; i++) {
    void *owner = talloc_new(NULL);
    ContractTerms terms = {0};
    TermFacts facts = chance_facts(rand);
    PlainFacts plain = plain_facts(&facts);
    Day today = chance_day(rand, facts.starts_on - 400, facts.starts_on + 4000);
    const char *now = terms_text(owner, &facts, today);
    contract_terms_derive(&facts, today, &terms);
    row_is(i, facts_text(owner, &plain, today), terms.valid_from <= today && today <= terms.valid_until ? "today is within" : "today is without", "today is within");
    row_is(i, facts_text(owner, &plain, terms.valid_from), terms_text(owner, &facts, terms.valid_from), now);
    row_is(i, facts_text(owner, &plain, terms.valid_until), terms_text(owner, &facts, terms.valid_until), now);
    for (int sample = 0; sample < 20; sample++) {
      Day day = g_rand_int_range(rand, today, MIN(terms.valid_until, today + 2000) + 1);
      row_is(i, facts_text(owner, &plain, day), terms_text(owner, &facts, day), now);
    }
    if (terms.valid_until < day_never() && terms.status != STATUS_ENDED) {
      bool differs = strcmp(terms_text(owner, &facts, terms.valid_until + 1), now) != 0;
      row_is(i, facts_text(owner, &plain, terms.valid_until + 1), differs ? "something else" : now, "something else");
    }
    talloc_free(owner);
  }
  g_rand_free(rand);
  rows_end();
  (void)state;
}

/* Typed facts of a contract, with and without each of them. */
static void facts_are_read_from_a_contract(void **state) {
  const Typed all = {"2025-01-01", "2026-12-31", "12", "6w", "quarter", "2026-02-11", "2026-03-31"};
  const Typed least = {"2025-01-01", "", "", "", "", "", ""};
  TermFacts facts = facts_of(&all);
  assert_int_equal(facts.starts_on, day_make(2025, 1, 1));
  assert_int_equal(facts.ends_on, day_make(2026, 12, 31));
  assert_int_equal(facts.renewal_months, 12);
  assert_int_equal(facts.notice_count, 6);
  assert_int_equal(facts.notice_unit, 'w');
  assert_int_equal(facts.notice_to, 'q');
  assert_int_equal(facts.cancelled_on, day_make(2026, 2, 11));
  assert_int_equal(facts.cancelled_to, day_make(2026, 3, 31));
  facts = facts_of(&least);
  assert_int_equal(facts.ends_on, DAY_NONE);
  assert_int_equal(facts.renewal_months, 0);
  assert_int_equal(facts.notice_unit, 0);
  assert_int_equal(facts.notice_to, 0);
  assert_int_equal(facts.cancelled_on, DAY_NONE);
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(terms_are_derived),
      cmocka_unit_test(terms_are_valid_until_something_changes),
      cmocka_unit_test(notice_reaches_the_first_end_after_its_period),
      cmocka_unit_test(a_term_that_renews_has_a_next_one),
      cmocka_unit_test(terms_agree_with_stepping_day_by_day),
      cmocka_unit_test(nothing_changes_before_valid_until_has_passed),
      cmocka_unit_test(facts_are_read_from_a_contract),
  };
  return cmocka_run_group_tests_name("contract_terms", tests, NULL, NULL);
}
