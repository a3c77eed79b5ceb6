/* Support levels side by side, for a customer who is choosing one: what each promises, nothing of the company's own figures. */
#include <string.h>
#include <talloc.h>

#include "pages/level_promise.h"
#include "pages/pages.h"

/* The levels that `level=` names, all without it; a name that can't be shown is an error beside the form. */
static bool read_chosen(Exchange *exchange, const LevelRows *levels, bool *chosen, FieldErrors *errors, GError **error) {
  const Parameters *query = exchange->request->query;
  bool any = false;
  for (unsigned i = 0; i < query->count; i++) {
    if (strcmp(query->items[i].name, "lang") == 0) continue;
    if (strcmp(query->items[i].name, "level") != 0) return page_unknown_parameter(query->items[i].name, error);
    const LevelRow *level = level_promise_find(levels, query->items[i].value);
    if (level == NULL || level->retired) field_errors_add(errors, "level", level == NULL ? "unknown" : "retired", query->items[i].value);
    else chosen[level - levels->items] = any = true;
  }
  for (unsigned i = 0; i < levels->count && !any; i++) chosen[i] = !levels->items[i].retired;
  return true;
}

static void fill_choice(Exchange *exchange, const LevelRows *levels, const bool *chosen) {
  HDF *choices = page_node(exchange->data, "Choice");
  HDF *columns = page_node(exchange->data, "Level");
  unsigned choice_count = 0;
  unsigned column_count = 0;
  for (unsigned i = 0; i < levels->count; i++) {
    const LevelRow *level = &levels->items[i];
    if (level->retired) continue;
    HDF *choice = page_row(choices, choice_count++);
    page_value(choice, "code", level->code);
    page_value(choice, "name", level->name);
    if (chosen[i]) page_value(choice, "checked", "1");
    if (!chosen[i]) continue;
    HDF *column = page_row(columns, column_count++);
    level_promise_fill(exchange, column, level);
    const LevelRow *next = level->next != NULL ? level_promise_find(levels, level->next) : NULL;
    if (next != NULL) page_value(column, "next_name", next->name);
  }
}

bool level_compare_page(Exchange *exchange, GError **error) {
  FieldErrors *errors = field_errors_new(exchange);
  LevelRows *levels = level_repository_list(exchange->worker->database, exchange, error);
  if (levels == NULL) return false;
  bool *chosen = talloc_zero_array(exchange, bool, levels->count + 1);
  if (!read_chosen(exchange, levels, chosen, errors, error)) return false;
  page_set_errors(exchange, errors);
  fill_choice(exchange, levels, chosen);
  page_set(exchange, "Page.title", page_text(exchange, "compare.title", NULL));
  page_set(exchange, "Form.action", page_url(exchange, "/levels/compare"));
  page_set(exchange, "Back.url", page_url(exchange, "/levels"));
  return page_render(exchange, field_errors_any(errors) ? 400 : 200, "level_compare", error);
}
