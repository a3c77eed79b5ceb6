/* Calendars that people subscribe to: their list, making and revoking one, and what is behind its secret address. */
#include <string.h>
#include <talloc.h>

#include "domain/secret.h"
#include "pages/contract_calendar.h"
#include "pages/contract_list.h"
#include "pages/pages.h"
#include "pages/record_form.h"
#include "pages/sign_in.h"
#include "pages/today.h"
#include "repository/calendar_repository.h"

static const Field NAME_FIELD = {.name = "name", .kind = FIELD_TEXT, .required = true, .limit = 100, .fallback = ""};

/* ---- selections ---- */

/* The selection that a query makes. NULL with `error` where it can't be read at all; what is wrong with its parts is in its errors. */
static ContractList *read_selection(Exchange *exchange, const char *query, GError **error) {
  const Parameters *parameters = parameters_parse(exchange, query, strlen(query), error);
  return parameters != NULL ? contract_list_new(exchange, "/contracts", parameters, NULL, error) : NULL;
}

/* The query of a selection without what a calendar has no use for: its order, pages and language. */
static const char *selection_query(const ContractList *list) {
  const Parameters none = {0};
  ContractFilter *standard = contract_filter_parse(list->exchange, &none, list->catalogue, list->exchange->today, list->errors);
  ContractFilter kept = *list->filter;
  kept.sort = standard->sort;
  kept.descending = standard->descending;
  kept.per = standard->per;
  kept.language = NULL;
  return contract_filter_query(list->exchange, &kept, list->catalogue, false);
}

static const char *first_problem(const ContractList *list) {
  const FieldError *first = &g_array_index(list->errors->items, FieldError, 0);
  return talloc_asprintf(list->exchange, "%s: %s", first->field, page_error_text(list->exchange, first));
}

/* The selection in words, in one line. */
static const char *selection_words(const ContractList *list) {
  HDF *data = list->exchange->data;
  char *words = NULL;
  contract_list_fill_selection(list);
  HDF *parts = page_node(data, "Selection");
  for (HDF *part = hdf_obj_child(parts); part != NULL; part = hdf_obj_next(part)) {
    const char *text = hdf_get_value(part, "text", "");
    words = words == NULL ? talloc_strdup(list->exchange, text) : talloc_asprintf(list->exchange, "%s · %s", words, text);
  }
  NEOERR *problem = hdf_remove_tree(data, "Selection");
  nerr_ignore(&problem);
  return words != NULL ? words : page_text(list->exchange, "selection.all", NULL);
}

/* ---- the list ---- */

static bool fill_row(Exchange *exchange, HDF *row, const CalendarRow *calendar, GError **error) {
  ContractList *list = read_selection(exchange, calendar->query, error);
  if (list == NULL) return false;
  bool possible = !field_errors_any(list->errors);
  page_value(row, "name", calendar->name);
  page_value(row, "url", contract_list_url(list, "", calendar->query));
  page_value(row, "selection", possible ? selection_words(list) : first_problem(list));
  if (!possible) page_value(row, "broken", "1");
  page_value(row, "created", page_moment(exchange, calendar->created_at));
  page_value(row, "used", page_moment(exchange, calendar->used_at));
  page_value(row, "revoke", page_url(exchange, "/settings/calendars/%" G_GINT64_FORMAT "/revoke", calendar->id));
  return true;
}

static bool show_list(Exchange *exchange, GError **error) {
  CalendarRows *calendars = calendar_repository_list(exchange->worker->database, exchange, exchange->user->id, error);
  HDF *rows = page_node(exchange->data, "Row");
  for (unsigned i = 0; calendars != NULL && i < calendars->count; i++) {
    if (!fill_row(exchange, page_row(rows, i), &calendars->items[i], error)) return false;
  }
  page_set(exchange, "Page.title", page_text(exchange, "calendar.list", NULL));
  page_set(exchange, "Contracts.url", page_url(exchange, "/contracts"));
  return calendars != NULL && page_render(exchange, 200, "calendar_list", error);
}

bool calendar_list_page(Exchange *exchange, GError **error) { return show_list(exchange, error); }

/* ---- a new one ---- */

static RecordForm *name_form(Exchange *exchange, const char *name) {
  static const char *const LABEL = "calendar_name";
  RecordForm *form = record_form_new(exchange, &NAME_FIELD, 1, &name, NULL);
  form->labels = &LABEL;
  form->more = "query";
  return form;
}

static bool show_form(RecordForm *form, const ContractList *list, int status, GError **error) {
  Exchange *exchange = list->exchange;
  page_set(exchange, "Page.title", page_text(exchange, "calendar.subscribe", NULL));
  page_set(exchange, "Form.query", selection_query(list));
  page_set(exchange, "Form.selection", selection_words(list));
  page_set(exchange, "Form.cancel", contract_list_url(list, "", selection_query(list)));
  page_set(exchange, "Calendars.url", page_url(exchange, "/settings/calendars"));
  record_form_fill(form, page_url(exchange, "/settings/calendars"), 0);
  return page_render(exchange, status, "calendar_form", error);
}

static bool refuse_selection(const ContractList *list, GError **error) {
  g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, first_problem(list));
  return false;
}

bool calendar_new_page(Exchange *exchange, GError **error) {
  ContractList *list = contract_list_new(exchange, "/contracts", exchange->request->query, NULL, error);
  if (list == NULL) return false;
  if (field_errors_any(list->errors)) return refuse_selection(list, error);
  return show_form(name_form(exchange, page_text(exchange, "calendar.title", NULL)), list, 200, error);
}

/* The secret stands on this one page and nowhere else. */
static bool show_secret(Exchange *exchange, const char *name, const char *secret, GError **error) {
  const char *path = talloc_asprintf(exchange, "/calendar/%s.ics", secret);
  const char *whole = settings_address(exchange, exchange->worker->settings, path);
  const char *colon = strchr(whole, ':');
  page_set(exchange, "Page.message", page_text(exchange, "calendar.created", name, NULL));
  page_set(exchange, "Secret.url", whole[0] != '\0' ? whole : page_url(exchange, "%s", path));
  /* webcal: is what calendar programs have registered for themselves; it needs the whole address. */
  if (colon != NULL) page_set(exchange, "Secret.webcal", talloc_asprintf(exchange, "webcal%s", colon));
  return show_list(exchange, error);
}

bool calendar_create_submit(Exchange *exchange, GError **error) {
  unsigned char hash[SECRET_HASH_SIZE];
  const char *query = parameters_get(exchange->request->form, "query");
  if (query == NULL) return page_missing_parameter("query", error);
  ContractList *list = read_selection(exchange, query, error);
  if (list == NULL) return false;
  if (field_errors_any(list->errors)) return refuse_selection(list, error);
  RecordForm *form = name_form(exchange, "");
  if (!record_form_read(form, error)) return false;
  fields_check_required(form->fields, form->field_count, form->values, form->errors);
  if (field_errors_any(form->errors)) return show_form(form, list, 422, error);
  const char *name = form->values[0];
  const char *secret = secret_new(exchange, hash);
  return calendar_repository_insert(exchange->worker->database, exchange->user->id, name, selection_query(list), hash, error) && show_secret(exchange, name, secret, error);
}

bool calendar_revoke_submit(Exchange *exchange, GError **error) {
  gint64 id = page_id(exchange, error);
  if (id == 0 || !calendar_repository_delete(exchange->worker->database, exchange->user->id, id, error)) return false;
  page_message(exchange, "calendar_revoked", NULL);
  response_redirect(exchange->response, page_url(exchange, "/settings/calendars"));
  return true;
}

/* ---- behind the secret address ---- */

/* Acts as the user whose calendar it is, in that user's language unless the address names another. NULL with the error. */
static CalendarRow *open_calendar(Exchange *exchange, GError **error) {
  unsigned char hash[SECRET_HASH_SIZE];
  CalendarRow *calendar = NULL;
  UserRow *user = NULL;
  Language language = exchange->language;
  bool possible = strcmp(exchange->format, "ics") == 0 && secret_hash(exchange->id, hash);
  if (possible && !calendar_repository_find(exchange->worker->database, exchange, hash, &calendar, &user, error)) return NULL;
  if (calendar == NULL) {
    error_set(error, ERROR_NOT_FOUND, "no such calendar");
    return NULL;
  }
  sign_in_take_user(exchange, user, ROLE_VIEWER); /* a calendar only reads */
  if (parameters_get(exchange->request->query, "lang") != NULL) exchange->language = language;
  return today_reached(exchange, error) ? calendar : NULL;
}

bool calendar_page(Exchange *exchange, GError **error) {
  CalendarRow *calendar = open_calendar(exchange, error);
  if (calendar == NULL) return false;
  ContractList *list = read_selection(exchange, calendar->query, error);
  if (list == NULL) return false;
  if (field_errors_any(list->errors)) return refuse_selection(list, error);
  return contract_calendar_answer(exchange, &list->selection, calendar->name, error);
}
