#include "pages/contract_list.h"

#include <talloc.h>

#include "repository/catalogue_repository.h"
#include "repository/record_repository.h"

/* A customer that there is no more has no contracts: the selection is empty, and says so. */
static bool find_customer(ContractList *list, GError **error) {
  const char *number = list->filter->customer;
  if (number == NULL) return true;
  GError *missing = NULL;
  list->customer = record_repository_find(list->exchange->worker->database, list, &customer_kind, "number", number, &missing);
  bool known = missing == NULL || error_is(missing, ERROR_NOT_FOUND);
  if (known) g_clear_error(&missing);
  else g_propagate_error(error, missing);
  return known;
}

ContractList *contract_list_new(Exchange *exchange, const char *path, const Parameters *parameters, Catalogue *catalogue, GError **error) {
  ContractList *list = talloc_zero(exchange, ContractList);
  list->exchange = exchange;
  list->path = path;
  list->more = "";
  list->errors = field_errors_new(list);
  list->words = exchange->data;
  list->catalogue = catalogue != NULL ? catalogue : catalogue_repository_read(exchange->worker->database, list, error);
  if (list->catalogue == NULL) return NULL;
  list->filter = contract_filter_parse(list, parameters, list->catalogue, exchange->today, list->errors);
  list->selection = (ContractSelection){list->filter, list->catalogue, exchange->today, exchange->user->id, NULL};
  return find_customer(list, error) ? list : NULL;
}

const char *contract_list_saved_query(const ContractList *list) {
  ContractFilter saved = *list->filter;
  saved.language = NULL;
  return contract_filter_query(list->exchange, &saved, list->catalogue, false);
}

const char *contract_list_url(const ContractList *list, const char *suffix, const char *query) {
  return page_url(list->exchange, "%s%s%s%s", list->path, suffix, query[0] != '\0' ? "?" : "", query);
}

const char *contract_list_query(const ContractList *list, const ContractFilter *filter) {
  ContractFilter only = *filter;
  const char *language = filter->language != NULL ? talloc_asprintf(list->exchange, "lang=%s", filter->language) : "";
  only.language = NULL;
  const char *parts[] = {contract_filter_query(list->exchange, &only, list->catalogue, false), list->more, language};
  const char *query = "";
  for (unsigned i = 0; i < G_N_ELEMENTS(parts); i++) {
    if (parts[i][0] != '\0') query = talloc_asprintf(list->exchange, "%s%s%s", query, query[0] != '\0' ? "&" : "", parts[i]);
  }
  return query;
}

const char *contract_list_page_query(const ContractList *list, const char *name, const char *cursor) {
  return contract_filter_query_at(list->exchange, list->filter, list->catalogue, name, cursor);
}

bool contract_list_refuse(const ContractList *list, GError **error) {
  const FieldError *first = &g_array_index(list->errors->items, FieldError, 0);
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "%s: %s", first->field, page_error_text(list->exchange, first));
  return false;
}
