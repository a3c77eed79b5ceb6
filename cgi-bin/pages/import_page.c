/* Imports: the upload, the list of those that were made, and the steps of one: columns, preview, record. */
#include "pages/import_page.h"

#include <string.h>
#include <talloc.h>
#include <unistd.h>

#include "format/csv_writer.h"
#include "pages/pages.h"
#include "pages/record_form.h"

#define SHOWN_JOBS 50
#define SHOWN_PROBLEMS 200
#define SHOWN_TOUCHED 20

static const char *number_text(Exchange *exchange, guint64 number) { return language_number(exchange, exchange->language, (gint64)number); }

static const char *moment(Exchange *exchange, const char *utc) {
  return utc != NULL ? page_moment(exchange, utc) : "";
}

static const char *size_text(Exchange *exchange, gint64 bytes) {
  return page_text(exchange, bytes < 1024 * 1024 ? "import.kilobytes" : "import.megabytes", number_text(exchange, (guint64)(bytes < 1024 * 1024 ? (bytes + 1023) / 1024 : bytes >> 20)), NULL);
}

/* ---- the list and the upload ---- */

static void fill_job(Exchange *exchange, const ImportJob *job, HDF *node) {
  static const char *const STATES[] = {"new", "checked", "done"};
  const char *state = job->undone_at != NULL ? "undone" : STATES[job->state];
  page_value(node, "url", import_url(exchange, job->id, ""));
  page_value(node, "file", job->file_name);
  page_value(node, "size", size_text(exchange, job->file_size));
  page_value(node, "user", job->actor);
  page_value(node, "at", moment(exchange, job->done_at != NULL ? job->done_at : job->created_at));
  page_value(node, "state", page_text(exchange, talloc_asprintf(exchange, "import.state.%s", state), NULL));
  page_value(node, "created", number_text(exchange, job->counts.created));
  page_value(node, "changed", number_text(exchange, job->counts.changed));
  page_value(node, "unchanged", number_text(exchange, job->counts.unchanged));
  page_value(node, "rejected", number_text(exchange, job->counts.rejected));
  page_value(node, "customers", number_text(exchange, job->counts.customers));
  if (job->undone_at != NULL) page_value(node, "undone", page_text(exchange, "bulk.undone_by", moment(exchange, job->undone_at), job->undone_by, NULL));
}

/* The form that sends a file; `problem` is what is wrong with the one that was sent, or NULL. */
static void fill_form(Exchange *exchange, const char *problem) {
  const char *limit = size_text(exchange, settings_number(exchange->worker->settings, SETTING_UPLOAD_LIMIT));
  HDF *file = record_form_fill_input(exchange, 0, "file", "file", page_text(exchange, "import.file", NULL), page_text(exchange, "import.file_help", limit, NULL), problem);
  page_value(file, "accept", ".csv,.txt,.tsv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  page_value(file, "required", "1");
  page_set(exchange, "Form.action", page_url(exchange, "/import"));
}

static bool show_list(Exchange *exchange, const char *problem, GError **error) {
  unsigned count = 0;
  ImportJob *jobs = import_job_latest(exchange->worker->database, exchange, SHOWN_JOBS, &count, error);
  if (jobs == NULL) return false;
  page_set(exchange, "Page.title", page_text(exchange, "import.title", NULL));
  fill_form(exchange, problem);
  for (unsigned i = 0; i < count; i++) fill_job(exchange, &jobs[i], page_row(page_node(exchange->data, "Row"), i));
  if (count == SHOWN_JOBS) page_set(exchange, "List.bounded", page_text(exchange, "bulk.bounded", number_text(exchange, SHOWN_JOBS), NULL));
  return page_render(exchange, problem != NULL ? 422 : 200, "import_list", error);
}

bool import_list_page(Exchange *exchange, GError **error) { return show_list(exchange, NULL, error); }

static bool refuse_file(Exchange *exchange, const char *reason, const char *argument, guint64 line, GError **error) {
  const char *text = import_problem_text(exchange, reason, argument);
  if (line > 0) text = page_text(exchange, "import.line_text", number_text(exchange, line), text, NULL);
  return show_list(exchange, text, error);
}

/* What of the file can be read at once is recognised at once; a file whose head isn't readable is not kept. */
static bool take_file(Exchange *exchange, const UploadedFile *uploaded, GError **error) {
  GError *problem = NULL;
  int copy = dup(uploaded->file);
  FILE *file = copy >= 0 ? fdopen(copy, "r+b") : NULL;
  if (file == NULL) {
    if (copy >= 0) close(copy);
    return error_set(error, ERROR_INTERNAL, "an uploaded file can't be opened again");
  }
  ImportJob *job = talloc_zero(exchange, ImportJob);
  job->file_name = uploaded->name;
  job->file_size = (gint64)uploaded->size;
  ImportWork *work = import_work_new(exchange, job, file);
  if (!import_work_guess(work, &problem)) {
    const CsvProblem *found = table_reader_problem(work->reader);
    if (problem == NULL) return found != NULL ? refuse_file(exchange, found->reason, found->argument, found->line, error) : refuse_file(exchange, "csv_empty", NULL, 0, error);
    g_propagate_error(error, problem);
    return false;
  }
  Database *database = exchange->worker->database;
  if (!import_job_create(database, job, file, error) || !import_job_save(database, job, error)) return false;
  response_redirect(exchange->response, import_url(exchange, job->id, ""));
  return true;
}

bool import_upload_submit(Exchange *exchange, GError **error) {
  const UploadedFile *uploaded = request_file(exchange->request, "file");
  if (uploaded == NULL) return refuse_file(exchange, "no_file", NULL, 0, error);
  return uploaded->size == 0 ? refuse_file(exchange, "csv_empty", NULL, 0, error) : take_file(exchange, uploaded, error);
}

/* ---- preview and record ---- */

static void fill_problem(Exchange *exchange, const ImportJobProblem *problem, HDF *node) {
  page_value(node, "line", number_text(exchange, problem->line));
  page_value(node, "field", problem->field[0] != '\0' ? page_field_label(exchange, problem->field) : "");
  page_value(node, "text", import_problem_text(exchange, problem->reason, problem->argument));
}

static bool fill_problems(Exchange *exchange, const ImportJob *job, bool *readable, GError **error) {
  unsigned count = 0;
  ImportJobProblem *problems = import_job_problems(exchange->worker->database, exchange, job->id, SHOWN_PROBLEMS, &count, error);
  if (problems == NULL) return false;
  *readable = count == 0 || !import_is_file_problem(problems[0].reason);
  for (unsigned i = 0; i < count; i++) fill_problem(exchange, &problems[i], page_row(page_node(exchange->data, "Problem"), i));
  if (job->problems > count && count > 0) page_set(exchange, "Problems.bounded", page_text(exchange, "import.problems_bounded", number_text(exchange, count), number_text(exchange, job->problems), NULL));
  if (count > 0) page_set(exchange, "Problems.csv", import_url(exchange, job->id, "/problems.csv"));
  if (count > 0 && *readable) page_set(exchange, "Rejected.csv", import_url(exchange, job->id, "/rejected.csv"));
  return true;
}

static const char *count_text(Exchange *exchange, const char *key, guint64 count) {
  return page_text(exchange, talloc_asprintf(exchange, "import.%s%s", key, count == 1 ? "_one" : ""), number_text(exchange, count), NULL);
}

static void fill_buttons(Exchange *exchange, const ImportJob *job) {
  guint64 good = job->counts.created + job->counts.changed;
  if (good > 0 && job->counts.rejected == 0) page_set(exchange, "Run.all", count_text(exchange, "run", good));
  if (good > 0 && job->counts.rejected > 0) page_set(exchange, "Run.good", count_text(exchange, "run_good", good));
  if (good == 0 && job->counts.rejected == 0) page_set(exchange, "Run.nothing", page_text(exchange, "import.nothing", NULL));
}

static bool show_job(Exchange *exchange, const ImportJob *job, int status, GError **error) {
  bool readable = true;
  bool finished = job->state == IMPORT_DONE;
  page_set(exchange, "Page.title", page_text(exchange, finished ? "import.record" : "import.preview", NULL));
  page_set(exchange, "Imports.url", page_url(exchange, "/import"));
  page_set(exchange, "Contracts.url", page_url(exchange, "/contracts?sort=-updated"));
  fill_job(exchange, job, page_node(exchange->data, "Import"));
  if (!fill_problems(exchange, job, &readable, error)) return false;
  if (finished && job->undone_at == NULL) page_set(exchange, "Undo.action", import_url(exchange, job->id, "/undo"));
  if (!finished) page_set(exchange, "Form.action", import_url(exchange, job->id, ""));
  if (!finished) page_set(exchange, "Columns.url", import_url(exchange, job->id, "?step=columns"));
  if (!finished && readable) fill_buttons(exchange, job);
  return page_render(exchange, status, "import_view", error);
}

/* `step=columns` goes back from the preview. */
static bool read_step(Exchange *exchange, bool *columns, GError **error) {
  const char *step = NULL;
  if (!page_one_parameter(exchange, "step", &step, error)) return false;
  *columns = step != NULL;
  return step == NULL || strcmp(step, "columns") == 0 || page_unknown_parameter("step", error);
}

bool import_view_page(Exchange *exchange, GError **error) {
  bool columns = false;
  if (!read_step(exchange, &columns, error)) return false;
  ImportWork *work = import_work_open(exchange, false, error);
  if (work == NULL) return false;
  bool asks = work->job->state == IMPORT_NEW || (columns && work->job->state == IMPORT_CHECKED);
  if (!asks) return show_job(exchange, work->job, 200, error);
  work->file = import_job_file(exchange->worker->database, work->job->id, error);
  return work->file != NULL && import_columns_show(work, 200, NULL, error);
}

/* ---- steps ---- */

static bool go_to_job(Exchange *exchange, gint64 id) {
  if (!exchange->response->started) response_redirect(exchange->response, import_url(exchange, id, ""));
  return true;
}

static bool run(ImportWork *work, bool good_lines, GError **error) {
  bool done = false;
  FieldErrors *errors = field_errors_new(work);
  work->good_lines = good_lines;
  if (work->job->state != IMPORT_CHECKED) return go_to_job(work->exchange, work->job->id);
  if (import_work_columns(work, errors) == NULL) return import_columns_show(work, 422, errors, error);
  if (!import_work_run(work, false, &done, error)) return false;
  if (!work->exchange->response->started) page_message(work->exchange, done ? "import_done" : "import_refused", NULL);
  return go_to_job(work->exchange, work->job->id);
}

bool import_submit(Exchange *exchange, GError **error) {
  const char *step = parameters_get(exchange->request->form, "step");
  ImportWork *work = import_work_open(exchange, false, error);
  if (work == NULL) return false;
  if (step == NULL) return page_missing_parameter("step", error);
  if (work->job->state == IMPORT_DONE) return go_to_job(exchange, work->job->id);
  if (strcmp(step, "discard") == 0) {
    if (!import_job_discard(exchange->worker->database, work->job->id, error)) return false;
    page_message(exchange, "import_discarded", NULL);
    response_redirect(exchange->response, page_url(exchange, "/import"));
    return true;
  }
  work->file = import_job_file(exchange->worker->database, work->job->id, error);
  if (work->file == NULL) return false;
  if (strcmp(step, "run") == 0 || strcmp(step, "run_good") == 0) return run(work, strcmp(step, "run_good") == 0, error);
  if (strcmp(step, "read") == 0 || strcmp(step, "check") == 0) return import_columns_submit(work, strcmp(step, "check") == 0, error);
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "bad_choice: %s", step);
  return false;
}

/* ---- the way back ---- */

static void fill_touched(Exchange *exchange, const ImportTouched *item, HDF *node) {
  page_value(node, "title", item->title != NULL ? item->title : page_text(exchange, "bulk.deleted", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, item->id), NULL));
  if (item->number == NULL) return;
  page_value(node, "number", item->number);
  page_value(node, "url", page_url(exchange, "/contracts/%" G_GINT64_FORMAT, item->id));
}

static bool show_refused(ImportWork *work, const ImportTouched *items, unsigned count, gint64 touched, GError **error) {
  Exchange *exchange = work->exchange;
  bool undone = work->job->undone_at != NULL;
  const char *key = undone ? "import.undo_undone" : touched == 0 ? "import.undo_gone" : touched == 1 ? "import.undo_touched_one" : "import.undo_touched";
  page_set(exchange, "Refused.text", page_text(exchange, key, number_text(exchange, (guint64)touched), NULL));
  for (unsigned i = 0; !undone && i < count; i++) fill_touched(exchange, &items[i], page_row(page_node(exchange->data, "Touched"), i));
  if (!undone && touched > count) page_set(exchange, "Refused.more", page_text(exchange, "bulk.undo_more", number_text(exchange, (guint64)touched - count), NULL));
  return show_job(exchange, work->job, 409, error);
}

/* What stands against it is looked for first: a page that shows how far it is can't tell any more. */
bool import_undo_submit(Exchange *exchange, GError **error) {
  GError *problem = NULL;
  unsigned count = 0;
  gint64 touched = 0;
  ImportWork *work = import_work_open(exchange, false, error);
  ImportTouched *items = work != NULL ? import_job_touched(exchange->worker->database, exchange, work->job->id, SHOWN_TOUCHED, &count, &touched, error) : NULL;
  if (items == NULL) return false;
  if (touched > 0 || work->job->undone_at != NULL) return show_refused(work, items, count, touched, error);
  if (import_work_undo(work, &problem)) {
    if (!exchange->response->started) page_message(exchange, "import_undone", NULL);
    return go_to_job(exchange, work->job->id);
  }
  if (exchange->response->started || !error_is(problem, ERROR_CONFLICT)) {
    g_propagate_error(error, problem);
    return false;
  }
  g_error_free(problem);
  return show_refused(work, items, 0, 0, error);
}

/* ---- files ---- */

static void begin_csv(Exchange *exchange, const char *name) {
  exchange->response->content_type = "text/csv; charset=utf-8; header=present";
  response_header(exchange->response, "Content-Disposition", talloc_asprintf(exchange, "attachment; filename=\"%s.csv\"", name));
}

static const char *problem_cell(Exchange *exchange, void *owner, const ImportJobProblem *problem) {
  const char *text = import_problem_text(exchange, problem->reason, problem->argument);
  return problem->field[0] != '\0' ? talloc_asprintf(owner, "%s: %s", problem->field, text) : talloc_strdup(owner, text);
}

bool import_problems_page(Exchange *exchange, GError **error) {
  unsigned count = 0;
  ImportWork *work = import_work_open(exchange, false, error);
  if (work == NULL) return false;
  if (strcmp(exchange->format, "csv") != 0) return go_to_job(exchange, work->job->id);
  ImportJobProblem *problems = import_job_problems(exchange->worker->database, exchange, work->job->id, IMPORT_PROBLEMS_KEPT, &count, error);
  if (problems == NULL) return false;
  begin_csv(exchange, "problems");
  csv_write_row(exchange->response->body, CSV_RFC4180, (const char *const[]){"line", "field", "problem"}, 3);
  for (unsigned i = 0; i < count; i++) {
    const char *line = talloc_asprintf(problems, "%" G_GUINT64_FORMAT, problems[i].line);
    csv_write_row(exchange->response->body, CSV_RFC4180, (const char *const[]){line, problems[i].field, import_problem_text(exchange, problems[i].reason, problems[i].argument)}, 3);
    if (!response_flush(exchange->response, false)) break;
  }
  return true;
}

/* The lines as they stand in the file, with what is wrong behind them; problems come in the order of their lines. */
static void write_rejected(ImportWork *work, const ImportJobProblem *problems, unsigned count) {
  Exchange *exchange = work->exchange;
  const char *cells[CSV_COLUMN_MAX + 1];
  GHashTable *reasons = g_hash_table_new(g_direct_hash, g_direct_equal);
  for (unsigned i = 0; i < count; i++) {
    gpointer line = GSIZE_TO_POINTER((gsize)problems[i].line);
    const char *earlier = g_hash_table_lookup(reasons, line);
    const char *text = problem_cell(exchange, work, &problems[i]);
    g_hash_table_insert(reasons, line, (char *)(gsize)(earlier != NULL ? talloc_asprintf(work, "%s; %s", earlier, text) : text));
  }
  bool head = true;
  bool wanted = true;
  for (const ImportRow *row = import_work_head(work); row != NULL && wanted; row = table_reader_next(work->reader)) {
    const char *reason = head ? page_text(exchange, "import.problem", NULL) : g_hash_table_lookup(reasons, GSIZE_TO_POINTER((gsize)row->line));
    head = false;
    if (reason == NULL) continue;
    memcpy(cells, row->cells, row->count * sizeof(char *));
    cells[row->count] = reason;
    csv_write_row(exchange->response->body, CSV_RFC4180, cells, row->count + 1);
    wanted = response_flush(exchange->response, false);
  }
  g_hash_table_unref(reasons);
}

bool import_rejected_page(Exchange *exchange, GError **error) {
  unsigned count = 0;
  bool csv = strcmp(exchange->format, "csv") == 0;
  ImportWork *work = import_work_open(exchange, csv, error);
  if (work == NULL) return false;
  if (!csv) return go_to_job(exchange, work->job->id);
  ImportJobProblem *problems = import_job_problems(exchange->worker->database, exchange, work->job->id, IMPORT_PROBLEMS_KEPT, &count, error);
  if (problems == NULL) return false;
  begin_csv(exchange, "rejected");
  write_rejected(work, problems, count);
  return true;
}
