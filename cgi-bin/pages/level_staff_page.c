/* Who works at a support level: a form of all users. */
#include <string.h>
#include <talloc.h>

#include "domain/support_level.h"
#include "pages/pages.h"
#include "repository/level_staff_repository.h"
#include "repository/record_repository.h"

static Record *find_level(Exchange *exchange, GError **error) { return record_repository_find(exchange->worker->database, exchange, &level_kind, "code", exchange->id, error); }

bool level_staff_page(Exchange *exchange, GError **error) {
  const Record *level = find_level(exchange, error);
  const LevelStaff *staff = level != NULL ? level_staff_repository_list(exchange->worker->database, exchange, level->id, error) : NULL;
  if (staff == NULL) return false;
  for (unsigned i = 0; i < staff->count; i++) {
    HDF *row = page_row(page_node(exchange->data, "Person"), i);
    page_value(row, "id", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, staff->items[i].user_id));
    page_value(row, "name", staff->items[i].reachable ? staff->items[i].name : page_text(exchange, "level_staff.no_mail", staff->items[i].name, NULL));
    if (staff->items[i].works) page_value(row, "works", "1");
  }
  page_set(exchange, "Page.title", page_text(exchange, "level_staff.title", level->values[LEVEL_CODE], level->values[LEVEL_NAME], NULL));
  page_set(exchange, "Form.action", page_url(exchange, "/levels/%s/staff", level->values[LEVEL_CODE]));
  page_set(exchange, "Form.cancel", page_url(exchange, "/levels/%s", level->values[LEVEL_CODE]));
  return page_render(exchange, 200, "level_staff", error);
}

bool level_staff_submit(Exchange *exchange, GError **error) {
  const Parameters *form = exchange->request->form;
  const Record *level = find_level(exchange, error);
  if (level == NULL) return false;
  gint64 *users = talloc_array(exchange, gint64, form->count + 1);
  unsigned count = 0;
  for (unsigned i = 0; i < form->count; i++) {
    if (strcmp(form->items[i].name, "user") == 0) users[count++] = g_ascii_strtoll(form->items[i].value, NULL, 10);
    else if (strcmp(form->items[i].name, "csrf") != 0) return page_unknown_parameter(form->items[i].name, error);
  }
  if (!level_staff_repository_set(exchange->worker->database, level->id, users, count, error)) return false;
  page_message(exchange, "level_staff_saved", level->values[LEVEL_CODE]);
  response_redirect(exchange->response, page_url(exchange, "/levels/%s", level->values[LEVEL_CODE]));
  return true;
}
