/* row_pattern.h: rows of a table that are alike but for their values. The template prints one row whose values are marks, between the marks of its begin and its end; each row of
 * the page is that text again, with its own values in the places of the marks, escaped for HTML as the template would have. Looking fifty rows' values up in the data tree
 * was more than half of a worker's time for a page. */
#ifndef SUPPORTLEVEL_WEB_ROW_PATTERN_H
#define SUPPORTLEVEL_WEB_ROW_PATTERN_H

#include "web/page.h"

#define ROW_VALUES_MAX 60
#define ROW_MARK_SIZE 3

/* The values of all rows: row after row, `width` of each, at most ROW_VALUES_MAX; NULL is "". */
typedef struct {
  const char **values;
  unsigned width;
  unsigned count;
} RowValues;

/* Room for `count` rows, without values; owned by `owner`. */
RowValues *row_values_new(void *owner, unsigned width, unsigned count);
void row_values_set(RowValues *rows, unsigned row, unsigned place, const char *value);

/* The mark of a place, for the data tree: no value that was ever taken in has its control character (quality.md, security 10). */
const char *row_mark(unsigned place, char text[ROW_MARK_SIZE]);

/* Puts the marks Rows.begin and Rows.end into the data tree, which the template prints around its row. */
void row_pattern_begin(Exchange *exchange);

/* As page_render, every row in the place of the one between the marks. ERROR_INTERNAL: the template has printed no such row. */
bool row_pattern_render(Exchange *exchange, int status, const char *name, const RowValues *rows, GError **error);

#endif
