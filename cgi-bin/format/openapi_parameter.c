/* The parameters of /contracts and of the level report in the description. */
#include "domain/contract_filter.h"
#include "domain/report.h"
#include "format/openapi.h"

#define DAY_PATTERN "^(today|[+-][0-9]+[dwmy]|[0-9]{4}-[0-9]{2}-[0-9]{2})$"

json_t *openapi_query_parameter(const char *name, const char *description, json_t *schema) {
  return json_pack("{s:s, s:s, s:s, s:o}", "name", name, "in", "query", "description", description, "schema", schema);
}

static json_t *text(void) { return json_pack("{s:s}", "type", "string"); }

static json_t *repeated(json_t *items) { return json_pack("{s:s, s:o}", "type", "array", "items", items); }

static json_t *statuses(void) {
  json_t *names = json_array();
  for (int status = 0; status < STATUS_COUNT; status++) json_array_append_new(names, json_string(contract_status_name((ContractStatus)status)));
  return json_pack("{s:o}", "enum", names);
}

/* Each name, and with `-` before it. */
static json_t *sorts(void) {
  json_t *names = json_array();
  for (int sort = 0; sort < SORT_COUNT; sort++) {
    const char *name = contract_sort_name((ContractSort)sort);
    json_array_append_new(names, json_string(name));
    json_array_append_new(names, json_sprintf("-%s", name));
  }
  return json_pack("{s:o}", "enum", names);
}

static void add_range(json_t *parameters, ContractRange range) {
  static const char *const SIDES[] = {"from", "to"};
  for (unsigned side = 0; side < G_N_ELEMENTS(SIDES); side++) {
    char *name = g_strdup_printf("%s_%s", contract_range_name(range), SIDES[side]);
    json_t *schema = range == RANGE_VALUE ? json_pack("{s:s, s:s}", "type", "string", "pattern", "^[0-9]{1,12}(\\.[0-9]{1,2})?$") : json_pack("{s:s, s:s}", "type", "string", "pattern", DAY_PATTERN);
    json_array_append_new(parameters, openapi_query_parameter(name, range == RANGE_VALUE ? "monthly value" : "a day, today, or relative to it: +90d, -1m, +1y", schema));
    g_free(name);
  }
}

static json_t *day(void) { return json_pack("{s:s, s:s}", "type", "string", "pattern", DAY_PATTERN); }

/* What selects contracts. */
static json_t *selection_parameters(void) {
  json_t *parameters = json_array();
  json_array_append_new(parameters, openapi_query_parameter("level", "repeatable: a level's code, or none", repeated(text())));
  json_array_append_new(parameters, openapi_query_parameter("status", "repeatable; absent: all", repeated(statuses())));
  json_array_append_new(parameters, openapi_query_parameter("type", "repeatable: a contract type's code", repeated(text())));
  json_array_append_new(parameters, openapi_query_parameter("customer", "customer number", text()));
  json_array_append_new(parameters, openapi_query_parameter("responsible", "user name, or me", text()));
  json_array_append_new(parameters, openapi_query_parameter("q", "words found in number, title, reference or customer name, each by its beginning", text()));
  for (int range = 0; range < RANGE_COUNT; range++) add_range(parameters, (ContractRange)range);
  json_array_append_new(parameters, openapi_query_parameter("on", "in force on this day", day()));
  return parameters;
}

json_t *openapi_contract_parameters(void) {
  json_t *parameters = selection_parameters();
  json_array_append_new(parameters, openapi_query_parameter("sort", "- before it: descending", sorts()));
  json_array_append_new(parameters, openapi_query_parameter("cols", "columns of the table and the CSV, with commas between them; JSON has every field", text()));
  json_array_append_new(parameters, openapi_query_parameter("per", "contracts of a page", json_pack("{s:[i,i,i,i], s:i}", "enum", 25, 50, 100, 200, "default", 50)));
  json_array_append_new(parameters, openapi_query_parameter("after", "cursor: what next has", text()));
  json_array_append_new(parameters, openapi_query_parameter("before", "cursor of the page before", text()));
  return parameters;
}

json_t *openapi_report_parameters(void) {
  json_t *parameters = selection_parameters();
  json_t *names = json_array();
  for (int by = 0; by < REPORT_BY_COUNT; by++) json_array_append_new(names, json_string(report_by_name((ReportBy)by)));
  json_array_append_new(parameters, openapi_query_parameter("by", "what the levels are divided by", json_pack("{s:o}", "enum", names)));
  return parameters;
}
