#include "format/xlsx_reader.h"

#include <math.h>
#include <string.h>
#include <talloc.h>

#include "domain/day.h"
#include "format/xlsx_book.h"
#include "format/xlsx_part.h"

#define EPOCH_1904 1462 /* days between both counts */
#define LINE_MAX_GIVEN (G_MAXUINT32 / 2) /* what a row may say that its number is: far more than a sheet has, and room to count on */

struct xlsx_reader {
  XlsxBook *book;
  XlsxPart *part;
  CsvProblem problem;
  /* the row */
  guint64 line;
  unsigned next_column;
  unsigned count;
  GString *row; /* the cells, each with a NUL behind it, in the order that they came in */
  gsize offsets[CSV_COLUMN_MAX];
  const char *cells[CSV_COLUMN_MAX];
  ImportRow current;
  bool complete;
  /* the cell */
  unsigned column;
  char type;     /* 's'hared, 'i'nline, 't'ext of a formula, 'b'ool, 'e'rror, 'n'umber, 'd'ay of ISO 8601 */
  guint64 style;
  bool has_formula;
  bool in_value;
  bool in_phonetic;
  GString *value;
};

static void fail(XlsxReader *reader, const char *reason, const char *argument) {
  if (reader->problem.reason == NULL) reader->problem = (CsvProblem){reader->line > 0 ? reader->line : 1, reason, argument};
  if (reader->part != NULL) xlsx_part_give_up(reader->part);
}

/* ---- values ---- */

/* The first day of a workbook's count is 1899-12-30, as if 1900 had been a leap year (ECMA-376, 18.17.4.1). */
static bool add_day(const XlsxReader *reader, double number, GString *row) {
  char iso[DAY_TEXT_SIZE];
  double days = floor(number) + (reader->book->from_1904 ? EPOCH_1904 : 0);
  Day day = days >= 1 && days < 2958466 ? day_add_days(day_make(1899, 12, 30), (int)days) : DAY_NONE;
  if (day == DAY_NONE) return false;
  g_string_append(row, day_format_iso(day, iso));
  return true;
}

/* Seventeen digits of a binary fraction are not what anybody typed; fifteen are all that a sheet shows. */
static void add_number(double number, GString *row) {
  char text[G_ASCII_DTOSTR_BUF_SIZE + 32];
  if (fabs(number) < 1e15 && number == floor(number)) {
    g_ascii_formatd(text, sizeof text, "%.0f", number);
  } else {
    g_ascii_formatd(text, sizeof text, "%.15g", number);
    const char *point = strchr(text, '.');
    /* Three decimals could be taken for thousands. */
    if (point != NULL && strspn(point + 1, "0123456789") == 3 && point[4] == '\0') g_strlcat(text, "0", sizeof text);
  }
  g_string_append(row, text);
}

static void add_value(XlsxReader *reader) {
  const char *value = reader->value->str;
  char *end = NULL;
  if (reader->type == 's') {
    const char *text = xlsx_book_text(reader->book, g_ascii_strtoull(value, NULL, 10));
    if (text != NULL) g_string_append(reader->row, text);
    else fail(reader, "xlsx_unreadable", NULL);
    return;
  }
  double number = reader->type == 'n' && value[0] != '\0' ? g_ascii_strtod(value, &end) : 0;
  if (end == NULL || *end != '\0' || !isfinite(number)) g_string_append(reader->row, value);
  else if (!xlsx_book_is_day(reader->book, reader->style) || !add_day(reader, number, reader->row)) add_number(number, reader->row);
}

/* ---- elements ---- */

/* "BC12" is column 54 (from 0); without a reference it is the next one. */
static unsigned column_of(const char *reference, unsigned next) {
  unsigned column = 0;
  if (reference == NULL || !g_ascii_isalpha(reference[0])) return next;
  for (; g_ascii_isalpha(*reference) && column < 1000000; reference++) column = column * 26 + (unsigned)(g_ascii_toupper(*reference) - 'A' + 1);
  return column - 1;
}

static char type_of(const char *type) {
  if (type == NULL || strcmp(type, "n") == 0) return 'n';
  if (strcmp(type, "inlineStr") == 0) return 'i';
  return strcmp(type, "str") == 0 ? 't' : type[0];
}

static void start_cell(XlsxReader *reader, const char **attributes) {
  const char *style = xlsx_attribute(attributes, "s");
  reader->column = column_of(xlsx_attribute(attributes, "r"), reader->next_column);
  reader->type = type_of(xlsx_attribute(attributes, "t"));
  reader->style = style != NULL ? g_ascii_strtoull(style, NULL, 10) : 0;
  reader->has_formula = false;
  g_string_truncate(reader->value, 0);
  if (reader->column < reader->next_column) fail(reader, "xlsx_unreadable", NULL);
}

static void end_cell(XlsxReader *reader) {
  if (reader->has_formula && reader->value->len == 0 && reader->type != 't') fail(reader, "xlsx_formula", NULL);
  reader->next_column = reader->column + 1;
  if (reader->value->len == 0) return; /* formatted, but empty */
  if (reader->column >= CSV_COLUMN_MAX) {
    fail(reader, "csv_columns", G_STRINGIFY(CSV_COLUMN_MAX));
    return;
  }
  for (; reader->count <= reader->column; reader->count++) {
    reader->offsets[reader->count] = reader->row->len;
    if (reader->count == reader->column) add_value(reader);
    g_string_append_c(reader->row, '\0');
  }
  if (reader->row->len > CSV_ROW_MAX) fail(reader, "csv_cell", NULL);
}

static void start_row(XlsxReader *reader, const char **attributes) {
  const char *number = xlsx_attribute(attributes, "r");
  guint64 line = number != NULL ? MIN(g_ascii_strtoull(number, NULL, 10), LINE_MAX_GIVEN) : 0;
  /* They ascend (ECMA-376, part 1, 18.3.1.73); where they don't, they are counted. */
  reader->line = MAX(line, reader->line + 1);
  reader->next_column = 0;
  reader->count = 0;
  g_string_truncate(reader->row, 0);
}

static void start_element(void *data, const char *element, const char **attributes) {
  XlsxReader *reader = data;
  const char *name = xlsx_local_name(element);
  if (strcmp(name, "row") == 0) start_row(reader, attributes);
  else if (strcmp(name, "c") == 0) start_cell(reader, attributes);
  else if (strcmp(name, "f") == 0) reader->has_formula = true;
  else if (strcmp(name, "rPh") == 0) reader->in_phonetic = true;
  else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) reader->in_value = !reader->in_phonetic;
}

static void end_element(void *data, const char *element) {
  XlsxReader *reader = data;
  const char *name = xlsx_local_name(element);
  if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) reader->in_value = false;
  else if (strcmp(name, "rPh") == 0) reader->in_phonetic = false;
  else if (strcmp(name, "c") == 0) end_cell(reader);
  else if (strcmp(name, "row") == 0 && reader->count > 0) {
    reader->complete = true;
    xlsx_part_pause(reader->part);
  }
}

static void take_text(void *data, const char *text, int length) {
  XlsxReader *reader = data;
  if (!reader->in_value) return;
  if (reader->value->len + (gsize)length > CSV_CELL_MAX) fail(reader, "csv_cell", NULL);
  else g_string_append_len(reader->value, text, length);
}

/* ---- rows ---- */

static int reader_free(XlsxReader *reader) {
  g_string_free(reader->row, TRUE);
  g_string_free(reader->value, TRUE);
  return 0;
}

XlsxReader *xlsx_reader_new(void *owner, FILE *file, unsigned sheet) {
  const char *reason = NULL;
  XlsxReader *reader = talloc_zero(owner, XlsxReader);
  reader->row = g_string_new(NULL);
  reader->value = g_string_new(NULL);
  talloc_set_destructor(reader, reader_free);
  reader->book = xlsx_book_read(reader, file, &reason);
  if (reader->book != NULL && sheet < reader->book->sheet_count) reader->part = xlsx_part_open(reader, file, reader->book->parts[sheet], &(XlsxHandlers){start_element, end_element, take_text, reader}, &reason);
  if (reader->part == NULL) fail(reader, reason != NULL ? reason : "xlsx_no_sheet", NULL);
  return reader;
}

const ImportRow *xlsx_reader_next(XlsxReader *reader) {
  const char *reason = NULL;
  reader->complete = false;
  if (reader->problem.reason != NULL) return NULL;
  if (!xlsx_part_parse(reader->part, &reason)) fail(reader, reason, NULL);
  if (!reader->complete || reader->problem.reason != NULL) return NULL;
  for (unsigned cell = 0; cell < reader->count; cell++) reader->cells[cell] = reader->row->str + reader->offsets[cell];
  reader->current = (ImportRow){reader->line, reader->count, reader->cells};
  return &reader->current;
}

const CsvProblem *xlsx_reader_problem(const XlsxReader *reader) { return reader->problem.reason != NULL ? &reader->problem : NULL; }

const char *const *xlsx_reader_sheets(const XlsxReader *reader, unsigned *count) {
  *count = reader->book != NULL ? reader->book->sheet_count : 0;
  return reader->book != NULL ? (const char *const *)reader->book->names : NULL;
}
