#include "domain/contract_terms.h"

#include <stdlib.h>

#include "domain/money.h"

TermFacts contract_term_facts(const Contract *contract) {
  const char *period = contract->values[CONTRACT_NOTICE_PERIOD];
  char *unit = NULL;
  TermFacts facts = {
      .starts_on = day_parse_iso(contract->values[CONTRACT_STARTS_ON]),
      .ends_on = day_parse_iso(contract->values[CONTRACT_ENDS_ON]),
      .renewal_months = (int)g_ascii_strtoll(contract->values[CONTRACT_RENEWAL_MONTHS], NULL, 10),
      .notice_count = (int)g_ascii_strtoll(period, &unit, 10),
      .notice_to = contract->values[CONTRACT_NOTICE_TO][0],
      .cancelled_on = day_parse_iso(contract->values[CONTRACT_CANCELLED_ON]),
      .cancelled_to = day_parse_iso(contract->values[CONTRACT_CANCELLED_TO]),
  };
  facts.notice_unit = *unit;
  return facts;
}

/* The end of the term after `count` renewals. A term that ends with its month stays on ends of months (BGB § 188: a term that begins on a first ends with
 * the last of a month); any other keeps its day or, where the month is shorter, ends with that month. Always counted from the first end. */
static Day term_end(const TermFacts *facts, int count) {
  Day end = day_add_months(facts->ends_on, count * facts->renewal_months);
  if (end != DAY_NONE && facts->ends_on == day_end_of_month(facts->ends_on)) end = day_end_of_month(end);
  return end != DAY_NONE ? end : day_never();
}

static int month_number(Day day) {
  int year = 0;
  int month = 0;
  int day_of_month = 0;
  day_parts(day, &year, &month, &day_of_month);
  return year * 12 + month;
}

/* The first end of a term, not before the first one's, that is `day` or later. */
static Day term_end_from(const TermFacts *facts, Day day) {
  int count = 0;
  if (day <= facts->ends_on || facts->renewal_months == 0) return facts->ends_on;
  count = MAX(0, (month_number(day) - month_number(facts->ends_on)) / facts->renewal_months - 1);
  while (term_end(facts, count) < day) count++;
  return term_end(facts, count);
}

/* The last day of the month, quarter, half-year or year that `day` lies in. */
static Day calendar_end(char notice_to, Day day) {
  int year = 0;
  int month = 0;
  int day_of_month = 0;
  int months = notice_to == 'q' ? 3 : notice_to == 'h' ? 6 : notice_to == 'y' ? 12 : 1;
  day_parts(day, &year, &month, &day_of_month);
  return day_end_of_month(day_make(year, (month + months - 1) / months * months, 1));
}

/* The day on which a period ends that begins with notice on `day` (BGB §§ 187, 188: the day of notice does not count, a period of months
 * ends with the day of the same number or the last of a shorter month). */
static Day period_end(const TermFacts *facts, Day day) {
  if (facts->notice_unit == 'm') return day_add_months(day, facts->notice_count);
  return day_add_days(day, facts->notice_unit == 'w' ? facts->notice_count * 7 : facts->notice_count);
}

/* The last day on which notice reaches `end`. */
static Day notice_deadline(const TermFacts *facts, Day end) {
  if (facts->notice_unit == 'w') return day_add_days(end, -7 * facts->notice_count);
  if (facts->notice_unit == 'd') return day_add_days(end, -facts->notice_count);
  Day day = day_add_months(end, -facts->notice_count);
  while (day != DAY_NONE && period_end(facts, day + 1) <= end) day++;
  return day;
}

static bool can_be_noticed(const TermFacts *facts) {
  if (facts->notice_unit == 0 || facts->notice_to == 0 || facts->cancelled_on != DAY_NONE) return false;
  return facts->ends_on == DAY_NONE ? facts->notice_to != 't' : facts->renewal_months > 0;
}

Day contract_notice_end(const TermFacts *facts, Day notice_day) {
  if (!can_be_noticed(facts)) return DAY_NONE;
  Day reached = period_end(facts, MAX(notice_day, DAY_NONE + 1));
  if (reached == DAY_NONE) return DAY_NONE;
  Day first = facts->ends_on != DAY_NONE ? facts->ends_on : facts->starts_on;
  reached = MAX(reached, first);
  Day end = facts->notice_to == 't' ? term_end_from(facts, reached) : calendar_end(facts->notice_to, reached);
  return end == day_never() ? DAY_NONE : end;
}

Day contract_next_term_end(const TermFacts *facts, Day term_ends_on) {
  if (facts->ends_on == DAY_NONE || facts->renewal_months == 0 || facts->cancelled_on != DAY_NONE || term_ends_on == day_never()) return DAY_NONE;
  Day end = term_end_from(facts, term_ends_on + 1);
  return end == day_never() ? DAY_NONE : end;
}

static Day current_term_end(const TermFacts *facts, Day today) {
  if (facts->cancelled_on != DAY_NONE) return facts->cancelled_to;
  if (facts->ends_on == DAY_NONE) return day_never();
  return term_end_from(facts, today);
}

static ContractStatus status_on(const TermFacts *facts, Day term_ends_on, Day today) {
  if (today > term_ends_on) return STATUS_ENDED;
  if (today < facts->starts_on) return STATUS_UPCOMING;
  return facts->cancelled_on != DAY_NONE ? STATUS_CANCELLED : STATUS_ACTIVE;
}

/* What is derived changes on the day after each of these days. */
static Day next_change(const TermFacts *facts, const ContractTerms *terms, Day today) {
  Day last = day_never();
  if (today < facts->starts_on) last = MIN(last, facts->starts_on - 1);
  if (terms->term_ends_on >= today) last = MIN(last, terms->term_ends_on);
  if (terms->notice_by != DAY_NONE && terms->notice_by >= today) last = MIN(last, terms->notice_by);
  return last;
}

void contract_terms_derive(const TermFacts *facts, Day today, ContractTerms *terms) {
  terms->term_ends_on = current_term_end(facts, today);
  terms->status = status_on(facts, terms->term_ends_on, today);
  Day end = terms->status == STATUS_ENDED ? DAY_NONE : contract_notice_end(facts, today);
  terms->notice_by = end != DAY_NONE ? notice_deadline(facts, end) : DAY_NONE;
  terms->valid_from = today;
  terms->valid_until = next_change(facts, terms, today);
}

/* ---- why ---- */

static NoticeOutcome notice_outcome(const TermFacts *facts, const NoticeExplanation *notice, Day today) {
  if (current_term_end(facts, today) < today) return NOTICE_ENDED;
  if (facts->cancelled_on != DAY_NONE) return NOTICE_GIVEN;
  if (facts->ends_on != DAY_NONE && facts->renewal_months == 0) return NOTICE_NOT_NEEDED;
  if (!can_be_noticed(facts)) return NOTICE_NO_PERIOD;
  return notice->end != DAY_NONE ? NOTICE_REACHES : NOTICE_BEYOND;
}

static void explain_hold(const TermFacts *facts, NoticeExplanation *notice) {
  bool open_ended = facts->ends_on == DAY_NONE;
  Day held_until = open_ended ? facts->starts_on : facts->ends_on;
  if (held_until <= notice->period_ends_on) return;
  notice->hold = open_ended ? NOTICE_HELD_BY_START : NOTICE_HELD_BY_FIRST_TERM;
  notice->held_until = held_until;
}

static void explain_term(const TermFacts *facts, NoticeExplanation *notice) {
  notice->renewals = (month_number(notice->end) - month_number(facts->ends_on)) / facts->renewal_months;
  if (notice->end <= notice->term_ends_on) return;
  notice->missed_end = notice->term_ends_on;
  notice->missed_by = notice_deadline(facts, notice->term_ends_on);
}

void contract_notice_explain(const TermFacts *facts, Day given_on, Day today, NoticeExplanation *notice) {
  *notice = (NoticeExplanation){.given_on = given_on, .end = contract_notice_end(facts, given_on)};
  notice->outcome = notice_outcome(facts, notice, today);
  notice->term_ends_on = current_term_end(facts, notice->outcome == NOTICE_REACHES ? given_on : today);
  if (notice->outcome != NOTICE_REACHES) {
    notice->end = DAY_NONE;
    return;
  }
  notice->period_ends_on = period_end(facts, given_on);
  notice->deadline = notice_deadline(facts, notice->end);
  explain_hold(facts, notice);
  if (facts->notice_to == 't') explain_term(facts, notice);
}

bool contract_notice_allows(const NoticeExplanation *notice, Day end) {
  if (notice->outcome == NOTICE_REACHES) return end >= notice->end;
  return (notice->outcome == NOTICE_NO_PERIOD || notice->outcome == NOTICE_BEYOND) && end >= notice->given_on;
}

gint64 contract_monthly_value(const char *amount, const char *billing_months) {
  gint64 months = g_ascii_strtoll(billing_months, NULL, 10);
  if (months < 1) months = 1;
  return (2 * money_hundredths(amount) + months) / (2 * months);
}
