#include "pages/import_work.h"

#include <string.h>
#include <talloc.h>

#include "repository/import_unknown.h"

#define TELL_EVERY (G_USEC_PER_SEC / 2)
#define PROGRESS_PLACE "@PROGRESS@"

const char *import_url(Exchange *exchange, gint64 id, const char *below) { return page_url(exchange, "/import/%" G_GINT64_FORMAT "%s", id, below); }

const char *import_problem_text(Exchange *exchange, const char *reason, const char *argument) {
  return page_text(exchange, talloc_asprintf(exchange, "error.%s", reason), argument != NULL ? argument : "", NULL);
}

bool import_is_file_problem(const char *reason) { return g_str_has_prefix(reason, "csv_") || g_str_has_prefix(reason, "xlsx_") || g_str_has_prefix(reason, "xls_"); }

/* ---- opening ---- */

static int work_free(ImportWork *work) {
  talloc_free(work->reader);
  if (work->file != NULL) fclose(work->file);
  if (work->problems != NULL) g_array_unref(work->problems);
  return 0;
}

ImportWork *import_work_new(Exchange *exchange, ImportJob *job, FILE *file) {
  ImportWork *work = talloc_zero(exchange, ImportWork);
  work->exchange = exchange;
  work->job = job;
  work->file = file;
  talloc_set_destructor(work, work_free);
  return work;
}

ImportWork *import_work_open(Exchange *exchange, bool with_file, GError **error) {
  gint64 id = page_id(exchange, error);
  ImportJob *job = id > 0 ? import_job_find(exchange->worker->database, exchange, id, error) : NULL;
  if (job == NULL) return NULL;
  FILE *file = with_file ? import_job_file(exchange->worker->database, id, error) : NULL;
  return with_file && file == NULL ? NULL : import_work_new(exchange, job, file);
}

const ImportRow *import_work_head(ImportWork *work) {
  TableStyle style = {{work->job->separator, work->job->encoding != NULL && work->job->encoding[0] != '\0' ? work->job->encoding : NULL}, work->job->sheet};
  talloc_free(work->reader);
  work->reader = table_reader_new(work, work->file, &style);
  work->rows = 0;
  return table_reader_next(work->reader);
}

/* ---- guessing ---- */

/* What somebody chose for this head once counts more than its name. */
static bool guess_field(const ImportWork *work, const char *head, const bool *given, int *field, GError **error) {
  char *name = g_strstrip(g_strdup(head));
  bool done = import_known_header(work->exchange->worker->database, name, field, error);
  if (done && *field == IMPORT_BY_NAME) *field = contract_field_by_header(name);
  if (*field >= 0 && given[*field]) *field = -1;
  g_free(name);
  return done;
}

static bool guess_columns(ImportWork *work, const ImportRow *head, GError **error) {
  bool given[CONTRACT_FIELD_COUNT] = {false};
  ImportJob *job = work->job;
  job->column_count = head->count;
  job->columns = talloc_zero_array(work, ImportJobColumn, head->count + 1);
  for (unsigned column = 0; column < head->count; column++) {
    ImportJobColumn *item = &job->columns[column];
    char *valid = g_utf8_make_valid(head->cells[column], -1);
    char *part = g_utf8_substring(valid, 0, MIN(200, g_utf8_strlen(valid, -1)));
    item->header = talloc_strdup(job->columns, g_strstrip(part));
    g_free(part);
    g_free(valid);
    if (!guess_field(work, item->header, given, &item->field, error)) return false;
    if (item->field >= 0) given[item->field] = true;
  }
  return true;
}

static void guess_style(ImportWork *work) {
  FieldErrors *errors = field_errors_new(work);
  int fields[CSV_COLUMN_MAX];
  for (unsigned i = 0; i < work->job->column_count; i++) fields[i] = work->job->columns[i].field;
  ImportColumns *columns = contract_import_columns_chosen(work, fields, NULL, work->job->column_count, errors);
  work->job->style = contract_import_style(columns, table_reader_row, work->reader, work->job->separator == ';' ? ',' : '.');
}

bool import_work_guess(ImportWork *work, GError **error) {
  ImportJob *job = work->job;
  const ImportRow *head = import_work_head(work);
  job->xlsx = table_reader_is_xlsx(work->reader);
  if (head == NULL || !guess_columns(work, head, error)) return false;
  job->separator = table_reader_style(work->reader)->separator;
  job->encoding = table_reader_style(work->reader)->encoding;
  guess_style(work);
  return true;
}

ImportColumns *import_work_columns(ImportWork *work, FieldErrors *errors) {
  int fields[CSV_COLUMN_MAX];
  const char *heads[CSV_COLUMN_MAX];
  ImportJob *job = work->job;
  for (unsigned i = 0; i < job->column_count; i++) {
    fields[i] = job->columns[i].field;
    heads[i] = job->columns[i].header;
  }
  work->columns = contract_import_columns_chosen(work, fields, heads, job->column_count, errors);
  work->columns->style = job->style;
  return field_errors_any(errors) ? NULL : work->columns;
}

/* ---- showing how far it is ---- */

/* The page up to the place where the progress is shown goes out at once; the rest of it waits for the end. */
static bool begin_page(ImportWork *work, const char *title, GError **error) {
  Exchange *exchange = work->exchange;
  Response *response = exchange->response;
  page_set(exchange, "Page.title", page_text(exchange, title, NULL));
  page_set(exchange, "Import.file", work->job->file_name);
  page_set(exchange, "Import.url", import_url(exchange, work->job->id, ""));
  if (!page_render(exchange, 200, "import_progress", error)) return false;
  char *place = strstr(response->body->str, PROGRESS_PLACE);
  work->ending = talloc_strdup(work, place != NULL ? place + strlen(PROGRESS_PLACE) : "");
  if (place != NULL) g_string_truncate(response->body, (gsize)(place - response->body->str));
  /* A browser goes there when the page is complete, without any script; nginx shall pass on what comes as it comes. */
  response_header(response, "Refresh", talloc_asprintf(exchange, "0; url=%s", import_url(exchange, work->job->id, "")));
  response_header(response, "X-Accel-Buffering", "no");
  response_flush(response, true);
  return true;
}

static void tell_line(const ImportWork *work, const char *text) {
  char *escaped = g_markup_escape_text(text, -1);
  g_string_append_printf(work->exchange->response->body, "%s\n", escaped);
  g_free(escaped);
  response_flush(work->exchange->response, true);
}

static void tell_percent(ImportWork *work, const char *key, gint64 percent, guint64 count) {
  gint64 now = g_get_monotonic_time();
  if (work->ending == NULL || now - work->told_at < TELL_EVERY) return;
  Language language = work->exchange->language;
  void *scratch = talloc_new(work);
  work->told_at = now;
  tell_line(work, page_text(work->exchange, key, language_number(scratch, language, percent), language_number(scratch, language, (gint64)count), NULL));
  talloc_free(scratch);
}

static void tell_progress(ImportWork *work) {
  off_t position = work->job->xlsx ? lseek(fileno(work->file), 0, SEEK_CUR) : ftello(work->file);
  gint64 percent = work->job->file_size > 0 && position > 0 ? MIN(99, (gint64)position * 100 / work->job->file_size) : 0;
  tell_percent(work, "import.progress", percent, work->rows);
}

static void end_page(ImportWork *work, const char *key) {
  if (work->ending == NULL) return;
  tell_line(work, page_text(work->exchange, key, NULL));
  g_string_append(work->exchange->response->body, work->ending);
}

/* ---- rows ---- */

static const ImportRow *next_row(void *context) {
  ImportWork *work = context;
  work->rows++;
  if (work->rows % 256 == 0) tell_progress(work);
  return table_reader_next(work->reader);
}

static ImportChoice *earlier_choice(const ImportJob *job, const ImportChoice *choice) {
  for (unsigned i = 0; i < job->choice_count; i++) {
    if (job->choices[i].field == choice->field && strcmp(job->choices[i].value, choice->value) == 0) return &job->choices[i];
  }
  return NULL;
}

bool import_work_choices(ImportWork *work, bool *asked, GError **error) {
  unsigned count = 0;
  *asked = true;
  if (import_work_head(work) == NULL) return true;
  ImportChoice *found = import_unknown_find(work->exchange->worker->database, work, work->columns, next_row, work, IMPORT_CHOICES_MAX, &count, error);
  if (found == NULL) return false;
  for (unsigned i = 0; i < count; i++) {
    const ImportChoice *earlier = earlier_choice(work->job, &found[i]);
    if (earlier != NULL) found[i] = *earlier;
    else if (found[i].kind == IMPORT_UNDECIDED) *asked = false;
  }
  work->job->choices = found;
  work->job->choice_count = count;
  return true;
}

static void note_problem(void *context, guint64 line, const FieldError *problem) {
  ImportWork *work = context;
  if (++work->problem_count > IMPORT_PROBLEMS_KEPT) return;
  const char *argument = problem->argument != NULL ? problem->argument : "";
  char *part = g_utf8_substring(argument, 0, MIN(200, g_utf8_strlen(argument, -1)));
  ImportJobProblem item = {line, problem->field, problem->reason, talloc_strdup(work, part)};
  g_array_append_val(work->problems, item);
  g_free(part);
}

static unsigned decided(const ImportJob *job, ImportChoice *choices) {
  unsigned count = 0;
  for (unsigned i = 0; i < job->choice_count; i++) {
    if (job->choices[i].kind != IMPORT_UNDECIDED) choices[count++] = job->choices[i];
  }
  return count;
}

/* Every row; what ends the file early counts as a problem of all of it. */
static bool take_rows(ImportWork *work, Database *database, bool dry, bool *whole, GError **error) {
  ImportChoice *choices = talloc_array(work, ImportChoice, work->job->choice_count + 1);
  ImportOrder order = {.columns = work->columns, .choices = choices, .choice_count = decided(work->job, choices), .today = work->exchange->today, .dry = dry,
                       .job = dry ? 0 : work->job->id, .problem = note_problem, .context = work};
  work->counts = (ImportCounts){0};
  work->problem_count = 0;
  g_array_set_size(work->problems, 0);
  bool read = import_work_head(work) != NULL;
  bool done = !read || contract_importer_run(database, &order, next_row, work, &work->counts, error);
  const CsvProblem *problem = done ? table_reader_problem(work->reader) : NULL;
  if (problem != NULL) note_problem(work, problem->line, &(FieldError){"", problem->reason, problem->argument});
  if (problem != NULL && work->problems->len > 1) {
    /* It stands first, where it is seen. */
    ImportJobProblem last = {problem->line, "", problem->reason, problem->argument != NULL ? problem->argument : ""};
    g_array_set_size(work->problems, work->problems->len - 1);
    g_array_prepend_val(work->problems, last);
  }
  *whole = problem == NULL;
  return done;
}

static bool store_found(const ImportWork *work, Database *database, ImportState state, GError **error) {
  return import_job_found(database, work->job->id, state, &work->counts, work->problem_count, (const ImportJobProblem *)(void *)work->problems->data, work->problems->len, error);
}

static void refuse(GError **error) { g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_FIELD, "import_rejected"); }

static bool import_once(Database *database, void *context, GError **error) {
  ImportWork *work = context;
  bool whole = false;
  if (!import_job_begin(database, work->job->id, error) || !take_rows(work, database, false, &whole, error)) return false;
  if (!whole || (work->counts.rejected > 0 && !work->good_lines)) {
    refuse(error);
    return false;
  }
  return store_found(work, database, IMPORT_DONE, error);
}

static bool import_all(ImportWork *work, Database *database, bool *done, GError **error) {
  GError *problem = NULL;
  *done = database_transaction(database, import_once, work, &problem);
  contract_importer_leave(database);
  if (*done) return true;
  if (error_is(problem, ERROR_FIELD)) {
    g_error_free(problem);
    return store_found(work, database, IMPORT_CHECKED, error);
  }
  g_propagate_error(error, problem);
  return false;
}

bool import_work_run(ImportWork *work, bool dry, bool *done, GError **error) {
  Database *database = work->exchange->worker->database;
  bool whole = false;
  *done = false;
  work->problems = g_array_new(FALSE, FALSE, sizeof(ImportJobProblem));
  if (work->job->file_size > IMPORT_STREAM_ABOVE && !begin_page(work, dry ? "import.checking" : "import.importing", error)) return false;
  work->told_at = g_get_monotonic_time();
  bool good = dry ? take_rows(work, database, true, &whole, error) && store_found(work, database, IMPORT_CHECKED, error) : import_all(work, database, done, error);
  end_page(work, good ? "import.finished" : "import.broken");
  return good;
}

/* ---- the way back ---- */

static void tell_undone(void *context, guint64 contracts) {
  ImportWork *work = context;
  guint64 all = MAX(1, work->job->counts.created + work->job->counts.changed);
  tell_percent(work, "import.undo_progress", (gint64)MIN(99, contracts * 100 / all), contracts);
}

bool import_work_undo(ImportWork *work, GError **error) {
  Database *database = work->exchange->worker->database;
  bool large = work->job->counts.created + work->job->counts.changed > IMPORT_UNDO_STREAM_ABOVE;
  if (large && !begin_page(work, "import.undoing", error)) return false;
  bool done = import_job_undo(database, work->job->id, work->exchange->today, tell_undone, work, error);
  end_page(work, done ? "import.finished" : "import.broken");
  return done;
}
