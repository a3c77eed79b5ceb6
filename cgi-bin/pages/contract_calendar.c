#include "pages/contract_calendar.h"

#include <talloc.h>

#include "domain/contract_terms.h"
#include "format/calendar_writer.h"

static const int ALARMS[] = {30, 7, 0}; /* days before */

typedef struct {
  Exchange *exchange;
  const char *host; /* behind the @ of an event's UID, so that two companies' contracts differ */
} Calendar;

/* The last part of every UID: the host of base_url. */
static const char *calendar_host(Exchange *exchange) {
  GUri *uri = g_uri_parse(settings_text(exchange->worker->settings, SETTING_BASE_URL), G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL && g_uri_get_host(uri) != NULL ? talloc_strdup(exchange, g_uri_get_host(uri)) : "supportlevel";
  if (uri != NULL) g_uri_unref(uri);
  return host;
}

static const char *day_text(Exchange *exchange, Day day) { return language_day(exchange, exchange->language, day); }

/* Customer, level, and what the day means. */
static const char *description(Exchange *exchange, const Contract *contract, const char *meaning) {
  const char *level = contract->values[CONTRACT_LEVEL];
  const char *level_text = level[0] == '\0' ? page_text(exchange, "common.no_level", NULL) : talloc_asprintf(exchange, "%s %s", level, contract->level_name != NULL ? contract->level_name : "");
  const char *customer = page_text(exchange, "calendar.customer", contract->values[CONTRACT_CUSTOMER_NAME], contract->values[CONTRACT_CUSTOMER_NUMBER], level_text, NULL);
  return talloc_asprintf(exchange, "%s\n%s", customer, meaning);
}

static void write_event(const Calendar *calendar, Exchange *exchange, const Contract *contract, const char *kind, Day day, const char *meaning) {
  const char *path = talloc_asprintf(exchange, "/contracts/%" G_GINT64_FORMAT, contract->id);
  const char *key = talloc_asprintf(exchange, "calendar.summary_%s", kind);
  CalendarEvent event = {
      .uid = talloc_asprintf(exchange, "contract-%" G_GINT64_FORMAT "-%s@%s", contract->id, g_str_has_prefix(kind, "notice") ? "notice" : "end", calendar->host),
      .day = day,
      .summary = page_text(exchange, key, contract->values[CONTRACT_NUMBER], contract->values[CONTRACT_TITLE], contract->values[CONTRACT_CUSTOMER_NAME], NULL),
      .description = description(exchange, contract, meaning),
      .url = settings_address(exchange, exchange->worker->settings, path),
      .changed_at = contract->updated_at,
      .sequence = contract->version > 0 ? contract->version - 1 : 0,
      .alarms = contract->terms.status == STATUS_ENDED ? NULL : ALARMS,
  };
  calendar_write_event(exchange->response->body, &event);
}

static void write_notice(const Calendar *calendar, Exchange *exchange, const Contract *contract, const TermFacts *facts) {
  Day deadline = contract->terms.notice_by;
  Day working = settings_working_day(exchange->worker->settings, deadline);
  const char *ends = day_text(exchange, contract_notice_end(facts, deadline));
  const char *continues = day_text(exchange, contract_notice_end(facts, deadline + 1));
  const char *meaning = page_text(exchange, "calendar.notice", ends, continues, NULL);
  if (working != deadline) {
    meaning = talloc_asprintf(exchange, "%s\n%s", meaning, page_text(exchange, "calendar.weekend", day_text(exchange, working), NULL));
  }
  write_event(calendar, exchange, contract, "notice", deadline, meaning);
}

static void write_end(const Calendar *calendar, Exchange *exchange, const Contract *contract, const TermFacts *facts) {
  Day end = contract->terms.term_ends_on;
  Day next = contract->terms.status == STATUS_ENDED ? DAY_NONE : contract_next_term_end(facts, end);
  if (next != DAY_NONE) {
    write_event(calendar, exchange, contract, "renews", end, page_text(exchange, "calendar.renews", day_text(exchange, next), NULL));
  } else if (contract->values[CONTRACT_CANCELLED_ON][0] != '\0') {
    const char *cancelled = day_text(exchange, day_parse_iso(contract->values[CONTRACT_CANCELLED_ON]));
    write_event(calendar, exchange, contract, "ends", end, page_text(exchange, "calendar.cancelled", cancelled, NULL));
  } else {
    write_event(calendar, exchange, contract, "ends", end, page_text(exchange, "calendar.ends", NULL));
  }
}

static bool add_contract(void *context, const Contract *contract) {
  const Calendar *calendar = context;
  /* A copy of the exchange owns this contract's texts and goes with them: memory doesn't grow with the number of contracts. */
  Exchange *exchange = talloc_memdup(NULL, calendar->exchange, sizeof *calendar->exchange);
  TermFacts facts = contract_term_facts(contract);
  if (contract->terms.notice_by != DAY_NONE) write_notice(calendar, exchange, contract, &facts);
  if (contract->terms.term_ends_on != day_never()) write_end(calendar, exchange, contract, &facts);
  talloc_free(exchange);
  return true;
}

static bool send_contracts(void *context) {
  const Calendar *calendar = context;
  return response_flush(calendar->exchange->response, false);
}

bool contract_calendar_answer(Exchange *exchange, const ContractSelection *selection, const char *name, GError **error) {
  Response *response = exchange->response;
  Calendar calendar = {exchange, calendar_host(exchange)};
  response->content_type = "text/calendar; charset=utf-8";
  calendar_write_head(response->body, name);
  if (!contract_repository_each(exchange->worker->database, selection, add_contract, send_contracts, &calendar, error)) return false;
  calendar_write_end(response->body);
  response_flush(response, true);
  return true;
}
