/* Which way a selection is looked for. */
#include <math.h>
#include <string.h>
#include <talloc.h>

#include "repository/contract_selection.h"
#include "repository/data_changes.h"

const ContractFilter *plan_filter(const ContractPlan *plan) { return plan->selection->filter; }
const Catalogue *plan_catalogue(const ContractPlan *plan) { return plan->selection->catalogue; }

/* ---- which levels, statuses and types are selected ---- */

bool plan_level_selected(const ContractPlan *plan, unsigned level) {
  guint64 bits = plan_filter(plan)->levels;
  unsigned bit = level == plan_catalogue(plan)->level_count ? LEVEL_NONE_BIT : level;
  return bits == 0 || (bits >> bit & 1) != 0;
}

bool plan_status_selected(const ContractPlan *plan, unsigned status) {
  unsigned bits = plan_filter(plan)->statuses;
  return bits == 0 || (bits >> status & 1) != 0;
}

bool plan_type_selected(const ContractPlan *plan, unsigned type) {
  guint64 bits = plan_filter(plan)->types;
  return bits == 0 || (bits >> type & 1) != 0;
}

gint64 plan_kept(const ContractPlan *plan, unsigned level, unsigned status, unsigned type) {
  return plan->kept[(level * STATUS_COUNT + status) * plan_catalogue(plan)->type_count + type];
}

gint64 plan_kept_of_types(const ContractPlan *plan, unsigned level, unsigned status) {
  gint64 sum = 0;
  for (unsigned type = 0; type < plan_catalogue(plan)->type_count; type++) {
    if (plan_type_selected(plan, type)) sum += plan_kept(plan, level, status, type);
  }
  return sum;
}

gint64 plan_kept_of_selection(const ContractPlan *plan) {
  gint64 sum = 0;
  for (unsigned level = 0; level <= plan_catalogue(plan)->level_count; level++) {
    for (unsigned status = 0; status < STATUS_COUNT; status++) {
      if (plan_level_selected(plan, level) && plan_status_selected(plan, status)) sum += plan_kept_of_types(plan, level, status);
    }
  }
  return sum;
}

bool plan_only_kept(const ContractPlan *plan) {
  for (int condition = 0; condition < CONDITION_COUNT; condition++) {
    if (plan->used[condition] && condition != CONDITION_TYPE) return false;
  }
  return true;
}

/* ---- what is selected ---- */

/* By positions in the catalogue, belonging to nobody yet; contracts of a level or type that is newer than that are left out. */
static gint64 *count_kept(const Catalogue *catalogue, const SqlRows *rows) {
  gint64 *kept = talloc_zero_array(NULL, gint64, (catalogue->level_count + 1) * STATUS_COUNT * catalogue->type_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) {
    unsigned level = 0;
    unsigned type = 0;
    gint64 level_id = sql_cell_integer(rows, row, 0);
    gint64 type_id = sql_cell_integer(rows, row, 2);
    while (level < catalogue->level_count && catalogue->levels[level].id != level_id) level++;
    while (type < catalogue->type_count && catalogue->types[type].id != type_id) type++;
    if (type == catalogue->type_count || (level == catalogue->level_count && level_id != 0)) continue;
    kept[(level * STATUS_COUNT + (unsigned)sql_cell_integer(rows, row, 1)) * catalogue->type_count + type] = sql_cell_integer(rows, row, 3);
  }
  return kept;
}

static bool read_kept(ContractPlan *plan, Database *database, GError **error) {
  plan->kept = database_kept(database, KEPT_CONTRACT_COUNTS, plan);
  if (plan->kept != NULL) return true;
  void *scratch = talloc_new(plan);
  SqlRows *rows = database_query(database, scratch, "SELECT level_id, status, type_id, SUM(contracts) FROM contract_count GROUP BY level_id, status, type_id", SQL_NO_VALUES, error);
  if (rows != NULL) {
    gint64 *kept = count_kept(plan_catalogue(plan), rows);
    database_keep(database, KEPT_CONTRACT_COUNTS, plan, kept);
    plan->kept = kept;
  }
  talloc_free(scratch);
  return rows != NULL;
}

static bool read_customer(ContractPlan *plan, Database *database, GError **error) {
  const char *number = plan_filter(plan)->customer;
  if (number == NULL) return true;
  SqlRows *rows = database_query(database, plan, "SELECT id FROM customer WHERE number = ?", SQL_VALUES(sql_text(number)), error);
  if (rows == NULL) return false;
  plan->customer_id = rows->row_count > 0 ? sql_cell_integer(rows, 0, 0) : 0;
  plan->used[CONDITION_CUSTOMER] = true;
  return true;
}

/* 0 stands for nobody. */
static void read_responsible(ContractPlan *plan) {
  const char *name = plan_filter(plan)->responsible;
  if (name == NULL) return;
  plan->used[CONDITION_RESPONSIBLE] = true;
  int user = catalogue_user(plan_catalogue(plan), name);
  if (strcmp(name, "none") == 0) return;
  plan->responsible_id = strcmp(name, "me") == 0 || user < 0 ? plan->selection->user_id : plan_catalogue(plan)->users[user].id;
}

/* ---- branches ---- */

static unsigned branch_count(const ContractPlan *plan) { return (plan_catalogue(plan)->level_count + 1) * STATUS_COUNT; }

static bool branch_selected(const ContractPlan *plan, unsigned branch) {
  unsigned level = branch / STATUS_COUNT;
  unsigned status = branch % STATUS_COUNT;
  return plan_level_selected(plan, level) && plan_status_selected(plan, status) && plan_kept_of_types(plan, level, status) > 0;
}

static gint64 branch_size(const ContractPlan *plan, unsigned branch) {
  gint64 sum = 0;
  for (unsigned type = 0; type < plan_catalogue(plan)->type_count; type++) sum += plan_kept(plan, branch / STATUS_COUNT, branch % STATUS_COUNT, type);
  return sum;
}

PlanSums plan_sums(const ContractPlan *plan) {
  PlanSums sums = {0};
  for (unsigned branch = 0; branch < branch_count(plan); branch++) {
    unsigned status = branch % STATUS_COUNT;
    gint64 size = branch_size(plan, branch);
    sums.all += size;
    if (plan_status_selected(plan, status)) sums.of_statuses += size;
    if (!branch_selected(plan, branch) || plan->ways[branch] == BRANCH_EMPTY) continue;
    sums.selected += plan_kept_of_types(plan, branch / STATUS_COUNT, status);
    sums.branches++;
  }
  return sums;
}

/* Walking a branch of n contracts for a page costs page * n / met rows, collecting it costs `met`: up to this many, collecting is cheaper. */
static gint64 collecting_limit(const ContractPlan *plan, unsigned branch) {
  return 100 + (gint64)sqrt((double)(plan_filter(plan)->per + 1) * (double)branch_size(plan, branch));
}

/* True for the range that the list is sorted by: the walk follows it anyway. */
static bool is_own_range(const ContractPlan *plan, int condition) {
  ContractSort sort = plan_filter(plan)->sort;
  if (condition == CONDITION_STARTED_ON) return sort == SORT_STARTS;
  return condition >= CONDITION_STARTS && condition <= CONDITION_ENDED && contract_range_sort((ContractRange)(condition - CONDITION_STARTS)) == sort;
}

/* True for a condition whose index begins with, or holds, level and status, so that a single branch can be counted and collected along it. */
static bool is_branch_condition(const ContractPlan *plan, int condition) {
  return condition >= CONDITION_RESPONSIBLE && condition < CONDITION_TYPE && plan->used[condition] && !is_own_range(plan, condition);
}

/* The fewest that any condition leaves of a branch decide: `met` of them along `condition`. */
static void narrow_branch(ContractPlan *plan, gint64 *fewest, unsigned branch, gint64 met, Condition condition) {
  if (met >= fewest[branch]) return;
  fewest[branch] = met;
  plan->along[branch] = condition;
  plan->ways[branch] = met == 0 ? BRANCH_EMPTY : met <= collecting_limit(plan, branch) ? BRANCH_COLLECTED : BRANCH_WALKED;
}

/* Each branch by the condition that leaves the fewest of it: of contracts in force on a day nearly all have begun, but none of those ended meets the other half. */
static bool choose_ways(ContractPlan *plan, Database *database, GError **error) {
  gint64 fewest[BRANCH_MAX];
  unsigned parts = 0;
  Statement *statement = statement_new(plan);
  struct { unsigned branch; Condition condition; } *asked = talloc_size(statement, sizeof *asked * BRANCH_MAX * CONDITION_COUNT);
  for (unsigned branch = 0; branch < branch_count(plan); branch++) {
    fewest[branch] = G_MAXINT64;
    if (!branch_selected(plan, branch)) continue;
    if (plan->used[CONDITION_TYPE]) narrow_branch(plan, fewest, branch, plan_kept_of_types(plan, branch / STATUS_COUNT, branch % STATUS_COUNT), CONDITION_TYPE);
    for (int condition = 0; condition < CONDITION_COUNT; condition++) {
      if (!is_branch_condition(plan, condition)) continue;
      statement_add(statement, "%sSELECT 1 FROM contract FORCE INDEX (%s) WHERE ", parts > 0 ? " UNION ALL " : "", contract_condition_index((Condition)condition));
      plan_add_level(plan, statement, branch / STATUS_COUNT);
      statement_add(statement, " AND status = %u AND ", branch % STATUS_COUNT);
      plan_add_condition(plan, statement, (Condition)condition);
      asked[parts].branch = branch;
      asked[parts++].condition = (Condition)condition;
    }
  }
  gint64 *rows = talloc_array(statement, gint64, parts + 1);
  bool done = parts == 0 || statement_estimate(statement, database, rows, parts, error);
  for (unsigned part = 0; done && part < parts; part++) narrow_branch(plan, fewest, asked[part].branch, rows[part], asked[part].condition);
  talloc_free(statement);
  return done;
}

/* ---- the choice ---- */

/* Where the contracts of the selected statuses are that meet a condition. */
static void add_condition_rows(const ContractPlan *plan, Statement *statement, Condition condition) {
  statement_add(statement, "SELECT 1 FROM ");
  plan_add_source(plan, statement, condition, 0);
  statement_add(statement, " WHERE ");
  plan_add_condition(plan, statement, condition);
  if (condition >= CONDITION_STARTS && condition < CONDITION_TYPE) {
    statement_add(statement, " AND ");
    plan_add_levels(plan, statement, true);
    statement_add(statement, " AND ");
    plan_add_statuses(plan, statement);
  }
}

/* How many they are, about, by condition. */
static bool estimate_conditions(ContractPlan *plan, Database *database, GError **error) {
  Statement *statement = statement_new(plan);
  gint64 rows[CONDITION_COUNT];
  unsigned parts = 0;
  for (int condition = 0; condition < CONDITION_TYPE; condition++) {
    if (!plan->used[condition]) continue;
    if (parts++ > 0) statement_add(statement, " UNION ALL ");
    add_condition_rows(plan, statement, (Condition)condition);
  }
  bool done = parts == 0 || statement_estimate(statement, database, rows, parts, error);
  parts = 0;
  for (int condition = 0; done && condition < CONDITION_TYPE; condition++) {
    if (plan->used[condition]) plan->estimates[condition] = rows[parts++];
  }
  talloc_free(statement);
  return done;
}

/* How many they are, as far as it is fewer than `limit`. */
static bool count_condition(const ContractPlan *plan, Database *database, Condition condition, gint64 limit, gint64 *met, GError **error) {
  void *scratch = talloc_new(plan);
  Statement *statement = statement_new(scratch);
  statement_add(statement, "SELECT COUNT(*) FROM (");
  add_condition_rows(plan, statement, condition);
  statement_add(statement, " LIMIT ");
  statement_bind(statement, SQL_INTEGER(limit));
  statement_add(statement, ") AS bounded");
  SqlRows *rows = statement_query(statement, database, scratch, error);
  if (rows != NULL) *met = sql_cell_integer(rows, 0, 0);
  bool done = rows != NULL;
  talloc_free(scratch);
  return done;
}

static gint64 kept_of_all_levels(const ContractPlan *plan) {
  gint64 sum = 0;
  for (unsigned level = 0; level <= plan_catalogue(plan)->level_count; level++) {
    for (unsigned status = 0; status < STATUS_COUNT; status++) {
      if (plan_status_selected(plan, status)) sum += plan_kept_of_types(plan, level, status);
    }
  }
  return sum;
}

/* A selection by level, status and the sort's own range is a piece of the sort's index: nothing could be narrower. */
static bool is_piece_of_index(const ContractPlan *plan) {
  for (int condition = 0; condition < CONDITION_COUNT; condition++) {
    if (plan->used[condition] && !is_own_range(plan, condition)) return false;
  }
  return true;
}

bool plan_all_branches(const ContractPlan *plan) {
  for (unsigned branch = 0; branch < branch_count(plan); branch++) {
    if (branch_size(plan, branch) > 0 && !(plan_level_selected(plan, branch / STATUS_COUNT) && plan_status_selected(plan, branch % STATUS_COUNT))) return false;
  }
  return true;
}

bool plan_is_whole(const ContractPlan *plan) { return plan_all_branches(plan) && contract_sort_whole_index(plan_filter(plan)->sort) != NULL; }

/* The narrowest of the conditions that NARROW_LIMIT contracts meet at most. */
static bool choose_narrow(ContractPlan *plan, Database *database, GError **error) {
  gint64 fewest = NARROW_LIMIT + 1;
  if (!estimate_conditions(plan, database, error)) return false;
  for (int condition = 0; condition < CONDITION_TYPE; condition++) {
    gint64 met = fewest;
    if (!plan->used[condition] || plan->estimates[condition] > ESTIMATE_MARGIN * NARROW_LIMIT) continue;
    if (!count_condition(plan, database, (Condition)condition, fewest, &met, error)) return false;
    if (met < fewest) plan->collected = (Condition)condition;
    fewest = MIN(met, fewest);
  }
  if (plan->used[CONDITION_TYPE] && kept_of_all_levels(plan) < fewest) {
    plan->collected = CONDITION_TYPE;
    fewest = kept_of_all_levels(plan);
  }
  if (plan->used[CONDITION_WORD] && plan->rarest < fewest) {
    plan->collected = CONDITION_WORD;
    fewest = plan->rarest;
  }
  plan->collected_count = fewest;
  return true;
}

static bool has_branch_condition(const ContractPlan *plan) {
  for (int condition = 0; condition < CONDITION_COUNT; condition++) {
    if (is_branch_condition(plan, condition)) return true;
  }
  return plan->used[CONDITION_TYPE];
}

#define WHOLE_WALK 50000 /* rows that are walked for a page in all contracts, rather than in each branch; as many again where the estimate was wrong */

/* Whether a page is sooner full by one walk through all contracts, dropping what isn't selected, than by walks through each branch: if the conditions are met independently of each other. */
static bool is_whole_sooner(const ContractPlan *plan) {
  const PlanSums sums = plan_sums(plan);
  double met = (double)sums.selected;
  if (contract_sort_whole_index(plan_filter(plan)->sort) == NULL) return false;
  for (int condition = 0; condition < CONDITION_TYPE; condition++) {
    if (plan->used[condition] && !is_own_range(plan, condition)) met *= MIN(1, (double)plan->estimates[condition] / (double)MAX(1, sums.of_statuses));
  }
  return sums.selected * sums.branches > sums.all && (plan_filter(plan)->per + 1) * (double)sums.all < WHOLE_WALK * met;
}

static bool choose(ContractPlan *plan, Database *database, GError **error) {
  if (is_piece_of_index(plan) && plan_only_kept(plan)) {
    plan->whole = plan_is_whole(plan);
    return true;
  }
  if (!choose_narrow(plan, database, error)) return false;
  if (plan->collected != CONDITION_NONE) return true;
  bool collected = false;
  if (plan->used[CONDITION_WORD] && !plan_words_collected(plan, database, &collected, error)) return false;
  if (collected) {
    plan->collected = CONDITION_WORD;
    plan->collected_count = plan->rarest;
    return true;
  }
  if (!has_branch_condition(plan)) {
    plan->whole = plan->used[CONDITION_WORD] && plan_is_whole(plan);
    return true;
  }
  plan->whole = !plan->used[CONDITION_WORD] && is_whole_sooner(plan);
  if (plan->whole) plan->walk_limit = 2 * WHOLE_WALK;
  return plan->whole || choose_ways(plan, database, error);
}

bool contract_plan_otherwise(ContractPlan *plan, Database *database, GError **error) {
  plan->whole = false;
  plan->walk_limit = 0;
  return choose_ways(plan, database, error);
}

void contract_plan_complete(ContractPlan *plan) { plan->source_limit = plan->walk_limit = 0; }

void contract_plan_for_all(ContractPlan *plan, unsigned window) {
  bool indexed = contract_sort_whole_index(plan_filter(plan)->sort) != NULL;
  contract_plan_complete(plan);
  if (plan->whole) return;
  const PlanSums sums = plan_sums(plan);
  if (plan->collected == CONDITION_NONE) {
    plan->whole = indexed && sums.branches > 1 && sums.selected > sums.all / 2;
  } else if (plan->collected_count / window * plan->collected_count > sums.all * PROBE_COST) {
    /* Collected anew for each window it would be more than to look for it in everything once. */
    plan->collected = CONDITION_NONE;
    plan->whole = indexed;
  }
}

ContractPlan *contract_plan_new(Database *database, void *owner, const ContractSelection *selection, GError **error) {
  ContractPlan *plan = talloc_zero(owner, ContractPlan);
  plan->selection = selection;
  plan->collected = CONDITION_NONE;
  for (int range = 0; range < RANGE_COUNT; range++) {
    plan->used[CONDITION_STARTS + range] = selection->filter->ranges[range].from_text != NULL || selection->filter->ranges[range].to_text != NULL;
  }
  plan->used[CONDITION_STARTED_ON] = plan->used[CONDITION_NOT_ENDED_ON] = selection->filter->on_text != NULL;
  plan->used[CONDITION_TYPE] = selection->filter->types != 0;
  read_responsible(plan);
  if (!read_kept(plan, database, error) || !read_customer(plan, database, error) || !plan_read_words(plan, database, error) ||
      !choose(plan, database, error)) {
    talloc_free(plan);
    return NULL;
  }
  return plan;
}
