/* import: contracts from a CSV file or a workbook: all or nothing, or the good lines; every bad line is named. Each import can be undone by its number. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

#include "domain/contract_import.h"
#include "format/csv_writer.h"
#include "repository/contract_day.h"
#include "tool/command.h"
#include "tool/import_mapping.h"
#include "tool/texts.h"

#define SHOWN_MAX 1000 /* problems that are listed; the rest is counted */

typedef struct {
  const Settings *settings;
  const char *name;
  FILE *file;
  gint64 size;
  gboolean good_lines;
  gboolean dry;
  const char *rejected_name; /* of the file that gets the rejected lines, or NULL */
  FILE *rejected;
  ImportMapping mapping;
  TableStyle style;
  TableReader *reader;
  ImportCounts counts;
  gint64 job;
  guint64 problems;
  GString *report;     /* what is wrong, by line */
  GString *understood; /* what was recognised, and what the columns mean */
  GHashTable *reasons; /* by line, where the rejected lines are wanted */
} Import;

static void report(void *context, guint64 line, const FieldError *problem) {
  Import *import = context;
  void *scratch = talloc_new(NULL);
  const char *text = texts_of_error(scratch, import->settings, problem->reason, problem->argument != NULL ? problem->argument : "");
  const char *colon = problem->field[0] != '\0' ? ": " : "";
  if (++import->problems <= SHOWN_MAX) g_string_append_printf(import->report, "%s:%" G_GUINT64_FORMAT ": %s%s%s\n", import->name, line, problem->field, colon, text);
  if (import->rejected != NULL) {
    const char *earlier = g_hash_table_lookup(import->reasons, GSIZE_TO_POINTER((gsize)line));
    g_hash_table_insert(import->reasons, GSIZE_TO_POINTER((gsize)line), g_strdup_printf("%s%s%s%s%s", earlier != NULL ? earlier : "", earlier != NULL ? "; " : "", problem->field, colon, text));
  }
  talloc_free(scratch);
}

static void report_all(Import *import, guint64 line, const FieldErrors *errors) {
  for (unsigned i = 0; i < errors->items->len; i++) report(import, line, &g_array_index(errors->items, FieldError, i));
}

/* Reads the file anew; its head. */
static const ImportRow *begin(Import *import, void *owner) {
  talloc_free(import->reader);
  import->reader = table_reader_new(owner, import->file, &import->style);
  return table_reader_next(import->reader);
}

static void note_understood(Import *import, const ImportRow *head, const ImportColumns *columns) {
  GString *text = import->understood;
  g_string_printf(text, "%s: ", import->name);
  const CsvStyle *csv = table_reader_style(import->reader);
  if (table_reader_is_xlsx(import->reader)) g_string_append_printf(text, "sheet %u", import->style.sheet + 1);
  else g_string_append_printf(text, "separated by %s, %s", csv->separator == '\t' ? "tab" : (char[]){csv->separator, '\0'}, csv->encoding);
  if (columns->style.decimal != 0) g_string_append_printf(text, ", numbers as %s", columns->style.decimal == ',' ? "1.234,56" : "1,234.56");
  g_string_append_printf(text, ", days as %s\n", columns->style.month_first ? "12/31/2026" : "31.12.2026 or 2026-12-31");
  /* A dry run shows what every column means, any other what is left out. */
  for (unsigned column = 0; head != NULL && column < columns->count; column++) {
    int field = columns->fields[column];
    if (head->cells[column][0] == '\0' || (field >= 0 && !import->dry)) continue;
    g_string_append_printf(text, "  %s: %s\n", head->cells[column], field >= 0 ? contract_fields[field].name : "passed over");
  }
}

/* What the table's head means, and how its cells are written; `*columns` is NULL when it can't be imported by that. */
static bool read_head(Import *import, Database *database, void *owner, ImportColumns **columns, GError **error) {
  const ImportRow *head = begin(import, owner);
  FieldErrors *errors = field_errors_new(owner);
  *columns = NULL;
  if (head == NULL) {
    if (table_reader_problem(import->reader) == NULL) report(import, 1, &(FieldError){"", "csv_empty", NULL});
    return true;
  }
  ImportColumns *found = import_mapping_columns(&import->mapping, database, owner, head, errors, error);
  report_all(import, head->line, errors);
  if (found == NULL || field_errors_any(errors)) return found != NULL;
  found->style = import_mapping_values(&import->mapping, found, import->reader);
  note_understood(import, begin(import, owner), found);
  *columns = found;
  return true;
}

static const ImportRow *next_row(void *context) {
  const Import *import = context;
  off_t position = ftello(import->file);
  command_progress("import", position > 0 ? (guint64)position : 0, (guint64)import->size + 1);
  return table_reader_next(import->reader);
}

static bool refused(const Import *import) { return import->problems > 0 && (!import->good_lines || import->counts.created + import->counts.changed + import->counts.unchanged == 0); }

static bool take_rows(Import *import, Database *database, void *owner, const ImportColumns *columns, GError **error) {
  unsigned choice_count = 0;
  const ImportChoice *choices = import_mapping_choices(&import->mapping, database, owner, columns, import->reader, &choice_count, error);
  if (choices == NULL) return false;
  begin(import, owner);
  ImportJob job = {.file_name = import->name, .file_size = import->size, .encoding = ""};
  char *base = g_path_get_basename(import->name);
  job.file_name = base;
  bool done = import->dry || import_job_create(database, &job, NULL, error);
  g_free(base);
  import->job = job.id;
  ImportOrder order = {.columns = columns, .choices = choices, .choice_count = choice_count, .today = settings_today(import->settings), .dry = import->dry, .job = job.id,
                       .problem = report, .context = import};
  return done && contract_importer_run(database, &order, next_row, import, &import->counts, error);
}

/* One attempt from the file's beginning; everything of it is rolled back when anything is wrong. */
static bool import_once(Database *database, void *context, GError **error) {
  Import *import = context;
  void *owner = talloc_new(NULL);
  ImportColumns *columns = NULL;
  import->problems = 0;
  import->counts = (ImportCounts){0};
  g_string_truncate(import->report, 0);
  g_hash_table_remove_all(import->reasons);
  import->reader = NULL;
  bool done = read_head(import, database, owner, &columns, error) && (columns == NULL || take_rows(import, database, owner, columns, error));
  const CsvProblem *problem = table_reader_problem(import->reader);
  /* What ended early isn't a table of good lines. */
  if (done && problem != NULL) import->good_lines = FALSE;
  if (done && problem != NULL) report(import, problem->line, &(FieldError){"", problem->reason, problem->argument});
  if (done && refused(import)) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_FIELD, "nothing was imported: %" G_GUINT64_FORMAT " problem%s in %s", import->problems, import->problems == 1 ? "" : "s", import->name);
    done = false;
  }
  ImportCounts *counts = &import->counts;
  if (done && import->job > 0) done = import_job_found(database, import->job, IMPORT_DONE, counts, import->problems, NULL, 0, error);
  talloc_free(owner);
  return done;
}

/* The rejected lines as they stood in the file, with a column of what is wrong. */
static void write_rejected(Import *import) {
  TableReader *reader = table_reader_new(NULL, import->file, &import->style);
  GString *csv = g_string_new(NULL);
  const char *cells[CSV_COLUMN_MAX + 1];
  for (const ImportRow *row = table_reader_next(reader); row != NULL; row = table_reader_next(reader)) {
    const char *reason = g_hash_table_lookup(import->reasons, GSIZE_TO_POINTER((gsize)row->line));
    bool head = csv->len == 0 && ftello(import->rejected) == 0;
    if (!head && reason == NULL) continue;
    memcpy(cells, row->cells, row->count * sizeof(char *));
    cells[row->count] = head ? "problem" : reason;
    csv_write_row(csv, CSV_RFC4180, cells, row->count + 1);
    fwrite(csv->str, 1, csv->len, import->rejected);
    g_string_truncate(csv, 0);
  }
  g_string_free(csv, TRUE);
  talloc_free(reader);
}

static void print_result(const Import *import) {
  fputs(import->understood->str, stdout);
  fflush(stdout);
  fputs(import->report->str, stderr);
  if (import->problems > SHOWN_MAX) fprintf(stderr, "… and %" G_GUINT64_FORMAT " more\n", import->problems - SHOWN_MAX);
}

static void print_counts(const Import *import) {
  const ImportCounts *counts = &import->counts;
  printf("%s: %s%" G_GUINT64_FORMAT " new, %" G_GUINT64_FORMAT " changed, %" G_GUINT64_FORMAT " unchanged; %" G_GUINT64_FORMAT " new customers", import->name,
         import->dry ? "would be " : "", counts->created, counts->changed, counts->unchanged, counts->customers);
  if (counts->rejected > 0) printf("; %" G_GUINT64_FORMAT " lines rejected", counts->rejected);
  if (import->job > 0) printf("; import %" G_GINT64_FORMAT, import->job);
  printf("\n");
}

static bool open_files(Import *import, GError **error) {
  struct stat facts;
  import->file = fopen(import->name, "rb");
  bool done = import->file != NULL && fstat(fileno(import->file), &facts) == 0;
  if (!done) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "%s cannot be read: %s", import->name, g_strerror(errno));
  if (!done) return false;
  import->size = facts.st_size;
  if (import->rejected_name == NULL) return true;
  import->rejected = fopen(import->rejected_name, "wb");
  if (import->rejected == NULL) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "%s cannot be written: %s", import->rejected_name, g_strerror(errno));
  return import->rejected != NULL;
}

static bool import_file(Tool *tool, Import *import, GError **error) {
  bool done = import_mapping_style(&import->mapping, &import->style, error) && open_files(import, error) && database_transaction(tool->database, import_once, import, error);
  contract_importer_leave(tool->database);
  done = done && contract_day_fold(tool->database, error);
  command_progress("import", 1, 1);
  print_result(import);
  if (import->rejected != NULL) write_rejected(import);
  if (done) print_counts(import);
  if (import->file != NULL) fclose(import->file);
  if (import->rejected != NULL) fclose(import->rejected);
  return done;
}

static bool undo(Tool *tool, gint64 job, GError **error) {
  bool done = import_job_undo(tool->database, job, settings_today(tool->settings), NULL, NULL, error) && contract_day_fold(tool->database, error);
  if (done) printf("import %" G_GINT64_FORMAT " is undone\n", job);
  return done;
}

bool import_command(Tool *tool, char **words, GError **error) {
  Import import = {.settings = tool->settings, .report = g_string_new(NULL), .understood = g_string_new(NULL), .reasons = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free)};
  ImportMapping *mapping = &import.mapping;
  char *rejected = NULL;
  gint64 undone = 0;
  const GOptionEntry entries[] = {{"good-lines", 0, 0, G_OPTION_ARG_NONE, &import.good_lines, NULL, NULL},
                                  {"dry-run", 0, 0, G_OPTION_ARG_NONE, &import.dry, NULL, NULL},
                                  {"rejected", 0, 0, G_OPTION_ARG_FILENAME, &rejected, NULL, NULL},
                                  {"undo", 0, 0, G_OPTION_ARG_INT64, &undone, NULL, NULL},
                                  {"column", 0, 0, G_OPTION_ARG_STRING_ARRAY, &mapping->columns, NULL, NULL},
                                  {"level", 0, 0, G_OPTION_ARG_STRING_ARRAY, &mapping->levels, NULL, NULL},
                                  {"type", 0, 0, G_OPTION_ARG_STRING_ARRAY, &mapping->types, NULL, NULL},
                                  {"responsible", 0, 0, G_OPTION_ARG_STRING_ARRAY, &mapping->responsibles, NULL, NULL},
                                  {"create", 0, 0, G_OPTION_ARG_NONE, &mapping->create, NULL, NULL},
                                  {"separator", 0, 0, G_OPTION_ARG_STRING, &mapping->separator, NULL, NULL},
                                  {"encoding", 0, 0, G_OPTION_ARG_STRING, &mapping->encoding, NULL, NULL},
                                  {"decimal", 0, 0, G_OPTION_ARG_STRING, &mapping->decimal, NULL, NULL},
                                  {"days", 0, 0, G_OPTION_ARG_STRING, &mapping->days, NULL, NULL},
                                  {"sheet", 0, 0, G_OPTION_ARG_INT, &mapping->sheet, NULL, NULL},
                                  G_OPTION_ENTRY_NULL};
  char **rest = NULL;
  bool done = command_options(words, entries, 0, 1, &rest, error);
  if (done && (undone > 0) == (rest[1] != NULL)) {
    g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "either a file or --undo NUMBER");
    done = false;
  }
  import.name = done ? rest[1] : NULL;
  import.rejected_name = rejected;
  done = done && (undone > 0 ? undo(tool, undone, error) : import_file(tool, &import, error));
  g_string_free(import.report, TRUE);
  g_string_free(import.understood, TRUE);
  g_hash_table_unref(import.reasons);
  import_mapping_free(mapping);
  g_free(rejected);
  g_strfreev(rest);
  return done;
}
