/* The statement that finds the rows of a page. */
#include <talloc.h>

#include "repository/contract_row.h"
#include "repository/contract_selection.h"

bool contract_plan_descending(const ContractPlan *plan) {
  const ContractFilter *filter = plan_filter(plan);
  return filter->descending != (filter->cursor != NULL && filter->cursor->before);
}

/* The group that the sorts by level, type and status put in front of the number. */
static void add_group(const ContractPlan *plan, Statement *statement) {
  const Catalogue *catalogue = plan_catalogue(plan);
  switch (plan_filter(plan)->sort) {
    case SORT_LEVEL:
      statement_add(statement, "FIELD(COALESCE(level_id, 0)");
      for (unsigned level = 0; level < catalogue->level_count; level++) statement_add(statement, ", %" G_GINT64_FORMAT, catalogue->levels[level].id);
      statement_add(statement, ", 0)");
      break;
    case SORT_TYPE:
      statement_add(statement, "FIELD(type_id");
      for (unsigned type = 0; type < catalogue->type_count; type++) statement_add(statement, ", %" G_GINT64_FORMAT, catalogue->types[type].id);
      statement_add(statement, ")");
      break;
    case SORT_STATUS: statement_add(statement, "status + 1"); break;
    default: statement_add(statement, "0"); break;
  }
}

/* Rows behind the cursor inside its own group: written out, because a row-value comparison is not looked up in an index. */
static void add_behind_cursor(const ContractPlan *plan, Statement *statement) {
  const FilterCursor *cursor = plan_filter(plan)->cursor;
  const char *column = contract_sort_column(plan_filter(plan)->sort);
  char side = contract_plan_descending(plan) ? '<' : '>';
  statement_add(statement, "(%s %c ", column, side);
  statement_bind(statement, sql_text(cursor->key));
  statement_add(statement, " OR (%s = ", column);
  statement_bind(statement, sql_text(cursor->key));
  statement_add(statement, " AND contract.id %c ", side);
  statement_bind(statement, SQL_INTEGER(cursor->id));
  statement_add(statement, "))");
}

static int branch_group(const ContractPlan *plan, unsigned level, unsigned status, unsigned type) {
  switch (plan_filter(plan)->sort) {
    case SORT_LEVEL: return (int)level + 1;
    case SORT_STATUS: return (int)status + 1;
    case SORT_TYPE: return (int)type + 1;
    default: return 0;
  }
}

/* True when rows of this group lie behind the cursor (at least some of them). */
static bool group_reached(const ContractPlan *plan, int group) {
  const FilterCursor *cursor = plan_filter(plan)->cursor;
  if (cursor == NULL) return true;
  return contract_plan_descending(plan) ? group <= cursor->group : group >= cursor->group;
}

typedef struct {
  unsigned level;
  unsigned status;
  int type; /* position, or -1: any selected one */
} Branch;

static int group_of(const ContractPlan *plan, Branch branch) { return branch_group(plan, branch.level, branch.status, branch.type < 0 ? 0 : (unsigned)branch.type); }

/* Which index a branch comes along: the sort's own, or where few contracts of it meet a condition, that one's. */
static const char *branch_index(const ContractPlan *plan, Branch branch) {
  unsigned place = branch.level * STATUS_COUNT + branch.status;
  bool collected = plan->ways[place] == BRANCH_COLLECTED && branch.type < 0;
  return collected ? contract_condition_index(plan->along[place]) : contract_sort_index(plan_filter(plan)->sort);
}

/* What is selected of a branch's rows. */
typedef enum { LIST_IDS, LIST_IDS_AND_BRANCH, LIST_ROWS } Listed;

static void add_listed(const ContractPlan *plan, Statement *statement, Listed listed, int group, unsigned number) {
  const char *column = contract_sort_column(plan_filter(plan)->sort);
  if (listed == LIST_ROWS) {
    statement_add(statement, "(SELECT %s AS k, %d AS g, ", column, group);
    contract_row_columns_stored(statement, plan->selection->shown);
    return;
  }
  statement_add(statement, "(SELECT id, %s AS k, %d AS g", column, group);
  if (listed == LIST_IDS_AND_BRANCH) statement_add(statement, ", %u AS b", number);
}

static void add_branch(const ContractPlan *plan, Statement *statement, Branch branch, Listed listed, unsigned number, unsigned limit) {
  const ContractFilter *filter = plan_filter(plan);
  const char *column = contract_sort_column(filter->sort);
  const char *direction = contract_plan_descending(plan) ? " DESC" : "";
  int group = group_of(plan, branch);
  add_listed(plan, statement, listed, group, number);
  statement_add(statement, " FROM contract FORCE INDEX (%s) WHERE ", branch_index(plan, branch));
  if (branch.type >= 0) {
    statement_add(statement, "type_id = ");
    statement_bind(statement, SQL_INTEGER(plan_catalogue(plan)->types[branch.type].id));
    statement_add(statement, " AND ");
  }
  plan_add_level(plan, statement, branch.level);
  statement_add(statement, " AND status = %u", branch.status);
  plan_add_conditions(plan, statement, " AND ", branch.type >= 0 ? CONDITION_TYPE : CONDITION_NONE);
  if (filter->cursor != NULL && group == filter->cursor->group) {
    statement_add(statement, " AND ");
    add_behind_cursor(plan, statement);
  }
  statement_add(statement, " ORDER BY %s%s, id%s LIMIT ", column, direction, direction);
  /* Limits that differ from window to window must not make a prepared statement each. */
  if (listed == LIST_IDS_AND_BRANCH) statement_bind(statement, SQL_INTEGER(limit));
  else statement_add(statement, "%u", limit);
  statement_add(statement, ")");
}

/* The branches of a walk that have anything to give, in the order of their groups as the page has them. */
static unsigned list_branches(const ContractPlan *plan, Branch *branches) {
  bool by_type = plan_filter(plan)->sort == SORT_TYPE;
  unsigned types = by_type ? plan_catalogue(plan)->type_count : 1;
  unsigned count = 0;
  for (unsigned type = 0; type < types; type++) {
    for (unsigned place = 0; place < (plan_catalogue(plan)->level_count + 1) * STATUS_COUNT; place++) {
      Branch branch = {place / STATUS_COUNT, place % STATUS_COUNT, by_type ? (int)type : -1};
      if (!plan_level_selected(plan, branch.level) || !plan_status_selected(plan, branch.status) || (by_type && !plan_type_selected(plan, type))) continue;
      gint64 kept = by_type ? plan_kept(plan, branch.level, branch.status, type) : plan_kept_of_types(plan, branch.level, branch.status);
      if (kept <= 0 || plan->ways[place] == BRANCH_EMPTY || !group_reached(plan, group_of(plan, branch))) continue;
      branches[count++] = branch;
    }
  }
  return count;
}

/* Once the groups before this one fill the page for certain, it isn't needed. */
static bool is_filled(const ContractPlan *plan, const Branch *branches, unsigned count, int group, unsigned limit) {
  gint64 before = 0;
  bool descending = contract_plan_descending(plan);
  const FilterCursor *cursor = plan_filter(plan)->cursor;
  if (!plan_only_kept(plan)) return false;
  for (unsigned i = 0; i < count; i++) {
    int other = group_of(plan, branches[i]);
    bool earlier = descending ? other > group : other < group;
    bool partly = cursor != NULL && other == cursor->group;
    if (!earlier || partly) continue;
    before += branches[i].type < 0 ? plan_kept_of_types(plan, branches[i].level, branches[i].status) : plan_kept(plan, branches[i].level, branches[i].status, (unsigned)branches[i].type);
  }
  return before >= limit;
}

/* Drops the branches that come behind as many rows as the window has for certain. */
static unsigned reachable_branches(const ContractPlan *plan, Branch *branches, unsigned count, unsigned window) {
  bool *filled = talloc_array(NULL, bool, count + 1);
  unsigned kept = 0;
  for (unsigned i = 0; i < count; i++) filled[i] = is_filled(plan, branches, count, group_of(plan, branches[i]), window);
  for (unsigned i = 0; i < count; i++) {
    if (!filled[i]) branches[kept++] = branches[i];
  }
  talloc_free(filled);
  return kept;
}

/* The branches that a page of `limit` rows needs. */
static unsigned needed_branches(const ContractPlan *plan, Branch *branches, unsigned limit) {
  unsigned listed = list_branches(plan, branches);
  return reachable_branches(plan, branches, listed, limit);
}

static Branch *branch_room(const ContractPlan *plan, void *owner) { return talloc_array(owner, Branch, BRANCH_MAX * MAX(1, plan_catalogue(plan)->type_count)); }

static void add_walk(const ContractPlan *plan, Statement *statement, unsigned limit) {
  Branch *branches = branch_room(plan, statement);
  unsigned count = needed_branches(plan, branches, limit);
  for (unsigned i = 0; i < count; i++) {
    if (i > 0) statement_add(statement, " UNION ALL ");
    add_branch(plan, statement, branches[i], LIST_IDS, 0, limit);
  }
  if (count == 0) statement_add(statement, "(SELECT id, %s AS k, 0 AS g FROM contract WHERE FALSE)", contract_sort_column(plan_filter(plan)->sort));
}

/* Everything in one walk along an index of the sort's column alone. Numbers are unique: ordering them by id too would only keep their index from being used. */
static void add_whole(const ContractPlan *plan, Statement *statement, Listed listed, unsigned limit) {
  ContractSort sort = plan_filter(plan)->sort;
  const char *column = contract_sort_column(sort);
  const char *direction = contract_plan_descending(plan) ? " DESC" : "";
  add_listed(plan, statement, listed, 0, 0);
  statement_add(statement, " FROM contract FORCE INDEX (%s) WHERE TRUE", contract_sort_whole_index(sort));
  if (!plan_all_branches(plan)) {
    statement_add(statement, " AND ");
    plan_add_levels(plan, statement, false);
    statement_add(statement, " AND ");
    plan_add_statuses(plan, statement);
  }
  plan_add_conditions(plan, statement, " AND ", CONDITION_NONE);
  if (plan_filter(plan)->cursor != NULL) {
    statement_add(statement, " AND ");
    add_behind_cursor(plan, statement);
  }
  statement_add(statement, " ORDER BY %s%s", column, direction);
  if (sort != SORT_NUMBER) statement_add(statement, ", id%s", direction);
  statement_add(statement, " LIMIT %u", limit);
  if (plan->walk_limit > 0) statement_add(statement, " ROWS EXAMINED %u", plan->walk_limit);
  statement_add(statement, ")");
}

static void add_collected(const ContractPlan *plan, Statement *statement) {
  statement_add(statement, "(SELECT contract.id, %s AS k, ", contract_sort_column(plan_filter(plan)->sort));
  add_group(plan, statement);
  statement_add(statement, " AS g FROM ");
  plan_add_source(plan, statement, plan->collected, plan->source_limit);
  statement_add(statement, " WHERE ");
  plan_add_levels(plan, statement, false);
  statement_add(statement, " AND ");
  plan_add_statuses(plan, statement);
  plan_add_conditions(plan, statement, " AND ", CONDITION_NONE);
  if (plan_filter(plan)->cursor != NULL) {
    statement_add(statement, " AND (");
    add_group(plan, statement);
    statement_add(statement, " %c %d OR (", contract_plan_descending(plan) ? '<' : '>', plan_filter(plan)->cursor->group);
    add_group(plan, statement);
    statement_add(statement, " = %d AND ", plan_filter(plan)->cursor->group);
    add_behind_cursor(plan, statement);
    statement_add(statement, "))");
  }
  statement_add(statement, ")");
}

/* Found in order already where it is one walk. */
static bool add_rows_of_one_walk(const ContractPlan *plan, Statement *statement, unsigned limit) {
  if (plan->collected != CONDITION_NONE) return false;
  if (plan->whole) {
    add_whole(plan, statement, LIST_ROWS, limit);
    return true;
  }
  Branch *branches = branch_room(plan, statement);
  bool one = needed_branches(plan, branches, limit) == 1;
  if (one) add_branch(plan, statement, branches[0], LIST_ROWS, 0, limit);
  return one;
}

static void add_ids(const ContractPlan *plan, Statement *statement, unsigned limit) {
  const char *direction = contract_plan_descending(plan) ? " DESC" : "";
  statement_add(statement, "SELECT id, k, g FROM (");
  if (plan->collected != CONDITION_NONE) add_collected(plan, statement);
  else if (plan->whole) add_whole(plan, statement, LIST_IDS, limit);
  else add_walk(plan, statement, limit);
  statement_add(statement, ") AS merged ORDER BY g%s, k%s, id%s LIMIT %u", direction, direction, direction, limit);
}

void contract_plan_page(const ContractPlan *plan, Statement *statement, unsigned limit) {
  const char *direction = contract_plan_descending(plan) ? " DESC" : "";
  if (add_rows_of_one_walk(plan, statement, limit)) return;
  statement_add(statement, "SELECT page.k, page.g, ");
  contract_row_columns_stored(statement, plan->selection->shown);
  statement_add(statement, " FROM (");
  add_ids(plan, statement, limit);
  statement_add(statement, ") AS page STRAIGHT_JOIN contract ON contract.id = page.id ORDER BY page.g%s, page.k%s, page.id%s", direction, direction, direction);
}

/* ---- windows ---- */

static gint64 branch_kept(const ContractPlan *plan, Branch branch) {
  return branch.type < 0 ? plan_kept_of_types(plan, branch.level, branch.status) : plan_kept(plan, branch.level, branch.status, (unsigned)branch.type);
}

#define SHARE_MARGIN 20 /* rows of a branch beyond the fifth more than its share */

static void make_window_room(ContractPlan *plan, unsigned branches) {
  plan->window_branches = branches;
  plan->window_limits = talloc_realloc(plan, plan->window_limits, unsigned, branches + 1);
  plan->window_found = talloc_realloc(plan, plan->window_found, unsigned, branches + 1);
}

static void add_window_walk(ContractPlan *plan, Statement *statement, unsigned window) {
  Branch *branches = branch_room(plan, statement);
  unsigned listed = list_branches(plan, branches);
  unsigned count = reachable_branches(plan, branches, listed, window);
  /* With as many branches as before they are the same ones; if not, the shares are worse estimates and nothing else. */
  bool counted = plan->window_found != NULL && count == plan->window_branches;
  gint64 *weights = talloc_array(statement, gint64, count + 1);
  gint64 all = 0;
  for (unsigned i = 0; i < count; i++) all += weights[i] = counted ? plan->window_found[i] : branch_kept(plan, branches[i]);
  make_window_room(plan, count);
  plan->window_left_out = count < listed;
  for (unsigned i = 0; i < count; i++) {
    plan->window_limits[i] = MIN(window, (unsigned)(weights[i] * window / MAX(all, 1) * 6 / 5) + SHARE_MARGIN);
    if (i > 0) statement_add(statement, " UNION ALL ");
    add_branch(plan, statement, branches[i], LIST_IDS_AND_BRANCH, i, plan->window_limits[i]);
  }
  if (count == 0) statement_add(statement, "(SELECT id, %s AS k, 0 AS g, 0 AS b FROM contract WHERE FALSE)", contract_sort_column(plan_filter(plan)->sort));
}

void contract_plan_window(ContractPlan *plan, Statement *statement, unsigned window) {
  const char *direction = contract_plan_descending(plan) ? " DESC" : "";
  bool walked = plan->collected == CONDITION_NONE && !plan->whole;
  if (walked) {
    statement_add(statement, "SELECT id, k, g, b FROM (");
    add_window_walk(plan, statement, window);
    statement_add(statement, ") AS merged ORDER BY g%s, k%s, id%s", direction, direction, direction);
  } else {
    if (plan->whole) {
      add_whole(plan, statement, LIST_IDS_AND_BRANCH, window); /* in order as it is walked */
    } else {
      statement_add(statement, "SELECT id, k, g, 0 AS b FROM (");
      add_ids(plan, statement, window);
      statement_add(statement, ") AS found ORDER BY g%s, k%s, id%s", direction, direction, direction);
    }
    plan->window_left_out = false;
    make_window_room(plan, 1);
    plan->window_limits[0] = window;
  }
}
