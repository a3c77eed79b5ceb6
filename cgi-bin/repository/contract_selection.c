#include "repository/contract_selection.h"

#include <string.h>
#include <talloc.h>

#include "domain/money.h"
#include "domain/text.h"

/* The column that a sort orders by, behind its group. */
static const struct {
  const char *column;
  const char *index;
} SORTS[SORT_COUNT] = {
    [SORT_NUMBER] = {"number", "contract_by_number"},      [SORT_TITLE] = {"title", "contract_by_title"},
    [SORT_CUSTOMER] = {"customer_name", "contract_by_customer"}, [SORT_LEVEL] = {"number", "contract_by_number"},
    [SORT_TYPE] = {"number", "contract_by_type"},          [SORT_STATUS] = {"number", "contract_by_number"},
    [SORT_STARTS] = {"starts_on", "contract_by_starts"},   [SORT_ENDS] = {"term_ends_on", "contract_by_ends"},
    [SORT_NOTICE] = {"notice_by", "contract_by_notice"},   [SORT_VALUE] = {"monthly_value", "contract_by_value"},
    [SORT_UPDATED] = {"updated_at", "contract_by_updated"},
};

static const ContractSort RANGE_SORTS[RANGE_COUNT] = {SORT_STARTS, SORT_ENDS, SORT_NOTICE, SORT_VALUE};

static const char *const NARROW_INDEX[NARROW_COUNT] = {
    "contract_customer", "contract_responsible", "contract_by_starts", "contract_by_ends", "contract_by_notice", "contract_by_value", NULL, "contract_by_type",
};

static const ContractFilter *plan_filter(const ContractPlan *plan) { return plan->selection->filter; }
static const Catalogue *plan_catalogue(const ContractPlan *plan) { return plan->selection->catalogue; }

/* ---- which levels, statuses and types are selected ---- */

static bool level_selected(const ContractPlan *plan, unsigned level) {
  guint64 bits = plan_filter(plan)->levels;
  unsigned bit = level == plan_catalogue(plan)->level_count ? LEVEL_NONE_BIT : level;
  return bits == 0 || (bits >> bit & 1) != 0;
}

static bool status_selected(const ContractPlan *plan, unsigned status) {
  unsigned bits = plan_filter(plan)->statuses;
  return bits == 0 || (bits >> status & 1) != 0;
}

static bool type_selected(const ContractPlan *plan, unsigned type) {
  guint64 bits = plan_filter(plan)->types;
  return bits == 0 || (bits >> type & 1) != 0;
}

gint64 contract_plan_kept(const ContractPlan *plan, unsigned level, unsigned status, unsigned type) {
  return plan->kept[(level * STATUS_COUNT + status) * plan_catalogue(plan)->type_count + type];
}

/* Contracts of a level and status in the selected types. */
static gint64 kept_of_types(const ContractPlan *plan, unsigned level, unsigned status) {
  gint64 sum = 0;
  for (unsigned type = 0; type < plan_catalogue(plan)->type_count; type++) {
    if (type_selected(plan, type)) sum += contract_plan_kept(plan, level, status, type);
  }
  return sum;
}

/* ---- conditions ---- */

static void add_level(const ContractPlan *plan, Statement *statement, unsigned level) {
  if (level == plan_catalogue(plan)->level_count) {
    statement_add(statement, "level_id IS NULL");
  } else {
    statement_add(statement, "level_id = ");
    statement_bind(statement, SQL_INTEGER(plan_catalogue(plan)->levels[level].id));
  }
}

/* Every selected level by name, even when all are: only so can the index that begins with the level be followed. */
static void add_levels(const ContractPlan *plan, Statement *statement, bool all) {
  const char *separator = "(";
  for (unsigned level = 0; level <= plan_catalogue(plan)->level_count; level++) {
    if (!all && !level_selected(plan, level)) continue;
    statement_add(statement, "%s", separator);
    add_level(plan, statement, level);
    separator = " OR ";
  }
  statement_add(statement, ")");
}

static void add_statuses(const ContractPlan *plan, Statement *statement) {
  const char *separator = "status IN (";
  for (unsigned status = 0; status < STATUS_COUNT; status++) {
    if (!status_selected(plan, status)) continue;
    statement_add(statement, "%s%u", separator, status);
    separator = ", ";
  }
  statement_add(statement, ")");
}

static void add_types(const ContractPlan *plan, Statement *statement) {
  const char *separator = "type_id IN (";
  for (unsigned type = 0; type < plan_catalogue(plan)->type_count; type++) {
    if (!type_selected(plan, type)) continue;
    statement_add(statement, "%s", separator);
    statement_bind(statement, SQL_INTEGER(plan_catalogue(plan)->types[type].id));
    separator = ", ";
  }
  statement_add(statement, ")");
}

static SqlValue range_value(Statement *statement, ContractRange range, gint64 bound) {
  if (range == RANGE_VALUE) return sql_text(money_decimal(statement, bound));
  char *iso = talloc_array(statement, char, DAY_TEXT_SIZE);
  return sql_text(day_format_iso((Day)bound, iso));
}

/* A range of days never holds contracts without that day, which the database keeps as the farthest day. */
static void add_range(const ContractPlan *plan, Statement *statement, ContractRange range) {
  const FilterRange *bounds = &plan_filter(plan)->ranges[range];
  const char *column = SORTS[RANGE_SORTS[range]].column;
  statement_add(statement, "(1");
  if (bounds->from_text != NULL) {
    statement_add(statement, " AND %s >= ", column);
    statement_bind(statement, range_value(statement, range, bounds->from));
  }
  if (bounds->to_text != NULL) {
    statement_add(statement, " AND %s <= ", column);
    statement_bind(statement, range_value(statement, range, bounds->to));
  }
  if (range == RANGE_ENDS || range == RANGE_NOTICE) statement_add(statement, " AND %s < '9999-12-31'", column);
  statement_add(statement, ")");
}

/* A scalar subquery, which the optimizer cannot turn into a join that would lose the order of the walk. */
static void add_words(const ContractPlan *plan, Statement *statement, unsigned from) {
  statement_add(statement, "(1");
  for (unsigned word = from; word < plan->word_count; word++) {
    statement_add(statement, " AND (SELECT 1 FROM contract_word WHERE contract_id = contract.id AND word LIKE ");
    statement_bind(statement, sql_text(plan->words[word]));
    statement_add(statement, " LIMIT 1) = 1");
  }
  statement_add(statement, ")");
}

static void add_condition(const ContractPlan *plan, Statement *statement, Narrowing condition) {
  switch (condition) {
    case NARROW_CUSTOMER:
      statement_add(statement, "customer_id = ");
      statement_bind(statement, SQL_INTEGER(plan->customer_id));
      break;
    case NARROW_RESPONSIBLE:
      statement_add(statement, "responsible_id = ");
      statement_bind(statement, SQL_INTEGER(plan->responsible_id));
      break;
    case NARROW_STARTS: add_range(plan, statement, RANGE_STARTS); break;
    case NARROW_ENDS: add_range(plan, statement, RANGE_ENDS); break;
    case NARROW_NOTICE: add_range(plan, statement, RANGE_NOTICE); break;
    case NARROW_VALUE: add_range(plan, statement, RANGE_VALUE); break;
    case NARROW_WORD: add_words(plan, statement, plan->collected == NARROW_WORD ? 1 : 0); break;
    case NARROW_TYPE: add_types(plan, statement); break;
    case NARROW_COUNT:
    case NARROW_NOTHING: break;
  }
}

static void add_conditions(const ContractPlan *plan, Statement *statement, const char *separator, Narrowing except) {
  for (int condition = 0; condition < NARROW_COUNT; condition++) {
    if (!plan->used[condition] || condition == (int)except) continue;
    statement_add(statement, "%s", separator);
    add_condition(plan, statement, (Narrowing)condition);
    separator = " AND ";
  }
}

/* Where the rows of a narrow condition come from. */
static void add_source(const ContractPlan *plan, Statement *statement, Narrowing condition) {
  if (condition == NARROW_WORD) {
    statement_add(statement, "(SELECT DISTINCT contract_id FROM contract_word WHERE word LIKE ");
    statement_bind(statement, sql_text(plan->words[0]));
    statement_add(statement, ") AS found STRAIGHT_JOIN contract ON contract.id = found.contract_id");
  } else {
    statement_add(statement, "contract FORCE INDEX (%s)", NARROW_INDEX[condition]);
  }
}

/* ---- a page ---- */

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
  const char *column = SORTS[plan_filter(plan)->sort].column;
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

static void add_branch(const ContractPlan *plan, Statement *statement, Branch branch, unsigned limit) {
  const ContractFilter *filter = plan_filter(plan);
  const char *column = SORTS[filter->sort].column;
  const char *direction = contract_plan_descending(plan) ? " DESC" : "";
  int group = branch_group(plan, branch.level, branch.status, branch.type < 0 ? 0 : (unsigned)branch.type);
  statement_add(statement, "(SELECT id, %s AS k, %d AS g FROM contract FORCE INDEX (%s) WHERE ", column, group, SORTS[filter->sort].index);
  if (branch.type >= 0) {
    statement_add(statement, "type_id = ");
    statement_bind(statement, SQL_INTEGER(plan_catalogue(plan)->types[branch.type].id));
    statement_add(statement, " AND ");
  }
  add_level(plan, statement, branch.level);
  statement_add(statement, " AND status = %u", branch.status);
  add_conditions(plan, statement, " AND ", branch.type >= 0 ? NARROW_TYPE : NARROW_NOTHING);
  if (filter->cursor != NULL && group == filter->cursor->group) {
    statement_add(statement, " AND ");
    add_behind_cursor(plan, statement);
  }
  statement_add(statement, " ORDER BY %s%s, id%s LIMIT %u)", column, direction, direction, limit);
}

static unsigned add_branches_of(const ContractPlan *plan, Statement *statement, int type, unsigned limit, unsigned branches) {
  for (unsigned level = 0; level <= plan_catalogue(plan)->level_count; level++) {
    for (unsigned status = 0; status < STATUS_COUNT; status++) {
      if (!level_selected(plan, level) || !status_selected(plan, status)) continue;
      gint64 kept = type < 0 ? kept_of_types(plan, level, status) : contract_plan_kept(plan, level, status, (unsigned)type);
      if (kept <= 0 || !group_reached(plan, branch_group(plan, level, status, type < 0 ? 0 : (unsigned)type))) continue;
      if (branches++ > 0) statement_add(statement, " UNION ALL ");
      add_branch(plan, statement, (Branch){level, status, type}, limit);
    }
  }
  return branches;
}

static void add_walk(const ContractPlan *plan, Statement *statement, unsigned limit) {
  unsigned branches = 0;
  if (plan_filter(plan)->sort == SORT_TYPE) {
    for (unsigned type = 0; type < plan_catalogue(plan)->type_count; type++) {
      if (type_selected(plan, type)) branches = add_branches_of(plan, statement, (int)type, limit, branches);
    }
  } else {
    branches = add_branches_of(plan, statement, -1, limit, branches);
  }
  if (branches == 0) statement_add(statement, "(SELECT id, %s AS k, 0 AS g FROM contract WHERE FALSE)", SORTS[plan_filter(plan)->sort].column);
}

static void add_collected(const ContractPlan *plan, Statement *statement) {
  Narrowing followed = (Narrowing)plan->collected;
  statement_add(statement, "(SELECT contract.id, %s AS k, ", SORTS[plan_filter(plan)->sort].column);
  add_group(plan, statement);
  statement_add(statement, " AS g FROM ");
  add_source(plan, statement, followed);
  statement_add(statement, " WHERE ");
  add_levels(plan, statement, false);
  statement_add(statement, " AND ");
  add_statuses(plan, statement);
  add_conditions(plan, statement, " AND ", NARROW_NOTHING);
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

void contract_plan_page(const ContractPlan *plan, Statement *statement, unsigned limit) {
  const char *direction = contract_plan_descending(plan) ? " DESC" : "";
  statement_add(statement, "SELECT id, k, g FROM (");
  if (plan->collected == NARROW_NOTHING) add_walk(plan, statement, limit);
  else add_collected(plan, statement);
  statement_add(statement, ") AS merged ORDER BY g%s, k%s, id%s LIMIT %u", direction, direction, direction, limit);
}

/* ---- totals ---- */

static void count_add(ContractTotals *totals, const ContractPlan *plan, unsigned level, ContractTotal count) {
  bool none = level == plan_catalogue(plan)->level_count;
  totals->by_level[none ? LEVEL_NONE_BIT : level] = count;
  if (!level_selected(plan, level)) return;
  totals->total.count += count.count;
  totals->total.exact = totals->total.exact && count.exact;
}

static void totals_kept(const ContractPlan *plan, ContractTotals *totals) {
  for (unsigned level = 0; level <= plan_catalogue(plan)->level_count; level++) {
    gint64 count = 0;
    for (unsigned status = 0; status < STATUS_COUNT; status++) {
      if (status_selected(plan, status)) count += kept_of_types(plan, level, status);
    }
    count_add(totals, plan, level, (ContractTotal){count, true});
  }
}

static bool totals_collected(const ContractPlan *plan, Database *database, ContractTotals *totals, GError **error) {
  void *scratch = talloc_new(plan);
  Statement *statement = statement_new(scratch);
  statement_add(statement, "SELECT level_id, COUNT(*) FROM ");
  add_source(plan, statement, (Narrowing)plan->collected);
  statement_add(statement, " WHERE ");
  add_levels(plan, statement, true);
  statement_add(statement, " AND ");
  add_statuses(plan, statement);
  add_conditions(plan, statement, " AND ", NARROW_NOTHING);
  statement_add(statement, " GROUP BY level_id");
  SqlRows *rows = statement_query(statement, database, scratch, error);
  for (unsigned level = 0; rows != NULL && level <= plan_catalogue(plan)->level_count; level++) {
    gint64 id = level == plan_catalogue(plan)->level_count ? 0 : plan_catalogue(plan)->levels[level].id;
    ContractTotal count = {0, true};
    for (unsigned row = 0; row < rows->row_count; row++) {
      if (sql_cell_integer(rows, row, 0) == id) count.count = sql_cell_integer(rows, row, 1);
    }
    count_add(totals, plan, level, count);
  }
  talloc_free(scratch);
  return rows != NULL;
}

/* The index that a count looks along where nothing is narrow: that of the first condition which has one beginning with the level, else the sort's. */
static Narrowing count_index(const ContractPlan *plan) {
  for (int condition = NARROW_STARTS; condition <= NARROW_VALUE; condition++) {
    if (plan->used[condition]) return (Narrowing)condition;
  }
  return plan->used[NARROW_RESPONSIBLE] ? NARROW_RESPONSIBLE : NARROW_NOTHING;
}

/* Each level looks at its share of SCAN_LIMIT rows; where that was enough for all of them, the count is exact. */
static bool totals_scanned(const ContractPlan *plan, Database *database, ContractTotals *totals, GError **error) {
  void *scratch = talloc_new(plan);
  Statement *statement = statement_new(scratch);
  unsigned levels = plan_catalogue(plan)->level_count + 1;
  unsigned share = SCAN_LIMIT / levels;
  Narrowing along = count_index(plan);
  for (unsigned level = 0; level < levels; level++) {
    statement_add(statement, "%s(SELECT COUNT(*), COALESCE(SUM(met), 0) FROM (SELECT (", level > 0 ? " UNION ALL " : "");
    add_conditions(plan, statement, "", along);
    if (along != NARROW_NOTHING && plan->used[along]) {
      unsigned others = 0;
      for (int condition = 0; condition < NARROW_COUNT; condition++) others += plan->used[condition] && condition != (int)along;
      if (others == 0) statement_add(statement, "1");
    }
    statement_add(statement, ") AS met FROM contract FORCE INDEX (%s) WHERE ", along == NARROW_NOTHING ? "contract_by_number" : NARROW_INDEX[along]);
    add_level(plan, statement, level);
    statement_add(statement, " AND ");
    add_statuses(plan, statement);
    if (along != NARROW_NOTHING) {
      statement_add(statement, " AND ");
      add_condition(plan, statement, along);
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

static bool only_kept(const ContractPlan *plan) {
  for (int condition = 0; condition < NARROW_TYPE; condition++) {
    if (plan->used[condition]) return false;
  }
  return true;
}

bool contract_plan_totals(const ContractPlan *plan, Database *database, ContractTotals *totals, GError **error) {
  memset(totals, 0, sizeof *totals);
  totals->total.exact = true;
  if (only_kept(plan)) {
    totals_kept(plan, totals);
    return true;
  }
  return plan->collected == NARROW_NOTHING ? totals_scanned(plan, database, totals, error) : totals_collected(plan, database, totals, error);
}

/* ---- the plan ---- */

static bool read_kept(ContractPlan *plan, Database *database, GError **error) {
  const Catalogue *catalogue = plan_catalogue(plan);
  plan->kept = talloc_zero_array(plan, gint64, (catalogue->level_count + 1) * STATUS_COUNT * catalogue->type_count + 1);
  SqlRows *rows = database_query(database, plan, "SELECT level_id, status, type_id, SUM(contracts) FROM contract_count GROUP BY level_id, status, type_id", SQL_NO_VALUES, error);
  if (rows == NULL) return false;
  for (unsigned row = 0; row < rows->row_count; row++) {
    unsigned level = 0;
    unsigned type = 0;
    gint64 level_id = sql_cell_integer(rows, row, 0);
    while (level < catalogue->level_count && catalogue->levels[level].id != level_id) level++;
    while (type < catalogue->type_count && catalogue->types[type].id != sql_cell_integer(rows, row, 2)) type++;
    if (type == catalogue->type_count || (level == catalogue->level_count && level_id != 0)) continue;
    plan->kept[(level * STATUS_COUNT + (unsigned)sql_cell_integer(rows, row, 1)) * catalogue->type_count + type] = sql_cell_integer(rows, row, 3);
  }
  return true;
}

static bool read_customer(ContractPlan *plan, Database *database, GError **error) {
  const char *number = plan_filter(plan)->customer;
  if (number == NULL) return true;
  SqlRows *rows = database_query(database, plan, "SELECT id FROM customer WHERE number = ?", SQL_VALUES(sql_text(number)), error);
  if (rows == NULL) return false;
  plan->customer_id = rows->row_count > 0 ? sql_cell_integer(rows, 0, 0) : 0;
  plan->used[NARROW_CUSTOMER] = true;
  return true;
}

static void read_responsible(ContractPlan *plan) {
  const char *name = plan_filter(plan)->responsible;
  if (name == NULL) return;
  plan->used[NARROW_RESPONSIBLE] = true;
  int user = catalogue_user(plan_catalogue(plan), name);
  plan->responsible_id = strcmp(name, "me") == 0 || user < 0 ? plan->selection->user_id : plan_catalogue(plan)->users[user].id;
}

/* The longest word first: it is the one that few contracts have. */
static void read_words(ContractPlan *plan) {
  if (plan_filter(plan)->text == NULL) return;
  const char **words = text_search_words(plan, plan_filter(plan)->text, &plan->word_count);
  plan->words = talloc_zero_array(plan, const char *, plan->word_count + 1);
  unsigned longest = 0;
  for (unsigned word = 1; word < plan->word_count; word++) {
    if (strlen(words[word]) > strlen(words[longest])) longest = word;
  }
  for (unsigned word = 0; word < plan->word_count; word++) {
    unsigned place = word == longest ? 0 : word < longest ? word + 1 : word;
    plan->words[place] = talloc_asprintf(plan, "%s%%", words[word]);
  }
  plan->used[NARROW_WORD] = plan->word_count > 0;
}

static bool condition_narrow(const ContractPlan *plan, Database *database, Narrowing condition, bool *narrow, GError **error) {
  void *scratch = talloc_new(plan);
  Statement *statement = statement_new(scratch);
  statement_add(statement, "SELECT COUNT(*) FROM (SELECT 1 FROM ");
  if (condition == NARROW_WORD) {
    statement_add(statement, "contract_word WHERE word LIKE ");
    statement_bind(statement, sql_text(plan->words[0]));
  } else {
    add_source(plan, statement, condition);
    statement_add(statement, " WHERE ");
    add_condition(plan, statement, condition);
    if (condition >= NARROW_STARTS && condition <= NARROW_VALUE) {
      statement_add(statement, " AND ");
      add_levels(plan, statement, true);
      statement_add(statement, " AND ");
      add_statuses(plan, statement);
    }
  }
  statement_add(statement, " LIMIT %d) AS bounded", NARROW_LIMIT + 1);
  SqlRows *rows = statement_query(statement, database, scratch, error);
  if (rows != NULL) *narrow = sql_cell_integer(rows, 0, 0) <= NARROW_LIMIT;
  bool done = rows != NULL;
  talloc_free(scratch);
  return done;
}

static bool types_narrow(const ContractPlan *plan) {
  gint64 sum = 0;
  for (unsigned level = 0; level <= plan_catalogue(plan)->level_count; level++) {
    for (unsigned status = 0; status < STATUS_COUNT; status++) {
      if (status_selected(plan, status)) sum += kept_of_types(plan, level, status);
    }
  }
  return sum <= NARROW_LIMIT;
}

/* A selection by level, status and the sort's own range is a piece of the sort's index: nothing could be narrower. */
static bool is_piece_of_index(const ContractPlan *plan) {
  for (int condition = 0; condition < NARROW_COUNT; condition++) {
    if (!plan->used[condition]) continue;
    bool own = condition >= NARROW_STARTS && condition <= NARROW_VALUE && RANGE_SORTS[condition - NARROW_STARTS] == plan_filter(plan)->sort;
    if (!own) return false;
  }
  return true;
}

static bool choose(ContractPlan *plan, Database *database, GError **error) {
  if (is_piece_of_index(plan) && only_kept(plan)) return true;
  for (int condition = 0; condition < NARROW_TYPE; condition++) {
    bool narrow = false;
    if (!plan->used[condition]) continue;
    if (!condition_narrow(plan, database, (Narrowing)condition, &narrow, error)) return false;
    if (narrow) {
      plan->collected = condition;
      return true;
    }
  }
  if (plan->used[NARROW_TYPE] && types_narrow(plan)) plan->collected = NARROW_TYPE;
  return true;
}

ContractPlan *contract_plan_new(Database *database, void *owner, const ContractSelection *selection, GError **error) {
  ContractPlan *plan = talloc_zero(owner, ContractPlan);
  plan->selection = selection;
  plan->collected = NARROW_NOTHING;
  for (int range = 0; range < RANGE_COUNT; range++) {
    plan->used[NARROW_STARTS + range] = selection->filter->ranges[range].from_text != NULL || selection->filter->ranges[range].to_text != NULL;
  }
  plan->used[NARROW_TYPE] = selection->filter->types != 0;
  read_responsible(plan);
  read_words(plan);
  if (!read_kept(plan, database, error) || !read_customer(plan, database, error) || !choose(plan, database, error)) {
    talloc_free(plan);
    return NULL;
  }
  return plan;
}
