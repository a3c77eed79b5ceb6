/* Conditions of a selection as SQL. */
#include <talloc.h>

#include "domain/money.h"
#include "repository/contract_selection.h"

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

static const ContractSort RANGE_SORTS[RANGE_COUNT] = {SORT_STARTS, SORT_ENDS, SORT_NOTICE, SORT_VALUE, SORT_COUNT};
static const char *const RANGE_COLUMNS[RANGE_COUNT] = {"starts_on", "term_ends_on", "notice_by", "monthly_value", "last_day"};

static const char *const CONDITION_INDEX[CONDITION_COUNT] = {
    "contract_customer", "contract_responsible", "contract_by_starts", "contract_by_ends", "contract_by_notice", "contract_by_value", "contract_by_last", "contract_by_starts", "contract_by_last", "contract_by_type", NULL,
};


const char *contract_sort_column(ContractSort sort) { return SORTS[sort].column; }
const char *contract_sort_index(ContractSort sort) { return SORTS[sort].index; }

const char *contract_sort_whole_index(ContractSort sort) {
  switch (sort) {
    case SORT_NUMBER: return "contract_number";
    case SORT_STARTS: return "contract_starts";
    case SORT_ENDS: return "contract_ends";
    case SORT_NOTICE: return "contract_notice";
    case SORT_VALUE: return "contract_value";
    case SORT_UPDATED: return "contract_updated";
    default: return NULL;
  }
}

ContractSort contract_range_sort(ContractRange range) { return RANGE_SORTS[range]; }
const char *contract_condition_index(Condition condition) { return CONDITION_INDEX[condition]; }

/* ---- level, status, type ---- */

void plan_add_level(const ContractPlan *plan, Statement *statement, unsigned level) {
  if (level == plan_catalogue(plan)->level_count) {
    statement_add(statement, "level_id IS NULL");
  } else {
    statement_add(statement, "level_id = ");
    statement_bind(statement, SQL_INTEGER(plan_catalogue(plan)->levels[level].id));
  }
}

void plan_add_levels(const ContractPlan *plan, Statement *statement, bool all) {
  const char *separator = "(";
  for (unsigned level = 0; level <= plan_catalogue(plan)->level_count; level++) {
    if (!all && !plan_level_selected(plan, level)) continue;
    statement_add(statement, "%s", separator);
    plan_add_level(plan, statement, level);
    separator = " OR ";
  }
  statement_add(statement, ")");
}

void plan_add_statuses(const ContractPlan *plan, Statement *statement) {
  const char *separator = "status IN (";
  for (unsigned status = 0; status < STATUS_COUNT; status++) {
    if (!plan_status_selected(plan, status)) continue;
    statement_add(statement, "%s%u", separator, status);
    separator = ", ";
  }
  statement_add(statement, ")");
}

static void add_types(const ContractPlan *plan, Statement *statement) {
  const char *separator = "type_id IN (";
  for (unsigned type = 0; type < plan_catalogue(plan)->type_count; type++) {
    if (!plan_type_selected(plan, type)) continue;
    statement_add(statement, "%s", separator);
    statement_bind(statement, SQL_INTEGER(plan_catalogue(plan)->types[type].id));
    separator = ", ";
  }
  statement_add(statement, ")");
}

/* ---- ranges, words ---- */

static SqlValue range_value(Statement *statement, ContractRange range, gint64 bound) {
  if (range == RANGE_VALUE) return sql_text(money_decimal(statement, bound));
  char *iso = talloc_array(statement, char, DAY_TEXT_SIZE);
  return sql_text(day_format_iso((Day)bound, iso));
}

/* A range of days never holds contracts without that day, which the database keeps as the farthest day. */
static void add_range(const ContractPlan *plan, Statement *statement, ContractRange range) {
  const FilterRange *bounds = &plan_filter(plan)->ranges[range];
  const char *column = RANGE_COLUMNS[range];
  statement_add(statement, "(1");
  if (bounds->from_text != NULL) {
    statement_add(statement, " AND %s >= ", column);
    statement_bind(statement, range_value(statement, range, bounds->from));
  }
  if (bounds->to_text != NULL) {
    statement_add(statement, " AND %s <= ", column);
    statement_bind(statement, range_value(statement, range, bounds->to));
  }
  if (range == RANGE_ENDS || range == RANGE_NOTICE || range == RANGE_ENDED) statement_add(statement, " AND %s < '9999-12-31'", column);
  statement_add(statement, ")");
}

static void add_on(const ContractPlan *plan, Statement *statement, const char *comparison) {
  statement_add(statement, "%s", comparison);
  statement_bind(statement, range_value(statement, RANGE_STARTS, plan_filter(plan)->on));
}

/* A scalar subquery, which the optimizer cannot turn into a join that would lose the order of the walk. */
void plan_add_words(const ContractPlan *plan, Statement *statement, const char *separator, unsigned from) {
  for (unsigned word = from; word < plan->word_count; word++) {
    statement_add(statement, "%s(SELECT 1 FROM contract_word WHERE contract_id = contract.id AND word LIKE ", separator);
    statement_bind(statement, sql_text(plan->words[word]));
    statement_add(statement, " LIMIT 1) = 1");
    separator = " AND ";
  }
}

void plan_add_condition(const ContractPlan *plan, Statement *statement, Condition condition) {
  switch (condition) {
    case CONDITION_CUSTOMER:
      statement_add(statement, "customer_id = ");
      statement_bind(statement, SQL_INTEGER(plan->customer_id));
      break;
    case CONDITION_RESPONSIBLE:
      if (plan->responsible_id == 0) {
        statement_add(statement, "responsible_id IS NULL");
        break;
      }
      statement_add(statement, "responsible_id = ");
      statement_bind(statement, SQL_INTEGER(plan->responsible_id));
      break;
    case CONDITION_STARTS: add_range(plan, statement, RANGE_STARTS); break;
    case CONDITION_ENDS: add_range(plan, statement, RANGE_ENDS); break;
    case CONDITION_NOTICE: add_range(plan, statement, RANGE_NOTICE); break;
    case CONDITION_VALUE: add_range(plan, statement, RANGE_VALUE); break;
    case CONDITION_ENDED: add_range(plan, statement, RANGE_ENDED); break;
    case CONDITION_STARTED_ON: add_on(plan, statement, "starts_on <= "); break;
    case CONDITION_NOT_ENDED_ON: add_on(plan, statement, "last_day >= "); break;
    case CONDITION_WORD:
      statement_add(statement, "TRUE");
      plan_add_words(plan, statement, " AND ", plan->collected == CONDITION_WORD ? plan->source_words : 0);
      break;
    case CONDITION_TYPE: add_types(plan, statement); break;
    case CONDITION_COUNT:
    case CONDITION_NONE: break;
  }
}

void plan_add_conditions(const ContractPlan *plan, Statement *statement, const char *separator, Condition except) {
  for (int condition = 0; condition < CONDITION_COUNT; condition++) {
    if (!plan->used[condition] || condition == (int)except) continue;
    statement_add(statement, "%s", separator);
    plan_add_condition(plan, statement, (Condition)condition);
    separator = " AND ";
  }
}

void plan_add_word_source(const ContractPlan *plan, Statement *statement, unsigned limit) {
  for (unsigned word = 0; word < plan->source_words; word++) {
    statement_add(statement, "%sSELECT DISTINCT contract_id FROM contract_word WHERE word LIKE ", word > 0 ? " INTERSECT " : "");
    statement_bind(statement, sql_text(plan->words[word]));
  }
  if (limit > 0) statement_add(statement, " LIMIT %u", limit);
}

void plan_add_source(const ContractPlan *plan, Statement *statement, Condition condition, unsigned limit) {
  if (condition != CONDITION_WORD) {
    statement_add(statement, "contract FORCE INDEX (%s)", CONDITION_INDEX[condition]);
    return;
  }
  statement_add(statement, "(");
  plan_add_word_source(plan, statement, limit);
  statement_add(statement, ") AS found STRAIGHT_JOIN contract ON contract.id = found.contract_id");
}
