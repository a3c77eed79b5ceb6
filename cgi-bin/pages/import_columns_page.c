/* The step of an import in which a person sees what was recognised of the file, and says what its columns and words mean. */
#include <string.h>
#include <talloc.h>

#include "domain/catalogue.h"
#include "pages/import_page.h"
#include "pages/pages.h"
#include "repository/catalogue_repository.h"

static const struct {
  char separator;
  const char *name;
} SEPARATORS[] = {{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {'|', "bar"}};

/* ---- showing ---- */

typedef struct {
  HDF *node;
  unsigned options;
  const char *chosen;
} Select;

static Select begin_select(Exchange *exchange, HDF *node, const char *name, const char *label, const char *chosen) {
  page_value(node, "name", name);
  page_value(node, "label", page_text(exchange, label, NULL));
  page_value(node, "control", "select");
  return (Select){node, 0, chosen};
}

static void add_option(Select *select, const char *value, const char *text) {
  HDF *option = page_row(page_node(select->node, "Option"), select->options++);
  page_value(option, "value", value);
  page_value(option, "text", text);
  if (strcmp(value, select->chosen) == 0) page_value(option, "selected", "1");
}

static const char *separator_name(char separator) {
  for (unsigned i = 0; i < G_N_ELEMENTS(SEPARATORS); i++) {
    if (SEPARATORS[i].separator == separator) return SEPARATORS[i].name;
  }
  return "comma";
}

static void fill_csv_style(Exchange *exchange, const ImportJob *job, HDF *fields) {
  Select separator = begin_select(exchange, page_row(fields, 0), "separator", "import.separator", separator_name(job->separator));
  for (unsigned i = 0; i < G_N_ELEMENTS(SEPARATORS); i++) add_option(&separator, SEPARATORS[i].name, page_text(exchange, talloc_asprintf(exchange, "import.separators.%s", SEPARATORS[i].name), NULL));
  Select encoding = begin_select(exchange, page_row(fields, 1), "encoding", "import.encoding", job->encoding);
  for (unsigned i = 0; csv_encodings[i] != NULL; i++) add_option(&encoding, csv_encodings[i], csv_encodings[i]);
}

static void fill_sheet(ImportWork *work, HDF *fields) {
  unsigned count = 0;
  const char *const *names = table_reader_sheets(work->reader, &count);
  Select sheet = begin_select(work->exchange, page_row(fields, 0), "sheet", "import.sheet", talloc_asprintf(work, "%u", work->job->sheet));
  for (unsigned i = 0; i < count; i++) add_option(&sheet, talloc_asprintf(work, "%u", i), names[i]);
}

static void fill_style(ImportWork *work) {
  Exchange *exchange = work->exchange;
  const ImportJob *job = work->job;
  HDF *fields = page_node(exchange->data, "Style");
  if (job->xlsx) fill_sheet(work, fields);
  else fill_csv_style(exchange, job, fields);
  Select decimal = begin_select(exchange, page_row(fields, 2), "decimal", "import.decimal", job->style.decimal == ',' ? "comma" : "point");
  add_option(&decimal, "comma", "1.234,56");
  add_option(&decimal, "point", "1,234.56");
  Select days = begin_select(exchange, page_row(fields, 3), "days", "import.days", job->style.month_first ? "month" : "day");
  add_option(&days, "day", page_text(exchange, "import.day_first", NULL));
  add_option(&days, "month", page_text(exchange, "import.month_first", NULL));
}

static void fill_columns(ImportWork *work) {
  Exchange *exchange = work->exchange;
  HDF *rows = page_node(exchange->data, "Column");
  for (unsigned column = 0; column < work->job->column_count; column++) {
    const ImportJobColumn *item = &work->job->columns[column];
    HDF *node = page_row(rows, column);
    Select select = begin_select(exchange, node, talloc_asprintf(exchange, "column_%u", column), "import.field", item->field >= 0 ? contract_fields[item->field].name : "");
    page_value(node, "head", item->header[0] != '\0' ? item->header : page_text(exchange, "import.no_head", language_number(exchange, exchange->language, column + 1), NULL));
    add_option(&select, "", page_text(exchange, "import.pass_over", NULL));
    for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
      add_option(&select, contract_fields[field].name, page_field_label(exchange, contract_fields[field].name));
    }
  }
}

static const char *sample_text(void *owner, const char *cell) {
  char *valid = g_utf8_make_valid(cell, -1);
  bool longer = g_utf8_strlen(valid, -1) > 60;
  char *part = longer ? g_utf8_substring(valid, 0, 60) : g_strdup(valid);
  const char *text = talloc_asprintf(owner, "%s%s", part, longer ? "…" : "");
  g_free(part);
  g_free(valid);
  return text;
}

/* The first lines, beside the columns that they are of. */
static void fill_samples(ImportWork *work) {
  HDF *rows = page_node(work->exchange->data, "Column");
  const ImportRow *row = table_reader_next(work->reader);
  for (unsigned sample = 0; row != NULL && sample < IMPORT_SAMPLE_ROWS; sample++, row = table_reader_next(work->reader)) {
    for (unsigned column = 0; column < MIN(row->count, work->job->column_count); column++) {
      HDF *node = page_row(page_node(page_row(rows, column), "Sample"), sample);
      page_value(node, "text", sample_text(work, row->cells[column]));
    }
  }
}

static const char *choice_value(void *owner, const ImportChoice *choice) {
  switch (choice->kind) {
    case IMPORT_TAKE: return talloc_asprintf(owner, "=%s", choice->code);
    case IMPORT_CREATE: return "+";
    case IMPORT_EMPTY: return "-";
    default: return "";
  }
}

static void add_entries(Exchange *exchange, Select *select, const CatalogueEntry *entries, unsigned count) {
  for (unsigned i = 0; i < count; i++) {
    if (entries[i].retired) continue;
    bool named = entries[i].name[0] != '\0' && strcmp(entries[i].name, entries[i].code) != 0;
    add_option(select, talloc_asprintf(exchange, "=%s", entries[i].code), named ? talloc_asprintf(exchange, "%s – %s", entries[i].code, entries[i].name) : entries[i].code);
  }
}

static void fill_choice(Exchange *exchange, const Catalogue *catalogue, const ImportChoice *choice, unsigned number, HDF *node) {
  const Field *fact = &contract_fields[choice->field];
  Select select = begin_select(exchange, node, talloc_asprintf(exchange, "choice_%u", number), talloc_asprintf(exchange, "field.%s", fact->name), choice_value(exchange, choice));
  page_value(node, "value", choice->value);
  add_option(&select, "", page_text(exchange, "import.undecided", NULL));
  if (choice->field != CONTRACT_RESPONSIBLE) add_option(&select, "+", page_text(exchange, "import.create", NULL));
  if (!fact->required) add_option(&select, "-", page_text(exchange, choice->field == CONTRACT_LEVEL ? "common.no_level" : "bulk.nobody", NULL));
  if (choice->field == CONTRACT_LEVEL) add_entries(exchange, &select, catalogue->levels, catalogue->level_count);
  else if (choice->field == CONTRACT_TYPE) add_entries(exchange, &select, catalogue->types, catalogue->type_count);
  else add_entries(exchange, &select, catalogue->users, catalogue->user_count);
}

static void fill_errors(Exchange *exchange, const FieldErrors *errors) {
  for (unsigned i = 0; errors != NULL && i < errors->items->len; i++) {
    const FieldError *problem = &g_array_index(errors->items, FieldError, i);
    HDF *node = page_row(page_node(exchange->data, "Errors"), i);
    page_value(node, "name", "columns");
    page_value(node, "label", page_field_label(exchange, problem->field));
    page_value(node, "text", import_problem_text(exchange, problem->reason, problem->argument));
  }
}

bool import_columns_show(ImportWork *work, int status, const FieldErrors *errors, GError **error) {
  Exchange *exchange = work->exchange;
  const ImportJob *job = work->job;
  Catalogue *catalogue = catalogue_repository_read(exchange->worker->database, exchange, error);
  if (catalogue == NULL) return false;
  bool readable = import_work_head(work) != NULL;
  page_set(exchange, "Page.title", page_text(exchange, "import.columns", NULL));
  page_set(exchange, "Import.file", job->file_name);
  page_set(exchange, "Imports.url", page_url(exchange, "/import"));
  page_set(exchange, "Form.action", import_url(exchange, job->id, ""));
  fill_style(work);
  fill_columns(work);
  if (readable) fill_samples(work);
  for (unsigned i = 0; i < job->choice_count; i++) fill_choice(exchange, catalogue, &job->choices[i], i, page_row(page_node(exchange->data, "Choice"), i));
  const CsvProblem *problem = table_reader_problem(work->reader);
  if (problem != NULL) page_set(exchange, "Form.problem", page_text(exchange, "import.line_text", language_number(exchange, exchange->language, (gint64)problem->line), import_problem_text(exchange, problem->reason, problem->argument), NULL));
  fill_errors(exchange, errors);
  return page_render(exchange, status, "import_columns", error);
}

/* ---- what was decided ---- */

static const char *sent(const ImportWork *work, const char *name) { return parameters_get(work->exchange->request->form, name); }

/* True when the file has to be read anew. */
static bool take_style(ImportWork *work) {
  ImportJob *job = work->job;
  bool anew = false;
  const char *separator = sent(work, "separator");
  const char *encoding = sent(work, "encoding");
  const char *sheet = sent(work, "sheet");
  for (unsigned i = 0; separator != NULL && !job->xlsx && i < G_N_ELEMENTS(SEPARATORS); i++) {
    if (strcmp(separator, SEPARATORS[i].name) != 0) continue;
    anew = anew || job->separator != SEPARATORS[i].separator;
    job->separator = SEPARATORS[i].separator;
  }
  if (encoding != NULL && !job->xlsx && g_strv_contains(csv_encodings, encoding)) {
    anew = anew || strcmp(job->encoding, encoding) != 0;
    job->encoding = encoding;
  }
  if (sheet != NULL && job->xlsx && g_ascii_isdigit(sheet[0])) {
    unsigned number = (unsigned)MIN(g_ascii_strtoull(sheet, NULL, 10), G_MAXUINT16);
    anew = anew || job->sheet != number;
    job->sheet = number;
  }
  const char *decimal = sent(work, "decimal");
  const char *days = sent(work, "days");
  if (decimal != NULL) job->style.decimal = strcmp(decimal, "comma") == 0 ? ',' : '.';
  if (days != NULL) job->style.month_first = strcmp(days, "month") == 0;
  return anew;
}

static void take_columns(ImportWork *work) {
  for (unsigned column = 0; column < work->job->column_count; column++) {
    const char *field = sent(work, talloc_asprintf(work, "column_%u", column));
    if (field != NULL) work->job->columns[column].field = contract_field_by_name(field);
  }
}

static void take_choices(ImportWork *work) {
  for (unsigned i = 0; i < work->job->choice_count; i++) {
    ImportChoice *choice = &work->job->choices[i];
    const char *text = sent(work, talloc_asprintf(work, "choice_%u", i));
    if (text == NULL) continue;
    choice->kind = text[0] == '=' ? IMPORT_TAKE : text[0] == '+' ? IMPORT_CREATE : text[0] == '-' ? IMPORT_EMPTY : IMPORT_UNDECIDED;
    choice->code = text[0] == '=' ? talloc_strndup(work, text + 1, 60) : NULL;
  }
}

static bool read_anew(ImportWork *work, GError **error) {
  GError *problem = NULL;
  ImportStyle style = work->job->style;
  work->job->choice_count = 0;
  if (!import_work_guess(work, &problem)) {
    if (problem == NULL) return import_columns_show(work, 422, NULL, error);
    g_propagate_error(error, problem);
    return false;
  }
  if (sent(work, "decimal") != NULL) work->job->style = style;
  if (!import_job_save(work->exchange->worker->database, work->job, error)) return false;
  response_redirect(work->exchange->response, import_url(work->exchange, work->job->id, ""));
  return true;
}

bool import_columns_submit(ImportWork *work, bool check, GError **error) {
  Database *database = work->exchange->worker->database;
  FieldErrors *errors = field_errors_new(work);
  bool asked = true;
  bool done = false;
  if (take_style(work)) return read_anew(work, error);
  take_columns(work);
  take_choices(work);
  if (!check) {
    if (!import_job_save(database, work->job, error)) return false;
    response_redirect(work->exchange->response, import_url(work->exchange, work->job->id, ""));
    return true;
  }
  if (import_work_columns(work, errors) == NULL) return import_columns_show(work, 422, errors, error);
  if (!import_work_choices(work, &asked, error) || !import_job_save(database, work->job, error)) return false;
  if (!asked) {
    page_set(work->exchange, "Form.asks", "1");
    return import_columns_show(work, 200, NULL, error);
  }
  if (!import_work_run(work, true, &done, error)) return false;
  if (!work->exchange->response->started) response_redirect(work->exchange->response, import_url(work->exchange, work->job->id, ""));
  return true;
}
