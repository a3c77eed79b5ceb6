/* Terms and notice. Input: numbers of a contract's facts, two or three bytes each, and a day to look at them from. */
#include <string.h>

#include "domain/contract_terms.h"
#include "fuzz.h"

typedef struct {
  const uint8_t *bytes;
  size_t left;
} Numbers;

static int number(Numbers *numbers, unsigned width) {
  int value = 0;
  for (; width > 0; width--) {
    value = value << 8 | (numbers->left > 0 ? *numbers->bytes : 0);
    if (numbers->left > 0) {
      numbers->bytes++;
      numbers->left--;
    }
  }
  return value;
}

/* A day of the years that the product knows, mostly of those that contracts are made in. */
static Day any_day(Numbers *numbers) {
  int from = number(numbers, 1) < 16 ? 0 : day_make(2000, 1, 1) - day_make(1000, 1, 1);
  int span = day_never() - day_make(1000, 1, 1) + 1;
  return day_make(1000, 1, 1) + (from + number(numbers, from == 0 ? 3 : 2)) % span;
}

static Day any_day_or_none(Numbers *numbers) { return number(numbers, 1) % 2 == 0 ? any_day(numbers) : DAY_NONE; }

/* Facts that contract_check lets through. */
static TermFacts any_facts(Numbers *numbers) {
  static const char UNITS[] = {0, 'd', 'w', 'm'};
  static const char TOS[] = {0, 't', 'm', 'q', 'h', 'y'};
  TermFacts facts = {.starts_on = any_day(numbers), .ends_on = any_day_or_none(numbers)};
  if (facts.ends_on != DAY_NONE && facts.ends_on < facts.starts_on) facts.ends_on = facts.starts_on;
  facts.renewal_months = facts.ends_on != DAY_NONE ? number(numbers, 1) : 0;
  facts.notice_unit = UNITS[(unsigned)number(numbers, 1) % sizeof UNITS];
  facts.notice_count = facts.notice_unit != 0 ? number(numbers, 2) % 1000 : 0;
  facts.notice_to = facts.notice_unit != 0 ? TOS[(unsigned)number(numbers, 1) % sizeof TOS] : 0;
  if (facts.ends_on == DAY_NONE && facts.notice_to == 't') facts.notice_to = 'm';
  facts.cancelled_on = any_day_or_none(numbers);
  facts.cancelled_to = facts.cancelled_on != DAY_NONE ? MAX(MAX(any_day(numbers), facts.cancelled_on), facts.starts_on) : DAY_NONE;
  return facts;
}

static bool same(const ContractTerms *one, const ContractTerms *other) {
  return one->status == other->status && one->term_ends_on == other->term_ends_on && one->notice_by == other->notice_by;
}

static void terms_hold(const TermFacts *facts, Day today) {
  ContractTerms terms = {0};
  ContractTerms other = {0};
  contract_terms_derive(facts, today, &terms);
  holds(terms.valid_from <= today && terms.valid_until >= today);
  holds(terms.status < STATUS_COUNT && terms.term_ends_on >= day_make(1000, 1, 1) && terms.term_ends_on <= day_never());
  holds(terms.status != STATUS_ENDED || terms.term_ends_on < today);
  holds(terms.status != STATUS_UPCOMING || facts->starts_on > today);
  holds(terms.notice_by == DAY_NONE || (terms.notice_by >= today && terms.notice_by <= day_never()));
  contract_terms_derive(facts, MAX(terms.valid_from, day_make(1000, 1, 1)), &other);
  holds(same(&terms, &other));
  contract_terms_derive(facts, MIN(terms.valid_until, day_never()), &other);
  holds(same(&terms, &other));
}

static void notice_holds(const TermFacts *facts, Day given_on, Day today) {
  NoticeExplanation notice;
  memset(&notice, 0, sizeof notice);
  contract_notice_explain(facts, given_on, today, &notice);
  if (notice.outcome != NOTICE_REACHES) return;
  holds(notice.end >= given_on && notice.end <= day_never());
  holds(notice.deadline >= given_on && notice.deadline <= notice.end);
  holds(notice.end == contract_notice_end(facts, given_on));
  holds(contract_notice_allows(&notice, notice.end));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  Numbers numbers = {bytes, size};
  TermFacts facts = any_facts(&numbers);
  Day today = any_day(&numbers);
  terms_hold(&facts, today);
  notice_holds(&facts, any_day(&numbers), today);
  return 0;
}
