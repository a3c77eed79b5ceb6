/* Saved views: the list of them, and the forms that save, overwrite, rename, share and delete one. */
#include <string.h>
#include <talloc.h>

#include "pages/contract_list.h"
#include "pages/pages.h"
#include "pages/record_form.h"
#include "pages/view_menu.h"
#include "repository/catalogue_repository.h"
#include "repository/saved_view_repository.h"

static SavedViewUser user_of(const Exchange *exchange) {
  return (SavedViewUser){exchange->user->id, exchange->user->role >= ROLE_EDITOR, exchange->user->role >= ROLE_ADMIN};
}

static bool forbid(GError **error) {
  return error_set(error, ERROR_FORBIDDEN, "role");
}

/* The view that the address names. */
static SavedView *view_of_address(Exchange *exchange, GError **error) {
  gint64 id = page_id(exchange, error);
  return id > 0 ? saved_view_repository_find(exchange->worker->database, exchange, id, exchange->user->id, error) : NULL;
}

/* ---- the list ---- */

static void fill_problems(const ContractList *list, HDF *node) {
  for (unsigned i = 0; i < list->errors->items->len; i++) {
    const FieldError *problem = &g_array_index(list->errors->items, FieldError, i);
    HDF *row = page_row(page_node(node, "Problem"), i);
    page_value(row, "parameter", problem->field);
    page_value(row, "text", page_error_text(list->exchange, problem));
  }
}

/* The selection in words; or, where levels, types or users it names are gone, what is wrong with it. */
static bool fill_selection(Exchange *exchange, HDF *node, const SavedView *view, Catalogue *catalogue, GError **error) {
  const Parameters *parameters = parameters_parse(exchange, view->query, strlen(view->query), error);
  ContractList *list = parameters != NULL ? contract_list_new(exchange, "/contracts", parameters, catalogue, error) : NULL;
  if (list == NULL) return false;
  list->words = node;
  if (field_errors_any(list->errors)) fill_problems(list, node);
  else contract_list_fill_selection(list);
  return true;
}

static void fill_view(Exchange *exchange, HDF *node, const SavedView *view) {
  SavedViewUser user = user_of(exchange);
  page_value(node, "id", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, view->id));
  page_value(node, "name", view->name);
  page_value(node, "url", view_url(exchange, view));
  if (view->owner_id != user.id) page_value(node, "owner", view->owner);
  if (view->shared) page_value(node, "shared", "1");
  if (view->start) page_value(node, "start", "1");
  if (saved_view_may_change(view, &user) || saved_view_may_delete(view, &user)) {
    page_value(node, "edit", page_url(exchange, "/views/%" G_GINT64_FORMAT "/edit", view->id));
  }
}

bool view_list_page(Exchange *exchange, GError **error) {
  Database *database = exchange->worker->database;
  Catalogue *catalogue = catalogue_repository_read(database, exchange, error);
  SavedViews *views = catalogue != NULL ? saved_view_repository_list(database, exchange, exchange->user->id, error) : NULL;
  if (views == NULL) return false;
  for (unsigned i = 0; i < views->count; i++) {
    HDF *row = page_row(page_node(exchange->data, "Row"), i);
    fill_view(exchange, row, &views->items[i]);
    if (!fill_selection(exchange, row, &views->items[i], catalogue, error)) return false;
    if (views->items[i].start) page_set(exchange, "Start.name", views->items[i].name);
  }
  page_set(exchange, "Page.title", page_text(exchange, "views.title", NULL));
  page_set(exchange, "Start.action", page_url(exchange, "/views/start"));
  page_set(exchange, "Contracts.url", page_url(exchange, "/contracts"));
  return page_render(exchange, 200, "view_list", error);
}

/* ---- the forms ---- */

static RecordForm *name_form(Exchange *exchange, const char *name) {
  RecordForm *form = record_form_new(exchange, &saved_view_name_field, 1, &name, NULL);
  page_set(exchange, "Form.may_share", user_of(exchange).editor ? "1" : "");
  return form;
}

static void read_name(RecordForm *form) {
  const char *typed = parameters_get(form->exchange->request->form, "name");
  const char *name = field_value_read(form, &saved_view_name_field, typed != NULL ? typed : "", form->errors);
  form->values[0] = name != NULL ? name : typed;
  fields_check_required(form->fields, form->field_count, form->values, form->errors);
}

/* "id.version" of a view to overwrite, as the form's choice sends it. */
static bool read_chosen(const char *text, gint64 *id, guint *version) {
  char *point = NULL;
  *id = g_ascii_strtoll(text, &point, 10);
  *version = *point == '.' ? (guint)g_ascii_strtoull(point + 1, &point, 10) : 0;
  return *id > 0 && *version > 0 && *point == '\0';
}

/* The address tells nothing of the view that a selection began with: of all that could be overwritten the likeliest is proposed. */
static bool fill_overwritten(Exchange *exchange, const char *query, GError **error) {
  SavedViewUser user = user_of(exchange);
  unsigned row = 0;
  unsigned likest = 0;
  HDF *proposed = NULL;
  SavedViews *views = saved_view_repository_list(exchange->worker->database, exchange, user.id, error);
  for (unsigned i = 0; views != NULL && i < views->count; i++) {
    const SavedView *view = &views->items[i];
    if (!saved_view_may_change(view, &user)) continue;
    HDF *option = page_row(page_node(exchange->data, "Overwrite"), row++);
    page_value(option, "value", talloc_asprintf(exchange, "%" G_GINT64_FORMAT ".%u", view->id, view->version));
    page_value(option, "text", view->owner_id == user.id ? view->name : talloc_asprintf(exchange, "%s (%s)", view->name, view->owner));
    unsigned likeness = 1 + saved_view_likeness(query, view->query);
    if (likeness <= likest) continue;
    likest = likeness;
    proposed = option;
  }
  if (proposed != NULL) page_value(proposed, "selected", "1");
  return views != NULL;
}

/* The form that saves the selection of `list` as a new view or over an old one. */
static bool show_new(RecordForm *form, const ContractList *list, int status, GError **error) {
  Exchange *exchange = form->exchange;
  const char *query = contract_list_saved_query(list);
  const FieldError *problem = field_errors_find(form->errors, "view");
  contract_list_fill_selection(list);
  page_set(exchange, "Page.title", page_text(exchange, "view.new", NULL));
  page_set(exchange, "Form.query", query);
  page_set(exchange, "Form.cancel", contract_list_url(list, "", query));
  if (parameters_get(exchange->request->form, "shared") != NULL) page_set(exchange, "Form.shared", "1");
  if (problem != NULL) page_set(exchange, "Form.view_error", page_text(exchange, talloc_asprintf(exchange, "error.%s", problem->reason), NULL));
  record_form_fill(form, page_url(exchange, "/views"), 0);
  return fill_overwritten(exchange, query, error) && page_render(exchange, status, "view_form", error);
}

/* A selection to be saved has to be one. */
static ContractList *list_of(Exchange *exchange, const Parameters *parameters, GError **error) {
  ContractList *list = contract_list_new(exchange, "/contracts", parameters, NULL, error);
  if (list != NULL && field_errors_any(list->errors) && !contract_list_refuse(list, error)) return NULL;
  return list;
}

bool view_new_page(Exchange *exchange, GError **error) {
  const ContractList *list = list_of(exchange, exchange->request->query, error);
  return list != NULL && show_new(name_form(exchange, ""), list, 200, error);
}

static const ContractList *list_of_form(Exchange *exchange, GError **error) {
  const char *query = parameters_get(exchange->request->form, "query");
  if (query == NULL) {
    page_missing_parameter("query", error);
    return NULL;
  }
  const Parameters *parameters = parameters_parse(exchange, query, strlen(query), error);
  const ContractList *list = parameters != NULL ? list_of(exchange, parameters, error) : NULL;
  if (list != NULL && strlen(contract_list_url(list, "", contract_list_saved_query(list))) > SAVED_VIEW_QUERY_MAX) {
    g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_ADDRESS_TOO_LONG, "query");
    return NULL;
  }
  return list;
}

/* True when it was stored; else `status` says how the form is to be shown again, or `error` is set. */
static bool stored(bool done, GError *problem, int *status, GError **error) {
  *status = error_is(problem, ERROR_FIELD) ? 422 : error_is(problem, ERROR_CONFLICT) || error_is(problem, ERROR_NOT_FOUND) ? 409 : 0;
  if (!done && *status == 0) g_propagate_error(error, problem);
  else g_clear_error(&problem);
  return done;
}

static bool create(RecordForm *form, const ContractList *list, int *status, GError **error) {
  Exchange *exchange = form->exchange;
  GError *problem = NULL;
  SavedView view = {.owner_id = exchange->user->id, .query = contract_list_saved_query(list), .shared = parameters_get(exchange->request->form, "shared") != NULL};
  if (view.shared && !user_of(exchange).editor) return forbid(error);
  read_name(form);
  view.name = form->values[0];
  *status = 422;
  if (field_errors_any(form->errors)) return false;
  bool done = saved_view_repository_insert(exchange->worker->database, &view, form->errors, &problem);
  if (!stored(done, problem, status, error)) return false;
  page_message(exchange, "view_created", view.name);
  return true;
}

static bool overwrite(RecordForm *form, const ContractList *list, const char *chosen, int *status, GError **error) {
  Exchange *exchange = form->exchange;
  Database *database = exchange->worker->database;
  SavedViewUser user = user_of(exchange);
  GError *problem = NULL;
  gint64 id = 0;
  guint version = 0;
  if (!read_chosen(chosen, &id, &version)) return page_missing_parameter("view", error);
  SavedView *view = saved_view_repository_find(database, exchange, id, user.id, &problem);
  if (view != NULL && !saved_view_may_change(view, &user)) return forbid(error);
  if (view != NULL) {
    view->version = version;
    view->query = contract_list_saved_query(list);
  }
  bool done = view != NULL && saved_view_repository_update(database, view, form->errors, &problem);
  if (!stored(done, problem, status, error) || view == NULL) {
    if (*status != 0) field_errors_add(form->errors, "view", "view_changed", NULL);
    return false;
  }
  page_message(exchange, "view_overwritten", view->name);
  return true;
}

/* `query` is stored under a new name, or over the view that `view` names. */
bool view_create_submit(Exchange *exchange, GError **error) {
  const ContractList *list = list_of_form(exchange, error);
  if (list == NULL) return false;
  const char *chosen = parameters_get(exchange->request->form, "view");
  RecordForm *form = name_form(exchange, "");
  int status = 0;
  if (chosen != NULL ? overwrite(form, list, chosen, &status, error) : create(form, list, &status, error)) {
    response_redirect(exchange->response, contract_list_url(list, "", contract_list_saved_query(list)));
    return true;
  }
  return status != 0 && show_new(form, list, status, error);
}

/* ---- one view ---- */

static bool show_edit(RecordForm *form, const SavedView *view, bool shared, int status, GError **error) {
  Exchange *exchange = form->exchange;
  SavedViewUser user = user_of(exchange);
  const char *own = page_url(exchange, "/views/%" G_GINT64_FORMAT, view->id);
  form->stored = (const char *const *)talloc_memdup(exchange, &view->name, sizeof view->name);
  page_set(exchange, "Page.title", page_text(exchange, "view.edit", view->name, NULL));
  page_set(exchange, "Form.cancel", page_url(exchange, "/views"));
  page_set(exchange, "Form.may_share", saved_view_may_share(view, &user) ? "1" : "");
  page_set(exchange, "Form.may_change", saved_view_may_change(view, &user) ? "1" : "");
  page_set(exchange, "Form.shared", shared ? "1" : "");
  if (saved_view_may_delete(view, &user)) page_set(exchange, "View.delete", talloc_asprintf(exchange, "%s/delete", own));
  page_set_number(exchange, "View.version", view->version);
  record_form_fill(form, own, view->version);
  return page_render(exchange, status, "view_edit", error);
}

bool view_edit_page(Exchange *exchange, GError **error) {
  SavedViewUser user = user_of(exchange);
  const SavedView *view = view_of_address(exchange, error);
  if (view == NULL) return false;
  if (!saved_view_may_change(view, &user) && !saved_view_may_delete(view, &user)) return forbid(error);
  return show_edit(name_form(exchange, view->name), view, view->shared, 200, error);
}

static bool show_conflict(RecordForm *form, SavedView *view, bool shared, GError **error) {
  Exchange *exchange = form->exchange;
  page_set_number(exchange, "Conflict.fields", record_form_merge(form, &view->name));
  page_set(exchange, "Conflict.updated", page_moment(exchange, view->updated_at));
  return show_edit(form, view, shared, 409, error);
}

bool view_save_submit(Exchange *exchange, GError **error) {
  SavedViewUser user = user_of(exchange);
  GError *problem = NULL;
  int status = 0;
  SavedView *view = view_of_address(exchange, error);
  if (view == NULL) return false;
  if (!saved_view_may_change(view, &user)) return forbid(error);
  RecordForm *form = name_form(exchange, view->name);
  guint version = page_form_version(exchange);
  bool shared = saved_view_may_share(view, &user) ? parameters_get(exchange->request->form, "shared") != NULL : view->shared;
  if (version == 0) return page_missing_parameter("version", error);
  read_name(form);
  if (version != view->version) return show_conflict(form, view, shared, error);
  if (field_errors_any(form->errors)) return show_edit(form, view, shared, 422, error);
  SavedView changed = *view;
  changed.name = form->values[0];
  changed.shared = shared;
  bool done = saved_view_repository_update(exchange->worker->database, &changed, form->errors, &problem);
  if (stored(done, problem, &status, error)) {
    page_message(exchange, "view_saved", changed.name);
    response_redirect(exchange->response, page_url(exchange, "/views"));
    return true;
  }
  if (status == 0) return false;
  if (status == 422) return show_edit(form, view, shared, status, error);
  view = view_of_address(exchange, error);
  return view != NULL && show_conflict(form, view, shared, error);
}

bool view_delete_submit(Exchange *exchange, GError **error) {
  SavedViewUser user = user_of(exchange);
  SavedView *view = view_of_address(exchange, error);
  if (view == NULL) return false;
  if (!saved_view_may_delete(view, &user)) return forbid(error);
  view->version = page_form_version(exchange);
  if (view->version == 0) return page_missing_parameter("version", error);
  if (!saved_view_repository_delete(exchange->worker->database, view, error)) return false;
  page_message(exchange, "view_deleted", view->name);
  response_redirect(exchange->response, page_url(exchange, "/views"));
  return true;
}

/* Signing in leads to the view whose id `view` is; empty: to the overview. */
bool view_start_submit(Exchange *exchange, GError **error) {
  Database *database = exchange->worker->database;
  const char *chosen = parameters_get(exchange->request->form, "view");
  guint64 id = 0;
  const SavedView *view = NULL;
  if (chosen == NULL || (chosen[0] != '\0' && !g_ascii_string_to_unsigned(chosen, 10, 1, G_MAXUINT32, &id, NULL))) return page_missing_parameter("view", error);
  if (id > 0) {
    view = saved_view_repository_find(database, exchange, (gint64)id, exchange->user->id, error);
    if (view == NULL) return false;
  }
  if (!saved_view_repository_set_start(database, exchange->user->id, (gint64)id, error)) return false;
  page_message(exchange, view != NULL ? "view_start" : "view_start_none", view != NULL ? view->name : NULL);
  response_redirect(exchange->response, page_url(exchange, "/views"));
  return true;
}
