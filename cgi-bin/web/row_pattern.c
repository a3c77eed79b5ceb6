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

static void append_escaped(GString *output, const char *value) {
  if (strpbrk(value, "&<>\"'") == NULL) {
    g_string_append(output, value);
    return;
  }
  char *escaped = g_markup_escape_text(value, -1);
  g_string_append(output, escaped);
  g_free(escaped);
}

static void append_row(GString *output, const char *pattern, const char *const *values, unsigned width) {
  for (const char *mark = strchr(pattern, MARK[0]); mark != NULL; mark = strchr(pattern, MARK[0])) {
    unsigned place = (unsigned)(mark[1] - FIRST_PLACE);
    g_string_append_len(output, pattern, mark - pattern);
    g_assert(place < width);
    if (values[place] != NULL) append_escaped(output, values[place]);
    pattern = mark + 2;
  }
  g_string_append(output, pattern);
}

static bool repeat(GString *page, const RowValues *rows, GError **error) {
  const char *begin = strstr(page->str, BEGIN);
  const char *end = begin != NULL ? strstr(begin, END) : NULL;
  if (end == NULL) {
    g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "template: there is no row between Rows.begin and Rows.end");
    return false;
  }
  gsize pattern_at = (gsize)(begin - page->str);
  char *pattern = g_strndup(begin + strlen(BEGIN), (gsize)(end - begin) - strlen(BEGIN));
  char *rest = g_strdup(end + strlen(END));
  g_string_truncate(page, pattern_at);
  for (unsigned row = 0; row < rows->count; row++) append_row(page, pattern, rows->values + row * rows->width, rows->width);
  g_string_append(page, rest);
  g_free(rest);
  g_free(pattern);
  return true;
}

bool row_pattern_render(Exchange *exchange, int status, const char *name, const RowValues *rows, GError **error) {
  GString *page = exchange->response->body;
  if (!page_render(exchange, status, name, error)) return false;
  if (rows->count == 0 || repeat(page, rows, error)) return true;
  g_string_truncate(page, 0);
  return false;
}
