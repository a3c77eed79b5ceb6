/* The level report: /reports/levels and the same as JSON, CSV and XLSX. */
#include <string.h>
#include <talloc.h>

#include "format/report_writer.h"
#include "pages/pages.h"
#include "pages/problem.h"
#include "pages/report.h"
#include "web/json_answer.h"

/* What of the contract list's query means nothing here: a report has neither an order nor pages. */
static const char *const NOT_HERE[] = {"sort", "per", "cols", "after", "before"};

static bool is_not_here(const char *name) {
  for (unsigned i = 0; i < G_N_ELEMENTS(NOT_HERE); i++) {
    if (strcmp(NOT_HERE[i], name) == 0) return true;
  }
  return false;
}

/* Takes `by` out of the parameters; what is left is the filter. */
static ContractList *read_selection(Exchange *exchange, ReportBy *by, GError **error) {
  const Parameters *query = exchange->request->query;
  Parameters filter = {talloc_zero_array(exchange, Parameter, query->count + 1), 0};
  FieldErrors *errors = field_errors_new(exchange);
  bool seen = false;
  *by = REPORT_BY_LEVEL;
  for (unsigned i = 0; i < query->count; i++) {
    const Parameter *given = &query->items[i];
    if (is_not_here(given->name)) {
      field_errors_add(errors, given->name, "unknown_parameter", given->name);
    } else if (strcmp(given->name, "by") != 0) {
      filter.items[filter.count++] = *given;
    } else if (given->value[0] != '\0') {
      int named = report_by_named(given->value);
      if (named < 0) field_errors_add(errors, "by", "not_a_choice", "level, type, customer, responsible, status");
      else if (seen) field_errors_add(errors, "by", "repeated", NULL);
      else *by = (ReportBy)named;
      seen = true;
    }
  }
  ContractList *list = contract_list_new(exchange, "/reports/levels", &filter, NULL, error);
  if (list == NULL) return NULL;
  for (unsigned i = 0; i < errors->items->len; i++) {
    const FieldError *problem = &g_array_index(errors->items, FieldError, i);
    field_errors_add(list->errors, problem->field, problem->reason, problem->argument);
  }
  if (*by != REPORT_BY_LEVEL) list->more = talloc_asprintf(list, "by=%s", report_by_name(*by));
  return list;
}

/* The report of today needs no day in its address. */
static void settle_day(ContractList *list) {
  ContractFilter *filter = list->filter;
  if (filter->on_text == NULL) filter->on = list->exchange->today;
  else if (strcmp(filter->on_text, "today") == 0) filter->on_text = NULL;
}

/* ---- the page ---- */

static void fill_by(const ReportPage *page, ReportBy chosen) {
  HDF *node = page_node(page->exchange->data, "By");
  for (unsigned by = 0; by < REPORT_BY_COUNT; by++) {
    HDF *option = page_row(node, by);
    const char *name = report_by_name((ReportBy)by);
    page_value(option, "value", name);
    page_value(option, "text", page_text(page->exchange, talloc_asprintf(page->exchange, "report.by.%s", name), NULL));
    if (by == chosen) page_value(option, "selected", "1");
  }
}

static void fill_links(const ReportPage *page, const char *query) {
  static const char *const FORMATS[] = {"csv", "xlsx", "json"};
  for (unsigned i = 0; i < G_N_ELEMENTS(FORMATS); i++) {
    const char *suffix = talloc_asprintf(page->exchange, ".%s", FORMATS[i]);
    page_set(page->exchange, talloc_asprintf(page->exchange, "Export.%s", FORMATS[i]), contract_list_url(page->list, suffix, query));
  }
}

static bool answer_page(ReportPage *page, ReportBy by, GError **error) {
  Exchange *exchange = page->exchange;
  contract_list_fill_filter(page->list, NULL);
  contract_list_fill_selection(page->list);
  fill_by(page, by);
  fill_links(page, contract_list_query(page->list, page->list->filter));
  page_set(exchange, "Report.on", language_day(exchange, exchange->language, page->report->days.on));
  report_page_fill_table(page);
  report_page_fill_chart(page);
  return page_render(exchange, 200, "report", error);
}

/* ---- other formats ---- */

static const char *document_text(void *context, const char *key) {
  const ReportPage *page = context;
  if (strcmp(key, "without") == 0) return page_text(page->exchange, "selection.without", NULL);
  return page_text(page->exchange, talloc_asprintf(page->exchange, "report.%s", key), NULL);
}

static const char *document_part_text(void *context, const ReportRow *part) { return report_page_part_text(context, part); }

static bool answer_document(ReportPage *page, GError **error) {
  Response *response = page->exchange->response;
  const char *format = page->exchange->format;
  bool *shown = talloc_array(page->exchange, bool, page->report->level_count + 1);
  for (unsigned level = 0; level <= page->report->level_count; level++) shown[level] = report_page_shows(page, level);
  ReportDocument document = {page->report, page->list->catalogue, shown, document_text, document_part_text, page};
  if (strcmp(format, "json") == 0) {
    report_write_json(response->body, &document);
    json_answer(page->exchange, 200);
    return true;
  }
  response_header(response, "Content-Disposition", talloc_asprintf(page->exchange, "attachment; filename=\"levels.%s\"", format));
  if (strcmp(format, "csv") == 0) {
    response->content_type = "text/csv; charset=utf-8; header=present";
    report_write_csv(response->body, &document);
    return true;
  }
  response->content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  if (report_write_xlsx(response->body, &document)) return true;
  return error_set(error, ERROR_INTERNAL, "the workbook could not be written");
}

static bool answer_bad_request(ContractList *list, ReportBy by, GError **error) {
  ReportPage page = {list->exchange, list, NULL};
  if (page_is_json(list->exchange)) return problem_answer_fields(list->exchange, 400, list->errors);
  if (strcmp(list->exchange->format, "html") != 0) return contract_list_refuse(list, error);
  contract_list_fill_filter(list, NULL);
  page_set_filter_errors(list->exchange, list->errors);
  fill_by(&page, by);
  return page_render(list->exchange, 400, "report", error);
}

bool level_report_page(Exchange *exchange, GError **error) {
  ReportBy by = REPORT_BY_LEVEL;
  ContractList *list = read_selection(exchange, &by, error);
  if (list == NULL) return false;
  settle_day(list);
  if (field_errors_any(list->errors)) return answer_bad_request(list, by, error);
  const char *canonical = contract_list_query(list, list->filter);
  if (strcmp(exchange->format, "html") == 0 && strcmp(canonical, exchange->request->query_string) != 0) {
    response_redirect(exchange->response, contract_list_url(list, "", canonical));
    return true;
  }
  ReportPage page = {exchange, list, report_repository_read(exchange->worker->database, exchange, &list->selection, by, error)};
  if (page.report == NULL) return false;
  exchange->worker->changes_wait = true;
  /* Figures that aren't known can't be told apart from noughts outside of the page. */
  if (page.report->too_many && strcmp(exchange->format, "html") != 0) {
    g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, page_text(exchange, "report.too_many", NULL));
    return false;
  }
  return strcmp(exchange->format, "html") == 0 ? answer_page(&page, by, error) : answer_document(&page, error);
}
