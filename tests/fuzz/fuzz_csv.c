/* CSV. Input: a byte that says how the file is said to be written, and the file. What was read is written and read again; and it is tried as contracts. */
#include <string.h>
#include <talloc.h>

#include "domain/contract_import.h"
#include "format/csv_reader.h"
#include "format/csv_writer.h"
#include "fuzz.h"

static CsvStyle style_of(uint8_t choice) {
  static const char SEPARATORS[] = {0, ',', ';', '\t'};
  unsigned encoding = choice >> 2 & 3;
  unsigned known = 0;
  while (csv_encodings[known] != NULL) known++;
  return (CsvStyle){SEPARATORS[choice & 3], encoding < known ? csv_encodings[encoding] : NULL};
}

static bool is_empty(const CsvRow *row) {
  for (unsigned cell = 0; cell < row->count; cell++) {
    if (row->cells[cell][0] != '\0') return false;
  }
  return true;
}

static void row_holds(const CsvRow *row) {
  holds(row->count <= CSV_COLUMN_MAX && row->line > 0);
  for (unsigned cell = 0; cell < row->count; cell++) holds(strlen(row->cells[cell]) <= CSV_CELL_MAX && g_utf8_validate(row->cells[cell], -1, NULL));
}

/* A row as the writer writes it means the same to the reader; a head stands before it, since a mark U+FEFF that begins a file is none of its text. */
static void row_comes_back(void *owner, const CsvRow *row) {
  GString *text = g_string_new("head\r\n");
  csv_write_row(text, CSV_RFC4180, row->cells, row->count);
  FILE *file = fuzz_file((const uint8_t *)text->str, text->len);
  CsvReader *reader = csv_reader_new(owner, file, &(CsvStyle){',', csv_encodings[0]});
  const CsvRow *again = csv_reader_next(reader) != NULL ? csv_reader_next(reader) : NULL;
  holds(again != NULL && again->count == row->count);
  for (unsigned cell = 0; cell < row->count; cell++) holds(strcmp(again->cells[cell], row->cells[cell]) == 0);
  talloc_free(reader);
  fclose(file);
  g_string_free(text, TRUE);
}

typedef struct {
  CsvReader *reader;
} Rows;

static const ImportRow *next_row(void *context) { return csv_reader_next(((Rows *)context)->reader); }

static void tried_as_contracts(void *owner, FILE *file, const CsvStyle *style) {
  Rows rows = {csv_reader_new(owner, file, style)};
  FieldErrors *errors = field_errors_new(owner);
  const CsvRow *head = csv_reader_next(rows.reader);
  ImportColumns *columns = head != NULL ? contract_import_columns(owner, head->cells, NULL, head->count, errors) : NULL;
  if (columns != NULL) columns->style = contract_import_style(columns, next_row, &rows, ',');
  CsvReader *reader = csv_reader_new(owner, file, style);
  csv_reader_next(reader);
  for (const CsvRow *row; columns != NULL && (row = csv_reader_next(reader)) != NULL;) {
    FieldErrors *problems = field_errors_new(owner);
    Contract *contract = contract_import_row(owner, columns, row->cells, row->count, problems);
    for (unsigned field = 0; contract != NULL && field < CONTRACT_FIELD_COUNT; field++) holds(contract->values[field] != NULL);
    if (contract != NULL) contract_check(contract, problems);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (size == 0) return 0;
  void *owner = talloc_new(NULL);
  CsvStyle style = style_of(bytes[0]);
  FILE *file = fuzz_file(bytes + 1, size - 1);
  CsvReader *reader = csv_reader_new(owner, file, &style);
  for (const CsvRow *row; (row = csv_reader_next(reader)) != NULL;) {
    row_holds(row);
    if (!is_empty(row)) row_comes_back(owner, row);
  }
  const CsvProblem *problem = csv_reader_problem(reader);
  holds(problem == NULL || (problem->line > 0 && problem->reason != NULL));
  if (problem == NULL) tried_as_contracts(owner, file, &style);
  talloc_free(owner);
  fclose(file);
  return 0;
}
