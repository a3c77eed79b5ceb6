#include "pages/view_menu.h"

#include <string.h>
#include <talloc.h>

#include "repository/saved_view_repository.h"

#define SHOWN 12
#define MENUS 32 /* users whose views a worker keeps */

/* Views are read on every page and changed seldom: they are kept until the count of changes, which came along with the session, says otherwise. */
typedef struct {
  gint64 user_id; /* 0: empty */
  gint64 changes;
  void *owner;
  const SavedViews *views;
} Menu;

struct view_menus {
  Menu items[MENUS];
  unsigned oldest;
};

const char *view_url(Exchange *exchange, const SavedView *view) { return page_url(exchange, "/contracts%s%s", view->query[0] != '\0' ? "?" : "", view->query); }

static Menu *menu_of(struct view_menus *menus, gint64 user_id) {
  for (unsigned i = 0; i < MENUS; i++) {
    if (menus->items[i].user_id == user_id) return &menus->items[i];
  }
  Menu *menu = &menus->items[menus->oldest];
  menus->oldest = (menus->oldest + 1) % MENUS;
  return menu;
}

/* The first of the user's views; NULL when they can't be read. */
static const SavedViews *first_views(Exchange *exchange) {
  Worker *worker = exchange->worker;
  const User *user = exchange->user;
  GError *unread = NULL;
  if (worker->view_menus == NULL) worker->view_menus = talloc_zero(worker, struct view_menus);
  Menu *menu = menu_of(worker->view_menus, user->id);
  if (menu->user_id == user->id && menu->changes == user->view_changes) return menu->views;
  talloc_free(menu->owner);
  *menu = (Menu){.owner = talloc_new(worker->view_menus)};
  menu->views = saved_view_repository_first(worker->database, menu->owner, user->id, SHOWN + 1, &unread);
  g_clear_error(&unread);
  if (menu->views == NULL) return NULL;
  menu->user_id = user->id;
  menu->changes = user->view_changes;
  return menu->views;
}

void view_menu_fill(Exchange *exchange) {
  bool is_table = strcmp(exchange->request->path, "/contracts") == 0;
  const SavedViews *views = first_views(exchange);
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
