/* The queues of support requests: per level, one's own, a customer's or contract's, and what lies behind a figure of the report. */
#include <string.h>
#include <talloc.h>

#include "domain/moment.h"
#include "format/json_writer.h"
#include "format/support_request_writer.h"
#include "pages/pages.h"
#include "pages/problem.h"
#include "pages/support_request_text.h"
#include "repository/catalogue_repository.h"
#include "repository/support_request_repository.h"
#include "web/json_answer.h"

#define PER_PAGE 50

static const char *const STATES[QUEUE_STATE_COUNT] = {"", "overdue", "waiting", "solved"};
static const char *const FIGURES[REQUEST_FIGURE_COUNT] = {"", "taken", "solved", "passed_on", "response_kept", "response_broken", "restore_kept", "restore_broken"};

/* Parameters in the order of the canonical address. */
typedef enum { GIVEN_LEVEL, GIVEN_USER, GIVEN_STATE, GIVEN_CUSTOMER, GIVEN_CONTRACT, GIVEN_FIGURE, GIVEN_MONTH, GIVEN_AFTER, GIVEN_LANG, GIVEN_COUNT } Given;
static const char *const NAMES[GIVEN_COUNT] = {"level", "user", "state", "customer", "contract", "figure", "month", "after", "lang"};

typedef struct {
  Exchange *exchange;
  Catalogue *catalogue;
  const char *given[GIVEN_COUNT]; /* "" where it isn't */
  SupportRequestQuery query;
  FieldErrors *errors;
  bool nobody_found; /* a customer or contract that there isn't has no requests */
} RequestList;

/* ---- the address ---- */

/* The canonical query of this selection, from the page on that begins behind `after`; "": the first one. */
static const char *list_query(const RequestList *list, const char *after) {
  char *query = talloc_strdup(list->exchange, "");
  for (unsigned name = 0; name < GIVEN_COUNT; name++) {
    const char *text = name == GIVEN_AFTER ? after : list->given[name];
    if (text[0] == '\0') continue;
    char *escaped = g_uri_escape_string(text, NULL, FALSE);
    query = talloc_asprintf_append(query, "%s%s=%s", query[0] != '\0' ? "&" : "", NAMES[name], escaped);
    g_free(escaped);
  }
  return query;
}

static const char *list_url(const RequestList *list, const char *suffix, const char *query) {
  return page_url(list->exchange, "/requests%s%s%s", suffix, query[0] != '\0' ? "?" : "", query);
}

/* ---- reading it ---- */

static int position(const char *const *names, unsigned count, const char *name) {
  for (unsigned i = 1; i < count; i++) {
    if (strcmp(names[i], name) == 0) return (int)i;
  }
  return -1;
}

static const char *choices(const RequestList *list, const char *const *names, unsigned count) {
  char *text = talloc_strdup(list->exchange, names[1]);
  for (unsigned i = 2; i < count; i++) text = talloc_asprintf_append(text, ", %s", names[i]);
  return text;
}

static void bad(RequestList *list, Given given, const char *reason) { field_errors_add(list->errors, NAMES[given], reason, list->given[given]); }

static void read_names(RequestList *list) {
  const Parameters *query = list->exchange->request->query;
  for (unsigned name = 0; name < GIVEN_COUNT; name++) list->given[name] = "";
  for (unsigned i = 0; i < query->count; i++) {
    const Parameter *parameter = &query->items[i];
    unsigned name = 0;
    if (strcmp(parameter->name, "number") == 0) {
      if (parameter->value[0] != '\0') field_errors_add(list->errors, "number", "not_a_number", NULL);
      continue;
    }
    while (name < GIVEN_COUNT && strcmp(NAMES[name], parameter->name) != 0) name++;
    if (name == GIVEN_COUNT) field_errors_add(list->errors, parameter->name, "unknown_parameter", parameter->name);
    else if (list->given[name][0] != '\0' && strcmp(list->given[name], parameter->value) != 0) field_errors_add(list->errors, parameter->name, "repeated", NULL);
    else list->given[name] = g_strstrip(talloc_strdup(list->exchange, parameter->value));
  }
}

static void read_level(RequestList *list) {
  int level = catalogue_level(list->catalogue, list->given[GIVEN_LEVEL]);
  if (list->given[GIVEN_LEVEL][0] == '\0') return;
  if (level < 0) bad(list, GIVEN_LEVEL, "unknown");
  else list->query.level_id = list->catalogue->levels[level].id;
}

static void read_user(RequestList *list) {
  const char *name = list->given[GIVEN_USER];
  int user = catalogue_user(list->catalogue, name);
  if (name[0] == '\0') return;
  if (strcmp(name, "me") == 0) list->query.user_id = list->exchange->user->id;
  else if (strcmp(name, "none") == 0) list->query.user_id = QUEUE_NOBODY;
  else if (user < 0) bad(list, GIVEN_USER, "unknown");
  else list->query.user_id = list->catalogue->users[user].id;
}

static void read_state(RequestList *list) {
  int state = position(STATES, QUEUE_STATE_COUNT, list->given[GIVEN_STATE]);
  if (list->given[GIVEN_STATE][0] == '\0') return;
  if (state < 0) field_errors_add(list->errors, NAMES[GIVEN_STATE], "not_a_choice", choices(list, STATES, QUEUE_STATE_COUNT));
  else list->query.state = (SupportRequestQueueState)state;
}

/* A figure is one of a level's in a month, and of all there. */
static void read_figure(RequestList *list) {
  static const Given APART[] = {GIVEN_USER, GIVEN_STATE, GIVEN_CUSTOMER, GIVEN_CONTRACT};
  int figure = position(FIGURES, REQUEST_FIGURE_COUNT, list->given[GIVEN_FIGURE]);
  if (list->given[GIVEN_FIGURE][0] == '\0' && list->given[GIVEN_MONTH][0] == '\0') return;
  Day month = day_parse_month(list->given[GIVEN_MONTH]);
  if (list->given[GIVEN_FIGURE][0] == '\0') bad(list, GIVEN_FIGURE, "required");
  else if (figure < 0) field_errors_add(list->errors, NAMES[GIVEN_FIGURE], "not_a_choice", choices(list, FIGURES, REQUEST_FIGURE_COUNT));
  if (month == DAY_NONE) bad(list, GIVEN_MONTH, list->given[GIVEN_MONTH][0] == '\0' ? "required" : "not_a_month");
  if (list->given[GIVEN_LEVEL][0] == '\0') bad(list, GIVEN_LEVEL, "required");
  for (unsigned i = 0; i < G_N_ELEMENTS(APART); i++) {
    if (list->given[APART[i]][0] != '\0') bad(list, APART[i], "not_with_figure");
  }
  if (figure < 0 || month == DAY_NONE) return;
  const char *zone = page_time_zone(list->exchange);
  list->query.figure = (SupportRequestFigure)figure;
  list->query.from = moment_day_begin(zone, month);
  list->query.to = moment_day_begin(zone, day_add_months(month, 1));
}

/* Where the next page begins: state, moment and number of the last request of this one. */
static void read_cursor(RequestList *list) {
  const char *text = list->given[GIVEN_AFTER];
  if (text[0] == '\0') return;
  char *end = NULL;
  list->query.after_state = (int)g_ascii_strtoll(text, &end, 10);
  list->query.after_at = *end == '.' ? g_ascii_strtoll(end + 1, &end, 10) : 0;
  list->query.after_id = *end == '.' ? g_ascii_strtoll(end + 1, &end, 10) : 0;
  bool good = *end == '\0' && list->query.after_id > 0 && list->query.after_at > 0 && list->query.after_at <= REQUEST_FAR && list->query.after_state >= 0 && list->query.after_state <= 2;
  if (!good) bad(list, GIVEN_AFTER, "bad_cursor");
}

/* The id behind a number that people know a customer or contract by. */
static bool read_number(RequestList *list, Given given, const char *table, gint64 *id, GError **error) {
  if (list->given[given][0] == '\0') return true;
  *id = support_request_repository_id_of(list->exchange->worker->database, table, list->given[given], error);
  list->nobody_found = list->nobody_found || *id == 0;
  return *id >= 0;
}

static bool read_list(Exchange *exchange, RequestList *list, GError **error) {
  *list = (RequestList){.exchange = exchange, .errors = field_errors_new(exchange), .query = {.now = settings_now(exchange->worker->settings), .limit = PER_PAGE}};
  list->catalogue = catalogue_repository_read(exchange->worker->database, exchange, error);
  if (list->catalogue == NULL) return false;
  read_names(list);
  read_level(list);
  read_user(list);
  read_state(list);
  read_figure(list);
  read_cursor(list);
  if (list->given[GIVEN_LANG][0] != '\0' && language_by_code(list->given[GIVEN_LANG]) < 0) field_errors_add(list->errors, NAMES[GIVEN_LANG], "not_a_choice", "de, en");
  return read_number(list, GIVEN_CUSTOMER, "customer", &list->query.customer_id, error) && read_number(list, GIVEN_CONTRACT, "contract", &list->query.contract_id, error);
}

static const char *cursor_behind(const RequestList *list, const SupportRequest *request) {
  bool figure = list->query.figure != REQUEST_FIGURE_NONE;
  return talloc_asprintf(list->exchange, "%d.%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, (int)request->state, figure ? (gint64)1 : request->queue_at, request->id);
}

/* ---- showing ---- */

static const char *count_text(Exchange *exchange, gint64 count) {
  if (count <= QUEUE_COUNT_MAX) return language_number(exchange, exchange->language, count);
  return page_text(exchange, "contracts.more_than", language_number(exchange, exchange->language, QUEUE_COUNT_MAX), NULL);
}

static void fill_tab(const RequestList *list, unsigned *row, const char *query, const char *text, const char *explain, gint64 unsolved, gint64 overdue, bool current) {
  Exchange *exchange = list->exchange;
  HDF *tab = page_row(page_node(exchange->data, "Tab"), (*row)++);
  page_value(tab, "url", list_url(list, "", query));
  page_value(tab, "text", text);
  page_value(tab, "explain", explain);
  if (unsolved >= 0) page_value(tab, "count", count_text(exchange, unsolved));
  if (overdue > 0) page_value(tab, "overdue", count_text(exchange, overdue));
  if (current) page_value(tab, "current", "1");
}

static bool fill_tabs(const RequestList *list, GError **error) {
  Exchange *exchange = list->exchange;
  unsigned row = 0;
  SupportRequestLevels *levels = support_request_repository_levels(exchange->worker->database, exchange, error);
  if (levels == NULL || !support_request_repository_count(exchange->worker->database, levels, exchange->user->id, list->query.now, error)) return false;
  bool of_nothing = list->query.customer_id == 0 && list->query.contract_id == 0 && list->query.figure == REQUEST_FIGURE_NONE && !list->nobody_found;
  bool mine = list->query.user_id == exchange->user->id && list->query.level_id == 0;
  fill_tab(list, &row, "", page_text(exchange, "requests.all", NULL), NULL, -1, 0, of_nothing && list->query.level_id == 0 && list->query.user_id == 0);
  fill_tab(list, &row, "user=me", page_text(exchange, "requests.mine", NULL), NULL, levels->mine, levels->mine_overdue, of_nothing && mine);
  for (unsigned i = 0; i < levels->count; i++) {
    const SupportRequestLevel *level = &levels->items[i];
    /* A retired level's queue stays to be seen until it is empty. */
    if (level->retired && level->unsolved == 0) continue;
    fill_tab(list, &row, talloc_asprintf(exchange, "level=%s", level->code), level->code, level->name, level->unsolved, level->overdue, of_nothing && list->query.level_id == level->id);
  }
  return true;
}

/* Levels with their code, people by their name; a retired level only where it is the chosen one. */
static void fill_options(const RequestList *list, const char *name, const CatalogueEntry *entries, unsigned count, const char *chosen) {
  HDF *options = page_node(list->exchange->data, name);
  unsigned row = 0;
  for (unsigned i = 0; i < count; i++) {
    bool selected = strcmp(entries[i].code, chosen) == 0;
    if (entries[i].retired && !selected) continue;
    const char *text = entries == list->catalogue->levels ? talloc_asprintf(list->exchange, "%s %s", entries[i].code, entries[i].name) : entries[i].name;
    page_option(options, row++, entries[i].code, text, selected);
  }
}

static const char *state_text(Exchange *exchange, unsigned state) {
  return page_text(exchange, talloc_asprintf(exchange, "requests.state.%s", state == QUEUE_UNSOLVED ? "unsolved" : STATES[state]), NULL);
}

static void fill_filter(const RequestList *list) {
  Exchange *exchange = list->exchange;
  page_set(exchange, "Filter.action", page_url(exchange, "/requests"));
  page_set(exchange, "Filter.customer", list->given[GIVEN_CUSTOMER]);
  page_set(exchange, "Filter.contract", list->given[GIVEN_CONTRACT]);
  if (strcmp(list->given[GIVEN_USER], "none") == 0) page_set(exchange, "Filter.free", "1");
  if (strcmp(list->given[GIVEN_USER], "me") == 0) page_set(exchange, "Filter.mine", "1");
  fill_options(list, "Filter.queue", list->catalogue->levels, list->catalogue->level_count, list->given[GIVEN_LEVEL]);
  fill_options(list, "Filter.person", list->catalogue->users, list->catalogue->user_count, list->given[GIVEN_USER]);
  for (unsigned state = 0; state < QUEUE_STATE_COUNT; state++) {
    page_option(page_node(exchange->data, "Filter.state"), state, STATES[state], state_text(exchange, state), list->query.state == state);
  }
  page_set_filter_errors(exchange, list->errors);
}

/* What the list shows, in words; paper has nothing else of the selection. */
static void fill_words(const RequestList *list) {
  Exchange *exchange = list->exchange;
  const char *words = state_text(exchange, list->query.state);
  if (list->query.figure != REQUEST_FIGURE_NONE) {
    page_set(exchange, "Selection.text", page_text(exchange, talloc_asprintf(exchange, "requests.figure.%s", FIGURES[list->query.figure]), list->given[GIVEN_LEVEL], list->given[GIVEN_MONTH], NULL));
    return;
  }
  if (list->given[GIVEN_LEVEL][0] != '\0') words = talloc_asprintf(exchange, "%s, %s", words, page_text(exchange, "requests.of_level", list->given[GIVEN_LEVEL], NULL));
  if (strcmp(list->given[GIVEN_USER], "none") == 0) words = talloc_asprintf(exchange, "%s, %s", words, page_text(exchange, "requests.of_nobody", NULL));
  else if (list->given[GIVEN_USER][0] != '\0') words = talloc_asprintf(exchange, "%s, %s", words, page_text(exchange, "requests.of_user", list->query.user_id == exchange->user->id ? exchange->user->display_name : list->given[GIVEN_USER], NULL));
  if (list->given[GIVEN_CUSTOMER][0] != '\0') words = talloc_asprintf(exchange, "%s, %s", words, page_text(exchange, "requests.of_customer", list->given[GIVEN_CUSTOMER], NULL));
  if (list->given[GIVEN_CONTRACT][0] != '\0') words = talloc_asprintf(exchange, "%s, %s", words, page_text(exchange, "requests.of_contract", list->given[GIVEN_CONTRACT], NULL));
  page_set(exchange, "Selection.text", words);
}

static SupportRequestPage *read_page(const RequestList *list, GError **error) {
  if (list->nobody_found) return talloc_zero(list->exchange, SupportRequestPage);
  return support_request_repository_page(list->exchange->worker->database, list->exchange, &list->query, error);
}

/* Why there may be nothing: a number that there isn't, or everything is solved. */
static void fill_empty(const RequestList *list) {
  Exchange *exchange = list->exchange;
  bool customer = list->given[GIVEN_CUSTOMER][0] != '\0' && list->query.customer_id == 0;
  if (list->nobody_found) {
    page_set(exchange, "Missing.text", page_text(exchange, customer ? "requests.no_customer" : "requests.no_contract", list->given[customer ? GIVEN_CUSTOMER : GIVEN_CONTRACT], NULL));
  } else if (list->query.figure == REQUEST_FIGURE_NONE && list->query.state == QUEUE_UNSOLVED) {
    RequestList solved = *list;
    solved.given[GIVEN_STATE] = STATES[QUEUE_SOLVED];
    page_set(exchange, "Solved.url", list_url(list, "", list_query(&solved, "")));
  }
  if (list->query.figure == REQUEST_FIGURE_NONE || field_errors_any(list->errors)) return;
  page_set(exchange, "Figure.report", page_url(exchange, "/reports/requests?from=%s&to=%s", list->given[GIVEN_MONTH], list->given[GIVEN_MONTH]));
}

static bool answer_page(const RequestList *list, GError **error) {
  Exchange *exchange = list->exchange;
  bool good = !field_errors_any(list->errors);
  SupportRequestPage *page = good ? read_page(list, error) : NULL;
  if ((good && page == NULL) || !fill_tabs(list, error)) return false;
  for (unsigned i = 0; page != NULL && i < page->count; i++) support_request_fill(exchange, page_row(page_node(exchange->data, "Row"), i), page->items[i], list->query.now);
  if (page != NULL && page->more) page_set(exchange, "Pager.next", list_url(list, "", list_query(list, cursor_behind(list, page->items[page->count - 1]))));
  if (list->given[GIVEN_AFTER][0] != '\0') page_set(exchange, "Pager.first", list_url(list, "", list_query(list, "")));
  page_set(exchange, "Page.title", page_text(exchange, "requests.title", NULL));
  page_set(exchange, "New.url", page_url(exchange, "/entitlement"));
  fill_empty(list);
  page_set(exchange, "Report.url", page_url(exchange, "/reports/requests"));
  fill_filter(list);
  if (good) fill_words(list);
  return page_render(exchange, good ? 200 : 400, "request_list", error);
}

static bool answer_json(const RequestList *list, GError **error) {
  Exchange *exchange = list->exchange;
  GString *body = exchange->response->body;
  if (field_errors_any(list->errors)) return problem_answer_fields(exchange, 400, list->errors);
  SupportRequestPage *page = read_page(list, error);
  if (page == NULL) return false;
  g_string_append(body, "{\"requests\": [");
  for (unsigned i = 0; i < page->count; i++) {
    if (i > 0) g_string_append(body, ",\n");
    support_request_write(body, page->items[i], page_time_zone(exchange));
  }
  g_string_append(body, "], \"next\": ");
  if (page->more) json_write_text(body, list_url(list, ".json", list_query(list, cursor_behind(list, page->items[page->count - 1]))));
  else g_string_append(body, "null");
  g_string_append(body, "}\n");
  json_answer(exchange, 200);
  return true;
}

/* Whoever knows a request's number goes straight to it; NULL: none was typed, or it can't be one. */
static const char *typed_number(const Exchange *exchange) {
  const char *typed = parameters_get(exchange->request->query, "number");
  const char *number = typed != NULL ? g_strstrip(talloc_strdup(exchange, typed)) : "";
  gsize length = strlen(number);
  return length > 0 && length < 10 && strspn(number, "0123456789") == length ? number : NULL;
}

bool support_request_list_page(Exchange *exchange, GError **error) {
  RequestList list;
  const char *number = typed_number(exchange);
  if (number != NULL) {
    response_redirect(exchange->response, page_url(exchange, "/requests/%s%s", number, page_is_json(exchange) ? ".json" : ""));
    return true;
  }
  if (!read_list(exchange, &list, error)) return false;
  if (page_is_json(exchange)) return answer_json(&list, error);
  const char *canonical = list_query(&list, list.given[GIVEN_AFTER]);
  if (!field_errors_any(list.errors) && strcmp(canonical, exchange->request->query_string) != 0) {
    response_redirect(exchange->response, list_url(&list, "", canonical));
    return true;
  }
  return answer_page(&list, error);
}
