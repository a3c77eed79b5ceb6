#include "pages/record_page.h"

#include <string.h>
#include <talloc.h>

#include "format/json_writer.h"
#include "pages/history_page.h"
#include "pages/problem.h"
#include "pages/record_json.h"
#include "repository/catalogue_repository.h"
#include "repository/history_repository.h"
#include "repository/record_repository.h"
#include "web/json_answer.h"

Record *record_page_find(Exchange *exchange, const RecordPage *page, GError **error) {
  if (page->address_field < 0 && page_id(exchange, error) == 0) return NULL;
  Record *record = record_repository_find(exchange->worker->database, exchange, page->kind, page->column, exchange->id, error);
  if (record == NULL && error_is(*error, ERROR_NOT_FOUND)) history_page_offer(exchange, page->kind, page->column, exchange->id, page->path);
  return record;
}

const char *record_page_url(Exchange *exchange, const RecordPage *page, const Record *record, const char *below) {
  if (page->address_field >= 0) return page_url(exchange, "%s/%s%s", page->path, record->values[page->address_field], below);
  return page_url(exchange, "%s/%" G_GINT64_FORMAT "%s", page->path, record->id, below);
}

static const char *text_of(Exchange *exchange, const RecordPage *page, const char *what, const char *argument) {
  return page_text(exchange, talloc_asprintf(exchange, "%s.%s", page->text, what), argument, NULL);
}

void record_page_fill(Exchange *exchange, const RecordPage *page, const Record *record, const Catalogue *catalogue) {
  HDF *facts = page_node(exchange->data, "Fact");
  page_set(exchange, "Page.title", record->values[page->title_field]);
  for (unsigned field = 0; field < page->kind->field_count; field++) {
    HDF *fact = page_row(facts, field);
    page_value(fact, "name", page->kind->fields[field].name);
    page_value(fact, "label", page_field_label(exchange, page->kind->fields[field].name));
    page_value(fact, "text", record_value_text(exchange, &page->kind->fields[field], record->values[field], catalogue));
  }
  page_set_number(exchange, "Record.version", record->version);
  page_set(exchange, "Record.edit", record_page_url(exchange, page, record, "/edit"));
  page_set(exchange, "Record.history", record_page_url(exchange, page, record, "/history"));
  page_set(exchange, "Record.delete", record_page_url(exchange, page, record, "/delete"));
  page_set(exchange, "Record.updated", page_moment(exchange, record->updated_at));
}

bool record_page_history(Exchange *exchange, const RecordPage *page, GError **error) {
  gint64 id = page->address_field < 0 ? page_id(exchange, error) : 0;
  bool found = page->address_field < 0 ? id > 0 : history_repository_id(exchange->worker->database, page->kind, page->column, exchange->id, &id, error);
  if (!found) return false;
  char *part = g_uri_escape_string(exchange->id, NULL, FALSE);
  const char *address = talloc_asprintf(exchange, "%s/%s", page->path, part);
  g_free(part);
  return history_page_show(exchange, page->kind, id, address, page->title_field, 0, error);
}

/* ---- for programs ---- */

static void write_json(GString *json, const Record *record) {
  json_write_record(json, record);
  g_string_append_c(json, '\n');
}

bool record_page_answer_json(Exchange *exchange, const Record *record, int status) {
  write_json(exchange->response->body, record);
  json_answer(exchange, status);
  return true;
}

bool record_page_answer_json_list(Exchange *exchange, const char *name, const Records *records, const char *next) {
  GString *body = exchange->response->body;
  g_string_append_printf(body, "{\"%s\": [", name);
  for (unsigned i = 0; i < records->count; i++) {
    if (i > 0) g_string_append(body, ",\n");
    json_write_record(body, records->items[i]);
  }
  g_string_append(body, "], \"next\": ");
  if (next != NULL) json_write_text(body, next);
  else g_string_append(body, "null");
  g_string_append(body, "}\n");
  json_answer(exchange, 200);
  return true;
}

static const GString *json_of(Exchange *exchange, const Record *record) {
  GString *json = record_json_text(exchange);
  write_json(json, record);
  return json;
}

/* ---- the form ---- */

/* What the catalogue of every page leaves out. */
static bool read_key_tables(Exchange *exchange, const RecordKind *kind, Catalogue *catalogue, GError **error) {
  for (unsigned field = 0; field < kind->field_count; field++) {
    bool calendars = kind->fields[field].kind == FIELD_KEY && strcmp(kind->fields[field].key_table, "service_calendar") == 0;
    if (calendars && !catalogue_repository_read_calendars(exchange->worker->database, catalogue, error)) return false;
  }
  return true;
}

static RecordForm *form_of(Exchange *exchange, const Record *record, GError **error) {
  Catalogue *catalogue = catalogue_repository_read(exchange->worker->database, exchange, error);
  if (catalogue == NULL || !read_key_tables(exchange, record->kind, catalogue, error)) return NULL;
  RecordForm *form = record_form_new(exchange, record->kind->fields, record->kind->field_count, record->values, catalogue);
  if (record->id > 0) {
    form->stored = record->values;
    record_json_know(form, json_of(exchange, record));
  }
  return form;
}

/* The form of a stored record, or of a new one when `stored` is NULL. */
static bool show_form(Exchange *exchange, const RecordPage *page, RecordForm *form, const Record *stored, int status, GError **error) {
  bool is_new = stored == NULL;
  if (page_is_json(exchange)) return problem_answer_fields(exchange, status, form->errors);
  page_set(exchange, "Page.title", is_new ? text_of(exchange, page, "new", NULL) : text_of(exchange, page, "edit", stored->values[page->title_field]));
  page_set(exchange, "Form.cancel", is_new ? page_url(exchange, "%s", page->path) : record_page_url(exchange, page, stored, ""));
  record_form_fill(form, is_new ? page_url(exchange, "%s", page->path) : record_page_url(exchange, page, stored, ""), is_new ? 0 : stored->version);
  return page_render(exchange, status, "record_form", error);
}

bool record_page_new(Exchange *exchange, const RecordPage *page, GError **error) {
  Record *record = record_new(exchange, page->kind);
  if (page->counted_field > 0 && !record_repository_propose_last(exchange->worker->database, record, page->counted_field, error)) return false;
  RecordForm *form = form_of(exchange, record, error);
  return form != NULL && show_form(exchange, page, form, NULL, 200, error);
}

bool record_page_edit(Exchange *exchange, const RecordPage *page, GError **error) {
  Record *record = record_page_find(exchange, page, error);
  RecordForm *form = record != NULL ? form_of(exchange, record, error) : NULL;
  return form != NULL && show_form(exchange, page, form, record, 200, error);
}

static void take_values(Record *record, const RecordForm *form) {
  for (unsigned field = 0; field < form->field_count; field++) record->values[field] = form->values[field];
}

static bool done(Exchange *exchange, const RecordPage *page, const Record *record, bool created, GError **error) {
  const char *what = created ? "created" : "saved";
  if (page_is_json(exchange)) {
    const Record *stored = record_repository_find(exchange->worker->database, exchange, page->kind, "id", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, record->id), error);
    if (stored == NULL) return false;
    if (created) response_header(exchange->response, "Location", record_page_url(exchange, page, stored, ".json"));
    return record_page_answer_json(exchange, stored, created ? 201 : 200);
  }
  page_message(exchange, talloc_asprintf(exchange, "%s_%s", page->text, what), record->values[page->title_field]);
  response_redirect(exchange->response, record_page_url(exchange, page, record, ""));
  return true;
}

typedef struct {
  const RecordPage *page;
  const Record *before; /* NULL: there was none */
  Record *after;
  FieldErrors *errors;
} Saving;

static bool create_work(Database *database, void *context, GError **error) {
  Saving *saving = context;
  const RecordPage *page = saving->page;
  return record_repository_insert(database, saving->after, saving->errors, error) && (page->most == 0 || record_repository_keep_few(database, page->kind, page->most, saving->errors, error));
}

bool record_page_create(Exchange *exchange, const RecordPage *page, GError **error) {
  GError *problem = NULL;
  Record *record = record_new(exchange, page->kind);
  RecordForm *form = form_of(exchange, record, error);
  if (form == NULL || !record_form_read(form, error)) return false;
  take_values(record, form);
  page->check(record, form->errors);
  Saving saving = {page, NULL, record, form->errors};
  if (!field_errors_any(form->errors) && database_transaction(exchange->worker->database, create_work, &saving, &problem)) {
    return done(exchange, page, record, true, error);
  }
  if (problem != NULL && !error_is(problem, ERROR_FIELD)) {
    g_propagate_error(error, problem);
    return false;
  }
  g_clear_error(&problem);
  return show_form(exchange, page, form, NULL, 422, error);
}

static bool save_work(Database *database, void *context, GError **error) {
  Saving *saving = context;
  saving->after->version = saving->before->version;
  if (!record_repository_update(database, saving->after, saving->errors, error)) return false;
  return saving->page->changed == NULL || saving->page->changed(database, saving->before, saving->after, saving->errors, error);
}

static bool show_conflict(Exchange *exchange, const RecordPage *page, RecordForm *form, const Record *stored, GError **error) {
  if (page_is_json(exchange)) return record_json_conflict(error);
  page_set_number(exchange, "Conflict.fields", record_form_merge(form, stored->values));
  form->stored = stored->values;
  page_set(exchange, "Conflict.updated", page_moment(exchange, stored->updated_at));
  return show_form(exchange, page, form, stored, 409, error);
}

bool record_page_save(Exchange *exchange, const RecordPage *page, GError **error) {
  GError *problem = NULL;
  Record *stored = record_page_find(exchange, page, error);
  RecordForm *form = stored != NULL ? form_of(exchange, stored, error) : NULL;
  if (form == NULL || !record_form_read(form, error)) return false;
  guint version = record_json_version(exchange, json_of(exchange, stored), stored->version, error);
  if (version == 0) return false;
  if (version != stored->version) return show_conflict(exchange, page, form, stored, error);

  Record *record = talloc_memdup(exchange, stored, sizeof *stored);
  take_values(record, form);
  page->check(record, form->errors);
  Saving saving = {page, stored, record, form->errors};
  if (!field_errors_any(form->errors) && database_transaction(exchange->worker->database, save_work, &saving, &problem)) {
    return done(exchange, page, record, false, error);
  }
  if (error_is(problem, ERROR_CONFLICT)) {
    g_clear_error(&problem);
    stored = record_page_find(exchange, page, error);
    return stored != NULL && show_conflict(exchange, page, form, stored, error);
  }
  if (problem != NULL && !error_is(problem, ERROR_FIELD)) {
    g_propagate_error(error, problem);
    return false;
  }
  g_clear_error(&problem);
  return show_form(exchange, page, form, stored, 422, error);
}

bool record_page_delete(Exchange *exchange, const RecordPage *page, GError **error) {
  Record *record = record_page_find(exchange, page, error);
  if (record == NULL) return false;
  guint version = record_json_version(exchange, json_of(exchange, record), record->version, error);
  if (version == 0 || !record_repository_delete(exchange->worker->database, page->kind, record->id, version, error)) return false;
  if (page_is_json(exchange)) {
    exchange->response->status = 204;
    return true;
  }
  page_message(exchange, talloc_asprintf(exchange, "%s_deleted", page->text), record->values[page->title_field]);
  response_redirect(exchange->response, page_url(exchange, "%s", page->path));
  return true;
}

bool record_page_set_yes(Exchange *exchange, const RecordPage *page, unsigned field, GError **error) {
  const char *name = page->kind->fields[field].name;
  const char *sent = parameters_get(exchange->request->form, name);
  guint version = page_form_version(exchange);
  Record *stored = record_page_find(exchange, page, error);
  if (stored == NULL) return false;
  if (version == 0) return page_missing_parameter("version", error);
  if (sent == NULL || (strcmp(sent, "1") != 0 && strcmp(sent, "0") != 0)) return page_missing_parameter(name, error);
  Record *record = talloc_memdup(exchange, stored, sizeof *stored);
  record->values[field] = strcmp(sent, "1") == 0 ? "1" : "";
  stored->version = version;
  Saving saving = {page, stored, record, field_errors_new(exchange)};
  if (!database_transaction(exchange->worker->database, save_work, &saving, error)) return false;
  page_message(exchange, talloc_asprintf(exchange, "%s_%s_%s", page->text, name, sent), record->values[page->title_field]);
  response_redirect(exchange->response, record_page_url(exchange, page, record, ""));
  return true;
}
