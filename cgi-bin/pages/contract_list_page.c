/* The contract table: /contracts, /contracts.json and /contracts.ics of the same selection; other files of it are made in contract_export.c. */
#include <string.h>
#include <talloc.h>

#include "format/json_writer.h"
#include "pages/contract_calendar.h"
#include "pages/contract_list.h"
#include "pages/pages.h"
#include "pages/problem.h"
#include "web/json_answer.h"

/* The same selection has one address; a form's empty fields and another order lead there. */
static bool is_canonical(const ContractList *list, const char **canonical) {
  *canonical = contract_filter_query(list->exchange, list->filter, list->catalogue, true);
  return strcmp(*canonical, list->exchange->request->query_string) == 0;
}

/* ---- JSON ---- */

static bool answer_json(ContractList *list, GError **error) {
  Exchange *exchange = list->exchange;
  ContractPage *page = contract_repository_page(exchange->worker->database, list, &list->selection, error);
  if (page == NULL) return false;
  GString *body = exchange->response->body;
  g_string_append_printf(body, "{\"total\": %" G_GINT64_FORMAT ", \"total_exact\": %s, \"complete\": %s, \"contracts\": [", page->totals.total.count,
                         page->totals.total.exact ? "true" : "false", page->partly ? "false" : "true");
  for (unsigned i = 0; i < page->count; i++) {
    if (i > 0) g_string_append(body, ",\n");
    json_write_contract(body, page->contracts[i]);
  }
  g_string_append(body, "], \"next\": ");
  if (page->next != NULL) json_write_text(body, contract_list_url(list, ".json", contract_list_page_query(list, "after", page->next)));
  else g_string_append(body, "null");
  g_string_append(body, "}\n");
  json_answer(exchange, 200);
  return true;
}

/* ---- the page ---- */

static bool answer_page(ContractList *list, GError **error) {
  list->selection.shown = contract_filter_columns(list->filter);
  ContractPage *page = contract_repository_page(list->exchange->worker->database, list, &list->selection, error);
  if (page == NULL) return false;
  contract_list_fill_filter(list, &page->totals);
  contract_list_fill_selection(list);
  const RowValues *rows = contract_list_fill_table(list, page);
  return row_pattern_render(list->exchange, 200, "contract_list", rows, error);
}

/* What cannot be understood is named, and the form is there to mend it. */
static bool answer_bad_request(ContractList *list, GError **error) {
  Exchange *exchange = list->exchange;
  if (page_is_json(exchange)) return problem_answer_fields(exchange, 400, list->errors);
  if (strcmp(exchange->format, "html") != 0) return contract_list_refuse(list, error);
  contract_list_fill_filter(list, NULL);
  page_set_filter_errors(list->exchange, list->errors);
  return page_render(exchange, 400, "contract_list", error);
}

/* `format` isn't of the selection: it says how the CSV of one is written, and means nothing anywhere else. */
static const Parameters *without_format(Exchange *exchange) {
  const Parameters *query = exchange->request->query;
  if (strcmp(exchange->format, "csv") != 0) return query;
  Parameters *rest = talloc_zero(exchange, Parameters);
  rest->items = talloc_zero_array(rest, Parameter, query->count + 1);
  for (unsigned i = 0; i < query->count; i++) {
    if (strcmp(query->items[i].name, "format") != 0) rest->items[rest->count++] = query->items[i];
  }
  return rest;
}

static void read_format(ContractList *list) {
  const Parameters *query = list->exchange->request->query;
  unsigned seen = 0;
  if (strcmp(list->exchange->format, "csv") != 0) return;
  for (unsigned i = 0; i < query->count; i++) {
    const Parameter *parameter = &query->items[i];
    if (strcmp(parameter->name, "format") != 0 || parameter->value[0] == '\0') continue;
    list->excel = strcmp(parameter->value, "excel") == 0;
    if (!list->excel) field_errors_add(list->errors, "format", "not_a_choice", "excel");
    else if (++seen > 1) field_errors_add(list->errors, "format", "repeated", NULL);
  }
}

bool contract_list_page(Exchange *exchange, GError **error) {
  const char *canonical = NULL;
  ContractList *list = contract_list_new(exchange, "/contracts", without_format(exchange), NULL, error);
  if (list == NULL) return false;
  read_format(list);
  if (field_errors_any(list->errors)) return answer_bad_request(list, error);
  if (page_is_json(exchange)) return answer_json(list, error);
  if (strcmp(exchange->format, "csv") == 0) return contract_export_csv(list, error);
  if (strcmp(exchange->format, "xlsx") == 0) return contract_export_xlsx(list, error);
  if (strcmp(exchange->format, "ics") == 0) {
    response_header(exchange->response, "Content-Disposition", "attachment; filename=\"contracts.ics\"");
    return contract_calendar_answer(exchange, &list->selection, page_text(exchange, "calendar.title", NULL), error);
  }
  if (!is_canonical(list, &canonical)) {
    response_redirect(exchange->response, contract_list_url(list, "", canonical));
    return true;
  }
  return answer_page(list, error);
}
