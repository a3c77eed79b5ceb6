/* One contract: its sheet, its form, a copy of it, deletion. */
#include <string.h>
#include <talloc.h>

#include "domain/contract_terms.h"
#include "domain/money.h"
#include "format/json_writer.h"
#include "pages/document_list.h"
#include "pages/history_page.h"
#include "pages/level_promise.h"
#include "pages/pages.h"
#include "pages/problem.h"
#include "pages/record_form.h"
#include "pages/record_json.h"
#include "repository/catalogue_repository.h"
#include "repository/contract_repository.h"
#include "repository/customer_repository.h"
#include "web/json_answer.h"

static Contract *contract_of_address(Exchange *exchange, GError **error) {
  gint64 id = page_id(exchange, error);
  Contract *contract = id > 0 ? contract_repository_find(exchange->worker->database, exchange, id, exchange->today, error) : NULL;
  if (contract == NULL && id > 0 && error_is(*error, ERROR_NOT_FOUND)) history_page_offer(exchange, &contract_kind, "id", exchange->id, "/contracts");
  return contract;
}

static const char *contract_url(Exchange *exchange, gint64 id, const char *below) {
  return page_url(exchange, "/contracts/%" G_GINT64_FORMAT "%s", id, below);
}

/* ---- the sheet ---- */

static void add_fact(Exchange *exchange, const char *name, const char *text, const char *url) {
  HDF *facts = page_node(exchange->data, "Fact");
  HDF *fact = page_row(facts, page_child_count(facts));
  page_value(fact, "name", name);
  page_value(fact, "label", page_field_label(exchange, name));
  page_value(fact, "text", text);
  page_value(fact, "url", url);
}

static const char *value_text(Exchange *exchange, const Contract *contract, ContractFieldId field, const Catalogue *catalogue) {
  if (field == CONTRACT_AMOUNT) {
    return language_money(exchange, exchange->language, money_hundredths(contract->values[field]), contract->values[CONTRACT_CURRENCY]);
  }
  const char *text = record_value_text(exchange, &contract_fields[field], contract->values[field], catalogue);
  return field == CONTRACT_LEVEL && text[0] == '\0' ? page_text(exchange, "common.no_level", NULL) : text;
}

static void fill_terms(Exchange *exchange, const Contract *contract) {
  const ContractTerms *terms = &contract->terms;
  const char *status = contract_status_name(terms->status);
  page_set(exchange, "Contract.status", status);
  page_set(exchange, "Contract.term_ends_on", terms->term_ends_on == day_never() ? page_text(exchange, "contract.open_ended", NULL)
                                                                                 : language_day(exchange, exchange->language, terms->term_ends_on));
  page_set(exchange, "Contract.notice_by", language_day(exchange, exchange->language, terms->notice_by));
  page_set(exchange, "Contract.monthly_value", language_money(exchange, exchange->language, terms->monthly_value, contract->values[CONTRACT_CURRENCY]));
  Day working = terms->notice_by != DAY_NONE ? settings_working_day(exchange->worker->settings, terms->notice_by) : DAY_NONE;
  if (working != terms->notice_by) page_set(exchange, "Contract.notice_weekend", language_day(exchange, exchange->language, working));
}

/* Where notice is given, or a notice that still runs is taken back; a contract that ends by itself needs neither. */
static void fill_notice(Exchange *exchange, const Contract *contract) {
  NoticeExplanation notice;
  TermFacts facts = contract_term_facts(contract);
  contract_notice_explain(&facts, exchange->today, exchange->today, &notice);
  if (notice.outcome == NOTICE_ENDED || notice.outcome == NOTICE_NOT_NEEDED) return;
  page_set(exchange, notice.outcome == NOTICE_GIVEN ? "Contract.withdraw" : "Contract.cancel", contract_url(exchange, contract->id, "/cancel"));
}

/* What the contract's level entitles its customer to. */
static bool fill_promise(Exchange *exchange, const Contract *contract, GError **error) {
  if (contract->values[CONTRACT_LEVEL][0] == '\0') return true;
  LevelRows *levels = level_repository_list(exchange->worker->database, exchange, error);
  const LevelRow *level = levels != NULL ? level_promise_find(levels, contract->values[CONTRACT_LEVEL]) : NULL;
  if (level != NULL) {
    level_promise_fill(exchange, page_node(exchange->data, "Promise"), level);
    page_set(exchange, "Promise.title", page_text(exchange, "contract.promise", talloc_asprintf(exchange, "%s %s", level->code, level->name), NULL));
  }
  return levels != NULL;
}

/* What an earlier state says of itself instead of the buttons. */
static void fill_as_of(Exchange *exchange, const Moment *moment) {
  if (moment == NULL) return;
  page_set(exchange, "AsOf.text", page_text(exchange, "history.as_of", page_moment(exchange, moment->utc), page_time_zone(exchange), NULL));
}

/* Requests are taken in under a contract in force. */
static void fill_requests(Exchange *exchange, const Contract *contract) {
  char *number = g_uri_escape_string(contract->values[CONTRACT_NUMBER], NULL, FALSE);
  bool in_force = contract->terms.status == STATUS_ACTIVE || contract->terms.status == STATUS_CANCELLED;
  page_set(exchange, "Contract.requests", page_url(exchange, "/requests?contract=%s", number));
  if (in_force) page_set(exchange, "Contract.new_request", page_url(exchange, "/requests/new?contract=%s", number));
  g_free(number);
}

static bool show_sheet(Exchange *exchange, const Contract *contract, const Moment *moment, GError **error) {
  Catalogue *catalogue = catalogue_repository_read(exchange->worker->database, exchange, error);
  if (catalogue == NULL) return false;
  page_set(exchange, "Page.title", talloc_asprintf(exchange, "%s %s", contract->values[CONTRACT_NUMBER], contract->values[CONTRACT_TITLE]));
  page_set(exchange, "Contract.number", contract->values[CONTRACT_NUMBER]);
  page_set(exchange, "Contract.title", contract->values[CONTRACT_TITLE]);
  page_set(exchange, "Contract.level", contract->values[CONTRACT_LEVEL]);
  page_set(exchange, "Contract.level_name", contract->level_name);
  page_set(exchange, "Contract.customer", contract->values[CONTRACT_CUSTOMER_NAME]);
  page_set_number(exchange, "Contract.version", contract->version);
  page_set(exchange, "Contract.updated", page_moment(exchange, contract->updated_at));
  fill_terms(exchange, contract);
  /* Notice is given now, the level's promise is today's, and of removed documents nothing is left: an earlier state has none of them. */
  if (moment == NULL) fill_notice(exchange, contract);
  if (moment == NULL && !fill_promise(exchange, contract, error)) return false;
  if (moment == NULL && !document_list_fill(exchange, contract->id, error)) return false;
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    const char *url = field == CONTRACT_CUSTOMER_NAME ? page_url(exchange, "/customers/%" G_GINT64_FORMAT, contract->customer_id) : NULL;
    add_fact(exchange, contract_fields[field].name, value_text(exchange, contract, (ContractFieldId)field, catalogue), url);
  }
  if (moment == NULL) fill_requests(exchange, contract);
  page_set(exchange, "Contract.changed_by", history_page_person(catalogue, contract->changed_by));
  fill_as_of(exchange, moment);
  page_set(exchange, "Contract.url", contract_url(exchange, contract->id, ""));
  page_set(exchange, "Contract.history", contract_url(exchange, contract->id, "/history"));
  page_set(exchange, "Contract.edit", contract_url(exchange, contract->id, "/edit"));
  page_set(exchange, "Contract.copy", contract_url(exchange, contract->id, "/copy"));
  page_set(exchange, "Contract.delete", contract_url(exchange, contract->id, "/delete"));
  return page_render(exchange, 200, "contract_view", error);
}

static bool refuse_as_of(SupportlevelError code, const char *reason, const char *text, GError **error) {
  g_set_error(error, SUPPORTLEVEL_ERROR, (int)code, "%s: %s", reason, text);
  return false;
}

/* The moment of `as_of`; `text` is NULL where the contract is asked for as it is. */
static bool read_as_of(Exchange *exchange, Moment *moment, const char **text, GError **error) {
  Moment now = {0};
  moment_now(page_time_zone(exchange), &now);
  if (!page_one_parameter(exchange, "as_of", text, error)) return false;
  if (*text == NULL) return true;
  if (!moment_read(*text, page_time_zone(exchange), moment)) return refuse_as_of(ERROR_BAD_REQUEST, "as_of_unreadable", *text, error);
  /* Today counts as a whole, though it ends later. */
  return moment->day <= now.day || refuse_as_of(ERROR_BAD_REQUEST, "as_of_future", *text, error);
}

static Contract *contract_as_of(Exchange *exchange, const Moment *moment, const char *text, GError **error) {
  GError *problem = NULL;
  gint64 id = page_id(exchange, error);
  Contract *contract = id > 0 ? contract_repository_find_as_of(exchange->worker->database, exchange, id, moment, &problem) : NULL;
  if (error_is(problem, ERROR_NOT_FOUND)) refuse_as_of(ERROR_NOT_FOUND, "as_of_not_there", text, error);
  else if (problem != NULL) g_propagate_error(error, g_error_copy(problem));
  g_clear_error(&problem);
  return contract;
}

/* ---- for programs ---- */

static void write_json(GString *json, const Contract *contract) {
  json_write_contract(json, contract);
  g_string_append_c(json, '\n');
}

static bool answer_json(Exchange *exchange, const Contract *contract, int status) {
  write_json(exchange->response->body, contract);
  json_answer(exchange, status);
  return true;
}

static const GString *json_of(Exchange *exchange, const Contract *contract) {
  GString *json = record_json_text(exchange);
  write_json(json, contract);
  return json;
}

bool contract_view_page(Exchange *exchange, GError **error) {
  Moment moment = {0};
  const char *as_of = NULL;
  if (!read_as_of(exchange, &moment, &as_of, error)) return false;
  Contract *contract = as_of != NULL ? contract_as_of(exchange, &moment, as_of, error) : contract_of_address(exchange, error);
  if (contract == NULL) return false;
  return page_is_json(exchange) ? answer_json(exchange, contract, 200) : show_sheet(exchange, contract, as_of != NULL ? &moment : NULL, error);
}

bool contract_history_page(Exchange *exchange, GError **error) {
  gint64 id = page_id(exchange, error);
  return id > 0 && history_page_show(exchange, &contract_kind, id, talloc_asprintf(exchange, "/contracts/%" G_GINT64_FORMAT, id), CONTRACT_NUMBER, HISTORY_AS_OF | HISTORY_DOCUMENTS, error);
}

/* ---- the form ---- */

/* Customers to choose from without a script: all of a small company's, else those whose number or name begins as typed. */
static bool fill_customers(Exchange *exchange, const RecordForm *form, GError **error) {
  const char *typed = form->values[CONTRACT_CUSTOMER_NUMBER];
  bool unknown = field_errors_find(form->errors, "customer_number") != NULL;
  CustomerChoices *choices = customer_repository_choices(exchange->worker->database, exchange, unknown ? typed : "", error);
  if (choices == NULL) return false;
  unknown = unknown && typed[0] != '\0';
  if (unknown) page_set(exchange, "Customer.new", page_url(exchange, "/customers/new"));
  HDF *node = page_node(exchange->data, unknown ? "CustomerFound" : "CustomerChoice");
  for (unsigned i = 0; i < choices->count; i++) {
    HDF *row = page_row(node, i);
    page_value(row, "value", choices->items[i].number);
    page_value(row, "text", choices->items[i].name);
  }
  return true;
}

static bool show_form(Exchange *exchange, RecordForm *form, int status, const char *title, const char *action, guint version, GError **error) {
  if (page_is_json(exchange)) return problem_answer_fields(exchange, status, form->errors);
  if (!fill_customers(exchange, form, error)) return false;
  page_set(exchange, "Page.title", title);
  page_set(exchange, "Form.cancel", version > 0 ? contract_url(exchange, page_id(exchange, NULL), "") : page_url(exchange, "/contracts"));
  record_form_fill(form, action, version);
  return page_render(exchange, status, "contract_form", error);
}

static RecordForm *form_of(Exchange *exchange, const Contract *contract, GError **error) {
  Catalogue *catalogue = catalogue_repository_read(exchange->worker->database, exchange, error);
  if (catalogue == NULL) return NULL;
  return record_form_new(exchange, contract_fields, CONTRACT_FIELD_COUNT, contract->values, catalogue);
}

static bool show_new(Exchange *exchange, const Contract *contract, GError **error) {
  RecordForm *form = form_of(exchange, contract, error);
  return form != NULL && show_form(exchange, form, 200, page_text(exchange, "contract.new", NULL), page_url(exchange, "/contracts"), 0, error);
}

bool contract_new_page(Exchange *exchange, GError **error) {
  Contract *contract = contract_new(exchange);
  for (unsigned i = 0; i < exchange->request->query->count; i++) {
    const Parameter *given = &exchange->request->query->items[i];
    int field = strcmp(given->name, "customer") == 0 ? CONTRACT_CUSTOMER_NUMBER : strcmp(given->name, "level") == 0 ? CONTRACT_LEVEL : strcmp(given->name, "type") == 0 ? CONTRACT_TYPE : -1;
    if (field < 0 && strcmp(given->name, "lang") != 0) return page_unknown_parameter(given->name, error);
    if (field >= 0) contract->values[field] = given->value;
  }
  return show_new(exchange, contract, error);
}

/* A copy begins with everything but what belongs to the one contract alone. */
bool contract_copy_page(Exchange *exchange, GError **error) {
  Contract *contract = contract_of_address(exchange, error);
  if (contract == NULL) return false;
  contract->values[CONTRACT_NUMBER] = "";
  contract->values[CONTRACT_CANCELLED_ON] = "";
  contract->values[CONTRACT_CANCELLED_TO] = "";
  return show_new(exchange, contract, error);
}

bool contract_edit_page(Exchange *exchange, GError **error) {
  Contract *contract = contract_of_address(exchange, error);
  RecordForm *form = contract != NULL ? form_of(exchange, contract, error) : NULL;
  if (form == NULL) return false;
  form->stored = contract->values;
  return show_form(exchange, form, 200, page_text(exchange, "contract.edit", contract->values[CONTRACT_NUMBER], NULL), contract_url(exchange, contract->id, ""), contract->version, error);
}

/* ---- storing ---- */

/* Field errors show the form again with what was typed; any other error is the caller's. */
static bool is_for_form(GError **problem, GError **error) {
  if (error_is(*problem, ERROR_FIELD)) {
    g_clear_error(problem);
    return true;
  }
  g_propagate_error(error, *problem);
  return false;
}

static void take_values(Contract *contract, const RecordForm *form) {
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) contract->values[field] = form->values[field];
}

/* A program gets the contract as it is now, looked-up and derived values with it; a person is led there. */
static bool done(Exchange *exchange, const Contract *contract, bool created, GError **error) {
  if (!page_is_json(exchange)) {
    page_message(exchange, created ? "contract_created" : "contract_saved", contract->values[CONTRACT_NUMBER]);
    response_redirect(exchange->response, contract_url(exchange, contract->id, ""));
    return true;
  }
  const Contract *stored = contract_repository_find(exchange->worker->database, exchange, contract->id, exchange->today, error);
  if (stored == NULL) return false;
  if (created) response_header(exchange->response, "Location", contract_url(exchange, stored->id, ".json"));
  return answer_json(exchange, stored, created ? 201 : 200);
}

bool contract_create_submit(Exchange *exchange, GError **error) {
  GError *problem = NULL;
  Contract *contract = contract_new(exchange);
  RecordForm *form = form_of(exchange, contract, error);
  if (form == NULL || !record_form_read(form, error)) return false;
  take_values(contract, form);
  contract_check(contract, form->errors);
  if (contract_repository_insert(exchange->worker->database, contract, exchange->today, form->errors, &problem)) return done(exchange, contract, true, error);
  if (!is_for_form(&problem, error)) return false;
  return show_form(exchange, form, 422, page_text(exchange, "contract.new", NULL), page_url(exchange, "/contracts"), 0, error);
}

/* Both versions are shown: what the other one stored is beside the fields that both changed, everything else is merged. */
static bool show_conflict(Exchange *exchange, RecordForm *form, const Contract *stored, GError **error) {
  if (page_is_json(exchange)) return record_json_conflict(error);
  unsigned both = record_form_merge(form, stored->values);
  form->stored = stored->values;
  page_set(exchange, "Conflict.updated", page_moment(exchange, stored->updated_at));
  page_set_number(exchange, "Conflict.fields", both);
  return show_form(exchange, form, 409, page_text(exchange, "contract.edit", stored->values[CONTRACT_NUMBER], NULL), contract_url(exchange, stored->id, ""), stored->version, error);
}

static bool save(Exchange *exchange, RecordForm *form, Contract *contract, bool *conflict, GError **error) {
  GError *problem = NULL;
  if (contract_repository_update(exchange->worker->database, contract, exchange->today, form->errors, &problem)) return done(exchange, contract, false, error);
  *conflict = error_is(problem, ERROR_CONFLICT);
  if (*conflict) g_clear_error(&problem);
  return *conflict || is_for_form(&problem, error);
}

bool contract_save_submit(Exchange *exchange, GError **error) {
  bool conflict = false;
  Contract *stored = contract_of_address(exchange, error);
  RecordForm *form = stored != NULL ? form_of(exchange, stored, error) : NULL;
  if (form == NULL) return false;
  const GString *json = json_of(exchange, stored);
  record_json_know(form, json);
  if (!record_form_read(form, error)) return false;
  guint version = record_json_version(exchange, json, stored->version, error);
  if (version == 0) return false;
  if (version != stored->version) return show_conflict(exchange, form, stored, error);

  Contract *contract = talloc_memdup(exchange, stored, sizeof *stored);
  form->stored = stored->values;
  take_values(contract, form);
  contract_check(contract, form->errors);
  if (!save(exchange, form, contract, &conflict, error)) return false;
  if (conflict) {
    Contract *newer = contract_of_address(exchange, error);
    return newer != NULL && show_conflict(exchange, form, newer, error);
  }
  if (!field_errors_any(form->errors)) return true;
  return show_form(exchange, form, 422, page_text(exchange, "contract.edit", stored->values[CONTRACT_NUMBER], NULL), contract_url(exchange, stored->id, ""), version, error);
}

bool contract_delete_submit(Exchange *exchange, GError **error) {
  Contract *contract = contract_of_address(exchange, error);
  if (contract == NULL) return false;
  guint version = record_json_version(exchange, json_of(exchange, contract), contract->version, error);
  if (version == 0 || !contract_repository_delete(exchange->worker->database, contract->id, version, error)) return false;
  if (page_is_json(exchange)) {
    exchange->response->status = 204;
    return true;
  }
  page_message(exchange, "contract_deleted", contract->values[CONTRACT_NUMBER]);
  response_redirect(exchange->response, page_url(exchange, "/contracts"));
  return true;
}
