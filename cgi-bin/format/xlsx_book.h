/* xlsx_book.h: what a workbook's sheets need: their names and parts, which number formats are days, and the shared texts. */
#ifndef SUPPORTLEVEL_FORMAT_XLSX_BOOK_H
#define SUPPORTLEVEL_FORMAT_XLSX_BOOK_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

#define XLSX_SHEETS_MAX 100
#define XLSX_STYLES_MAX 65536
#define XLSX_TEXTS_MAX (2u << 20)      /* shared texts */
#define XLSX_TEXT_BYTES_MAX (48u << 20) /* of all of them */

typedef struct {
  char **names; /* of the sheets that are shown, in their order */
  char **parts; /* "xl/worksheets/sheet1.xml" */
  unsigned sheet_count;
  bool from_1904; /* the day that days are counted from */
  GByteArray *days;   /* by cell format: 1 when its number is a day */
  GString *text_bytes; /* shared texts, each with a NUL behind it */
  GArray *text_starts; /* guint32 */
} XlsxBook;

/* NULL: `reason` is xlsx_unreadable, xlsx_too_large or xlsx_no_sheet. Belongs to `owner`. */
XlsxBook *xlsx_book_read(void *owner, FILE *file, const char **reason);
/* The text of this number, or NULL. */
const char *xlsx_book_text(const XlsxBook *book, guint64 number);
bool xlsx_book_is_day(const XlsxBook *book, guint64 style);

#endif
