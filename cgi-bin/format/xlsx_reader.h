/* xlsx_reader.h: reads a sheet of an Excel or LibreOffice workbook (ECMA-376) row by row, in bounded memory whatever the file. Formulas are never run: what the
 * program that wrote the file has calculated counts. A number whose format is a day becomes YYYY-MM-DD, any other plain digits with a point. */
#ifndef SUPPORTLEVEL_FORMAT_XLSX_READER_H
#define SUPPORTLEVEL_FORMAT_XLSX_READER_H

#include "format/csv_reader.h"

typedef struct xlsx_reader XlsxReader;

/* Reads sheet number `sheet` (0 is the first that is shown) of `file`, which stays the caller's. Free with talloc_free. */
XlsxReader *xlsx_reader_new(void *owner, FILE *file, unsigned sheet);
/* The next row that isn't empty, good until the following call; its line is the row's number. NULL at the end and after a problem. */
const ImportRow *xlsx_reader_next(XlsxReader *reader);
/* What ended the reading, or NULL. Reasons: xlsx_unreadable, xlsx_too_large, xlsx_no_sheet, xlsx_formula (without a calculated value), csv_cell, csv_columns. */
const CsvProblem *xlsx_reader_problem(const XlsxReader *reader);
/* Names of the sheets that can be chosen. */
const char *const *xlsx_reader_sheets(const XlsxReader *reader, unsigned *count);

#endif
