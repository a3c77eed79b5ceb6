/* Changing many contracts at once: what to set, a preview of what that changes, and the change. One address, three steps: each carries everything that
 * the next one needs, so that nothing is kept in between and the way back is the browser's. */
#include <string.h>
#include <talloc.h>

#include "pages/contract_bulk_text.h"
#include "pages/contract_list.h"
#include "pages/pages.h"
#include "repository/contract_bulk.h"

#define FIELD_NONE "none"

typedef struct {
  Exchange *exchange;
  bool all;           /* of the selection, else those that were ticked */
  ContractList *list; /* the selection: always known, it is where people come from */
  BulkSet *ticked;
  BulkValues values;
  FieldErrors *errors;
  bool nothing; /* nothing is to be set */
} BulkForm;

/* ---- reading ---- */

static bool refuse(GError **error, const char *reason, const char *argument) {
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "%s: %s", reason, argument);
  return false;
}

static bool is_form_name(const char *name) {
  static const char *const NAMES[] = {"csrf", "choose", "contract", "query", "step", "expected", "level", "type", "responsible"};
  for (unsigned i = 0; i < G_N_ELEMENTS(NAMES); i++) {
    if (strcmp(name, NAMES[i]) == 0) return true;
  }
  return false;
}

static bool read_names(const Parameters *sent, GError **error) {
  for (unsigned i = 0; i < sent->count; i++) {
    if (!is_form_name(sent->items[i].name)) return refuse(error, "unknown_field", sent->items[i].name);
  }
  return true;
}

static bool read_selection(BulkForm *form, GError **error) {
  const char *query = parameters_get(form->exchange->request->form, "query");
  if (query == NULL) query = "";
  Parameters *parameters = parameters_parse(form->exchange, query, strlen(query), error);
  form->list = parameters != NULL ? contract_list_new(form->exchange, "/contracts", parameters, NULL, error) : NULL;
  if (form->list == NULL) return false;
  if (!field_errors_any(form->list->errors)) return true;
  const FieldError *first = &g_array_index(form->list->errors->items, FieldError, 0);
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "%s: %s", first->field, page_error_text(form->list->exchange, first));
  return false;
}

static bool read_ticked(BulkForm *form, GError **error) {
  const Parameters *sent = form->exchange->request->form;
  guint32 *ids = talloc_array(form->exchange, guint32, sent->count + 1);
  unsigned count = 0;
  for (unsigned i = 0; i < sent->count; i++) {
    guint64 id = 0;
    if (strcmp(sent->items[i].name, "contract") != 0) continue;
    if (!g_ascii_string_to_unsigned(sent->items[i].value, 10, 1, G_MAXUINT32, &id, NULL)) return refuse(error, "bad_contract", sent->items[i].value);
    ids[count++] = (guint32)id;
  }
  form->ticked = contract_bulk_set(form->exchange, ids, count);
  return true;
}

/* What is still offered may be set; anything else is told beside its field. */
static void read_value(BulkForm *form, BulkField field) {
  const char *name = contract_fields[bulk_fields[field]].name;
  const char *sent = parameters_get(form->exchange->request->form, name);
  unsigned count = 0;
  const CatalogueEntry *entries = bulk_entries(form->list->catalogue, field, &count);
  if (sent == NULL || sent[0] == '\0') return;
  if (strcmp(sent, FIELD_NONE) == 0 && field != BULK_TYPE) {
    form->values.set[field] = true;
    form->values.codes[field] = "";
    return;
  }
  for (unsigned entry = 0; entry < count; entry++) {
    if (strcmp(entries[entry].code, sent) != 0) continue;
    if (entries[entry].retired) field_errors_add(form->errors, name, "retired", sent);
    form->values.set[field] = !entries[entry].retired;
    form->values.ids[field] = entries[entry].id;
    form->values.codes[field] = entries[entry].code;
    return;
  }
  field_errors_add(form->errors, name, "unknown", sent);
}

static BulkForm *form_read(Exchange *exchange, GError **error) {
  BulkForm *form = talloc_zero(exchange, BulkForm);
  const char *choose = parameters_get(exchange->request->form, "choose");
  form->exchange = exchange;
  form->errors = field_errors_new(form);
  if (!read_names(exchange->request->form, error)) return NULL;
  if (choose == NULL) page_missing_parameter("choose", error);
  else if (strcmp(choose, "all") != 0 && strcmp(choose, "ticked") != 0) refuse(error, "bad_choice", choose);
  else form->all = strcmp(choose, "all") == 0;
  if (choose == NULL || (!form->all && strcmp(choose, "ticked") != 0)) return NULL;
  if (!read_selection(form, error) || !read_ticked(form, error)) return NULL;
  form->nothing = true;
  for (int field = 0; field < BULK_FIELD_COUNT; field++) {
    read_value(form, (BulkField)field);
    form->nothing = form->nothing && !form->values.set[field];
  }
  return form;
}

/* ---- showing ---- */

static void fill_option(HDF *node, unsigned *index, const char *value, const char *text, const char *chosen) {
  page_option(page_node(node, "Option"), (*index)++, value, text, strcmp(value, chosen) == 0);
}

/* What the field's select box holds: sent as it came, so that the wrong value isn't chosen silently for another. */
static const char *chosen_value(const BulkForm *form, BulkField field) {
  if (!form->values.set[field]) return "";
  return form->values.codes[field][0] != '\0' ? form->values.codes[field] : FIELD_NONE;
}

static void fill_field(const BulkForm *form, BulkField field, HDF *node) {
  Exchange *exchange = form->exchange;
  const char *name = contract_fields[bulk_fields[field]].name;
  const FieldError *error = field_errors_find(form->errors, name);
  const char *chosen = chosen_value(form, field);
  unsigned count = 0;
  unsigned index = 0;
  const CatalogueEntry *entries = bulk_entries(form->list->catalogue, field, &count);
  page_value(node, "name", name);
  page_value(node, "label", page_field_label(exchange, name));
  page_value(node, "control", "select");
  page_value(node, "chosen", chosen);
  fill_option(node, &index, "", page_text(exchange, "bulk.keep", NULL), chosen);
  if (field != BULK_TYPE) fill_option(node, &index, FIELD_NONE, bulk_none_text(exchange, field), chosen);
  for (unsigned entry = 0; entry < count; entry++) {
    if (!entries[entry].retired) fill_option(node, &index, entries[entry].code, bulk_entry_text(exchange, field, &entries[entry]), chosen);
  }
  if (error == NULL) return;
  const char *text = page_text(exchange, talloc_asprintf(exchange, "error.%s", error->reason), error->argument != NULL ? error->argument : "", NULL);
  HDF *summary = page_row(page_node(exchange->data, "Errors"), field);
  page_value(node, "error", text);
  page_value(summary, "name", name);
  page_value(summary, "label", page_field_label(exchange, name));
  page_value(summary, "text", text);
}

static void fill_form(const BulkForm *form) {
  Exchange *exchange = form->exchange;
  const char *query = contract_filter_query(exchange, form->list->filter, form->list->catalogue, false);
  HDF *node = page_node(exchange->data, "Form");
  page_set(exchange, "Page.title", page_text(exchange, "bulk.title", NULL));
  page_value(node, "action", page_url(exchange, "/contracts/bulk"));
  page_value(node, "cancel", contract_list_url(form->list, "", query));
  page_value(node, "query", query);
  page_value(node, "choose", form->all ? "all" : "ticked");
  for (unsigned i = 0; !form->all && i < form->ticked->count; i++) {
    page_value(page_row(page_node(node, "Contract"), i), "id", talloc_asprintf(exchange, "%u", form->ticked->ids[i]));
  }
  for (unsigned field = 0; field < BULK_FIELD_COUNT; field++) fill_field(form, (BulkField)field, page_row(page_node(node, "Field"), field));
  if (form->all) contract_list_fill_selection(form->list);
}

static const char *number_text(Exchange *exchange, gint64 number) { return language_number(exchange, exchange->language, number); }

/* One line of what a field's contracts have now and get. */
static bool fill_line(const BulkForm *form, BulkField field, gint64 id, unsigned contracts, HDF *table, GError **error) {
  const BulkValues *values = &form->values;
  const char *from = bulk_value_text(form->exchange, form->list->catalogue, field, id, error);
  if (from == NULL) return false;
  HDF *line = page_row(page_node(table, "Line"), page_child_count(page_node(table, "Line")));
  page_value(line, "from", from);
  page_value(line, "contracts", number_text(form->exchange, contracts));
  if (values->set[field] && values->ids[field] != id) {
    const char *to = bulk_value_text(form->exchange, form->list->catalogue, field, values->ids[field], error);
    if (to == NULL) return false;
    page_value(line, "to", to);
  }
  return true;
}

static int larger_first(gconstpointer a, gconstpointer b, gpointer by_value) {
  guint one = GPOINTER_TO_UINT(g_hash_table_lookup(by_value, a));
  guint other = GPOINTER_TO_UINT(g_hash_table_lookup(by_value, b));
  return one > other ? -1 : one < other;
}

static bool fill_table(const BulkForm *form, BulkField field, GHashTable *by_value, HDF *table, GError **error) {
  const char *name = contract_fields[bulk_fields[field]].name;
  GList *ids = g_list_sort_with_data(g_hash_table_get_keys(by_value), larger_first, by_value);
  bool done = true;
  page_value(table, "name", name);
  page_value(table, "label", page_field_label(form->exchange, name));
  for (const GList *id = ids; done && id != NULL; id = id->next) {
    done = fill_line(form, field, GPOINTER_TO_UINT(id->data), GPOINTER_TO_UINT(g_hash_table_lookup(by_value, id->data)), table, error);
  }
  g_list_free(ids);
  return done;
}

/* In the first step all three fields as they are, then only those that are set. */
static bool fill_count(const BulkForm *form, const BulkSet *set, const BulkCount *count, GError **error) {
  Exchange *exchange = form->exchange;
  unsigned row = 0;
  page_set(exchange, "Count.contracts", page_text(exchange, count->contracts == 1 ? "contracts.total_one" : "contracts.total", number_text(exchange, count->contracts), NULL));
  if (count->ended > 0) page_set(exchange, "Count.ended", page_text(exchange, count->ended == 1 ? "bulk.ended_one" : "bulk.ended", number_text(exchange, count->ended), NULL));
  if (count->contracts < set->count) page_set(exchange, "Count.missing", page_text(exchange, "bulk.missing", number_text(exchange, set->count - count->contracts), NULL));
  for (int field = 0; field < BULK_FIELD_COUNT; field++) {
    if (!form->nothing && !form->values.set[field]) continue;
    if (!fill_table(form, (BulkField)field, count->by_value[field], page_row(page_node(exchange->data, "Table"), row++), error)) return false;
  }
  return true;
}

static bool show_problem(const BulkForm *form, const char *key, const char *argument, GError **error) {
  page_set(form->exchange, "Problem.text", page_text(form->exchange, key, argument, NULL));
  fill_form(form);
  return page_render(form->exchange, 422, "contract_bulk", error);
}

static void fill_confirm(const BulkForm *form, const BulkCount *count) {
  Exchange *exchange = form->exchange;
  const char *number = number_text(exchange, count->changed);
  page_set(exchange, "Confirm.what", bulk_what_text(exchange, form->list->catalogue, form->values.set, form->values.codes));
  page_set(exchange, "Confirm.expected", count->fingerprint);
  page_set(exchange, "Confirm.button", page_text(exchange, count->changed == 1 ? "bulk.apply_one" : "bulk.apply", number, NULL));
}

/* The chosen contracts as they are now, and, where something is to be set, what that changes. */
static bool show(const BulkForm *form, int status, bool preview, GError **error) {
  Exchange *exchange = form->exchange;
  Database *database = exchange->worker->database;
  const char *limit = number_text(exchange, BULK_LIMIT);
  const BulkSet *set = form->all ? contract_bulk_collect(database, exchange, &form->list->selection, error) : form->ticked;
  if (set == NULL) return false;
  if (set->more) return show_problem(form, "bulk.too_many", limit, error);
  if (set->count == 0) return show_problem(form, form->all ? "bulk.none_selected" : "bulk.none_ticked", "", error);
  const BulkCount *count = contract_bulk_count(database, exchange, set, &form->values, false, error);
  if (count == NULL) return false;
  if (count->contracts == 0) return show_problem(form, "bulk.all_deleted", "", error);
  if (preview && form->nothing && !field_errors_any(form->errors)) field_errors_add(form->errors, contract_fields[CONTRACT_LEVEL].name, "bulk_nothing_chosen", NULL);
  bool wrong = field_errors_any(form->errors);
  fill_form(form);
  if (!fill_count(form, set, count, error)) return false;
  if (preview && !wrong && count->changed > 0) fill_confirm(form, count);
  if (preview && !wrong && count->changed == 0) page_set(exchange, "Count.nothing", page_text(exchange, "bulk.nothing", NULL));
  return page_render(exchange, wrong ? 422 : status, "contract_bulk", error);
}

/* ---- the change ---- */

static bool show_changed(const BulkForm *form, GError **error) {
  page_set(form->exchange, "Conflict.text", page_text(form->exchange, "bulk.changed_meanwhile", NULL));
  return show(form, 409, true, error);
}

/* A key that is no longer offered since the form was read, or nothing left to change. */
static bool show_refused(BulkForm *form, const char *field, GError **error) {
  for (int i = 0; i < BULK_FIELD_COUNT; i++) {
    if (strcmp(field, contract_fields[bulk_fields[i]].name) == 0) field_errors_add(form->errors, contract_fields[bulk_fields[i]].name, "retired", form->values.codes[i]);
  }
  return show(form, 422, true, error);
}

static bool apply(BulkForm *form, GError **error) {
  Exchange *exchange = form->exchange;
  const char *expected = parameters_get(exchange->request->form, "expected");
  GError *problem = NULL;
  gint64 id = 0;
  if (expected == NULL) return page_missing_parameter("expected", error);
  if (form->nothing || field_errors_any(form->errors) || (!form->all && form->ticked->count == 0)) return show(form, 422, true, error);
  BulkOrder order = {.selection = form->all ? &form->list->selection : NULL, .set = form->ticked, .values = form->values, .fingerprint = expected, .user_id = exchange->user->id};
  if (contract_bulk_apply(exchange->worker->database, &order, &id, &problem)) {
    page_message(exchange, "bulk_done", NULL);
    response_redirect(exchange->response, page_url(exchange, "/contracts/bulk/%" G_GINT64_FORMAT, id));
    return true;
  }
  bool changed = error_is(problem, ERROR_CONFLICT);
  bool refused = error_is(problem, ERROR_FIELD);
  const char *field = talloc_strdup(exchange, problem->message);
  if (!changed && !refused) {
    g_propagate_error(error, problem);
    return false;
  }
  g_error_free(problem);
  return changed ? show_changed(form, error) : show_refused(form, field, error);
}

bool contract_bulk_submit(Exchange *exchange, GError **error) {
  const char *step = parameters_get(exchange->request->form, "step");
  BulkForm *form = form_read(exchange, error);
  if (form == NULL) return false;
  if (step == NULL) return show(form, 200, false, error);
  if (strcmp(step, "preview") == 0) return show(form, 200, true, error);
  if (strcmp(step, "apply") == 0) return apply(form, error);
  return refuse(error, "bad_choice", step);
}
