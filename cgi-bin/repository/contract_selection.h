/* contract_selection.h: how a selection of contracts is looked for, so that neither its page nor its total costs more as the table grows.
 *
 * A page comes from one of two ways:
 * - walked: for each selected level and status a range of the index (level_id, status, sort key, id) with its own LIMIT, merged. Right
 *   whenever the other conditions let many contracts pass.
 * - collected: one condition (customer, responsible, type, a range, a word) that at most NARROW_LIMIT contracts meet is followed by its
 *   own index, and what also meets the rest is sorted. */
#ifndef SUPPORTLEVEL_REPOSITORY_CONTRACT_SELECTION_H
#define SUPPORTLEVEL_REPOSITORY_CONTRACT_SELECTION_H

#include "repository/contract_repository.h"
#include "repository/statement.h"

#define NARROW_LIMIT 10000
#define SCAN_LIMIT 50000 /* rows that a total may look at where nothing narrow is selected */

/* What narrows a selection besides level and status. */
typedef enum { NARROW_CUSTOMER, NARROW_RESPONSIBLE, NARROW_STARTS, NARROW_ENDS, NARROW_NOTICE, NARROW_VALUE, NARROW_WORD, NARROW_TYPE, NARROW_COUNT, NARROW_NOTHING = -1 } Narrowing;

typedef struct {
  const ContractSelection *selection;
  gint64 *kept; /* contracts by level (the last: without), status and type */
  gint64 customer_id;
  gint64 responsible_id;
  const char **words; /* each ends with % */
  unsigned word_count;
  bool used[NARROW_COUNT]; /* which conditions the selection has */
  int collected; /* the narrow one that is followed, or NARROW_NOTHING: walked */
} ContractPlan;

/* Looks at the kept counts and, where conditions narrow the selection, how far. Belongs to `owner`. */
ContractPlan *contract_plan_new(Database *database, void *owner, const ContractSelection *selection, GError **error);

/* Kept number of contracts of a level position (catalogue->level_count: without), status and type position. */
gint64 contract_plan_kept(const ContractPlan *plan, unsigned level, unsigned status, unsigned type);

/* The statement of a page's rows as `id`, `k` (sort key), `g` (group), `limit` at most, in page order, or backwards. */
void contract_plan_page(const ContractPlan *plan, Statement *statement, unsigned limit);

/* Counts by level position for the selection without its level condition. */
bool contract_plan_totals(const ContractPlan *plan, Database *database, ContractTotals *totals, GError **error);

/* True when page and selection need walking backwards through the index. */
bool contract_plan_descending(const ContractPlan *plan);

#endif
