/* The overview: levels at a glance, what needs a decision in the next 90 days, latest changes. */
#include <string.h>
#include <talloc.h>

#include "domain/parameter.h"
#include "pages/history_page.h"
#include "pages/pages.h"
#include "pages/view_menu.h"
#include "repository/catalogue_repository.h"
#include "repository/contract_repository.h"
#include "repository/level_repository.h"
#include "repository/report_repository.h"

#define SHOWN 10

static const char DEADLINES[] = "status=active&notice_from=today&notice_to=%2B90d&sort=notice";
static const char CHANGES[] = "sort=-updated";

#define IN_FORCE "&status=active&status=cancelled"

/* Contracts in force and their share of all that are, as a number and as a bar's width; and all contracts, ended and upcoming ones too. */
static void fill_level(Exchange *exchange, const char *parameter, gint64 in_force, gint64 all_in_force, gint64 contracts, HDF *row) {
  gint64 share = all_in_force > 0 ? (in_force * 100 + all_in_force / 2) / all_in_force : 0;
  page_value(row, "in_force", language_number(exchange, exchange->language, in_force));
  page_value(row, "in_force_url", page_url(exchange, "/contracts?level=%s" IN_FORCE, parameter));
  page_value(row, "share", language_number(exchange, LANGUAGE_ENGLISH, share));
  page_value(row, "contracts", language_number(exchange, exchange->language, contracts));
  page_value(row, "url", page_url(exchange, "/contracts?level=%s", parameter));
}

/* What contracts are worth a month, by currency: sums of different currencies are none. */
static void fill_values(Exchange *exchange, const ReportRow *figures, HDF *row) {
  HDF *values = page_node(row, "Value");
  for (guint i = 0; i < figures->values->len; i++) {
    const ReportValue *value = &g_array_index(figures->values, ReportValue, i);
    page_value(page_row(values, i), "text", language_money(exchange, exchange->language, value->monthly, value->currency));
  }
}

static const ReportRow *figures_of(const Catalogue *catalogue, const Report *report, const char *code) {
  unsigned level = 0;
  while (level < catalogue->level_count && strcmp(catalogue->levels[level].code, code) != 0) level++;
  return report->levels[level].row;
}

static void fill_levels(Exchange *exchange, const Catalogue *catalogue, const LevelRows *levels, const Report *report) {
  HDF *rows = page_node(exchange->data, "Level");
  gint64 in_force = levels->without_in_force;
  gint64 contracts = levels->without;
  for (unsigned i = 0; i < levels->count; i++) {
    in_force += levels->items[i].in_force;
    contracts += levels->items[i].contracts;
  }
  for (unsigned i = 0; i < levels->count; i++) {
    const LevelRow *level = &levels->items[i];
    if (level->retired && level->contracts == 0) continue;
    HDF *row = page_row(rows, page_child_count(rows));
    char *code = g_uri_escape_string(level->code, NULL, FALSE);
    page_value(row, "code", level->code);
    page_value(row, "name", level->name);
    fill_level(exchange, code, level->in_force, in_force, level->contracts, row);
    fill_values(exchange, figures_of(catalogue, report, level->code), row);
    g_free(code);
  }
  HDF *without = page_row(rows, page_child_count(rows));
  fill_level(exchange, "none", levels->without_in_force, in_force, levels->without, without);
  fill_values(exchange, report->levels[report->level_count].row, without);
  fill_values(exchange, report->total, page_node(exchange->data, "AllLevels"));
  page_set(exchange, "AllLevels.in_force", language_number(exchange, exchange->language, in_force));
  page_set(exchange, "AllLevels.in_force_url", page_url(exchange, "/contracts?status=active&status=cancelled"));
  page_set(exchange, "AllLevels.contracts", language_number(exchange, exchange->language, contracts));
  page_set(exchange, "AllLevels.url", page_url(exchange, "/contracts"));
  page_set(exchange, "New.url", page_url(exchange, "/contracts/new"));
  page_set(exchange, "Company.url", page_url(exchange, "/setup/company"));
}

/* What becomes of a contract that nobody gives notice of. One that ends by itself has no notice deadline and needs no decision. */
static const char *without_notice(Exchange *exchange, const Contract *contract) {
  const char *months = contract->values[CONTRACT_RENEWAL_MONTHS];
  if (contract->values[CONTRACT_ENDS_ON][0] == '\0' || strcmp(months, "0") == 0) return page_text(exchange, "overview.runs_on", NULL);
  const char *period = page_text(exchange, strcmp(months, "1") == 0 ? "period.m_one" : "period.m", months, NULL);
  return page_text(exchange, "overview.renews", period, NULL);
}

static void fill_contract(Exchange *exchange, HDF *row, const Contract *contract, const Catalogue *catalogue, const char *time_zone) {
  const ContractTerms *terms = &contract->terms;
  page_value(row, "url", page_url(exchange, "/contracts/%" G_GINT64_FORMAT, contract->id));
  page_value(row, "number", contract->values[CONTRACT_NUMBER]);
  page_value(row, "title", contract->values[CONTRACT_TITLE]);
  page_value(row, "customer", contract->values[CONTRACT_CUSTOMER_NAME]);
  page_value(row, "level", contract->values[CONTRACT_LEVEL]);
  page_value(row, "notice", language_day(exchange, exchange->language, terms->notice_by));
  page_value(row, "ends", language_day(exchange, exchange->language, terms->term_ends_on));
  page_value(row, "without_notice", without_notice(exchange, contract));
  page_value(row, "value", language_money(exchange, exchange->language, terms->monthly_value, contract->values[CONTRACT_CURRENCY]));
  page_value(row, "updated", language_moment(exchange, exchange->language, contract->updated_at, time_zone));
  page_value(row, "by", history_page_person(catalogue, contract->changed_by));
}

/* The first contracts of a selection that is written as its own address, so that "all of them" is the same address. */
static bool fill_selection(Exchange *exchange, const Catalogue *catalogue, const char *name, const char *query, GError **error) {
  Parameters *parameters = parameters_parse(exchange, query, strlen(query), error);
  if (parameters == NULL) return false;
  FieldErrors *errors = field_errors_new(exchange);
  ContractFilter *filter = contract_filter_parse(exchange, parameters, catalogue, exchange->today, errors);
  ContractSelection selection = {filter, catalogue, exchange->today, exchange->user->id, NULL};
  const char *url = page_url(exchange, "/contracts?%s", contract_filter_query(exchange, filter, catalogue, false));
  filter->per = SHOWN;
  ContractPage *page = contract_repository_page(exchange->worker->database, exchange, &selection, error);
  if (page == NULL) return false;
  HDF *node = page_node(exchange->data, name);
  const char *time_zone = page_time_zone(exchange);
  const ContractTotal total = page->totals.total;
  const char *number = language_number(exchange, exchange->language, total.count);
  page_value(node, "all", total.exact ? page_text(exchange, "overview.all_of", number, NULL) : page_text(exchange, "overview.show_all", NULL));
  page_value(node, "url", url);
  for (unsigned i = 0; i < page->count; i++) fill_contract(exchange, page_row(page_node(node, "Row"), i), page->contracts[i], catalogue, time_zone);
  return true;
}

/* Whom the web server signs in comes without a form: the first request is the sign-in. */
static bool lead_to_start(Exchange *exchange, bool *led, GError **error) {
  const char *start = NULL;
  if (exchange->new_session && !view_start_url(exchange, exchange->user->id, &start, error)) return false;
  *led = start != NULL;
  if (*led) response_redirect(exchange->response, start);
  return true;
}

/* The level report of today, for what the contracts in force are worth. */
static Report *report_of_today(Exchange *exchange, const Catalogue *catalogue, GError **error) {
  ContractFilter *all = talloc_zero(exchange, ContractFilter);
  all->on = exchange->today;
  ContractSelection selection = {all, catalogue, exchange->today, exchange->user->id, NULL};
  return report_repository_read(exchange->worker->database, exchange, &selection, REPORT_BY_LEVEL, error);
}

bool overview_page(Exchange *exchange, GError **error) {
  bool led = false;
  if (!lead_to_start(exchange, &led, error)) return false;
  if (led) return true;
  Database *database = exchange->worker->database;
  Catalogue *catalogue = catalogue_repository_read(database, exchange, error);
  LevelRows *levels = catalogue != NULL ? level_repository_list(database, exchange, error) : NULL;
  Report *report = levels != NULL ? report_of_today(exchange, catalogue, error) : NULL;
  if (report == NULL) return false;
  page_set(exchange, "Page.title", page_text(exchange, "overview.title", NULL));
  fill_levels(exchange, catalogue, levels, report);
  return fill_selection(exchange, catalogue, "Deadlines", DEADLINES, error) && fill_selection(exchange, catalogue, "Changes", CHANGES, error) &&
         page_render(exchange, 200, "overview", error);
}
