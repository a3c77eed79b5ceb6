#include "format/xlsx_book.h"

#include <string.h>
#include <talloc.h>

#include "format/xlsx_part.h"

typedef struct {
  XlsxBook *book;
  GPtrArray *relations; /* id of each sheet, by sheet; then pairs of id and target */
  GHashTable *targets;  /* by id */
  GHashTable *day_formats; /* numbers of a company's own formats that are days */
  bool in_cell_formats;
  bool in_text;
  bool in_phonetic;
  bool too_large;
} Reading;

static int book_free(XlsxBook *book) {
  g_byte_array_unref(book->days);
  g_string_free(book->text_bytes, TRUE);
  g_array_unref(book->text_starts);
  return 0;
}

/* ---- sheets ---- */

static void start_workbook(void *data, const char *element, const char **attributes) {
  Reading *reading = data;
  XlsxBook *book = reading->book;
  const char *name = xlsx_local_name(element);
  if (strcmp(name, "workbookPr") == 0) {
    const char *from_1904 = xlsx_attribute(attributes, "date1904");
    book->from_1904 = from_1904 != NULL && (strcmp(from_1904, "1") == 0 || strcmp(from_1904, "true") == 0);
  }
  if (strcmp(name, "sheet") != 0 || book->sheet_count == XLSX_SHEETS_MAX) return;
  const char *state = xlsx_attribute(attributes, "state");
  const char *title = xlsx_attribute(attributes, "name");
  const char *id = xlsx_attribute(attributes, "id");
  if (id == NULL || (state != NULL && strcmp(state, "visible") != 0)) return;
  book->names[book->sheet_count++] = talloc_strndup(book->names, title != NULL ? title : "", 200);
  g_ptr_array_add(reading->relations, g_strdup(id));
}

static void start_relations(void *data, const char *element, const char **attributes) {
  Reading *reading = data;
  const char *id = xlsx_attribute(attributes, "Id");
  const char *target = xlsx_attribute(attributes, "Target");
  if (strcmp(xlsx_local_name(element), "Relationship") != 0 || id == NULL || target == NULL || g_hash_table_size(reading->targets) > 10 * XLSX_SHEETS_MAX) return;
  g_hash_table_insert(reading->targets, g_strdup(id), g_strdup(target));
}

static void find_parts(Reading *reading) {
  XlsxBook *book = reading->book;
  for (unsigned sheet = 0; sheet < book->sheet_count; sheet++) {
    const char *target = g_hash_table_lookup(reading->targets, reading->relations->pdata[sheet]);
    if (target == NULL) target = "";
    book->parts[sheet] = target[0] == '/' ? talloc_strdup(book->parts, target + 1) : talloc_asprintf(book->parts, "xl/%s", target);
  }
}

/* ---- formats ---- */

/* A number that is shown with a day, a month or a year; quoted, escaped and bracketed characters aren't part of it. */
static bool is_day_format(const char *code) {
  bool quoted = false;
  bool bracketed = false;
  for (; *code != '\0'; code++) {
    if (*code == '"') quoted = !quoted;
    else if (quoted) continue;
    else if (*code == '\\' || *code == '_' || *code == '*') code += code[1] != '\0';
    else if (*code == '[') bracketed = true;
    else if (*code == ']') bracketed = false;
    else if (!bracketed && strchr("dDyYjJtT", *code) != NULL) return true;
  }
  return false;
}

/* ECMA-376, 18.8.30: the formats that every program knows by number. */
static bool is_known_day_format(guint64 number) { return (number >= 14 && number <= 17) || number == 22 || (number >= 27 && number <= 36) || (number >= 50 && number <= 58); }

static void start_styles(void *data, const char *element, const char **attributes) {
  Reading *reading = data;
  const char *name = xlsx_local_name(element);
  const char *number = xlsx_attribute(attributes, "numFmtId");
  guint64 id = number != NULL ? g_ascii_strtoull(number, NULL, 10) : 0;
  if (strcmp(name, "cellXfs") == 0) reading->in_cell_formats = true;
  if (strcmp(name, "numFmt") == 0 && id < G_MAXUINT32) {
    const char *code = xlsx_attribute(attributes, "formatCode");
    if (code != NULL && is_day_format(code) && g_hash_table_size(reading->day_formats) < XLSX_STYLES_MAX) g_hash_table_add(reading->day_formats, GSIZE_TO_POINTER((gsize)id + 1));
  }
  if (strcmp(name, "xf") != 0 || !reading->in_cell_formats || reading->book->days->len >= XLSX_STYLES_MAX) return;
  guint8 day = is_known_day_format(id) || g_hash_table_contains(reading->day_formats, GSIZE_TO_POINTER((gsize)id + 1));
  g_byte_array_append(reading->book->days, &day, 1);
}

static void end_styles(void *data, const char *element) {
  Reading *reading = data;
  if (strcmp(xlsx_local_name(element), "cellXfs") == 0) reading->in_cell_formats = false;
}

/* ---- shared texts ---- */

static void start_texts(void *data, const char *element, const char **attributes) {
  Reading *reading = data;
  const char *name = xlsx_local_name(element);
  (void)attributes;
  if (strcmp(name, "si") == 0) {
    guint32 start = (guint32)reading->book->text_bytes->len;
    if (reading->book->text_starts->len >= XLSX_TEXTS_MAX) reading->too_large = true;
    else g_array_append_val(reading->book->text_starts, start);
  }
  if (strcmp(name, "rPh") == 0) reading->in_phonetic = true;
  if (strcmp(name, "t") == 0) reading->in_text = !reading->in_phonetic;
}

static void end_texts(void *data, const char *element) {
  Reading *reading = data;
  const char *name = xlsx_local_name(element);
  if (strcmp(name, "si") == 0) g_string_append_c(reading->book->text_bytes, '\0');
  if (strcmp(name, "rPh") == 0) reading->in_phonetic = false;
  if (strcmp(name, "t") == 0) reading->in_text = false;
}

static void take_text(void *data, const char *text, int length) {
  Reading *reading = data;
  if (!reading->in_text || reading->too_large) return;
  if (reading->book->text_bytes->len + (gsize)length > XLSX_TEXT_BYTES_MAX) reading->too_large = true;
  else g_string_append_len(reading->book->text_bytes, text, length);
}

/* ---- all of it ---- */

static bool read_parts(Reading *reading, FILE *file, const char **reason) {
  if (!xlsx_part_read(file, "xl/workbook.xml", &(XlsxHandlers){start_workbook, NULL, NULL, reading}, reason)) return false;
  if (reading->book->sheet_count == 0) *reason = "xlsx_no_sheet";
  if (*reason != NULL || !xlsx_part_read(file, "xl/_rels/workbook.xml.rels", &(XlsxHandlers){start_relations, NULL, NULL, reading}, reason)) return false;
  find_parts(reading);
  if (!xlsx_part_read(file, "xl/styles.xml", &(XlsxHandlers){start_styles, end_styles, NULL, reading}, reason)) return false;
  if (!xlsx_part_read(file, "xl/sharedStrings.xml", &(XlsxHandlers){start_texts, end_texts, take_text, reading}, reason)) return false;
  if (reading->too_large) *reason = "xlsx_too_large";
  return *reason == NULL;
}

XlsxBook *xlsx_book_read(void *owner, FILE *file, const char **reason) {
  XlsxBook *book = talloc_zero(owner, XlsxBook);
  Reading reading = {.book = book, .relations = g_ptr_array_new_with_free_func(g_free), .targets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                     .day_formats = g_hash_table_new(g_direct_hash, g_direct_equal)};
  book->names = talloc_zero_array(book, char *, XLSX_SHEETS_MAX);
  book->parts = talloc_zero_array(book, char *, XLSX_SHEETS_MAX);
  book->days = g_byte_array_new();
  book->text_bytes = g_string_new(NULL);
  book->text_starts = g_array_new(FALSE, FALSE, sizeof(guint32));
  talloc_set_destructor(book, book_free);
  *reason = NULL;
  bool done = read_parts(&reading, file, reason);
  g_ptr_array_unref(reading.relations);
  g_hash_table_unref(reading.targets);
  g_hash_table_unref(reading.day_formats);
  if (done) return book;
  talloc_free(book);
  return NULL;
}

const char *xlsx_book_text(const XlsxBook *book, guint64 number) {
  return number < book->text_starts->len ? book->text_bytes->str + g_array_index(book->text_starts, guint32, number) : NULL;
}

bool xlsx_book_is_day(const XlsxBook *book, guint64 style) { return style < book->days->len && book->days->data[style] != 0; }
