/* How many contracts a selection has, by level: from kept counts (of all, or per day), exact up to COUNT_LIMIT, or at least so many. */
#include <string.h>
#include <talloc.h>

#include "repository/contract_day.h"
#include "repository/contract_selection.h"

#define COUNT_LIMIT 10000
#define SCAN_LIMIT 30000 /* rows that a total may fetch where nothing narrow is selected */
#define GLANCE 500 /* of a level that has more than its share */
#define SAMPLE_LIMIT 1000 /* contracts of common words that are looked at */

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

static bool has_other_condition(const ContractPlan *plan, Condition than) {
  for (int condition = 0; condition < CONDITION_COUNT; condition++) {
    if (plan->used[condition] && condition != (int)than) return true;
  }
  return false;
}

/* Of words that very many contracts have, the first contracts of the rarest are looked at. */
static bool totals_sampled(const ContractPlan *plan, Database *database, ContractTotals *totals, GError **error) {
  void *scratch = talloc_new(plan);
  Statement *statement = statement_new(scratch);
  bool common = plan->word_count > 1 || plan->rarest > COUNT_LIMIT * ESTIMATE_MARGIN;
  unsigned limit = common ? SAMPLE_LIMIT : COUNT_LIMIT + 1;
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
  /* One word and nothing else: its entries in the index are the contracts, of every level and status. */
  bool alone = !has_other_condition(plan, CONDITION_WORD) && plan->word_count == 1 && plan_all_branches(plan);
  if (rows != NULL && alone && common) totals->total = (ContractTotal){COUNT_LIMIT, false};
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

/* The contracts of a level that are looked at: in the index of one condition, those that meet it. */
static void add_level_rows(const ContractPlan *plan, Statement *statement, Condition along, unsigned level) {
  statement_add(statement, " FROM contract FORCE INDEX (%s) WHERE ", along == CONDITION_NONE ? contract_sort_index(SORT_NUMBER) : contract_condition_index(along));
  plan_add_level(plan, statement, level);
  statement_add(statement, " AND ");
  plan_add_statuses(plan, statement);
  if (along == CONDITION_NONE) return;
  statement_add(statement, " AND ");
  plan_add_condition(plan, statement, along);
}

/* Which levels have for certain more than `limit` of these. */
static bool find_large(const ContractPlan *plan, Database *database, Condition along, gint64 limit, bool *large, GError **error) {
  unsigned levels = plan_catalogue(plan)->level_count + 1;
  Statement *statement = statement_new(NULL);
  gint64 *rows = talloc_array(statement, gint64, levels);
  for (unsigned level = 0; level < levels; level++) {
    statement_add(statement, "%sSELECT 1", level > 0 ? " UNION ALL " : "");
    add_level_rows(plan, statement, along, level);
  }
  bool done = statement_estimate(statement, database, rows, levels, error);
  for (unsigned level = 0; done && level < levels; level++) large[level] = rows[level] > limit * ESTIMATE_MARGIN;
  talloc_free(statement);
  return done;
}

/* A condition alone is counted in its index, unless the level is known to have more than are counted. For others each row is fetched, up to a share of the limit, and the level is
 * exact where that was enough; where it can't be, a glance says as much. */
static bool totals_scanned(const ContractPlan *plan, Database *database, ContractTotals *totals, GError **error) {
  void *scratch = talloc_new(plan);
  Statement *statement = statement_new(scratch);
  unsigned levels = plan_catalogue(plan)->level_count + 1;
  Condition along = count_index(plan);
  bool others = has_other_condition(plan, along);
  unsigned share = SCAN_LIMIT / levels;
  bool *large = talloc_zero_array(scratch, bool, levels);
  unsigned asked = 0;
  bool done = find_large(plan, database, along, others ? share : COUNT_LIMIT, large, error);
  for (unsigned level = 0; level < levels; level++) {
    if (large[level] && !others) continue;
    if (asked++ > 0) statement_add(statement, " UNION ALL ");
    if (others) {
      statement_add(statement, "(SELECT COUNT(*), COALESCE(SUM(met), 0) FROM (SELECT (");
      plan_add_conditions(plan, statement, "", along);
      statement_add(statement, ") AS met");
    } else {
      statement_add(statement, "(SELECT 0, COUNT(*)");
    }
    add_level_rows(plan, statement, along, level);
    if (others) statement_add(statement, " LIMIT %u) AS looked_at", large[level] ? GLANCE : share);
    statement_add(statement, ")");
  }
  SqlRows *rows = done && asked > 0 ? statement_query(statement, database, scratch, error) : NULL;
  done = done && (asked == 0 || rows != NULL);
  for (unsigned level = 0, row = 0; done && level < levels; level++) {
    bool counted = others || !large[level];
    if (counted) count_add(totals, plan, level, (ContractTotal){sql_cell_integer(rows, row, 1), !others || (!large[level] && sql_cell_integer(rows, row, 0) < share)});
    else count_add(totals, plan, level, (ContractTotal){COUNT_LIMIT, false});
    row += counted;
  }
  talloc_free(scratch);
  return done;
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
  if (plan->collected != CONDITION_NONE && plan->source_limit == 0) return totals_collected(plan, database, totals, error);
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
