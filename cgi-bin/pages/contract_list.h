/* contract_list.h: what the parts of the contract table's page share: the selection as read, and what fills the data tree from it. */
#ifndef SUPPORTLEVEL_PAGES_CONTRACT_LIST_H
#define SUPPORTLEVEL_PAGES_CONTRACT_LIST_H

#include "domain/customer.h"
#include "repository/contract_repository.h"
#include "web/page.h"
#include "web/row_pattern.h"

typedef struct {
  Exchange *exchange;
  Catalogue *catalogue;
  ContractFilter *filter;
  ContractSelection selection;
  FieldErrors *errors;
  const Record *customer; /* that the filter names, or NULL */
  const char *path;       /* of the page that shows the selection: "/contracts" or "/reports/levels" */
  const char *more;       /* what that page's query has besides the filter, or "" */
  HDF *words;             /* where the selection in words goes: the data tree, or a branch of it */
  bool excel;             /* `format=excel`: the CSV is for the Excel of a German Windows */
} ContractList;

/* Reads a selection for the page `path` from parameters; `catalogue` NULL: is read too. What is wrong with it is in list->errors. */
ContractList *contract_list_new(Exchange *exchange, const char *path, const Parameters *parameters, Catalogue *catalogue, GError **error);

/* Sets ERROR_BAD_REQUEST naming the first thing that is wrong with the selection, and returns false. */
bool contract_list_refuse(const ContractList *list, GError **error);

/* The query by which a selection is saved: canonical, without cursor and language. */
const char *contract_list_saved_query(const ContractList *list);

/* The address of the page + suffix with a query. */
const char *contract_list_url(const ContractList *list, const char *suffix, const char *query);
/* The query of another selection on the same page, without a cursor. */
const char *contract_list_query(const ContractList *list, const ContractFilter *filter);
/* The query of a neighbouring page: `name` is "after" or "before". */
const char *contract_list_page_query(const ContractList *list, const char *name, const char *cursor);

/* The filter's form; `totals` NULL where nothing could be selected. */
void contract_list_fill_filter(const ContractList *list, const ContractTotals *totals);
/* The selection in words, each part with the address of the selection without it. */
void contract_list_fill_selection(const ContractList *list);
/* Heads, total, neighbouring pages and the pattern of a row; the rows' values are for row_pattern_render. */
const RowValues *contract_list_fill_table(const ContractList *list, const ContractPage *page);

/* ---- contract_export.c ---- */

#define XLSX_USUAL_MAX 500000 /* contracts that a workbook is made of in its time even on a busy machine; said beside the link */

/* Answer with the whole selection as a file. ERROR_BAD_REQUEST: more contracts than a workbook can be made of in time. */
bool contract_export_csv(ContractList *list, GError **error);
bool contract_export_xlsx(ContractList *list, GError **error);

#endif
