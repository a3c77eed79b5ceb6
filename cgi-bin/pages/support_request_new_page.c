/* Taking a support request in: against a contract in force, with what that promises now. */
#include <sodium.h>
#include <string.h>
#include <talloc.h>

#include "format/support_request_writer.h"
#include "pages/pages.h"
#include "pages/problem.h"
#include "pages/record_form.h"
#include "pages/service_text.h"
#include "pages/support_request_text.h"
#include "repository/catalogue_repository.h"
#include "repository/entitlement_repository.h"
#include "repository/support_request_repository.h"
#include "web/json_answer.h"

#define ONCE_LENGTH 32

typedef struct {
  Exchange *exchange;
  RecordForm *form;
  Catalogue *catalogue;
  const EntitledContract *contract; /* that the form names, or NULL */
  const Entitlement *entitlement;
  const char *once;
  gint64 now;
} TakingIn;

/* ---- the form ---- */

/* The queue of the setting request_level, or of the lowest level that isn't retired. */
static const char *proposed_level(const Exchange *exchange, const Catalogue *catalogue) {
  int set = catalogue_level(catalogue, settings_text(exchange->worker->settings, SETTING_REQUEST_LEVEL));
  if (set >= 0 && !catalogue->levels[set].retired) return catalogue->levels[set].code;
  for (unsigned level = 0; level < catalogue->level_count; level++) {
    if (!catalogue->levels[level].retired) return catalogue->levels[level].code;
  }
  return "";
}

/* A form that is sent twice takes a request in once. */
static const char *new_once(Exchange *exchange) {
  unsigned char random[ONCE_LENGTH / 2];
  char *text = talloc_array(exchange, char, ONCE_LENGTH + 1);
  randombytes_buf(random, sizeof random);
  return sodium_bin2hex(text, ONCE_LENGTH + 1, random, sizeof random);
}

static bool is_once(const char *text) { return strlen(text) == ONCE_LENGTH && strspn(text, "0123456789abcdef") == ONCE_LENGTH; }

static bool begin(Exchange *exchange, TakingIn *taking, const char *contract, GError **error) {
  const char *sent = parameters_get(exchange->request->form, "once");
  if (sent != NULL && !is_once(sent)) return error_set(error, ERROR_BAD_REQUEST, "bad_once");
  *taking = (TakingIn){.exchange = exchange, .now = settings_now(exchange->worker->settings), .once = sent != NULL ? sent : new_once(exchange)};
  taking->catalogue = catalogue_repository_read(exchange->worker->database, exchange, error);
  if (taking->catalogue == NULL) return false;
  const char *values[REQUEST_FIELD_COUNT] = {contract, "", "", "", proposed_level(exchange, taking->catalogue)};
  taking->form = record_form_new(exchange, support_request_fields, REQUEST_FIELD_COUNT, values, taking->catalogue);
  taking->form->more = "once";
  return true;
}

/* Looks the contract up; what speaks against it stands beside its field. */
static bool read_contract(TakingIn *taking, GError **error) {
  RecordForm *form = taking->form;
  const char *number = form->values[REQUEST_FIELD_CONTRACT];
  if (number[0] == '\0') return true;
  Entitlement *entitlement = entitlement_repository_contract(taking->exchange->worker->database, taking->exchange, number, error);
  if (entitlement == NULL) return false;
  taking->entitlement = entitlement;
  if (entitlement->count == 0) {
    field_errors_add(form->errors, "contract", "unknown", number);
    return true;
  }
  taking->contract = &entitlement->contracts[0];
  if (taking->contract->status == STATUS_ENDED) field_errors_add(form->errors, "contract", "contract_ended", NULL);
  else if (taking->contract->status == STATUS_UPCOMING) field_errors_add(form->errors, "contract", "contract_upcoming", NULL);
  entitlement_answer(entitlement, taking->now);
  return true;
}

static void fill_promise(Exchange *exchange, HDF *node, const EntitledLevel *level, gint64 now) {
  page_value(node, "code", level->code);
  page_value(node, "name", level->name);
  if (level->respond_by != SERVICE_NEVER) page_value(node, "respond_by", service_text_moment(exchange, level->calendar->time_zone, level->respond_by, now));
  if (level->restore_by != SERVICE_NEVER) page_value(node, "restore_by", service_text_moment(exchange, level->calendar->time_zone, level->restore_by, now));
}

static bool show(TakingIn *taking, int status, GError **error) {
  Exchange *exchange = taking->exchange;
  if (page_is_json(exchange)) return problem_answer_fields(exchange, status, taking->form->errors);
  page_set(exchange, "Page.title", page_text(exchange, "request.new", NULL));
  page_set(exchange, "Form.once", taking->once);
  page_set(exchange, "Form.cancel", page_url(exchange, "/requests"));
  page_set(exchange, "Entitlement.url", page_url(exchange, "/entitlement"));
  record_form_fill(taking->form, page_url(exchange, "/requests"), 0);
  if (taking->contract != NULL && field_errors_find(taking->form->errors, "contract") == NULL) {
    gint64 unsolved = support_request_repository_unsolved_of(exchange->worker->database, "customer_id", taking->entitlement->customer_id, error);
    if (unsolved < 0) return false;
    char *number = g_uri_escape_string(taking->entitlement->customer_number, NULL, FALSE);
    page_set(exchange, "Contract.title", taking->contract->title);
    page_set(exchange, "Contract.customer", taking->entitlement->customer_name);
    page_set(exchange, "Entitlement.url", page_url(exchange, "/entitlement?customer=%s", number));
    page_set(exchange, "Customer.requests", page_url(exchange, "/requests?customer=%s", number));
    if (unsolved > 0) page_set(exchange, "Customer.unsolved", page_text(exchange, "request.open_of_customer", language_number(exchange, exchange->language, unsolved), NULL));
    g_free(number);
    if (taking->contract->level != NULL) fill_promise(exchange, page_node(exchange->data, "Promise"), taking->contract->level, taking->now);
    else page_set(exchange, "Contract.without_level", "1");
  }
  return page_render(exchange, status, "request_form", error);
}

bool support_request_new_page(Exchange *exchange, GError **error) {
  TakingIn taking;
  const char *typed = NULL;
  if (!page_one_parameter(exchange, "contract", &typed, error)) return false;
  const char *contract = g_strstrip(talloc_strdup(exchange, typed != NULL ? typed : ""));
  return begin(exchange, &taking, contract, error) && read_contract(&taking, error) && show(&taking, 200, error);
}

/* ---- storing ---- */

static bool take_in(const TakingIn *taking, gint64 level_id, gint64 *id, GError **error) {
  Exchange *exchange = taking->exchange;
  const EntitledLevel *level = taking->contract->level;
  SupportRequest request = {
      .contract_id = taking->contract->id,
      .customer_id = taking->entitlement->customer_id,
      .subject = taking->form->values[REQUEST_FIELD_SUBJECT],
      .caller = taking->form->values[REQUEST_FIELD_CALLER],
      .text = taking->form->values[REQUEST_FIELD_TEXT],
      .taken_at = taking->now,
      .level_id = level_id,
      .response_minutes = level != NULL ? level->response_minutes : SERVICE_NO_PROMISE,
      .restore_minutes = level != NULL ? level->restore_minutes : SERVICE_NO_PROMISE,
      .calendar = level != NULL ? level->calendar : NULL,
  };
  support_request_count(&request, NULL, 0, settings_number(exchange->worker->settings, SETTING_REQUEST_LEAD));
  SupportRequestTakeIn stored = {&request, level != NULL ? level->id : 0, request.calendar != NULL ? request.calendar->code : NULL, exchange->user->id, taking->once};
  if (!support_request_repository_take_in(exchange->worker->database, &stored, error)) return false;
  *id = request.id;
  return true;
}

static bool answer_created(Exchange *exchange, gint64 id, GError **error) {
  if (!page_is_json(exchange)) {
    page_message(exchange, "request_taken_in", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, id));
    response_redirect(exchange->response, support_request_url(exchange, id));
    return true;
  }
  const SupportRequest *request = support_request_repository_find(exchange->worker->database, exchange, id, error);
  if (request == NULL) return false;
  response_header(exchange->response, "Location", page_url(exchange, "/requests/%" G_GINT64_FORMAT ".json", id));
  support_request_write(exchange->response->body, request, page_time_zone(exchange));
  g_string_append_c(exchange->response->body, '\n');
  json_answer(exchange, 201);
  return true;
}

bool support_request_create_submit(Exchange *exchange, GError **error) {
  TakingIn taking;
  gint64 id = 0;
  if (!begin(exchange, &taking, "", error) || !record_form_read(taking.form, error) || !read_contract(&taking, error)) return false;
  RecordForm *form = taking.form;
  fields_check_required(support_request_fields, REQUEST_FIELD_COUNT, form->values, form->errors);
  int level = catalogue_level(taking.catalogue, form->values[REQUEST_FIELD_LEVEL]);
  if (level < 0 && form->values[REQUEST_FIELD_LEVEL][0] != '\0') field_errors_add(form->errors, "queue", "unknown", form->values[REQUEST_FIELD_LEVEL]);
  else if (level >= 0 && taking.catalogue->levels[level].retired) field_errors_add(form->errors, "queue", "retired", form->values[REQUEST_FIELD_LEVEL]);
  /* Without a contract its field is in error, as a required one. */
  if (taking.contract == NULL || field_errors_any(form->errors)) return show(&taking, 422, error);
  GError *problem = NULL;
  if (take_in(&taking, taking.catalogue->levels[level].id, &id, &problem)) return answer_created(exchange, id, error);
  if (!error_is(problem, ERROR_CONFLICT)) {
    g_propagate_error(error, problem);
    return false;
  }
  /* Sent, changed, and sent again: the first one counts already, and this one is another one only if that is meant. */
  field_errors_add(form->errors, "subject", "taken_in_already", problem->message);
  g_error_free(problem);
  taking.once = new_once(exchange);
  return show(&taking, 422, error);
}
