/* Workbooks. Input: a file as it is where it begins like one ("PK"); else its parts as text, each behind a line "=== name", which are packed here: what is
 * changed in a packed file would rarely come through the ZIP's check sums. */
#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <talloc.h>

#include "format/xlsx_reader.h"
#include "fuzz.h"

#define MARK "=== "

static void add_part(struct archive *archive, const char *name, const char *text, gsize length) {
  struct archive_entry *entry = archive_entry_new();
  archive_entry_set_pathname(entry, name);
  archive_entry_set_size(entry, (gint64)length);
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  if (archive_write_header(archive, entry) == ARCHIVE_OK) archive_write_data(archive, text, length);
  archive_entry_free(entry);
}

/* Parts from a text; the caller closes the file. */
static FILE *packed(void *owner, const char *text, gsize size) {
  FILE *file = fuzz_file((const uint8_t *)"", 0);
  struct archive *archive = archive_write_new();
  archive_write_set_format_zip(archive);
  archive_write_set_options(archive, "zip:compression=store");
  holds(archive_write_open_fd(archive, fileno(file)) == ARCHIVE_OK);
  const char *end = text + size;
  for (const char *at = text; at < end && g_str_has_prefix(at, MARK);) {
    const char *line_end = memchr(at, '\n', (gsize)(end - at));
    if (line_end == NULL) break;
    const char *next = memmem(line_end, (gsize)(end - line_end), "\n" MARK, strlen("\n" MARK));
    const char *name = talloc_strndup(owner, at + strlen(MARK), (gsize)(line_end - at) - strlen(MARK));
    const char *content_end = next != NULL ? MAX(next, line_end + 1) : end;
    if (name[0] != '\0') add_part(archive, name, line_end + 1, (gsize)(content_end - line_end) - 1);
    at = next != NULL ? next + 1 : end;
  }
  archive_write_close(archive);
  archive_write_free(archive);
  rewind(file);
  return file;
}

static void sheet_holds(void *owner, FILE *file, unsigned sheet) {
  XlsxReader *reader = xlsx_reader_new(owner, file, sheet);
  guint64 before = 0;
  unsigned sheets = 0;
  for (const ImportRow *row; (row = xlsx_reader_next(reader)) != NULL; before = row->line) {
    holds(row->line > before && row->count <= CSV_COLUMN_MAX);
    for (unsigned cell = 0; cell < row->count; cell++) holds(strlen(row->cells[cell]) <= CSV_CELL_MAX && g_utf8_validate(row->cells[cell], -1, NULL));
  }
  const CsvProblem *problem = xlsx_reader_problem(reader);
  holds(problem == NULL || (problem->line > 0 && problem->reason != NULL));
  const char *const *names = xlsx_reader_sheets(reader, &sheets);
  for (unsigned i = 0; i < sheets; i++) holds(g_utf8_validate(names[i], -1, NULL));
  talloc_free(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  void *owner = talloc_new(NULL);
  bool raw = size >= 2 && bytes[0] == 'P' && bytes[1] == 'K';
  FILE *file = raw ? fuzz_file(bytes, size) : packed(owner, talloc_strndup(owner, (const char *)bytes, size), strnlen((const char *)bytes, size));
  sheet_holds(owner, file, 0);
  sheet_holds(owner, file, 1);
  fclose(file);
  talloc_free(owner);
  return 0;
}
