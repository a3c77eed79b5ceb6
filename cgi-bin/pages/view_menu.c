#include "pages/view_menu.h"

#include <string.h>

#include "repository/saved_view_repository.h"

#define SHOWN 12

const char *view_url(Exchange *exchange, const SavedView *view) { return page_url(exchange, "/contracts%s%s", view->query[0] != '\0' ? "?" : "", view->query); }

void view_menu_fill(Exchange *exchange) {
  GError *unread = NULL;
  bool is_table = strcmp(exchange->request->path, "/contracts") == 0;
  SavedViews *views = saved_view_repository_first(exchange->worker->database, exchange, exchange->user->id, SHOWN + 1, &unread);
  g_clear_error(&unread);
  for (unsigned i = 0; views != NULL && i < MIN(views->count, SHOWN); i++) {
    HDF *node = page_row(page_node(exchange->data, "Page.view"), i);
    page_value(node, "name", views->items[i].name);
    page_value(node, "url", view_url(exchange, &views->items[i]));
    if (!is_table || !saved_view_shown(views->items[i].query, exchange->request->query_string)) continue;
    page_value(node, "current", "1");
    page_set(exchange, "Page.current_view", views->items[i].name);
  }
}

bool view_start_url(Exchange *exchange, gint64 user_id, const char **url, GError **error) {
  SavedView *view = NULL;
  *url = NULL;
  if (!saved_view_repository_start(exchange->worker->database, exchange, user_id, &view, error)) return false;
  if (view != NULL) *url = view_url(exchange, view);
  return true;
}
