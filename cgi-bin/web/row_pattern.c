#include "web/row_pattern.h"

#include <string.h>
#include <talloc.h>

#define MARK "\001"
#define BEGIN MARK "("
#define END MARK ")"
#define FIRST_PLACE 'A' /* none of the sixty from here on is escaped in HTML, nor a bracket */

G_STATIC_ASSERT(FIRST_PLACE + ROW_VALUES_MAX <= 0x7e);

RowValues *row_values_new(void *owner, unsigned width, unsigned count) {
  RowValues *rows = talloc(owner, RowValues);
  g_assert(width <= ROW_VALUES_MAX);
  *rows = (RowValues){.values = talloc_zero_array(rows, const char *, width * count + 1), .width = width, .count = count};
  return rows;
}

void row_values_set(RowValues *rows, unsigned row, unsigned place, const char *value) {
  g_assert(row < rows->count && place < rows->width);
  rows->values[row * rows->width + place] = value;
}

const char *row_mark(unsigned place, char text[ROW_MARK_SIZE]) {
  text[0] = MARK[0];
  text[1] = (char)(FIRST_PLACE + place);
  text[2] = '\0';
  return text;
}

void row_pattern_begin(Exchange *exchange) {
  page_set(exchange, "Rows.begin", BEGIN);
  page_set(exchange, "Rows.end", END);
}

/* A text of the pattern and the place whose value follows it. */
typedef struct {
  const char *text;
  gsize length;
  unsigned place;
} Piece;

#define PIECES_MAX 256

/* Cuts the pattern at its marks; the last piece is followed by none, which `*count` doesn't count. */
static bool cut(const char *pattern, unsigned width, Piece pieces[PIECES_MAX], unsigned *count) {
  const char *mark;
  for (*count = 0; (mark = strchr(pattern, MARK[0])) != NULL; pattern = mark + 2) {
    unsigned place = (unsigned)(mark[1] - FIRST_PLACE);
    if (*count == PIECES_MAX - 1 || place >= width) return false;
    pieces[(*count)++] = (Piece){pattern, (gsize)(mark - pattern), place};
  }
  pieces[*count] = (Piece){pattern, strlen(pattern), 0};
  return true;
}

static void append_value(GString *output, const char *value) {
  if (value == NULL) return;
  if (strpbrk(value, "&<>\"'") == NULL) {
    g_string_append(output, value);
    return;
  }
  char *escaped = g_markup_escape_text(value, -1);
  g_string_append(output, escaped);
  g_free(escaped);
}

static void append_rows(GString *output, const Piece *pieces, unsigned count, const RowValues *rows) {
  for (unsigned row = 0; row < rows->count; row++) {
    const char *const *values = rows->values + row * rows->width;
    for (unsigned piece = 0; piece < count; piece++) {
      g_string_append_len(output, pieces[piece].text, (gssize)pieces[piece].length);
      append_value(output, values[pieces[piece].place]);
    }
    g_string_append_len(output, pieces[count].text, (gssize)pieces[count].length);
  }
}

static bool repeat(GString *page, const RowValues *rows, GError **error) {
  Piece pieces[PIECES_MAX];
  unsigned count = 0;
  const char *begin = strstr(page->str, BEGIN);
  const char *end = begin != NULL ? strstr(begin, END) : NULL;
  char *pattern = end != NULL ? g_strndup(begin + strlen(BEGIN), (gsize)(end - begin) - strlen(BEGIN)) : NULL;
  bool good = pattern != NULL && cut(pattern, rows->width, pieces, &count);
  if (good) {
    char *rest = g_strdup(end + strlen(END));
    g_string_truncate(page, (gsize)(begin - page->str));
    append_rows(page, pieces, count, rows);
    g_string_append(page, rest);
    g_free(rest);
  } else {
    g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "template: there is no row between Rows.begin and Rows.end, or one of too many values");
  }
  g_free(pattern);
  return good;
}

bool row_pattern_render(Exchange *exchange, int status, const char *name, const RowValues *rows, GError **error) {
  GString *page = exchange->response->body;
  if (!page_render(exchange, status, name, error)) return false;
  if (rows->count == 0 || repeat(page, rows, error)) return true;
  g_string_truncate(page, 0);
  return false;
}
