/* What a customer who is on the telephone may expect, and by when. */
#include <string.h>
#include <talloc.h>

#include "domain/moment.h"
#include "format/entitlement_writer.h"
#include "format/json_writer.h"
#include "pages/pages.h"
#include "pages/service_text.h"
#include "repository/entitlement_repository.h"
#include "repository/support_request_repository.h"

/* ---- words ---- */

static const char *entitlement_url(Exchange *exchange, const char *number) {
  char *escaped = g_uri_escape_string(number, NULL, FALSE);
  const char *url = page_url(exchange, "/entitlement?customer=%s", escaped);
  g_free(escaped);
  return url;
}

static void fill_level(Exchange *exchange, HDF *node, const EntitledLevel *level, gint64 now) {
  page_value(node, "code", level->code);
  page_value(node, "name", level->name);
  page_value(node, "scope", level->scope);
  page_value(node, "channels", level->channels);
  page_value(node, "service_hours", level->service_hours);
  if (level->response_minutes == SERVICE_NO_PROMISE) page_value(node, "no_response", "1");
  if (level->restore_minutes == SERVICE_NO_PROMISE) page_value(node, "no_restore", "1");
  if (level->calendar == NULL) return;
  page_value(node, "calendar", level->calendar->name);
  page_value(node, "hours", service_text_hours(exchange, level->calendar));
  page_value(node, "state", level->open ? "open" : "closed");
  service_text_fill_moment(exchange, node, "opens_at", level->calendar->time_zone, level->opens_at, now);
  service_text_fill_moment(exchange, node, "closes_at", level->calendar->time_zone, level->closes_at, now);
  service_text_fill_moment(exchange, node, "respond_by", level->calendar->time_zone, level->respond_by, now);
  service_text_fill_moment(exchange, node, "restore_by", level->calendar->time_zone, level->restore_by, now);
}

static void fill_contract(Exchange *exchange, HDF *row, const EntitledContract *contract, gint64 now) {
  char *number = g_uri_escape_string(contract->number, NULL, FALSE);
  page_value(row, "url", page_url(exchange, "/contracts/%" G_GINT64_FORMAT, contract->id));
  page_value(row, "request", page_url(exchange, "/requests/new?contract=%s", number));
  g_free(number);
  page_value(row, "number", contract->number);
  page_value(row, "title", contract->title);
  page_value(row, "type", contract->type);
  page_value(row, "status", contract_status_name(contract->status));
  page_value(row, "ends_on", contract->ends_on == day_never() ? page_text(exchange, "contract.open_ended", NULL) : language_day(exchange, exchange->language, contract->ends_on));
  if (contract->level != NULL) fill_level(exchange, page_node(row, "Level"), contract->level, now);
}

/* ---- one customer ---- */

static void fill_none(Exchange *exchange, const Entitlement *entitlement) {
  if (entitlement->ended > 0) page_set(exchange, "None.ended", page_text(exchange, "entitlement.ended", language_day(exchange, exchange->language, entitlement->ended_on), NULL));
  if (entitlement->upcoming > 0) page_set(exchange, "None.begins", page_text(exchange, "entitlement.begins", language_day(exchange, exchange->language, entitlement->begins_on), NULL));
  page_set(exchange, "None.text", page_text(exchange, entitlement->ended > 0 ? "entitlement.only_ended" : entitlement->upcoming > 0 ? "entitlement.only_upcoming" : "entitlement.no_contract", NULL));
}

static void fill_customer(Exchange *exchange, const Entitlement *entitlement, gint64 unsolved, gint64 now) {
  char *number = g_uri_escape_string(entitlement->customer_number, NULL, FALSE);
  const EntitledLevel *best = entitlement_best(entitlement);
  HDF *rows = page_node(exchange->data, "Contract");
  page_set(exchange, "Customer.number", entitlement->customer_number);
  page_set(exchange, "Customer.name", entitlement->customer_name);
  page_set(exchange, "Customer.url", page_url(exchange, "/customers/%" G_GINT64_FORMAT, entitlement->customer_id));
  page_set(exchange, "Customer.contracts", page_url(exchange, "/contracts?customer=%s", number));
  page_set(exchange, "Customer.requests", page_url(exchange, "/requests?customer=%s", number));
  if (unsolved > 0) page_set(exchange, "Customer.unsolved", language_number(exchange, exchange->language, unsolved));
  page_set(exchange, "Customer.now", page_moment(exchange, moment_iso(exchange, "UTC", now)));
  if (best != NULL) fill_level(exchange, page_node(exchange->data, "Best"), best, now);
  for (unsigned i = 0; i < entitlement->count; i++) fill_contract(exchange, page_row(rows, i), &entitlement->contracts[i], now);
  if (entitlement->more) page_set(exchange, "Contract.more", page_text(exchange, "entitlement.more", language_number(exchange, exchange->language, entitlement->count), NULL));
  if (entitlement->count == 0) fill_none(exchange, entitlement);
  g_free(number);
}

/* ---- several, or none ---- */

static void fill_choices(Exchange *exchange, const CustomerChoices *choices) {
  HDF *rows = page_node(exchange->data, "Choice");
  for (unsigned i = 0; i < choices->count; i++) {
    HDF *row = page_row(rows, i);
    page_value(row, "url", entitlement_url(exchange, choices->items[i].number));
    page_value(row, "number", choices->items[i].number);
    page_value(row, "name", choices->items[i].name);
    page_value(row, "city", choices->items[i].city);
  }
  if (choices->more) page_set(exchange, "More.text", page_text(exchange, "entitlement.more_customers", language_number(exchange, exchange->language, choices->count), NULL));
}

static bool no_such_customer(const char *typed, GError **error) {
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_NOT_FOUND, "no_such_customer: %s", typed);
  return false;
}

/* ---- answering ---- */

static void answer_several(Exchange *exchange, const CustomerChoices *choices, gint64 now) {
  GString *json = exchange->response->body;
  g_string_append_printf(json, "{\"at\": \"%s\", \"customer\": null, \"customers\": [", moment_iso(exchange, page_time_zone(exchange), now));
  for (unsigned i = 0; i < choices->count; i++) {
    g_string_append_printf(json, "%s{\"id\": %" G_GINT64_FORMAT ", \"number\": ", i > 0 ? ", " : "", choices->items[i].id);
    json_write_text(json, choices->items[i].number);
    g_string_append(json, ", \"name\": ");
    json_write_text(json, choices->items[i].name);
    g_string_append(json, ", \"city\": ");
    json_write_text(json, choices->items[i].city);
    g_string_append_c(json, '}');
  }
  g_string_append_printf(json, "], \"more\": %s}\n", choices->more ? "true" : "false");
  exchange->response->status = 300;
}

static bool answer_json(Exchange *exchange, const char *typed, const CustomerChoices *choices, const Entitlement *entitlement, gint64 now, GError **error) {
  if (typed[0] == '\0') return page_missing_parameter("customer", error);
  if (choices->count == 0) return no_such_customer(typed, error);
  exchange->response->content_type = "application/json";
  if (entitlement == NULL) {
    answer_several(exchange, choices, now);
    return true;
  }
  entitlement_write(exchange->response->body, entitlement, now, page_time_zone(exchange));
  g_string_append_c(exchange->response->body, '\n');
  return true;
}

static bool answer_page(Exchange *exchange, const char *typed, const CustomerChoices *choices, const Entitlement *entitlement, gint64 now, GError **error) {
  bool none = choices != NULL && choices->count == 0;
  gint64 unsolved = entitlement != NULL ? support_request_repository_unsolved_of(exchange->worker->database, "customer_id", entitlement->customer_id, error) : 0;
  if (unsolved < 0) return false;
  page_set(exchange, "Page.title", page_text(exchange, "entitlement.title", NULL));
  page_set(exchange, "Search.action", page_url(exchange, "/entitlement"));
  page_set(exchange, "Search.typed", typed);
  if (entitlement != NULL) fill_customer(exchange, entitlement, unsolved, now);
  else if (choices != NULL) fill_choices(exchange, choices);
  if (none) page_set(exchange, "Search.nobody", page_text(exchange, "error.no_such_customer", typed, NULL));
  return page_render(exchange, none ? 404 : 200, "entitlement", error);
}

bool entitlement_page(Exchange *exchange, GError **error) {
  Database *database = exchange->worker->database;
  const char *typed = NULL;
  CustomerChoices *choices = NULL;
  Entitlement *entitlement = NULL;
  gint64 now = settings_now(exchange->worker->settings);
  if (!page_one_parameter(exchange, "customer", &typed, error)) return false;
  typed = g_strstrip(talloc_strdup(exchange, typed != NULL ? typed : ""));
  if (typed[0] != '\0' && (choices = customer_repository_meant(database, exchange, typed, error)) == NULL) return false;
  if (choices != NULL && choices->count == 1) {
    entitlement = entitlement_repository_read(database, exchange, &choices->items[0], error);
    if (entitlement == NULL) return false;
    entitlement_answer(entitlement, now);
  }
  bool json = page_is_json(exchange);
  return json ? answer_json(exchange, typed, choices, entitlement, now, error) : answer_page(exchange, typed, choices, entitlement, now, error);
}
