/* contract_selection.h: how a selection of contracts is looked for, so that neither its page nor its total costs more as the table grows. Shared by
 * contract_plan.c (which way), contract_words.c (the same of words), contract_condition.c (conditions as SQL), contract_page.c (the statement of a page) and contract_total.c (counts).
 *
 * How many contracts meet a condition is known of level, status and type by kept counts, of the others by the server's estimate (statement_estimate), which takes no time
 * however many they are. They are counted only where the estimate leaves it open whether they are few. A selection is then found in one of three ways:
 * - collected: where one condition is met by at most NARROW_LIMIT contracts altogether (words: also by more, where a sample tells that walking is longer), all is found
 *   along it at once, and sorted. Of words that very many contracts have, and hardly any has together, only a part is looked through: source_limit.
 * - whole: in one walk along an index of the sort's column alone, dropping what isn't selected, where that fills a page soonest. It gives up where the estimates were wrong
 *   (walk_limit), and the selection is found in branches instead.
 * - in branches, one for each selected level and status, each either walked along its range of the index (level_id, status, sort key, id) with its own LIMIT, which is right
 *   where many contracts of the branch meet the other conditions, or collected along its range of one condition's index, where few do. */
#ifndef SUPPORTLEVEL_REPOSITORY_CONTRACT_SELECTION_H
#define SUPPORTLEVEL_REPOSITORY_CONTRACT_SELECTION_H

#include "repository/contract_repository.h"
#include "repository/statement.h"

#define NARROW_LIMIT 10000
#define ESTIMATE_MARGIN 3 /* an estimate is certainty where it is so many times beyond a limit */
#define PROBE_COST 6 /* looking for a word in a contract, measured against fetching a row */
#define BRANCH_MAX ((CATALOGUE_MAX + 1) * STATUS_COUNT)

/* What narrows a selection besides level and status. */
typedef enum {
  CONDITION_CUSTOMER, CONDITION_RESPONSIBLE, CONDITION_STARTS, CONDITION_ENDS, CONDITION_NOTICE, CONDITION_VALUE, CONDITION_ENDED,
  CONDITION_STARTED_ON, CONDITION_NOT_ENDED_ON, /* the two halves of `on`: started by that day, and not ended before it */
  CONDITION_TYPE, CONDITION_WORD, CONDITION_COUNT,
  CONDITION_NONE = -1
} Condition;

typedef enum { BRANCH_WALKED, BRANCH_COLLECTED, BRANCH_EMPTY } BranchWay;

typedef struct {
  const ContractSelection *selection;
  const gint64 *kept; /* contracts by level (the last: without), status and type */
  gint64 customer_id;
  gint64 responsible_id;
  const char **words; /* each ends with %; the rarest first */
  unsigned word_count;
  gint64 rarest; /* about how many contracts have the rarest */
  unsigned source_words; /* of these, how many are looked up together; the others are looked for in what is found */
  bool used[CONDITION_COUNT]; /* which conditions the selection has */
  gint64 estimates[CONDITION_COUNT]; /* of customer, responsible and ranges, how many contracts of the selected statuses meet them: as statement_estimate */
  Condition collected; /* the one along which all is collected, or CONDITION_NONE */
  gint64 collected_count; /* contracts that meet it */
  unsigned source_limit;  /* not 0: of the rarest word's contracts only so many are looked through */
  bool whole;          /* all in one walk along an index of the sort's column alone */
  unsigned walk_limit; /* not 0: which gives up after so many rows; fewer rows than asked for may not be all */
  BranchWay ways[BRANCH_MAX]; /* by level * STATUS_COUNT + status */
  Condition along[BRANCH_MAX]; /* the one along which a branch is collected */
  unsigned *window_limits;  /* of the window that was asked for last: rows at most, by branch */
  unsigned *window_found;   /* by branch, how many rows of it were of use; counted by who reads the window */
  unsigned window_branches;
  bool window_left_out;     /* it hasn't all branches */
} ContractPlan;

/* ---- contract_plan.c ---- */

/* Looks at the kept counts and, where conditions narrow the selection, how far. Belongs to `owner`. */
ContractPlan *contract_plan_new(Database *database, void *owner, const ContractSelection *selection, GError **error);

/* Another way than the walk that gave up (walk_limit). */
bool contract_plan_otherwise(ContractPlan *plan, Database *database, GError **error);

/* Takes the limits away for whoever needs all that there is, however long it takes. */
void contract_plan_complete(ContractPlan *plan);

/* Looks at the plan again for whoever wants not one page but all of them, `window` contracts at a time: what is found and dropped anew for each window
 * can cost more than one walk through the whole table. */
void contract_plan_for_all(ContractPlan *plan, unsigned window);

/* Contracts by kept counts: of all, of the selected statuses, and of the selected branches, which are so many. */
typedef struct {
  gint64 all;
  gint64 of_statuses;
  gint64 selected;
  unsigned branches;
} PlanSums;

PlanSums plan_sums(const ContractPlan *plan);
/* Everything is selected: one walk along the sort's column alone. */
bool plan_is_whole(const ContractPlan *plan);

const ContractFilter *plan_filter(const ContractPlan *plan);
const Catalogue *plan_catalogue(const ContractPlan *plan);
/* Positions in the catalogue; level_count means without a level. */
bool plan_level_selected(const ContractPlan *plan, unsigned level);
bool plan_status_selected(const ContractPlan *plan, unsigned status);
bool plan_type_selected(const ContractPlan *plan, unsigned type);
/* Kept number of contracts of a level, status and type. */
gint64 plan_kept(const ContractPlan *plan, unsigned level, unsigned status, unsigned type);
/* The same in all selected types. */
gint64 plan_kept_of_types(const ContractPlan *plan, unsigned level, unsigned status);
/* True when all levels and statuses are selected, as far as they have contracts. */
bool plan_all_branches(const ContractPlan *plan);
/* The same of all selected levels, statuses and types. */
gint64 plan_kept_of_selection(const ContractPlan *plan);
/* True when nothing but level, status and type is selected: kept counts are the totals. */
bool plan_only_kept(const ContractPlan *plan);

/* ---- contract_words.c ---- */

/* Finds the words of the text, the rarest first, and how many of them are looked up together. */
bool plan_read_words(ContractPlan *plan, Database *database, GError **error);
/* Whether listing the contracts of the rarest word is less than walking until a page is full, as far as a sample tells; of which perhaps only a part is listed (source_limit). */
bool plan_words_collected(ContractPlan *plan, Database *database, bool *collected, GError **error);

/* ---- contract_condition.c ---- */

/* The column that a sort orders by, behind its group, and the index (level_id, status, column, id). */
const char *contract_sort_column(ContractSort sort);
const char *contract_sort_index(ContractSort sort);
/* The index of a sort's column alone, or NULL. */
const char *contract_sort_whole_index(ContractSort sort);
/* SORT_COUNT: no order is by this. */
ContractSort contract_range_sort(ContractRange range);
/* The index by which a condition's contracts are found; NULL for words. */
const char *contract_condition_index(Condition condition);

void plan_add_level(const ContractPlan *plan, Statement *statement, unsigned level);
/* Every selected level by name (`all`: every level), even when all are: only so can an index that begins with the level be followed. */
void plan_add_levels(const ContractPlan *plan, Statement *statement, bool all);
void plan_add_statuses(const ContractPlan *plan, Statement *statement);
/* The words from number `from` on, each with `separator` in front. */
void plan_add_words(const ContractPlan *plan, Statement *statement, const char *separator, unsigned from);
void plan_add_condition(const ContractPlan *plan, Statement *statement, Condition condition);
/* All conditions but `except`, with AND between them and `separator` in front of the first. */
void plan_add_conditions(const ContractPlan *plan, Statement *statement, const char *separator, Condition except);
/* Where the rows of a condition come from, as table `contract`; of words at most `limit` contracts, 0: all. */
void plan_add_source(const ContractPlan *plan, Statement *statement, Condition condition, unsigned limit);
/* The contracts of one word, or of all words that are looked up together, as a subquery of contract_id. */
void plan_add_word_source(const ContractPlan *plan, Statement *statement, unsigned limit);

/* ---- contract_page.c ---- */

/* The statement of a page's rows as `k` (sort key), `g` (group) and the columns of contract_row_columns_stored, `limit` at most, in page order, or backwards. */
void contract_plan_page(const ContractPlan *plan, Statement *statement, unsigned limit);
/* Columns of a window. */
enum { WINDOW_ID, WINDOW_KEY, WINDOW_GROUP, WINDOW_BRANCH };
/* The statement of about `window` ids in page order, with the branch that each comes from. A branch gives as many as its share of the window before this one
 * lets expect, or of all contracts, so that little is found for nothing; where it gives plan->window_limits of them there may be more. */
void contract_plan_window(ContractPlan *plan, Statement *statement, unsigned window);
/* True when page and selection need walking backwards through the index. */
bool contract_plan_descending(const ContractPlan *plan);

/* ---- contract_total.c ---- */

/* Counts by level position for the selection without its level condition. */
bool contract_plan_totals(const ContractPlan *plan, Database *database, ContractTotals *totals, GError **error);

#endif
