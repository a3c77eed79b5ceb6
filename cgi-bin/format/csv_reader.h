/* csv_reader.h: reads comma-separated values as spreadsheets write them (RFC 4180 and its relatives), row by row, in bounded memory whatever the file:
 * - separated by comma, semicolon or tab, whichever the first line has most of outside of quotes;
 * - UTF-8, with or without its mark, else Windows-1252; line ends CR LF, LF or CR;
 * - strict about quotes: what stands wrong is told, never guessed. */
#ifndef SUPPORTLEVEL_FORMAT_CSV_READER_H
#define SUPPORTLEVEL_FORMAT_CSV_READER_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

#include "domain/contract_import.h"

#define CSV_COLUMN_MAX 200
#define CSV_CELL_MAX (1u << 20) /* bytes */
#define CSV_ROW_MAX (4u << 20)  /* bytes */

typedef ImportRow CsvRow;

/* How a file is written; 0 and NULL: as the reader recognises it. */
typedef struct {
  char separator;       /* one of csv_separators */
  const char *encoding; /* one of csv_encodings */
} CsvStyle;

extern const char csv_separators[];
extern const char *const csv_encodings[]; /* ends with NULL */

/* Why reading ended early. */
typedef struct {
  guint64 line;
  const char *reason; /* key of a text below Lang.error */
  const char *argument;
} CsvProblem;

typedef struct csv_reader CsvReader;

/* Reads `file` from its beginning; it has to be one that can be read twice (the encoding is found by a first look at all of it), and stays the caller's.
 * `style` says how it is written, as far as somebody knows. Free with talloc_free. */
CsvReader *csv_reader_new(void *owner, FILE *file, const CsvStyle *style);
/* How the file is written; the separator is known from the first row on. */
const CsvStyle *csv_reader_style(const CsvReader *reader);

/* The next row, good until the following call; empty lines are passed over. NULL at the end and after a problem. */
const CsvRow *csv_reader_next(CsvReader *reader);

/* What ended the reading, or NULL when all was read. Reasons: csv_unreadable, csv_encoding (not text, with the encoding's name), csv_null, csv_quotes,
 * csv_cell (one is too long), csv_columns (too many). */
const CsvProblem *csv_reader_problem(const CsvReader *reader);

#endif
