/* The catalogue of support levels: list, sheet, form, retiring. */
#include <string.h>
#include <talloc.h>

#include "domain/support_level.h"
#include "pages/level_promise.h"
#include "pages/pages.h"
#include "pages/record_page.h"
#include "repository/catalogue_repository.h"
#include "repository/level_repository.h"
#include "repository/level_staff_repository.h"
#include "repository/record_repository.h"

static const RecordPage LEVEL_PAGE = {&level_kind, "/levels", "code", LEVEL_CODE, "level", LEVEL_CODE, level_check, NULL, CATALOGUE_MAX, LEVEL_RANK};

bool level_history_page(Exchange *exchange, GError **error) { return record_page_history(exchange, &LEVEL_PAGE, error); }
bool level_new_page(Exchange *exchange, GError **error) { return record_page_new(exchange, &LEVEL_PAGE, error); }
bool level_edit_page(Exchange *exchange, GError **error) { return record_page_edit(exchange, &LEVEL_PAGE, error); }
bool level_create_submit(Exchange *exchange, GError **error) { return record_page_create(exchange, &LEVEL_PAGE, error); }
bool level_save_submit(Exchange *exchange, GError **error) { return record_page_save(exchange, &LEVEL_PAGE, error); }
bool level_delete_submit(Exchange *exchange, GError **error) { return record_page_delete(exchange, &LEVEL_PAGE, error); }

static void fill_level(Exchange *exchange, HDF *row, const LevelRow *level) {
  char *code = g_uri_escape_string(level->code, NULL, FALSE);
  page_value(row, "url", page_url(exchange, "/levels/%s", code));
  level_promise_fill(exchange, row, level);
  page_value(row, "contracts", language_number(exchange, exchange->language, level->contracts));
  page_value(row, "contracts_url", page_url(exchange, "/contracts?level=%s", code));
  if (level->retired) page_value(row, "retired", "1");
  g_free(code);
}

static bool answer_json(Exchange *exchange, GError **error) {
  const Records *levels = record_repository_list(exchange->worker->database, exchange, &level_kind, NULL, 0, "level_rank, id", error);
  return levels != NULL && record_page_answer_json_list(exchange, "levels", levels, NULL);
}

bool level_list_page(Exchange *exchange, GError **error) {
  if (page_is_json(exchange)) return answer_json(exchange, error);
  LevelRows *levels = level_repository_list(exchange->worker->database, exchange, error);
  if (levels == NULL) return false;
  HDF *rows = page_node(exchange->data, "Row");
  for (unsigned i = 0; i < levels->count; i++) fill_level(exchange, page_row(rows, i), &levels->items[i]);
  page_set(exchange, "Page.title", page_text(exchange, "levels.title", NULL));
  page_set(exchange, "New.url", page_url(exchange, "/levels/new"));
  page_set(exchange, "Calendars.url", page_url(exchange, "/settings/service-calendars"));
  page_set(exchange, "Compare.url", page_url(exchange, "/levels/compare"));
  page_set(exchange, "Without.contracts", language_number(exchange, exchange->language, levels->without));
  page_set(exchange, "Without.url", page_url(exchange, "/contracts?level=none"));
  return page_render(exchange, 200, "level_list", error);
}

/* Who works there, by name. */
static bool fill_staff(Exchange *exchange, gint64 level_id, GError **error) {
  const LevelStaff *staff = level_staff_repository_list(exchange->worker->database, exchange, level_id, error);
  char *names = NULL;
  for (unsigned i = 0; staff != NULL && i < staff->count; i++) {
    if (staff->items[i].works) names = names == NULL ? talloc_strdup(exchange, staff->items[i].name) : talloc_asprintf_append(names, ", %s", staff->items[i].name);
  }
  if (names != NULL) page_set(exchange, "Level.staff", names);
  return staff != NULL;
}

bool level_view_page(Exchange *exchange, GError **error) {
  Record *level = record_page_find(exchange, &LEVEL_PAGE, error);
  if (level != NULL && page_is_json(exchange)) return record_page_answer_json(exchange, level, 200);
  Catalogue *catalogue = level != NULL ? catalogue_repository_read(exchange->worker->database, exchange, error) : NULL;
  LevelRows *levels = catalogue != NULL ? level_repository_list(exchange->worker->database, exchange, error) : NULL;
  if (levels == NULL || !fill_staff(exchange, level->id, error)) return false;
  record_page_fill(exchange, &LEVEL_PAGE, level, catalogue);
  for (unsigned i = 0; i < levels->count; i++) {
    if (levels->items[i].id == level->id) fill_level(exchange, page_node(exchange->data, "Level"), &levels->items[i]);
  }
  page_set(exchange, "Level.next", record_value_text(exchange, &level_kind.fields[LEVEL_NEXT], level->values[LEVEL_NEXT], catalogue));
  page_set(exchange, "Level.requests", page_url(exchange, "/requests?level=%s", level->values[LEVEL_CODE]));
  page_set(exchange, "Level.staff_edit", record_page_url(exchange, &LEVEL_PAGE, level, "/staff"));
  page_set(exchange, "Level.retire", record_page_url(exchange, &LEVEL_PAGE, level, "/retire"));
  return page_render(exchange, 200, "level_view", error);
}

/* Retires a level, or brings a retired one back. */
bool level_retire_submit(Exchange *exchange, GError **error) { return record_page_set_yes(exchange, &LEVEL_PAGE, LEVEL_RETIRED, error); }
