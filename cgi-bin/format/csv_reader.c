#include "format/csv_reader.h"

#include <csv.h>
#include <string.h>
#include <talloc.h>

#include "format/csv_formula.h"

#define CHUNK 65536
#define NO_ROW_BEGUN 0 /* libcsv's state between rows */

const char csv_separators[] = ",;\t|";
const char *const csv_encodings[] = {"UTF-8", "WINDOWS-1252", "ISO-8859-15", "IBM850", "MACINTOSH", NULL};

struct csv_reader {
  FILE *file;
  struct csv_parser parser;
  bool converts; /* the encoding isn't UTF-8 */
  CsvStyle style;
  guint64 position;
  char *converted; /* from Windows-1252 */
  const char *text; /* what is to be parsed next */
  gsize length;
  bool at_end;
  guint64 line;      /* of the character at `text` */
  guint64 row_line;  /* on which the row begins */
  bool after_return; /* the last character was a CR: a LF now belongs to it */
  GString *row;      /* the cells, each with a NUL behind it */
  gsize offsets[CSV_COLUMN_MAX];
  const char *cells[CSV_COLUMN_MAX];
  CsvRow current;
  bool complete;
  CsvProblem problem;
  char buffer[CHUNK + 8];
};

static void fail(CsvReader *reader, guint64 line, const char *reason, const char *argument) {
  if (reader->problem.reason != NULL) return;
  reader->problem = (CsvProblem){line, reason, argument};
}

/* ---- a first look: encoding and separator ---- */

/* Bytes at the end of `text` that begin a character which isn't complete yet. */
static gsize incomplete_tail(const char *text, gsize length) {
  for (gsize tail = 1; tail <= 3 && tail <= length; tail++) {
    guchar byte = (guchar)text[length - tail];
    if ((byte & 0xC0) == 0x80) continue;
    gsize whole = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    return whole > tail ? tail : 0;
  }
  return 0;
}

/* NUL bytes are no reason against UTF-8: they get their own message. */
static bool is_utf8(const char *text, gsize length) {
  while (length > 0) {
    const char *end = text;
    g_utf8_validate(text, (gssize)length, &end);
    gsize good = (gsize)(end - text);
    if (good == length) return true;
    if (*end != '\0') return false;
    text = end + 1;
    length -= good + 1;
  }
  return true;
}

static bool file_is_utf8(CsvReader *reader) {
  bool good = true;
  gsize kept = 0;
  for (gsize read; good && (read = fread(reader->buffer + kept, 1, CHUNK - kept, reader->file)) > 0;) {
    gsize length = kept + read;
    kept = incomplete_tail(reader->buffer, length);
    good = is_utf8(reader->buffer, length - kept);
    memmove(reader->buffer, reader->buffer + length - kept, kept);
  }
  return good && kept == 0;
}

static unsigned char find_separator(const char *text, gsize length) {
  static const char SEPARATORS[] = {',', ';', '\t', '|'};
  unsigned found[sizeof SEPARATORS] = {0};
  bool quoted = false;
  for (gsize i = 0; i < length && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
    if (text[i] == '"') quoted = !quoted;
    for (unsigned s = 0; s < sizeof SEPARATORS && !quoted; s++) found[s] += text[i] == SEPARATORS[s];
  }
  unsigned best = 0;
  for (unsigned s = 1; s < sizeof SEPARATORS; s++) {
    if (found[s] > found[best]) best = s;
  }
  return (unsigned char)SEPARATORS[best];
}

/* ---- chunks ---- */

static guint64 count_lines(const char *text, gsize length) {
  guint64 lines = 0;
  for (gsize i = 0; i < length; i++) lines += text[i] == '\n' || (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n'));
  return lines;
}

static void convert_chunk(CsvReader *reader) {
  gsize good = 0;
  gsize length = 0;
  g_free(reader->converted);
  reader->converted = g_convert(reader->text, (gssize)reader->length, "UTF-8", reader->style.encoding, &good, &length, NULL);
  if (reader->converted == NULL) {
    fail(reader, reader->line + count_lines(reader->text, good), "csv_encoding", reader->style.encoding);
  } else {
    reader->text = reader->converted;
    reader->length = length;
  }
}

static void read_chunk(CsvReader *reader) {
  bool first = reader->position == 0;
  reader->text = reader->buffer;
  reader->length = fread(reader->buffer, 1, CHUNK, reader->file);
  reader->position += reader->length;
  if (ferror(reader->file)) fail(reader, reader->line, "csv_unreadable", NULL);
  if (first && reader->length >= 2 && (memcmp(reader->text, "\xFF\xFE", 2) == 0 || memcmp(reader->text, "\xFE\xFF", 2) == 0)) {
    fail(reader, 1, "csv_encoding", "UTF-8, Windows-1252");
  } else if (first && reader->length >= 3 && memcmp(reader->text, "\xEF\xBB\xBF", 3) == 0) {
    reader->text += 3;
    reader->length -= 3;
  }
  const char *null = memchr(reader->text, '\0', reader->length);
  if (null != NULL) fail(reader, reader->line + count_lines(reader->text, (gsize)(null - reader->text)), "csv_null", NULL);
  if (reader->converts && reader->problem.reason == NULL) convert_chunk(reader);
  if (first && reader->style.separator == 0) reader->style.separator = (char)find_separator(reader->text, reader->length);
  if (first) csv_set_delim(&reader->parser, (unsigned char)reader->style.separator);
  reader->at_end = reader->position == 0 || feof(reader->file);
}

/* ---- rows ---- */

static void take_cell(void *text, size_t length, void *context) {
  CsvReader *reader = context;
  if (reader->problem.reason != NULL) return;
  if (reader->current.count == CSV_COLUMN_MAX) fail(reader, reader->row_line, "csv_columns", G_STRINGIFY(CSV_COLUMN_MAX));
  else if (length > CSV_CELL_MAX || reader->row->len + length > CSV_ROW_MAX) fail(reader, reader->row_line, "csv_cell", NULL);
  else {
    reader->offsets[reader->current.count++] = reader->row->len;
    if (length > 0) g_string_append_len(reader->row, text, (gssize)length);
    g_string_append_c(reader->row, '\0');
  }
}

static void end_row(int terminator, void *context) {
  (void)terminator;
  CsvReader *reader = context;
  reader->complete = true;
}

/* Only a blank is taken off around cells: a tab may be the separator. */
static int is_blank(unsigned char character) { return character == ' '; }

static int reader_free(CsvReader *reader) {
  csv_free(&reader->parser);
  g_string_free(reader->row, TRUE);
  g_free(reader->converted);
  return 0;
}

static void find_encoding(CsvReader *reader) {
  bool utf8 = file_is_utf8(reader);
  if (reader->style.encoding == NULL) reader->style.encoding = utf8 ? "UTF-8" : "WINDOWS-1252";
  reader->converts = strcmp(reader->style.encoding, "UTF-8") != 0;
  if (!reader->converts && !utf8) fail(reader, 1, "csv_encoding", "UTF-8");
}

CsvReader *csv_reader_new(void *owner, FILE *file, const CsvStyle *style) {
  CsvReader *reader = talloc_zero(owner, CsvReader);
  reader->file = file;
  reader->style = *style;
  reader->line = reader->row_line = 1;
  reader->row = g_string_sized_new(4096);
  csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI);
  csv_set_space_func(&reader->parser, is_blank);
  csv_set_blk_size(&reader->parser, 4096);
  talloc_set_destructor(reader, reader_free);
  if (fseeko(file, 0, SEEK_SET) == 0) find_encoding(reader);
  if (ferror(file) || fseeko(file, 0, SEEK_SET) != 0) fail(reader, 1, "csv_unreadable", NULL);
  return reader;
}

/* The length of the physical line at `text`, with its end; a row never reaches over more than one row's end in it. */
static gsize line_length(const CsvReader *reader) {
  for (gsize i = 0; i < reader->length; i++) {
    if (reader->text[i] == '\n' || reader->text[i] == '\r') return i + 1;
  }
  return reader->length;
}

/* Hands the parser one physical line, so that it's known on which one each row begins. */
static void parse_line(CsvReader *reader) {
  bool second_half = reader->after_return && reader->text[0] == '\n';
  gsize length = second_half ? 1 : line_length(reader);
  char last = reader->text[length - 1];
  if (csv_parse(&reader->parser, reader->text, length, take_cell, end_row, reader) != length) fail(reader, reader->line, "csv_quotes", NULL);
  if (csv_get_buffer_size(&reader->parser) > CSV_CELL_MAX + 8192) fail(reader, reader->row_line, "csv_cell", NULL);
  if (!second_half && (last == '\n' || last == '\r')) reader->line++;
  reader->after_return = last == '\r';
  reader->text += length;
  reader->length -= length;
}

static void finish_file(CsvReader *reader) {
  if (csv_fini(&reader->parser, take_cell, end_row, reader) != 0) fail(reader, reader->row_line, "csv_quotes", NULL);
}

/* The cells' places are known only now: the text moved while it grew. */
static const CsvRow *complete_row(CsvReader *reader) {
  for (unsigned cell = 0; cell < reader->current.count; cell++) {
    const char *text = reader->row->str + reader->offsets[cell];
    reader->cells[cell] = text[0] == '\'' && csv_is_formula(text) ? text + 1 : text;
  }
  reader->current.line = reader->row_line;
  reader->current.cells = reader->cells;
  return &reader->current;
}

const CsvRow *csv_reader_next(CsvReader *reader) {
  bool finished = false;
  reader->complete = false;
  reader->current.count = 0;
  g_string_truncate(reader->row, 0);
  while (!reader->complete && !finished && reader->problem.reason == NULL) {
    if (reader->length == 0 && !reader->at_end) read_chunk(reader);
    if (reader->problem.reason != NULL) break;
    if (reader->length > 0) {
      if (reader->parser.pstate == NO_ROW_BEGUN) reader->row_line = reader->line;
      parse_line(reader);
    } else if (reader->at_end) {
      finish_file(reader);
      finished = true;
    }
  }
  return reader->complete && reader->problem.reason == NULL ? complete_row(reader) : NULL;
}

const CsvStyle *csv_reader_style(const CsvReader *reader) { return &reader->style; }
const CsvProblem *csv_reader_problem(const CsvReader *reader) { return reader->problem.reason != NULL ? &reader->problem : NULL; }
