/* One support request: what was promised, every step so far, and the next one. */
#include <string.h>
#include <talloc.h>

#include "domain/moment.h"
#include "format/support_request_writer.h"
#include "pages/level_promise.h"
#include "pages/pages.h"
#include "pages/service_text.h"
#include "pages/support_request_text.h"
#include "repository/level_repository.h"
#include "repository/support_request_repository.h"
#include "web/json_answer.h"

typedef struct {
  Exchange *exchange;
  SupportRequest *request;
  SupportRequestEntries *entries;
  SupportRequestLevels *levels;
  LevelRows *catalogue; /* what levels promise today */
  gint64 now;
  const char *typed;     /* of a step that couldn't be taken */
  const char *chosen;    /* level that was chosen with it, or NULL */
  FieldErrors *errors;
} RequestPage;

/* ---- showing ---- */

static unsigned waits_of(const RequestPage *page, ServiceWait **waits) {
  *waits = talloc_array(page->exchange, ServiceWait, page->entries->count + 1);
  return support_request_waits(page->entries->items, page->entries->count, *waits);
}

static void fill_promise(const RequestPage *page) {
  Exchange *exchange = page->exchange;
  const SupportRequest *request = page->request;
  HDF *node = page_node(exchange->data, "Promise");
  if (request->promised_level == NULL) return;
  page_value(node, "level", request->promised_level);
  page_value(node, "name", request->promised_name);
  page_value(node, "response", request->response_minutes == SERVICE_NO_PROMISE ? page_text(exchange, "level.no_promise", NULL) : service_text_minutes(exchange, request->response_minutes));
  page_value(node, "restore", request->restore_minutes == SERVICE_NO_PROMISE ? page_text(exchange, "level.no_promise", NULL) : service_text_minutes(exchange, request->restore_minutes));
  if (request->calendar != NULL) page_value(node, "hours", service_text_hours(exchange, request->calendar));
}

static bool same_minutes(const char *today, gint64 promised) {
  return today[0] == '\0' ? promised == SERVICE_NO_PROMISE : g_ascii_strtoll(today, NULL, 10) == promised;
}

/* What the level promises today, where that is something else by now. */
static void fill_promise_today(const RequestPage *page) {
  Exchange *exchange = page->exchange;
  const SupportRequest *request = page->request;
  const LevelRow *level = request->promised_level != NULL ? level_promise_find(page->catalogue, request->promised_level) : NULL;
  if (level == NULL) return;
  const char *hours_then = request->calendar != NULL ? service_text_hours(exchange, request->calendar) : "";
  const char *hours_today = level->calendar != NULL ? service_text_hours(exchange, level->calendar) : "";
  bool same = same_minutes(level->response_minutes, request->response_minutes) && same_minutes(level->restore_minutes, request->restore_minutes) && strcmp(hours_then, hours_today) == 0;
  if (!same) level_promise_fill(exchange, page_node(exchange->data, "Today"), level);
}

static void fill_clock(const RequestPage *page) {
  Exchange *exchange = page->exchange;
  const SupportRequest *request = page->request;
  ServiceWait *waits = NULL;
  unsigned count = waits_of(page, &waits);
  if (request->state == REQUEST_WAITING && count > 0) page_set(exchange, "Clock.since", support_request_moment_text(exchange, request, waits[count - 1].from, page->now));
  if (request->state != REQUEST_WAITING || request->calendar == NULL || request->restore_minutes == SERVICE_NO_PROMISE) return;
  gint64 left = support_request_left(request, waits, count, page->now);
  if (left > 0) page_set(exchange, "Clock.left", service_text_minutes(exchange, left / 60));
}

static void fill_entries(const RequestPage *page) {
  Exchange *exchange = page->exchange;
  HDF *rows = page_node(exchange->data, "Entry");
  const char *zone = page_time_zone(exchange);
  for (unsigned i = 0; i < page->entries->count; i++) {
    const SupportRequestEntry *entry = &page->entries->items[i];
    HDF *row = page_row(rows, i);
    page_value(row, "kind", support_request_step_name(entry->kind));
    page_value(row, "at", language_moment(exchange, exchange->language, moment_iso(exchange, "UTC", entry->at), zone));
    page_value(row, "at_iso", moment_iso(exchange, zone, entry->at));
    page_value(row, "by", entry->by);
    if (entry->from_level != NULL) page_value(row, "from", entry->from_level);
    page_value(row, "level", entry->level);
    page_value(row, "text", entry->kind == STEP_TAKEN_IN ? page->request->text : entry->text);
    if (entry->kind == STEP_TAKEN_IN) page_value(row, "caller", page->request->caller);
  }
}

/* ---- the next step ---- */

static const SupportRequestLevel *level_of(const SupportRequestLevels *levels, gint64 id) {
  for (unsigned i = 0; i < levels->count; i++) {
    if (levels->items[i].id == id) return &levels->items[i];
  }
  return NULL;
}

static const SupportRequestLevel *level_coded(const SupportRequestLevels *levels, const char *code) {
  for (unsigned i = 0; code != NULL && i < levels->count; i++) {
    if (strcmp(levels->items[i].code, code) == 0) return &levels->items[i];
  }
  return NULL;
}

/* "L3 Expertensupport (2 Personen)" */
static const char *level_text(Exchange *exchange, const SupportRequestLevels *levels, const SupportRequestLevel *level) {
  const char *name = talloc_asprintf(exchange, "%s %s", level->code, level->name);
  if (!levels->staffed) return name;
  const char *key = level->staff == 0 ? "request.level_nobody" : level->staff == 1 ? "request.level_one" : "request.level_several";
  return page_text(exchange, key, name, language_number(exchange, exchange->language, level->staff), NULL);
}

/* The next higher level of the catalogue, where there is nothing against it; else it has to be chosen, and the page says why. */
static void fill_targets(const RequestPage *page) {
  Exchange *exchange = page->exchange;
  const LevelRow *own = level_promise_find(page->catalogue, page->request->level_code);
  const char *next_code = own != NULL ? own->next : NULL;
  const SupportRequestLevel *next = level_coded(page->levels, next_code);
  const char *why = next == NULL ? "request.no_next" : next->retired ? "request.next_retired" : page->levels->staffed && next->staff == 0 ? "request.next_nobody" : NULL;
  const char *selected = page->chosen != NULL ? page->chosen : why == NULL ? next_code : "";
  if (why != NULL) page_set(exchange, "Target.why", page_text(exchange, why, page->request->level_code, next_code != NULL ? next_code : "", NULL));
  HDF *rows = page_node(exchange->data, "Target");
  unsigned row = 0;
  for (unsigned i = 0; i < page->levels->count; i++) {
    const SupportRequestLevel *level = &page->levels->items[i];
    if (level->retired || level->id == page->request->level_id) continue;
    page_option(rows, row++, level->code, level_text(exchange, page->levels, level), g_strcmp0(level->code, selected) == 0);
  }
}

static bool fill_steps(const RequestPage *page, GError **error) {
  Exchange *exchange = page->exchange;
  for (int step = STEP_TAKEN; step < STEP_COUNT; step++) {
    bool fits = support_request_step_fits(page->request, (SupportRequestStep)step, exchange->user->id);
    if (fits) page_set(exchange, talloc_asprintf(exchange, "Can.%s", support_request_step_name((SupportRequestStep)step)), "1");
  }
  gint64 back = page->request->state != REQUEST_SOLVED ? support_request_repository_passed_by(exchange->worker->database, page->request->id, error) : 0;
  if (back < 0) return false;
  const SupportRequestLevel *level = level_of(page->levels, back);
  if (level != NULL) page_set(exchange, "Back.level", level->code);
  page_set(exchange, "Form.action", support_request_url(exchange, page->request->id));
  page_set_number(exchange, "Form.version", page->request->version);
  page_set(exchange, "Form.text", page->typed);
  page_set_errors(exchange, page->errors);
  fill_targets(page);
  return true;
}

static bool answer_json(Exchange *exchange, const SupportRequest *request) {
  support_request_write(exchange->response->body, request, page_time_zone(exchange));
  g_string_append_c(exchange->response->body, '\n');
  json_answer(exchange, 200);
  return true;
}

static bool read_page(Exchange *exchange, RequestPage *page, GError **error) {
  Database *database = exchange->worker->database;
  gint64 id = page_id(exchange, error);
  *page = (RequestPage){.exchange = exchange, .now = settings_now(exchange->worker->settings), .errors = field_errors_new(exchange)};
  if (id > 0) page->request = support_request_repository_find(database, exchange, id, error);
  if (page->request != NULL) page->entries = support_request_repository_entries(database, exchange, id, error);
  if (page->entries != NULL) page->levels = support_request_repository_levels(database, exchange, error);
  if (page->levels != NULL) page->catalogue = level_repository_list(database, exchange, error);
  return page->catalogue != NULL;
}

static bool show(const RequestPage *page, int status, GError **error) {
  Exchange *exchange = page->exchange;
  const SupportRequest *request = page->request;
  char *customer = g_uri_escape_string(request->customer_number, NULL, FALSE);
  page_set(exchange, "Page.title", page_text(exchange, "request.title", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, request->id), request->subject, NULL));
  support_request_fill(exchange, page_node(exchange->data, "Request"), request, page->now);
  page_set(exchange, "Contract.url", page_url(exchange, "/contracts/%" G_GINT64_FORMAT, request->contract_id));
  page_set(exchange, "Contract.number", request->contract_number);
  page_set(exchange, "Contract.title", request->contract_title);
  page_set(exchange, "Customer.number", request->customer_number);
  page_set(exchange, "Customer.requests", page_url(exchange, "/requests?customer=%s", customer));
  page_set(exchange, "Customer.entitlement", page_url(exchange, "/entitlement?customer=%s", customer));
  page_set(exchange, "Queue.url", page_url(exchange, "/requests?level=%s", request->level_code));
  g_free(customer);
  fill_promise(page);
  fill_clock(page);
  fill_entries(page);
  fill_promise_today(page);
  if (exchange->user->role >= ROLE_EDITOR && !fill_steps(page, error)) return false;
  return page_render(exchange, status, "request_view", error);
}

bool support_request_view_page(Exchange *exchange, GError **error) {
  RequestPage page;
  if (!read_page(exchange, &page, error)) return false;
  return page_is_json(exchange) ? answer_json(exchange, page.request) : show(&page, 200, error);
}

/* ---- taking a step ---- */

/* Somebody was faster: what that was, in words, and what was typed is still there. */
static bool show_conflict(RequestPage *page, GError **error) {
  RequestPage newer;
  if (!read_page(page->exchange, &newer, error)) return false;
  const SupportRequestEntry *last = &newer.entries->items[newer.entries->count - 1];
  const char *key = talloc_asprintf(page->exchange, "request_step.did.%s", support_request_step_name(last->kind));
  newer.typed = page->typed;
  newer.chosen = page->chosen;
  page_set(page->exchange, "Conflict.text", page_text(page->exchange, key, last->by, last->level, NULL));
  page_set(page->exchange, "Conflict.at", support_request_moment_text(page->exchange, newer.request, last->at, newer.now));
  return show(&newer, 409, error);
}

/* The level that a step leads to; what is wrong with it stands beside its field. 0: none. */
static gint64 target_of(RequestPage *page, SupportRequestStep step, GError **error) {
  if (step == STEP_HANDED_BACK) {
    gint64 back = support_request_repository_passed_by(page->exchange->worker->database, page->request->id, error);
    if (back == 0) field_errors_add(page->errors, "level", "no_level_back", NULL);
    return back;
  }
  if (step != STEP_PASSED_ON) return 0;
  const SupportRequestLevel *level = level_coded(page->levels, page->chosen);
  if (level == NULL) field_errors_add(page->errors, "level", page->chosen == NULL || page->chosen[0] == '\0' ? "choose_level" : "unknown", page->chosen);
  else if (level->retired) field_errors_add(page->errors, "level", "retired", level->code);
  else if (level->id == page->request->level_id) field_errors_add(page->errors, "level", "own_level", level->code);
  return level != NULL ? level->id : 0;
}

static const char *read_text(RequestPage *page, SupportRequestStep step) {
  const char *typed = parameters_get(page->exchange->request->form, "text");
  const char *text = field_value_read(page->exchange, &support_request_step_text, typed != NULL ? typed : "", page->errors);
  page->typed = text != NULL ? text : typed;
  if (text != NULL && text[0] == '\0' && support_request_step_needs_text(step)) field_errors_add(page->errors, "text", talloc_asprintf(page->exchange, "text_of_%s", support_request_step_name(step)), NULL);
  return text;
}

static bool only_known_fields(const Exchange *exchange, GError **error) {
  static const char *const NAMES[] = {"csrf", "version", "step", "text", "level"};
  for (unsigned i = 0; i < exchange->request->form->count; i++) {
    bool known = false;
    for (unsigned name = 0; name < G_N_ELEMENTS(NAMES); name++) known = known || strcmp(exchange->request->form->items[i].name, NAMES[name]) == 0;
    if (!known) return page_unknown_parameter(exchange->request->form->items[i].name, error);
  }
  return true;
}

static bool done(const RequestPage *page, SupportRequestStep step) {
  Exchange *exchange = page->exchange;
  page_message(exchange, talloc_asprintf(exchange, "request_%s", support_request_step_name(step)), talloc_asprintf(exchange, "%" G_GINT64_FORMAT, page->request->id));
  response_redirect(exchange->response, support_request_url(exchange, page->request->id));
  return true;
}

bool support_request_step_submit(Exchange *exchange, GError **error) {
  RequestPage page;
  GError *problem = NULL;
  const char *name = parameters_get(exchange->request->form, "step");
  int named = name != NULL ? support_request_step_by_name(name) : -1;
  guint version = page_form_version(exchange);
  if (!only_known_fields(exchange, error)) return false;
  if (named <= STEP_TAKEN_IN) return page_missing_parameter("step", error);
  if (version == 0) return page_missing_parameter("version", error);
  if (!read_page(exchange, &page, error)) return false;
  SupportRequestStep step = (SupportRequestStep)named;
  page.chosen = parameters_get(exchange->request->form, "level");
  const char *text = read_text(&page, step);
  if (version != page.request->version || !support_request_step_fits(page.request, step, exchange->user->id)) return show_conflict(&page, error);
  gint64 target = target_of(&page, step, error);
  if (target < 0) return false;
  if (field_errors_any(page.errors)) return show(&page, 422, error);
  SupportRequestMove move = {page.request->id, version, step, text, target, exchange->user->id, page.now, settings_number(exchange->worker->settings, SETTING_REQUEST_LEAD)};
  if (support_request_repository_move(exchange->worker->database, &move, &problem)) return done(&page, step);
  if (error_is(problem, ERROR_CONFLICT)) {
    g_error_free(problem);
    return show_conflict(&page, error);
  }
  g_propagate_error(error, problem);
  return false;
}
