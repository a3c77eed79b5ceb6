/* How many contracts a selection has, by level: from kept counts (of all, or per day), exact up to COUNT_LIMIT, or at least so many. */
#include <string.h>
#include <talloc.h>

#include "repository/contract_day.h"
#include "repository/contract_selection.h"

#define COUNT_LIMIT 10000
#define SCAN_LIMIT 30000 /* rows that a total may fetch where nothing narrow is selected */
#define SAMPLE_LIMIT 3000 /* contracts that further words may be looked for in */

/* What isn't exact is told as "more than": not of more than COUNT_LIMIT, which is as good as any. */
static ContractTotal bounded(ContractTotal count) {
  return count.exact ? count : (ContractTotal){MIN(count.count, COUNT_LIMIT), false};
}

static void count_add(ContractTotals *totals, const ContractPlan *plan, unsigned level, ContractTotal count) {
  bool none = level == plan_catalogue(plan)->level_count;
  totals->by_level[none ? LEVEL_NONE_BIT : level] = bounded(count);
  if (!plan_level_selected(plan, level)) return;
  totals->total.count += count.count;
  totals->total.exact = totals->total.exact && count.exact;
}

static void totals_kept(const ContractPlan *plan, ContractTotals *totals) {
  for (unsigned level = 0; level <= plan_catalogue(plan)->level_count; level++) {
    gint64 count = 0;
    for (unsigned status = 0; status < STATUS_COUNT; status++) {
      if (plan_status_selected(plan, status)) count += plan_kept_of_types(plan, level, status);
    }
    count_add(totals, plan, level, (ContractTotal){count, true});
  }
}

/* By level, from rows of level_id and contracts. */
static void take_counts(const ContractPlan *plan, const SqlRows *rows, bool exact, ContractTotals *totals) {
  for (unsigned level = 0; level <= plan_catalogue(plan)->level_count; level++) {
    gint64 id = level == plan_catalogue(plan)->level_count ? 0 : plan_catalogue(plan)->levels[level].id;
    ContractTotal count = {0, exact};
    for (unsigned row = 0; row < rows->row_count; row++) {
      if (sql_cell_integer(rows, row, 0) == id) count.count = sql_cell_integer(rows, row, 1);
    }
    count_add(totals, plan, level, count);
  }
}

/* Along the condition by which the page is collected. */
static bool totals_collected(const ContractPlan *plan, Database *database, ContractTotals *totals, GError **error) {
  void *scratch = talloc_new(plan);
  Statement *statement = statement_new(scratch);
  statement_add(statement, "SELECT level_id, COUNT(*) FROM ");
  plan_add_source(plan, statement, plan->collected, 0);
  statement_add(statement, " WHERE ");
  plan_add_levels(plan, statement, true);
  statement_add(statement, " AND ");
  plan_add_statuses(plan, statement);
  plan_add_conditions(plan, statement, " AND ", CONDITION_NONE);
  statement_add(statement, " GROUP BY level_id");
  SqlRows *rows = statement_query(statement, database, scratch, error);
  if (rows != NULL) take_counts(plan, rows, true, totals);
  talloc_free(scratch);
  return rows != NULL;
}

/* Of words that very many contracts have, the first contracts of the rarest are looked at. */
static bool totals_sampled(const ContractPlan *plan, Database *database, ContractTotals *totals, GError **error) {
  void *scratch = talloc_new(plan);
  Statement *statement = statement_new(scratch);
  unsigned limit = plan->word_count > 1 ? SAMPLE_LIMIT : COUNT_LIMIT + 1;
  gint64 looked_at = 0;
  statement_add(statement, "SELECT level_id, SUM(met), COUNT(*) FROM (SELECT level_id, (");
  plan_add_statuses(plan, statement);
  plan_add_conditions(plan, statement, " AND ", CONDITION_WORD);
  plan_add_words(plan, statement, " AND ", plan->source_words);
  statement_add(statement, ") AS met FROM ");
  plan_add_source(plan, statement, CONDITION_WORD, limit);
  statement_add(statement, ") AS looked_at GROUP BY level_id");
  SqlRows *rows = statement_query(statement, database, scratch, error);
  for (unsigned row = 0; rows != NULL && row < rows->row_count; row++) looked_at += sql_cell_integer(rows, row, 2);
  if (rows != NULL) take_counts(plan, rows, looked_at < limit, totals);
  talloc_free(scratch);
  return rows != NULL;
}

/* The index that a count looks along where nothing is narrow: that of the first condition which has one beginning with the level, else the sort's. */
static Condition count_index(const ContractPlan *plan) {
  for (int condition = CONDITION_STARTS; condition < CONDITION_TYPE; condition++) {
    if (plan->used[condition]) return (Condition)condition;
  }
  return plan->used[CONDITION_RESPONSIBLE] ? CONDITION_RESPONSIBLE : CONDITION_NONE;
}

/* How many rows a count may look at: a condition alone is counted in its index, for others each row is fetched. */
static unsigned scan_limit(const ContractPlan *plan, Condition along) {
  for (int condition = 0; condition < CONDITION_COUNT; condition++) {
    if (plan->used[condition] && condition != (int)along) return SCAN_LIMIT;
  }
  return (COUNT_LIMIT + 1) * (plan_catalogue(plan)->level_count + 1);
}

/* Each level looks at its share of that limit; where that was enough for all of them, the count is exact. */
static bool totals_scanned(const ContractPlan *plan, Database *database, ContractTotals *totals, GError **error) {
  void *scratch = talloc_new(plan);
  Statement *statement = statement_new(scratch);
  unsigned levels = plan_catalogue(plan)->level_count + 1;
  Condition along = count_index(plan);
  unsigned share = scan_limit(plan, along) / levels;
  for (unsigned level = 0; level < levels; level++) {
    statement_add(statement, "%s(SELECT COUNT(*), COALESCE(SUM(met), 0) FROM (SELECT (", level > 0 ? " UNION ALL " : "");
    plan_add_conditions(plan, statement, "", along);
    if (along != CONDITION_NONE && plan->used[along]) {
      unsigned others = 0;
      for (int condition = 0; condition < CONDITION_COUNT; condition++) others += plan->used[condition] && condition != (int)along;
      if (others == 0) statement_add(statement, "1");
    }
    statement_add(statement, ") AS met FROM contract FORCE INDEX (%s) WHERE ", along == CONDITION_NONE ? contract_sort_index(SORT_NUMBER) : contract_condition_index(along));
    plan_add_level(plan, statement, level);
    statement_add(statement, " AND ");
    plan_add_statuses(plan, statement);
    if (along != CONDITION_NONE) {
      statement_add(statement, " AND ");
      plan_add_condition(plan, statement, along);
    }
    statement_add(statement, " LIMIT %u) AS looked_at)", share);
  }
  SqlRows *rows = statement_query(statement, database, scratch, error);
  for (unsigned level = 0; rows != NULL && level < levels; level++) {
    count_add(totals, plan, level, (ContractTotal){sql_cell_integer(rows, level, 1), sql_cell_integer(rows, level, 0) < share});
  }
  talloc_free(scratch);
  return rows != NULL;
}

/* One range of days has kept counts. */
static bool totals_by_day(const ContractPlan *plan, Database *database, ContractTotals *totals, GError **error) {
  gint64 *counts = talloc_zero_array(plan, gint64, plan_catalogue(plan)->level_count + 1);
  bool done = contract_day_totals(database, plan, counts, error);
  for (unsigned level = 0; done && level <= plan_catalogue(plan)->level_count; level++) count_add(totals, plan, level, (ContractTotal){counts[level], true});
  talloc_free(counts);
  return done;
}

static bool count_totals(const ContractPlan *plan, Database *database, ContractTotals *totals, GError **error) {
  if (plan->collected != CONDITION_NONE) return totals_collected(plan, database, totals, error);
  if (contract_day_counts(plan)) return totals_by_day(plan, database, totals, error);
  if (plan->used[CONDITION_WORD]) return totals_sampled(plan, database, totals, error);
  return totals_scanned(plan, database, totals, error);
}

bool contract_plan_totals(const ContractPlan *plan, Database *database, ContractTotals *totals, GError **error) {
  memset(totals, 0, sizeof *totals);
  totals->total.exact = true;
  bool done = true;
  if (plan_only_kept(plan)) totals_kept(plan, totals);
  else done = count_totals(plan, database, totals, error);
  totals->total = bounded(totals->total);
  return done;
}
