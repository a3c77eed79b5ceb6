/* The choice of columns: a page of its own, because it is wanted seldom and the table's page often. */
#include <string.h>
#include <talloc.h>

#include "pages/contract_list.h"
#include "pages/pages.h"

static void fill_choice(const ContractList *list, HDF *choices, unsigned column, unsigned place) {
  HDF *choice = page_row(choices, page_child_count(choices));
  page_value(choice, "name", contract_column_name(column));
  if (place > 0) page_value(choice, "place", talloc_asprintf(list->exchange, "%u", place));
}

/* The form of ticks and places: the chosen columns in their order, then the others; and what else the selection is, to be sent along. */
static void fill_choices(const ContractList *list, const ContractColumns *columns) {
  Exchange *exchange = list->exchange;
  HDF *choices = page_node(exchange->data, "Choice");
  HDF *kept = page_node(exchange->data, "Kept");
  ContractFilter filter = *list->filter;
  filter.columns.count = 0;
  const char *query = contract_filter_query(exchange, &filter, list->catalogue, false);
  const Parameters *parameters = parameters_parse(exchange, query, strlen(query), NULL);
  for (unsigned i = 0; parameters != NULL && i < parameters->count; i++) {
    HDF *pair = page_row(kept, i);
    page_value(pair, "name", parameters->items[i].name);
    page_value(pair, "value", parameters->items[i].value);
  }
  for (unsigned i = 0; i < columns->count; i++) fill_choice(list, choices, columns->items[i], i + 1);
  for (unsigned column = 0; column < CONTRACT_COLUMN_COUNT; column++) {
    if (!contract_columns_have(columns, column)) fill_choice(list, choices, column, 0);
  }
  page_set(exchange, "Columns.reset", contract_list_url(list, "", query));
}

bool contract_columns_page(Exchange *exchange, GError **error) {
  ContractList *list = contract_list_new(exchange, "/contracts", exchange->request->query, NULL, error);
  if (list == NULL) return false;
  if (field_errors_any(list->errors)) return contract_list_refuse(list, error);
  fill_choices(list, contract_filter_columns(list->filter));
  page_set(exchange, "Page.title", page_text(exchange, "columns.title", NULL));
  page_set(exchange, "Columns.action", page_url(exchange, "/contracts"));
  page_set(exchange, "Columns.cancel", contract_list_url(list, "", contract_list_saved_query(list)));
  return page_render(exchange, 200, "contract_columns", error);
}
