/* The report on support requests: month by month, what each level took in, solved and passed on, and how its promises were kept. */
#include <string.h>
#include <talloc.h>

#include "domain/moment.h"
#include "format/json_writer.h"
#include "pages/pages.h"
#include "pages/problem.h"
#include "pages/service_text.h"
#include "repository/support_request_report.h"
#include "web/json_answer.h"

#define MONTHS_SHOWN 3
#define MONTHS_MAX 24

typedef struct {
  Exchange *exchange;
  const char *typed[2]; /* from, to */
  Day first;            /* of the first month */
  Day last;             /* of the last one */
  FieldErrors *errors;
} RequestReport;

static const char *const NAMES[] = {"from", "to"};

static const char *month_text(const RequestReport *report, Day month) {
  char iso[DAY_TEXT_SIZE];
  return talloc_strndup(report->exchange, day_format_iso(month, iso), 7);
}

/* ---- reading the address ---- */

static Day month_begin(Day day) {
  int year = 0;
  int month = 0;
  int day_of_month = 0;
  day_parts(day, &year, &month, &day_of_month);
  return day_make(year, month, 1);
}

static bool read_report(Exchange *exchange, RequestReport *report, GError **error) {
  Day today = month_begin(exchange->today);
  Day *months[] = {&report->first, &report->last};
  *report = (RequestReport){.exchange = exchange, .last = today, .errors = field_errors_new(exchange), .typed = {"", ""}};
  for (unsigned i = 0; i < exchange->request->query->count; i++) {
    const Parameter *given = &exchange->request->query->items[i];
    int name = strcmp(given->name, NAMES[0]) == 0 ? 0 : strcmp(given->name, NAMES[1]) == 0 ? 1 : -1;
    if (strcmp(given->name, "lang") == 0 || (name >= 0 && given->value[0] == '\0')) continue;
    if (name < 0) return page_unknown_parameter(given->name, error);
    report->typed[name] = g_strstrip(talloc_strdup(exchange, given->value));
    *months[name] = day_parse_month(report->typed[name]);
    if (*months[name] == DAY_NONE) field_errors_add(report->errors, NAMES[name], "not_a_month", report->typed[name]);
  }
  if (field_errors_any(report->errors)) return true;
  if (report->typed[0][0] == '\0') report->first = day_add_months(report->last, 1 - MONTHS_SHOWN);
  if (report->typed[1][0] == '\0' && report->first > report->last) report->last = report->first;
  if (report->first > report->last) field_errors_add(report->errors, "to", "month_order", NULL);
  else if (day_add_months(report->first, MONTHS_MAX) <= report->last) field_errors_add(report->errors, "from", "too_many_months", NULL);
  return true;
}

static SupportRequestMonth *read_month(const RequestReport *report, Day month, GError **error) {
  const char *zone = page_time_zone(report->exchange);
  return support_request_report_month(report->exchange->worker->database, report->exchange, moment_day_begin(zone, month), moment_day_begin(zone, day_add_months(month, 1)), error);
}

/* ---- the page ---- */

static const char *figure_url(Exchange *exchange, const char *level, const char *figure, const char *month) {
  return page_url(exchange, "/requests?level=%s&figure=%s&month=%s", level, figure, month);
}

static void fill_count(Exchange *exchange, HDF *row, const SupportRequestFigures *figures, const char *month, const char *name, gint64 count) {
  HDF *node = page_node(row, name);
  page_value(node, "count", language_number(exchange, exchange->language, count));
  if (count > 0) page_value(node, "url", figure_url(exchange, figures->level, name, month));
}

/* How many of the promises were kept; those that weren't have their own link. */
static void fill_promise(Exchange *exchange, HDF *row, const SupportRequestFigures *figures, const char *month, const char *name, gint64 kept, gint64 promised) {
  HDF *node = page_node(row, name);
  if (promised == 0) return;
  const char *share = page_text(exchange, "request_report.share", language_number(exchange, exchange->language, kept), language_number(exchange, exchange->language, promised), NULL);
  page_value(node, "percent", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, kept * 100 / promised));
  page_value(node, "share", share);
  if (kept > 0) page_value(node, "url", figure_url(exchange, figures->level, talloc_asprintf(exchange, "%s_kept", name), month));
  if (kept == promised) return;
  page_value(node, "missed", page_text(exchange, "request_report.missed", language_number(exchange, exchange->language, promised - kept), NULL));
  page_value(node, "missed_url", figure_url(exchange, figures->level, talloc_asprintf(exchange, "%s_broken", name), month));
}

static void fill_time(Exchange *exchange, HDF *row, const char *name, double seconds) {
  if (seconds >= 0) page_value(row, name, service_text_minutes(exchange, (gint64)(seconds / 60 + 0.5)));
}

static void fill_level(Exchange *exchange, HDF *row, const SupportRequestFigures *figures, const char *month) {
  page_value(row, "level", figures->level);
  page_value(row, "name", figures->name);
  fill_count(exchange, row, figures, month, "taken", figures->taken);
  fill_count(exchange, row, figures, month, "solved", figures->solved);
  fill_count(exchange, row, figures, month, "passed_on", figures->passed_on);
  fill_promise(exchange, row, figures, month, "response", figures->response_kept, figures->response_promised);
  fill_promise(exchange, row, figures, month, "restore", figures->restore_kept, figures->restore_promised);
  fill_time(exchange, row, "response_median", figures->response_median);
  fill_time(exchange, row, "response_ninety", figures->response_ninety);
  fill_time(exchange, row, "restore_median", figures->restore_median);
  fill_time(exchange, row, "restore_ninety", figures->restore_ninety);
}

/* "Februar 2026" */
static const char *month_name(Exchange *exchange, Day month) {
  int year = 0;
  int number = 0;
  int day = 0;
  day_parts(month, &year, &number, &day);
  return talloc_asprintf(exchange, "%s %d", page_text(exchange, talloc_asprintf(exchange, "month.%d", number), NULL), year);
}

static bool fill_months(const RequestReport *report, GError **error) {
  Exchange *exchange = report->exchange;
  unsigned shown = 0;
  for (Day month = report->last; month >= report->first; month = day_add_months(month, -1)) {
    SupportRequestMonth *figures = read_month(report, month, error);
    if (figures == NULL) return false;
    if (figures->count == 0) continue;
    HDF *node = page_row(page_node(exchange->data, "Month"), shown++);
    page_value(node, "name", month_name(exchange, month));
    for (unsigned i = 0; i < figures->count; i++) fill_level(exchange, page_row(page_node(node, "Row"), i), &figures->items[i], month_text(report, month));
  }
  return true;
}

static bool answer_page(const RequestReport *report, GError **error) {
  Exchange *exchange = report->exchange;
  bool good = !field_errors_any(report->errors);
  page_set(exchange, "Page.title", page_text(exchange, "request_report.title", NULL));
  page_set(exchange, "Filter.action", page_url(exchange, "/reports/requests"));
  page_set(exchange, "Filter.from", good ? month_text(report, report->first) : report->typed[0]);
  page_set(exchange, "Filter.to", good ? month_text(report, report->last) : report->typed[1]);
  page_set(exchange, "Requests.url", page_url(exchange, "/requests"));
  page_set_filter_errors(exchange, report->errors);
  if (good) page_set(exchange, "Report.span", talloc_asprintf(exchange, "%s – %s", month_name(exchange, report->first), month_name(exchange, report->last)));
  if (good && !fill_months(report, error)) return false;
  return page_render(exchange, good ? 200 : 400, "request_report", error);
}

/* ---- for programs ---- */

static void write_time(GString *json, const char *name, double seconds) {
  if (seconds < 0) g_string_append_printf(json, ", \"%s\": null", name);
  else g_string_append_printf(json, ", \"%s\": %" G_GINT64_FORMAT, name, (gint64)(seconds + 0.5));
}

static void write_level(GString *json, const SupportRequestFigures *figures) {
  g_string_append(json, "{\"level\": ");
  json_write_text(json, figures->level);
  g_string_append_printf(json,
                         ", \"taken\": %" G_GINT64_FORMAT ", \"solved\": %" G_GINT64_FORMAT ", \"passed_on\": %" G_GINT64_FORMAT ", \"response_promised\": %" G_GINT64_FORMAT ", \"response_kept\": %" G_GINT64_FORMAT
                         ", \"restore_promised\": %" G_GINT64_FORMAT ", \"restore_kept\": %" G_GINT64_FORMAT,
                         figures->taken, figures->solved, figures->passed_on, figures->response_promised, figures->response_kept, figures->restore_promised, figures->restore_kept);
  write_time(json, "response_median", figures->response_median);
  write_time(json, "response_ninety", figures->response_ninety);
  write_time(json, "restore_median", figures->restore_median);
  write_time(json, "restore_ninety", figures->restore_ninety);
  g_string_append_c(json, '}');
}

static bool answer_json(const RequestReport *report, GError **error) {
  GString *body = report->exchange->response->body;
  if (field_errors_any(report->errors)) return problem_answer_fields(report->exchange, 400, report->errors);
  g_string_append(body, "{\"months\": [");
  for (Day month = report->first; month <= report->last; month = day_add_months(month, 1)) {
    SupportRequestMonth *figures = read_month(report, month, error);
    if (figures == NULL) return false;
    g_string_append_printf(body, "%s{\"month\": \"%s\", \"levels\": [", month > report->first ? ",\n" : "", month_text(report, month));
    for (unsigned i = 0; i < figures->count; i++) {
      if (i > 0) g_string_append(body, ", ");
      write_level(body, &figures->items[i]);
    }
    g_string_append(body, "]}");
  }
  g_string_append(body, "]}\n");
  json_answer(report->exchange, 200);
  return true;
}

bool support_request_report_page(Exchange *exchange, GError **error) {
  RequestReport report;
  if (!read_report(exchange, &report, error)) return false;
  return page_is_json(exchange) ? answer_json(&report, error) : answer_page(&report, error);
}
