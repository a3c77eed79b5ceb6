/* table_reader.h: rows of a table, from CSV or a workbook, whichever the file is. */
#ifndef SUPPORTLEVEL_FORMAT_TABLE_READER_H
#define SUPPORTLEVEL_FORMAT_TABLE_READER_H

#include "format/csv_reader.h"

typedef struct {
  CsvStyle csv;
  unsigned sheet;
} TableStyle;

typedef struct table_reader TableReader;

/* Reads `file` from its beginning; it has to be a real file, and stays the caller's. Free with talloc_free. */
TableReader *table_reader_new(void *owner, FILE *file, const TableStyle *style);
/* The next row, good until the following call, with as many cells as the first one at least: a sheet leaves empty ones out. NULL at the end and after a problem. */
const ImportRow *table_reader_next(TableReader *reader);
/* The same as an ImportNext. */
const ImportRow *table_reader_row(void *reader);
/* What ended the reading, or NULL: csv_reader.h's and xlsx_reader.h's, and xls_old for a workbook from before 2007. */
const CsvProblem *table_reader_problem(const TableReader *reader);
bool table_reader_is_xlsx(const TableReader *reader);
/* As recognised; the separator from the first row on. */
const CsvStyle *table_reader_style(const TableReader *reader);
const char *const *table_reader_sheets(const TableReader *reader, unsigned *count);

#endif
