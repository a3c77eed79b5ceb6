/* The table of the contract list: heads that sort, rows, the total, the neighbouring pages. */
#include <string.h>
#include <talloc.h>

#include "domain/money.h"
#include "pages/contract_list.h"
#include "pages/record_form.h"

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
  switch (column) {
    case CONTRACT_CUSTOMER_NAME:
    case CONTRACT_CUSTOMER_NUMBER: return "customer";
    case CONTRACT_LEVEL: return "level";
    case COLUMN_STATUS: return "status";
    default: return "";
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
      return page_moment(exchange, contract->updated_at);
    case CONTRACT_LEVEL: return values[CONTRACT_LEVEL];
    default: return record_value_text(exchange, &contract_fields[column], values[column], NULL);
  }
}

/* Values of a row behind those of the columns. */
enum { PLACE_ID = CONTRACT_COLUMN_COUNT, PLACE_NUMBER, PLACE_HEAD, PLACE_CUSTOMER_ID, PLACE_LEVEL_NAME, PLACE_LEVEL_LOOK, PLACE_STATUS_TEXT, PLACE_COUNT };

/* What is the same in all rows, looked up once. */
typedef struct {
  const ContractList *list;
  const ContractColumns *columns;
  const char *no_level;
  const char *status_texts[STATUS_COUNT];
  RowValues *values;
} Rows;

static void mark(HDF *row, const char *name, unsigned place) {
  char text[ROW_MARK_SIZE];
  page_value(row, name, row_mark(place, text));
}

/* The row that the template prints: a mark for each value. */
static void fill_pattern(const Rows *rows) {
  Exchange *exchange = rows->list->exchange;
  HDF *row = page_node(exchange->data, "Row");
  char text[ROW_MARK_SIZE];
  row_pattern_begin(exchange);
  for (unsigned i = 0; i < rows->columns->count; i++) mark(row, contract_column_name(rows->columns->items[i]), rows->columns->items[i]);
  page_value(row, "url", page_url(exchange, "/contracts/%s", row_mark(PLACE_ID, text)));
  page_value(row, "customer_url", page_url(exchange, "/customers/%s", row_mark(PLACE_CUSTOMER_ID, text)));
  mark(row, "id", PLACE_ID);
  mark(row, "number", PLACE_NUMBER);
  mark(row, "head", PLACE_HEAD);
  mark(row, "level_name", PLACE_LEVEL_NAME);
  mark(row, "level_look", PLACE_LEVEL_LOOK);
  mark(row, "status_text", PLACE_STATUS_TEXT);
}

/* A day that there is none of shows as a dash, so that nobody takes it for not filled in. */
static const char *shown_text(const Rows *rows, const Contract *contract, unsigned column) {
  const char *text = cell_text(rows->list, contract, column);
  ColumnKind kind = contract_column_kind(column);
  bool none = text == NULL || text[0] == '\0';
  if (none && column == CONTRACT_LEVEL) return rows->no_level;
  return none && (kind == COLUMN_IS_DAY || kind == COLUMN_IS_MOMENT) ? "–" : text;
}

/* What the link to the contract says. */
static const char *head_text(const Rows *rows, const Contract *contract, unsigned column) {
  const char *text = column == COLUMN_STATUS ? rows->status_texts[contract->terms.status] : cell_text(rows->list, contract, column);
  return text != NULL && text[0] != '\0' ? text : contract->values[CONTRACT_NUMBER];
}

static const char *id_text(const Rows *rows, gint64 id) {
  char text[24] = "";
  char *at = text + sizeof text - 1;
  for (; id > 0; id /= 10) *--at = (char)('0' + id % 10);
  return talloc_strdup(rows->values, at);
}

static void fill_row(const Rows *rows, unsigned row, const Contract *contract) {
  RowValues *values = rows->values;
  unsigned head = row_head(rows->columns);
  bool leveled = contract->values[CONTRACT_LEVEL][0] != '\0';
  row_values_set(values, row, PLACE_ID, id_text(rows, contract->id));
  row_values_set(values, row, PLACE_NUMBER, contract->values[CONTRACT_NUMBER]);
  row_values_set(values, row, PLACE_HEAD, head_text(rows, contract, head));
  row_values_set(values, row, PLACE_CUSTOMER_ID, id_text(rows, contract->customer_id));
  row_values_set(values, row, PLACE_LEVEL_NAME, leveled ? contract->level_name : rows->no_level);
  row_values_set(values, row, PLACE_LEVEL_LOOK, leveled ? "level" : "none");
  row_values_set(values, row, PLACE_STATUS_TEXT, rows->status_texts[contract->terms.status]);
  for (unsigned i = 0; i < rows->columns->count; i++) {
    unsigned column = rows->columns->items[i];
    if (column != head) row_values_set(values, row, column, shown_text(rows, contract, column));
  }
}

static const RowValues *fill_rows(const ContractList *list, const ContractPage *page, const ContractColumns *columns) {
  Exchange *exchange = list->exchange;
  Rows rows = {list, columns, page_text(exchange, "common.no_level", NULL), {NULL}, row_values_new(exchange, PLACE_COUNT, page->count)};
  for (unsigned status = 0; status < STATUS_COUNT; status++) {
    rows.status_texts[status] = page_text(exchange, talloc_asprintf(exchange, "status.%s", contract_status_name((ContractStatus)status)), NULL);
  }
  if (page->count > 0) fill_pattern(&rows);
  for (unsigned row = 0; row < page->count; row++) fill_row(&rows, row, page->contracts[row]);
  return rows.values;
}

static void fill_pager(const ContractList *list, const ContractPage *page) {
  Exchange *exchange = list->exchange;
  if (page->next != NULL) page_set(exchange, "Pager.next", contract_list_url(list, "", contract_list_page_query(list, "after", page->next)));
  if (page->previous != NULL) page_set(exchange, "Pager.previous", contract_list_url(list, "", contract_list_page_query(list, "before", page->previous)));
  if (list->filter->cursor != NULL) page_set(exchange, "Pager.first", contract_list_url(list, "", contract_filter_query(exchange, list->filter, list->catalogue, false)));
}

static void fill_total(const ContractList *list, const ContractPage *page) {
  Exchange *exchange = list->exchange;
  ContractTotal total = page->totals.total;
  const char *number = language_number(exchange, exchange->language, page->partly ? page->count : total.count);
  const char *key = page->partly ? "contracts.total_partly" : !total.exact ? "contracts.total_more" : total.count == 1 ? "contracts.total_one" : "contracts.total";
  page_set(exchange, "Total.text", page_text(exchange, key, number, NULL));
  if (page->partly) page_set(exchange, "Total.partly", page_text(exchange, "contracts.partly", NULL));
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

const RowValues *contract_list_fill_table(const ContractList *list, const ContractPage *page) {
  Exchange *exchange = list->exchange;
  const char *query = contract_filter_query(exchange, list->filter, list->catalogue, false);
  const ContractColumns *columns = contract_filter_columns(list->filter);
  fill_heads(list, columns);
  if (columns->count > contract_columns_default()->count) page_set(exchange, "Columns.many", "1");
  fill_total(list, page);
  fill_pager(list, page);
  fill_part(list, page);
  fill_exports(list, query);
  page_set(exchange, "SaveView.url", page_url(exchange, "/views/new%s%s", query[0] != '\0' ? "?" : "", query));
  page_set(exchange, "Columns.url", contract_list_url(list, "/columns", query));
  page_set(exchange, "New.url", page_url(exchange, "/contracts/new"));
  fill_bulk(list, page->totals.total, query);
  return fill_rows(list, page, columns);
}
