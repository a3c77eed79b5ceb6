/* Giving notice of a contract: the end that it reaches and why, storing it, taking it back. */
#include <string.h>
#include <talloc.h>

#include "domain/contract_terms.h"
#include "pages/pages.h"
#include "pages/record_form.h"
#include "pages/service_text.h"
#include "repository/contract_repository.h"

/* The form's fields are two neighbours of the contract's table. */
enum { NOTICE_ON, NOTICE_TO, NOTICE_FIELD_COUNT };
#define NOTICE_FIELDS (&contract_fields[CONTRACT_CANCELLED_ON])
_Static_assert(CONTRACT_CANCELLED_TO == CONTRACT_CANCELLED_ON + NOTICE_TO, "cancelled_to follows cancelled_on");

typedef struct {
  Exchange *exchange;
  Contract *contract; /* as stored */
  RecordForm *form;
  NoticeExplanation explained;
} Notice;

static const char *contract_url(Exchange *exchange, gint64 id, const char *below) {
  return page_url(exchange, "/contracts/%" G_GINT64_FORMAT "%s", id, below);
}

static const char *day_text(const Notice *notice, Day day) { return language_day(notice->exchange, notice->exchange->language, day); }


static const char *value_text(const Notice *notice, ContractFieldId field) {
  return record_value_text(notice->exchange, &contract_fields[field], notice->contract->values[field], NULL);
}

/* The day that the form holds; today when it holds none that can be read. */
static void explain(Notice *notice) {
  Day given_on = day_parse_iso(notice->form->values[NOTICE_ON]);
  TermFacts facts = contract_term_facts(notice->contract);
  contract_notice_explain(&facts, given_on != DAY_NONE ? given_on : notice->exchange->today, notice->exchange->today, &notice->explained);
}

/* Reads the contract of the address and begins a form of notice given today. */
static bool notice_begin(Exchange *exchange, Notice *notice, GError **error) {
  gint64 id = page_id(exchange, error);
  *notice = (Notice){.exchange = exchange};
  notice->contract = id > 0 ? contract_repository_find(exchange->worker->database, exchange, id, exchange->today, error) : NULL;
  if (notice->contract == NULL) return false;
  const char *values[NOTICE_FIELD_COUNT] = {day_text_iso(exchange, exchange->today), ""};
  notice->form = record_form_new(exchange, NOTICE_FIELDS, NOTICE_FIELD_COUNT, values, NULL);
  explain(notice);
  return true;
}

/* Notice can be stored; else the page only says why not. */
static bool is_open(const Notice *notice) {
  NoticeOutcome outcome = notice->explained.outcome;
  return outcome == NOTICE_REACHES || outcome == NOTICE_NO_PERIOD || outcome == NOTICE_BEYOND;
}

/* ---- showing ---- */

static void add_step(const Notice *notice, const char *text) {
  HDF *steps = page_node(notice->exchange->data, "Step");
  page_value(page_row(steps, page_child_count(steps)), "text", text);
}

/* "Mittwoch, 30.09.2026" */
static const char *weekday_text(const Notice *notice, Day day) {
  return talloc_asprintf(notice->exchange, "%s, %s", service_text_weekday(notice->exchange, day), day_text(notice, day));
}

static const char *end_step(const Notice *notice) {
  Exchange *exchange = notice->exchange;
  const NoticeExplanation *explained = &notice->explained;
  const char *first = value_text(notice, CONTRACT_ENDS_ON);
  const char *end = weekday_text(notice, explained->end);
  bool calendar = strcmp(notice->contract->values[CONTRACT_NOTICE_TO], "term") != 0;
  if (calendar) return page_text(exchange, "notice.step.calendar", value_text(notice, CONTRACT_NOTICE_TO), end, NULL);
  if (explained->renewals == 0) return page_text(exchange, "notice.step.first_term", end, NULL);
  const char *months = notice->contract->values[CONTRACT_RENEWAL_MONTHS];
  const char *renewal = page_text(exchange, strcmp(months, "1") == 0 ? "period.m_one" : "period.m", months, NULL);
  return page_text(exchange, "notice.step.renewed_term", first, renewal, end, NULL);
}

static void fill_steps(const Notice *notice) {
  Exchange *exchange = notice->exchange;
  const NoticeExplanation *explained = &notice->explained;
  const char *key = explained->given_on == exchange->today ? "notice.step.today" : "notice.step.given";
  bool calendar = strcmp(notice->contract->values[CONTRACT_NOTICE_TO], "term") != 0;
  add_step(notice, page_text(exchange, key, day_text(notice, explained->given_on), value_text(notice, CONTRACT_NOTICE_PERIOD), day_text(notice, explained->period_ends_on), NULL));
  if (explained->hold == NOTICE_HELD_BY_START) add_step(notice, page_text(exchange, "notice.step.held_by_start", day_text(notice, explained->held_until), NULL));
  if (explained->hold == NOTICE_HELD_BY_FIRST_TERM && calendar) {
    add_step(notice, page_text(exchange, "notice.step.held_by_first_term", day_text(notice, explained->held_until), NULL));
  }
  add_step(notice, end_step(notice));
  add_step(notice, page_text(exchange, "notice.step.deadline", weekday_text(notice, explained->deadline), NULL));
}

static void fill_reached(const Notice *notice) {
  Exchange *exchange = notice->exchange;
  const NoticeExplanation *explained = &notice->explained;
  Day working = settings_working_day(exchange->worker->settings, explained->deadline);
  fill_steps(notice);
  page_set(exchange, "Notice.end", day_text(notice, explained->end));
  page_set(exchange, "Notice.deadline", day_text(notice, explained->deadline));
  if (working != explained->deadline) page_set(exchange, "Notice.working", weekday_text(notice, working));
  if (explained->missed_end == DAY_NONE) return;
  page_set(exchange, "Notice.late",
           page_text(exchange, "notice.late", day_text(notice, explained->missed_end), day_text(notice, explained->missed_by), day_text(notice, explained->end), NULL));
}

/* What the contract would be without its notice. */
static void fill_take_back(const Notice *notice) {
  Exchange *exchange = notice->exchange;
  ContractTerms terms;
  TermFacts facts = contract_term_facts(notice->contract);
  facts.cancelled_on = facts.cancelled_to = DAY_NONE;
  contract_terms_derive(&facts, exchange->today, &terms);
  page_set(exchange, "Without.status", contract_status_name(terms.status));
  page_set(exchange, "Without.term_ends_on", terms.term_ends_on == day_never() ? page_text(exchange, "contract.open_ended", NULL) : day_text(notice, terms.term_ends_on));
  page_set(exchange, "Without.notice_by", day_text(notice, terms.notice_by));
}

static void fill_outcome(const Notice *notice) {
  static const char *const OUTCOMES[] = {"reaches", "no_period", "beyond", "not_needed", "given", "ended"};
  Exchange *exchange = notice->exchange;
  const char *outcome = OUTCOMES[notice->explained.outcome];
  page_set(exchange, "Notice.outcome", outcome);
  if (is_open(notice)) page_set(exchange, "Notice.open", "1");
  if (notice->explained.outcome == NOTICE_GIVEN) fill_take_back(notice);
  if (is_open(notice) && notice->contract->terms.status == STATUS_UPCOMING) {
    page_set(exchange, "Notice.upcoming", page_text(exchange, "notice.upcoming", value_text(notice, CONTRACT_STARTS_ON), NULL));
  }
  if (notice->explained.outcome == NOTICE_REACHES) {
    fill_reached(notice);
    return;
  }
  const char *key = talloc_asprintf(exchange, "notice.%s", outcome);
  page_set(exchange, "Notice.said", page_text(exchange, key, day_text(notice, notice->explained.term_ends_on), value_text(notice, CONTRACT_CANCELLED_ON), NULL));
}

static bool show(Notice *notice, int status, GError **error) {
  Exchange *exchange = notice->exchange;
  const Contract *contract = notice->contract;
  bool given = notice->explained.outcome == NOTICE_GIVEN;
  page_set(exchange, "Page.title", page_text(exchange, given ? "notice.given_title" : "notice.title", contract->values[CONTRACT_NUMBER], NULL));
  page_set(exchange, "Contract.title", contract->values[CONTRACT_TITLE]);
  page_set(exchange, "Contract.customer", contract->values[CONTRACT_CUSTOMER_NAME]);
  page_set(exchange, "Contract.url", contract_url(exchange, contract->id, ""));
  page_set(exchange, "Contract.edit", contract_url(exchange, contract->id, "/edit"));
  page_set(exchange, "Form.cancel", contract_url(exchange, contract->id, ""));
  fill_outcome(notice);
  notice->form->stored = notice->form->values; /* the form remembers what it shows */
  record_form_fill(notice->form, contract_url(exchange, contract->id, given ? "/withdraw" : "/cancel"), contract->version);
  if (notice->explained.outcome == NOTICE_REACHES) {
    page_set(exchange, talloc_asprintf(exchange, "Form.Field.%d.help", NOTICE_TO), page_text(exchange, "notice.to_help", day_text(notice, notice->explained.end), NULL));
  }
  return page_render(exchange, status, "notice", error);
}

/* Puts the proposed end into the form. */
static bool propose(Notice *notice, int status, GError **error) {
  explain(notice);
  notice->form->values[NOTICE_TO] = day_text_iso(notice->exchange, notice->explained.end);
  return show(notice, status, error);
}

bool notice_page(Exchange *exchange, GError **error) {
  Notice notice;
  const char *typed = NULL;
  if (!notice_begin(exchange, &notice, error) || !page_one_parameter(exchange, "cancelled_on", &typed, error)) return false;
  const char *day = typed != NULL ? field_value_read(exchange, &NOTICE_FIELDS[NOTICE_ON], typed, notice.form->errors) : "";
  if (day == NULL || day[0] != '\0') notice.form->values[NOTICE_ON] = day != NULL ? day : typed;
  return propose(&notice, field_errors_any(notice.form->errors) ? 400 : 200, error);
}

/* ---- storing ---- */

/* Somebody else stored the contract meanwhile: it is explained as it is now, with this user's days still in the form. */
static bool show_conflict(Exchange *exchange, const RecordForm *typed, GError **error) {
  Notice newer;
  if (!notice_begin(exchange, &newer, error)) return false;
  if (typed != NULL) {
    for (unsigned field = 0; field < NOTICE_FIELD_COUNT; field++) newer.form->values[field] = typed->values[field];
    newer.form->errors = typed->errors;
  }
  explain(&newer);
  page_set(exchange, "Notice.conflict", page_moment(exchange, newer.contract->updated_at));
  return show(&newer, 409, error);
}

/* Stores two days, or none; `conflict` when somebody else was faster, errors beside the form's fields. */
static bool store(Notice *notice, const char *on, const char *to, bool *conflict, GError **error) {
  GError *problem = NULL;
  Contract *contract = talloc_memdup(notice->exchange, notice->contract, sizeof *notice->contract);
  contract->values[CONTRACT_CANCELLED_ON] = on;
  contract->values[CONTRACT_CANCELLED_TO] = to;
  contract_check(contract, notice->form->errors);
  if (field_errors_any(notice->form->errors)) return true;
  if (contract_repository_update(notice->exchange->worker->database, contract, notice->exchange->today, notice->form->errors, &problem)) return true;
  *conflict = error_is(problem, ERROR_CONFLICT);
  if (*conflict || error_is(problem, ERROR_FIELD)) {
    g_error_free(problem);
    return true;
  }
  g_propagate_error(error, problem);
  return false;
}

static bool done(const Notice *notice, const char *message) {
  page_message(notice->exchange, message, notice->contract->values[CONTRACT_NUMBER]);
  response_redirect(notice->exchange->response, contract_url(notice->exchange, notice->contract->id, ""));
  return true;
}

static void check_days(Notice *notice) {
  RecordForm *form = notice->form;
  for (unsigned field = 0; field < NOTICE_FIELD_COUNT; field++) {
    if (form->values[field][0] == '\0') field_errors_add(form->errors, NOTICE_FIELDS[field].name, "required", NULL);
  }
  Day end = day_parse_iso(form->values[NOTICE_TO]);
  if (field_errors_any(form->errors) || contract_notice_allows(&notice->explained, end)) return;
  if (notice->explained.outcome == NOTICE_REACHES) field_errors_add(form->errors, "cancelled_to", "before_notice_end", day_text(notice, notice->explained.end));
}

/* The button beside the day of notice asks for the end that belongs to it. */
static bool ask_again(Exchange *exchange, GError **error) {
  const char *typed = parameters_get(exchange->request->form, "cancelled_on");
  gint64 id = page_id(exchange, error);
  if (id == 0) return false;
  char *day = g_uri_escape_string(typed != NULL ? typed : "", NULL, FALSE);
  response_redirect(exchange->response, page_url(exchange, "/contracts/%" G_GINT64_FORMAT "/cancel?cancelled_on=%s", id, day));
  g_free(day);
  return true;
}

/* Nobody typed the end: it wasn't sent at all, or is still what was proposed for another day of notice. Then the proposal for this day is taken;
 * true when it has to be shown before it can be stored. */
static bool take_proposal(Notice *notice) {
  RecordForm *form = notice->form;
  bool sent = parameters_get(notice->exchange->request->form, "cancelled_to") != NULL;
  bool left_alone = record_form_untouched(form, NOTICE_TO) && !record_form_untouched(form, NOTICE_ON) && notice->explained.outcome == NOTICE_REACHES;
  const char *proposed = day_text_iso(notice->exchange, notice->explained.end);
  if (field_errors_any(form->errors) || (sent && !left_alone) || strcmp(form->values[NOTICE_TO], proposed) == 0) return false;
  form->values[NOTICE_TO] = proposed;
  return sent;
}

bool notice_submit(Exchange *exchange, GError **error) {
  Notice notice;
  bool conflict = false;
  if (parameters_get(exchange->request->form, "propose") != NULL) return ask_again(exchange, error);
  if (!notice_begin(exchange, &notice, error) || !record_form_read(notice.form, error)) return false;
  guint version = page_form_version(exchange);
  if (version == 0) return page_missing_parameter("version", error);
  RecordForm *form = notice.form;
  explain(&notice);
  if (version != notice.contract->version) return show_conflict(exchange, form, error);
  if (!is_open(&notice)) return show(&notice, 409, error);
  if (take_proposal(&notice)) {
    page_set(exchange, "Notice.proposed_anew", "1");
    return show(&notice, 422, error);
  }
  check_days(&notice);
  if (!field_errors_any(form->errors) && !store(&notice, form->values[NOTICE_ON], form->values[NOTICE_TO], &conflict, error)) return false;
  if (conflict) return show_conflict(exchange, form, error);
  return field_errors_any(form->errors) ? show(&notice, 422, error) : done(&notice, "notice_given");
}

bool notice_withdraw_submit(Exchange *exchange, GError **error) {
  Notice notice;
  bool conflict = false;
  if (!notice_begin(exchange, &notice, error)) return false;
  guint version = page_form_version(exchange);
  if (version == 0) return page_missing_parameter("version", error);
  if (version != notice.contract->version) return show_conflict(exchange, NULL, error);
  if (notice.explained.outcome != NOTICE_GIVEN) return show(&notice, 409, error);
  if (!store(&notice, "", "", &conflict, error)) return false;
  if (conflict) return show_conflict(exchange, NULL, error);
  return field_errors_any(notice.form->errors) ? show(&notice, 422, error) : done(&notice, "notice_withdrawn");
}
