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

/* What notice comes to. */
typedef enum {
  NOTICE_REACHES,    /* it ends the contract on `end` */
  NOTICE_NO_PERIOD,  /* no notice period is agreed: no end follows from the contract */
  NOTICE_BEYOND,     /* the end would lie after the farthest day that the product knows */
  NOTICE_NOT_NEEDED, /* the contract ends by itself on term_ends_on */
  NOTICE_GIVEN,      /* notice was given before; the contract ends on term_ends_on */
  NOTICE_ENDED       /* the contract ended on term_ends_on */
} NoticeOutcome;

/* What holds an end back that the period alone would reach. */
typedef enum { NOTICE_HELD_BY_NOTHING, NOTICE_HELD_BY_FIRST_TERM, NOTICE_HELD_BY_START } NoticeHold;

/* How an end is found, for whoever has to explain it. Below `term_ends_on` everything is DAY_NONE or 0 unless the outcome is NOTICE_REACHES. */
typedef struct {
  NoticeOutcome outcome;
  Day given_on;
  Day term_ends_on;   /* of the term that runs on the day of notice (of a notice given before: on `today`); day_never() when open-ended */
  Day period_ends_on; /* the notice period, counted from given_on (BGB §§ 187, 188) */
  NoticeHold hold;
  Day held_until;     /* the day before which the contract can't end: end of the first term, or the start of an open-ended one */
  Day end;            /* what contract_notice_end gives */
  int renewals;       /* of the term that `end` ends, when notice is given to the end of a term: 0 is the first one */
  Day deadline;       /* the last day on which notice still reaches `end` */
  Day missed_end;     /* when notice comes too late for the term that runs: that term's end, and the day by which it could have been given; */
  Day missed_by;      /* else DAY_NONE */
} NoticeExplanation;

/* Explains what notice given on `given_on` comes to, as of `today`. A deadline isn't moved off a weekend or holiday: BGB § 193 doesn't apply to periods of
 * notice (BGH, 17 February 2005, III ZR 172/04). */
void contract_notice_explain(const TermFacts *facts, Day given_on, Day today, NoticeExplanation *notice);

/* True when a contract may be ended on `end` by that notice: not before the end that is proposed, or where none is, not before the day of notice. */
bool contract_notice_allows(const NoticeExplanation *notice, Day end);

/* The last day of the term that follows the one that ends on `term_ends_on` by itself; DAY_NONE when none does. */
Day contract_next_term_end(const TermFacts *facts, Day term_ends_on);

#endif
