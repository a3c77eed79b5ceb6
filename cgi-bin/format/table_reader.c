#include "format/table_reader.h"

#include <string.h>
#include <talloc.h>

#include "format/xlsx_reader.h"

struct table_reader {
  CsvReader *csv;
  XlsxReader *xlsx;
  bool first;
  unsigned width; /* of the first row */
  const char *cells[CSV_COLUMN_MAX];
  ImportRow row;
  CsvProblem problem;
};

TableReader *table_reader_new(void *owner, FILE *file, const TableStyle *style) {
  static const char OLD_WORKBOOK[] = "\xD0\xCF\x11\xE0";
  TableReader *reader = talloc_zero(owner, TableReader);
  char begin[4] = "";
  bool whole = fseeko(file, 0, SEEK_SET) == 0 && fread(begin, 1, sizeof begin, file) == sizeof begin;
  reader->first = true;
  if (whole && memcmp(begin, OLD_WORKBOOK, sizeof begin) == 0) reader->problem = (CsvProblem){1, "xls_old", NULL};
  else if (whole && memcmp(begin, "PK\3\4", sizeof begin) == 0) reader->xlsx = xlsx_reader_new(reader, file, style->sheet);
  else reader->csv = csv_reader_new(reader, file, &style->csv);
  return reader;
}

static const ImportRow *widened(TableReader *reader, const ImportRow *row) {
  if (row->count >= reader->width) return row;
  memcpy(reader->cells, row->cells, row->count * sizeof(char *));
  for (unsigned cell = row->count; cell < reader->width; cell++) reader->cells[cell] = "";
  reader->row = (ImportRow){row->line, reader->width, reader->cells};
  return &reader->row;
}

const ImportRow *table_reader_next(TableReader *reader) {
  const ImportRow *row = reader->xlsx != NULL ? xlsx_reader_next(reader->xlsx) : reader->csv != NULL ? csv_reader_next(reader->csv) : NULL;
  if (row != NULL && reader->first) reader->width = row->count;
  reader->first = false;
  return row != NULL && reader->xlsx != NULL ? widened(reader, row) : row;
}

const ImportRow *table_reader_row(void *reader) { return table_reader_next(reader); }

const CsvProblem *table_reader_problem(const TableReader *reader) {
  if (reader->problem.reason != NULL) return &reader->problem;
  return reader->xlsx != NULL ? xlsx_reader_problem(reader->xlsx) : csv_reader_problem(reader->csv);
}

bool table_reader_is_xlsx(const TableReader *reader) { return reader->csv == NULL; }

const CsvStyle *table_reader_style(const TableReader *reader) {
  static const CsvStyle NONE = {0, ""};
  return reader->csv != NULL ? csv_reader_style(reader->csv) : &NONE;
}

const char *const *table_reader_sheets(const TableReader *reader, unsigned *count) {
  *count = 0;
  return reader->xlsx != NULL ? xlsx_reader_sheets(reader->xlsx, count) : NULL;
}
