#include <talloc.h>

#include "repository/contract_row.h"
#include "repository/contract_selection.h"
#include "repository/data_changes.h"

/* k and g of a page's row stand in front of its contract's columns. */
enum { PAGE_KEY, PAGE_GROUP, PAGE_CONTRACT };

static SqlRows *planned_rows(Database *database, void *owner, const ContractPlan *plan, unsigned limit, GError **error) {
  Statement *statement = statement_new(owner);
  contract_plan_page(plan, statement, limit);
  return statement_query(statement, database, owner, error);
}

static SqlRows *page_rows(Database *database, void *owner, ContractPlan *plan, unsigned limit, GError **error) {
  SqlRows *rows = planned_rows(database, owner, plan, limit, error);
  if (rows == NULL || rows->row_count == limit || plan->walk_limit == 0) return rows;
  return contract_plan_otherwise(plan, database, error) ? planned_rows(database, owner, plan, limit, error) : NULL;
}

/* A name that came up since the names were kept is looked up in the database. */
static bool put_names(Database *database, void *owner, Contract *contract, const ContractNames **names, GError **error) {
  Contract before = *contract;
  if (contract_names_put(*names, contract)) return true;
  database_saw_changes(database, NULL);
  *names = contract_names_read(database, owner, error);
  *contract = before;
  if (*names != NULL) contract_names_put(*names, contract);
  return *names != NULL;
}

static const char *row_cursor(void *owner, const SqlRows *rows, unsigned row) {
  return contract_filter_cursor_text(owner, (int)sql_cell_integer(rows, row, PAGE_GROUP), sql_cell(rows, row, PAGE_KEY),
                                     sql_cell_integer(rows, row, PAGE_CONTRACT));
}

/* One row more than the page is asked for tells whether there is another page. */
ContractPage *contract_repository_page(Database *database, void *owner, const ContractSelection *selection, GError **error) {
  const ContractFilter *filter = selection->filter;
  ContractPlan *plan = contract_plan_new(database, owner, selection, error);
  const ContractNames *names = plan != NULL ? contract_names_read(database, owner, error) : NULL;
  SqlRows *rows = names != NULL ? page_rows(database, owner, plan, filter->per + 1, error) : NULL;
  if (rows == NULL) return NULL;

  ContractPage *page = talloc_zero(owner, ContractPage);
  page->partly = plan->source_limit > 0;
  if (!contract_plan_totals(plan, database, &page->totals, error)) return NULL;
  bool backwards = filter->cursor != NULL && filter->cursor->before;
  bool more = rows->row_count > filter->per;
  page->count = MIN(rows->row_count, filter->per);
  /* A page that was found is proof of that many. */
  if (!page->totals.total.exact) page->totals.total.count = MAX(page->totals.total.count, page->count);
  page->contracts = talloc_zero_array(page, Contract *, page->count + 1);
  for (unsigned place = 0; place < page->count; place++) {
    unsigned row = backwards ? page->count - 1 - place : place;
    page->contracts[place] = contract_row_read_stored(page, rows, row, PAGE_CONTRACT);
    if (!put_names(database, owner, page->contracts[place], &names, error)) return NULL;
  }
  if (page->count > 0) {
    unsigned first = backwards ? page->count - 1 : 0;
    unsigned last = backwards ? 0 : page->count - 1;
    if (backwards || more) page->next = row_cursor(page, rows, last);
    if (backwards ? more : filter->cursor != NULL) page->previous = row_cursor(page, rows, first);
  }
  return page;
}

/* `utc` NULL: as it is. */
static Contract *find(Database *database, void *owner, gint64 id, const char *utc, Day today, GError **error) {
  Statement *statement = statement_new(owner);
  statement_add(statement, "SELECT ");
  contract_row_columns(statement);
  contract_row_source_as_of(statement, utc);
  statement_add(statement, " WHERE contract.id = ");
  statement_bind(statement, SQL_INTEGER(id));
  SqlRows *rows = statement_query(statement, database, owner, error);
  if (rows == NULL) return NULL;
  if (rows->row_count == 0) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_NOT_FOUND, "contract %" G_GINT64_FORMAT, id);
    return NULL;
  }
  return contract_row_read(owner, rows, 0, 0, today);
}

Contract *contract_repository_find(Database *database, void *owner, gint64 id, Day today, GError **error) { return find(database, owner, id, NULL, today, error); }

Contract *contract_repository_find_as_of(Database *database, void *owner, gint64 id, const Moment *moment, GError **error) {
  return find(database, owner, id, moment->utc, moment->day, error);
}
