/* import: contracts from a CSV file, all or nothing, with every bad line named. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <talloc.h>

#include "domain/contract_import.h"
#include "format/csv_reader.h"
#include "repository/contract_day.h"
#include "repository/contract_importer.h"
#include "tool/command.h"
#include "tool/texts.h"

#define SHOWN_MAX 1000 /* problems that are listed; the rest is counted */

typedef struct {
  const Settings *settings;
  const char *name;
  FILE *file;
  ImportCounts counts;
  guint64 problems;
  GString *report; /* what is wrong, by line */
} Import;

static void report(void *context, guint64 line, const FieldError *problem) {
  Import *import = context;
  void *scratch = talloc_new(NULL);
  const char *text = texts_of_error(scratch, import->settings, problem->reason, problem->argument != NULL ? problem->argument : "");
  if (++import->problems <= SHOWN_MAX) {
    g_string_append_printf(import->report, "%s:%" G_GUINT64_FORMAT ": %s%s%s\n", import->name, line, problem->field, problem->field[0] != '\0' ? ": " : "", text);
  }
  talloc_free(scratch);
}

static void report_all(Import *import, guint64 line, const FieldErrors *errors) {
  for (unsigned i = 0; i < errors->items->len; i++) report(import, line, &g_array_index(errors->items, FieldError, i));
}

/* The table's head; NULL when it can't be imported by it. */
static ImportColumns *read_head(Import *import, void *owner, CsvReader *reader) {
  const CsvRow *head = csv_reader_next(reader);
  FieldErrors *errors = field_errors_new(owner);
  if (head == NULL) {
    if (csv_reader_problem(reader) == NULL) report(import, 1, &(FieldError){"", "csv_empty", NULL});
    return NULL;
  }
  ImportColumns *columns = contract_import_columns(owner, head->cells, head->count, errors);
  report_all(import, head->line, errors);
  return field_errors_any(errors) ? NULL : columns;
}

static bool take_rows(Import *import, CsvReader *reader, const ImportColumns *columns, ContractImporter *importer, GError **error) {
  for (const CsvRow *row = csv_reader_next(reader); row != NULL; row = csv_reader_next(reader)) {
    FieldErrors *errors = field_errors_new(importer);
    Contract *contract = contract_import_row(importer, columns, row->cells, row->count, errors);
    if (contract == NULL) talloc_free(errors);
    else if (!contract_importer_take(importer, row->line, contract, errors, error)) return false;
    command_progress("import", csv_reader_position(reader), csv_reader_size(reader) + 1);
  }
  return contract_importer_finish(importer, &import->counts, error);
}

/* One attempt from the file's beginning; everything of it is rolled back when anything is wrong. */
static bool import_once(Database *database, void *context, GError **error) {
  Import *import = context;
  void *owner = talloc_new(NULL);
  import->problems = 0;
  g_string_truncate(import->report, 0);
  CsvReader *reader = csv_reader_new(owner, import->file);
  ImportColumns *columns = read_head(import, owner, reader);
  ContractImporter *importer = columns != NULL ? contract_importer_new(database, owner, columns, settings_today(import->settings), report, import, error) : NULL;
  bool done = columns == NULL || (importer != NULL && take_rows(import, reader, columns, importer, error));
  const CsvProblem *problem = csv_reader_problem(reader);
  if (done && problem != NULL) report(import, problem->line, &(FieldError){"", problem->reason, problem->argument});
  if (done && import->problems > 0) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_FIELD, "nothing was imported: %" G_GUINT64_FORMAT " problem%s in %s", import->problems, import->problems == 1 ? "" : "s", import->name);
    done = false;
  }
  talloc_free(owner);
  return done;
}

bool import_command(Tool *tool, char **words, GError **error) {
  char **rest = NULL;
  if (!command_options(words, NULL, 1, 1, &rest, error)) return false;
  Import import = {.settings = tool->settings, .name = rest[1], .file = fopen(rest[1], "rb"), .report = g_string_new(NULL)};
  bool done = import.file != NULL;
  if (!done) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "%s cannot be read: %s", rest[1], g_strerror(errno));
  done = done && database_transaction(tool->database, import_once, &import, error) && contract_day_fold_all(tool->database, error);
  command_progress("import", 1, 1);
  fputs(import.report->str, stderr);
  if (import.problems > SHOWN_MAX) fprintf(stderr, "… and %" G_GUINT64_FORMAT " more\n", import.problems - SHOWN_MAX);
  if (done) {
    printf("%s: %" G_GUINT64_FORMAT " new, %" G_GUINT64_FORMAT " changed, %" G_GUINT64_FORMAT " unchanged; %" G_GUINT64_FORMAT " new customers\n", import.name,
           import.counts.created, import.counts.changed, import.counts.unchanged, import.counts.customers);
  }
  if (import.file != NULL) fclose(import.file);
  g_string_free(import.report, TRUE);
  g_strfreev(rest);
  return done;
}
