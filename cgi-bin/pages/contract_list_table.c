/* The table of the contract list: heads that sort, rows, the total, the neighbouring pages. */
#include <string.h>
#include <talloc.h>

#include "pages/contract_list.h"

const char *contract_list_page_query(const ContractList *list, const char *name, const char *cursor) {
  return contract_filter_query_at(list->exchange, list->filter, list->catalogue, name, cursor);
}

#define CONTRACT_PER_MOST 200

static const ContractSort COLUMNS[] = {SORT_NUMBER, SORT_TITLE, SORT_CUSTOMER, SORT_LEVEL, SORT_TYPE, SORT_STATUS, SORT_STARTS, SORT_ENDS, SORT_NOTICE, SORT_VALUE};

/* A click on the head that already sorts turns the order round. */
static void fill_heads(const ContractList *list) {
  HDF *columns = page_node(list->exchange->data, "Column");
  for (unsigned i = 0; i < G_N_ELEMENTS(COLUMNS); i++) {
    HDF *column = page_row(columns, i);
    const char *name = contract_sort_name(COLUMNS[i]);
    bool sorted = COLUMNS[i] == list->filter->sort;
    ContractFilter filter = *list->filter;
    filter.cursor = NULL;
    filter.sort = COLUMNS[i];
    filter.descending = sorted && !list->filter->descending;
    page_value(column, "name", name);
    page_value(column, "text", page_text(list->exchange, talloc_asprintf(list->exchange, "column.%s", name), NULL));
    page_value(column, "url", contract_list_url(list, "", contract_filter_query(list->exchange, &filter, list->catalogue, false)));
    if (sorted) page_value(column, "sorted", list->filter->descending ? "descending" : "ascending");
  }
}

static void fill_row(const ContractList *list, HDF *row, const Contract *contract) {
  Exchange *exchange = list->exchange;
  const char *const *values = contract->values;
  const ContractTerms *terms = &contract->terms;
  const char *status = contract_status_name(terms->status);
  page_value(row, "url", page_url(exchange, "/contracts/%" G_GINT64_FORMAT, contract->id));
  page_value(row, "id", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, contract->id));
  page_value(row, "number", values[CONTRACT_NUMBER]);
  page_value(row, "title", values[CONTRACT_TITLE]);
  page_value(row, "customer", values[CONTRACT_CUSTOMER_NAME]);
  page_value(row, "customer_url", page_url(exchange, "/customers/%" G_GINT64_FORMAT, contract->customer_id));
  page_value(row, "level", values[CONTRACT_LEVEL]);
  page_value(row, "level_name", contract->level_name);
  page_value(row, "type", contract->type_name);
  page_value(row, "status", status);
  page_value(row, "starts", language_day(exchange, exchange->language, day_parse_iso(values[CONTRACT_STARTS_ON])));
  page_value(row, "ends", language_day(exchange, exchange->language, terms->term_ends_on));
  page_value(row, "notice", language_day(exchange, exchange->language, terms->notice_by));
  page_value(row, "value", language_money(exchange, exchange->language, terms->monthly_value, values[CONTRACT_CURRENCY]));
}

static void fill_pager(const ContractList *list, const ContractPage *page) {
  Exchange *exchange = list->exchange;
  if (page->next != NULL) page_set(exchange, "Pager.next", contract_list_url(list, "", contract_list_page_query(list, "after", page->next)));
  if (page->previous != NULL) page_set(exchange, "Pager.previous", contract_list_url(list, "", contract_list_page_query(list, "before", page->previous)));
  if (list->filter->cursor != NULL) page_set(exchange, "Pager.first", contract_list_url(list, "", contract_filter_query(exchange, list->filter, list->catalogue, false)));
}

static void fill_total(const ContractList *list, ContractTotal total) {
  Exchange *exchange = list->exchange;
  const char *number = language_number(exchange, exchange->language, total.count);
  const char *key = !total.exact ? "contracts.total_more" : total.count == 1 ? "contracts.total_one" : "contracts.total";
  page_set(exchange, "Total.text", page_text(exchange, key, number, NULL));
  page_set(exchange, "Total.date", language_day(exchange, exchange->language, exchange->today));
}

/* Paper shows one page of rows and says so; where in the whole it lies is known of the first page only. */
static void fill_part(const ContractList *list, const ContractPage *page) {
  Exchange *exchange = list->exchange;
  if (page->next == NULL && page->previous == NULL) return;
  ContractTotal total = page->totals.total;
  const char *shown = language_number(exchange, exchange->language, page->count);
  const char *whole = language_number(exchange, exchange->language, total.count);
  if (!total.exact) whole = page_text(exchange, "contracts.more_than", whole, NULL);
  page_set(exchange, "Part.text", page_text(exchange, page->previous == NULL ? "contracts.part_first" : "contracts.part_later", shown, whole, NULL));
  if (list->filter->per == CONTRACT_PER_MOST) return;
  ContractFilter filter = *list->filter;
  filter.cursor = NULL;
  filter.per = CONTRACT_PER_MOST;
  page_set(exchange, "Part.more", contract_list_url(list, "", contract_filter_query(exchange, &filter, list->catalogue, false)));
}

/* What the form below the table takes along: the selection, for all of its contracts, and for coming back. */
static void fill_bulk(const ContractList *list, ContractTotal total, const char *query) {
  Exchange *exchange = list->exchange;
  const char *number = language_number(exchange, exchange->language, total.count);
  page_set(exchange, "Bulk.action", page_url(exchange, "/contracts/bulk"));
  page_set(exchange, "Bulk.query", query);
  page_set(exchange, "Bulk.all", page_text(exchange, total.exact ? "bulk.change_all" : "bulk.change_all_more", number, NULL));
}

void contract_list_fill_table(const ContractList *list, const ContractPage *page) {
  Exchange *exchange = list->exchange;
  HDF *rows = page_node(exchange->data, "Row");
  const char *query = contract_filter_query(exchange, list->filter, list->catalogue, false);
  fill_heads(list);
  for (unsigned i = 0; i < page->count; i++) fill_row(list, page_row(rows, i), page->contracts[i]);
  fill_total(list, page->totals.total);
  fill_pager(list, page);
  fill_part(list, page);
  page_set(exchange, "Export.csv", contract_list_url(list, ".csv", query));
  page_set(exchange, "Export.json", contract_list_url(list, ".json", query));
  page_set(exchange, "Export.ics", contract_list_url(list, ".ics", query));
  page_set(exchange, "Export.subscribe", page_url(exchange, "/settings/calendars/new%s%s", query[0] != '\0' ? "?" : "", query));
  page_set(exchange, "New.url", page_url(exchange, "/contracts/new"));
  fill_bulk(list, page->totals.total, query);
}
