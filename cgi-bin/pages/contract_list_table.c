/* The table of the contract list: heads that sort, rows, the total, the neighbouring pages. */
#include <string.h>
#include <talloc.h>

#include "domain/money.h"
#include "pages/contract_list.h"
#include "pages/record_form.h"

const char *contract_list_page_query(const ContractList *list, const char *name, const char *cursor) {
  return contract_filter_query_at(list->exchange, list->filter, list->catalogue, name, cursor);
}

#define CONTRACT_PER_MOST 200

/* ---- columns ---- */

/* A head is short where the column has a name in `sort`. */
static const char *column_text(const ContractList *list, unsigned column) {
  const char *sort = contract_column_sort(column);
  const char *key = sort != NULL ? talloc_asprintf(list->exchange, "column.%s", sort) : talloc_asprintf(list->exchange, "field.%s", contract_column_name(column));
  return page_text(list->exchange, key, NULL);
}

static const char *column_class(unsigned column) {
  switch (column) {
    case CONTRACT_NUMBER: return "key";
    case CONTRACT_TITLE: return "title";
    case CONTRACT_CUSTOMER_NAME: return "customer";
    case CONTRACT_NOTE: return "note";
    case COLUMN_STATUS: return "status";
    default: break;
  }
  ColumnKind kind = contract_column_kind(column);
  if (kind == COLUMN_IS_DAY || kind == COLUMN_IS_MOMENT) return "date";
  return kind == COLUMN_IS_NUMBER || kind == COLUMN_IS_MONEY ? "number" : "";
}

/* How the template shows a cell; "": as text. */
static const char *column_look(unsigned column) {
  ColumnKind kind = contract_column_kind(column);
  switch (column) {
    case CONTRACT_CUSTOMER_NAME:
    case CONTRACT_CUSTOMER_NUMBER: return "customer";
    case CONTRACT_LEVEL: return "level";
    case COLUMN_STATUS: return "status";
    default: return kind == COLUMN_IS_DAY || kind == COLUMN_IS_MOMENT ? "day" : "";
  }
}

/* A row is named and opened by its number, or else by its first column. */
static unsigned row_head(const ContractColumns *columns) {
  return contract_columns_have(columns, CONTRACT_NUMBER) ? CONTRACT_NUMBER : columns->items[0];
}

static ContractSort sort_by_name(const char *name) {
  int sort = 0;
  while (sort < SORT_COUNT - 1 && strcmp(contract_sort_name((ContractSort)sort), name) != 0) sort++;
  return (ContractSort)sort;
}

/* A click on the head that already sorts turns the order round. */
static void fill_sort(const ContractList *list, HDF *node, ContractSort sort) {
  bool sorted = sort == list->filter->sort;
  ContractFilter filter = *list->filter;
  filter.cursor = NULL;
  filter.sort = sort;
  filter.descending = sorted && !list->filter->descending;
  page_value(node, "url", contract_list_url(list, "", contract_filter_query(list->exchange, &filter, list->catalogue, false)));
  if (sorted) page_value(node, "sorted", list->filter->descending ? "descending" : "ascending");
}

static void fill_heads(const ContractList *list, const ContractColumns *columns) {
  HDF *heads = page_node(list->exchange->data, "Column");
  for (unsigned i = 0; i < columns->count; i++) {
    unsigned column = columns->items[i];
    HDF *node = page_row(heads, i);
    const char *sort = contract_column_sort(column);
    page_value(node, "name", contract_column_name(column));
    page_value(node, "text", column_text(list, column));
    page_value(node, "class", column_class(column));
    page_value(node, "look", column_look(column));
    if (column == row_head(columns)) page_value(node, "head", "1");
    if (sort != NULL) fill_sort(list, node, sort_by_name(sort));
  }
}

/* ---- rows ---- */

static const char *cell_text(const ContractList *list, const Contract *contract, unsigned column) {
  Exchange *exchange = list->exchange;
  const char *const *values = contract->values;
  switch (column) {
    case CONTRACT_TYPE: return contract->type_name;
    case CONTRACT_RESPONSIBLE: return contract->responsible_name;
    case CONTRACT_AMOUNT: return language_money(exchange, exchange->language, money_hundredths(values[CONTRACT_AMOUNT]), values[CONTRACT_CURRENCY]);
    case COLUMN_STATUS: return contract_status_name(contract->terms.status);
    case COLUMN_TERM_ENDS_ON: return language_day(exchange, exchange->language, contract->terms.term_ends_on);
    case COLUMN_NOTICE_BY: return language_day(exchange, exchange->language, contract->terms.notice_by);
    case COLUMN_MONTHLY_VALUE: return language_money(exchange, exchange->language, contract->terms.monthly_value, values[CONTRACT_CURRENCY]);
    case COLUMN_UPDATED:
      return language_moment(exchange, exchange->language, contract->updated_at, settings_text(exchange->worker->settings, SETTING_TIME_ZONE));
    case CONTRACT_LEVEL: return values[CONTRACT_LEVEL];
    default: return record_value_text(exchange, &contract_fields[column], values[column], NULL);
  }
}

/* What the link to the contract says. */
static const char *head_text(const ContractList *list, const Contract *contract, unsigned column) {
  const char *text = cell_text(list, contract, column);
  if (column == COLUMN_STATUS) return page_text(list->exchange, talloc_asprintf(list->exchange, "status.%s", text), NULL);
  return text != NULL && text[0] != '\0' ? text : contract->values[CONTRACT_NUMBER];
}

static void fill_row(const ContractList *list, HDF *row, const Contract *contract, const ContractColumns *columns) {
  Exchange *exchange = list->exchange;
  unsigned head = row_head(columns);
  page_value(row, "url", page_url(exchange, "/contracts/%" G_GINT64_FORMAT, contract->id));
  page_value(row, "id", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, contract->id));
  page_value(row, "number", contract->values[CONTRACT_NUMBER]);
  page_value(row, "head", head_text(list, contract, head));
  for (unsigned i = 0; i < columns->count; i++) {
    unsigned column = columns->items[i];
    if (column == head) continue;
    page_value(row, contract_column_name(column), cell_text(list, contract, column));
    if (column == CONTRACT_LEVEL) page_value(row, "level_name", contract->level_name);
    if (column == CONTRACT_CUSTOMER_NAME || column == CONTRACT_CUSTOMER_NUMBER) {
      page_value(row, "customer_url", page_url(exchange, "/customers/%" G_GINT64_FORMAT, contract->customer_id));
    }
  }
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

static void fill_exports(const ContractList *list, const char *query) {
  Exchange *exchange = list->exchange;
  const char *separator = query[0] != '\0' ? "&" : "";
  page_set(exchange, "Export.csv", contract_list_url(list, ".csv", query));
  page_set(exchange, "Export.excel", contract_list_url(list, ".csv", talloc_asprintf(exchange, "%s%sformat=excel", query, separator)));
  page_set(exchange, "Export.xlsx", contract_list_url(list, ".xlsx", query));
  page_set(exchange, "Export.xlsx_text", page_text(exchange, "export.xlsx", language_number(exchange, exchange->language, XLSX_USUAL_MAX), NULL));
  page_set(exchange, "Export.json", contract_list_url(list, ".json", query));
  page_set(exchange, "Export.json_text", page_text(exchange, "export.json", language_number(exchange, exchange->language, list->filter->per), NULL));
  page_set(exchange, "Export.ics", contract_list_url(list, ".ics", query));
  page_set(exchange, "Export.subscribe", page_url(exchange, "/settings/calendars/new%s%s", query[0] != '\0' ? "?" : "", query));
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
  const ContractColumns *columns = contract_filter_columns(list->filter);
  fill_heads(list, columns);
  if (columns->count > contract_columns_default()->count) page_set(exchange, "Columns.many", "1");
  for (unsigned i = 0; i < page->count; i++) fill_row(list, page_row(rows, i), page->contracts[i], columns);
  fill_total(list, page->totals.total);
  fill_pager(list, page);
  fill_part(list, page);
  fill_exports(list, query);
  page_set(exchange, "SaveView.url", page_url(exchange, "/views/new%s%s", query[0] != '\0' ? "?" : "", query));
  page_set(exchange, "Columns.url", contract_list_url(list, "/columns", query));
  page_set(exchange, "New.url", page_url(exchange, "/contracts/new"));
  fill_bulk(list, page->totals.total, query);
}
