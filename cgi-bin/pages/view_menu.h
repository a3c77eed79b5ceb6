/* view_menu.h: saved views outside of their own page: in the navigation, and where signing in leads. */
#ifndef SUPPORTLEVEL_PAGES_VIEW_MENU_H
#define SUPPORTLEVEL_PAGES_VIEW_MENU_H

#include "domain/saved_view.h"
#include "web/page.h"

/* Puts the first of the user's views into the data tree, and which of them this page shows. The worker's frame: what can't be read is left out. */
void view_menu_fill(Exchange *exchange);

/* The address that a view is. */
const char *view_url(Exchange *exchange, const SavedView *view);

/* The address that signing in leads this user to, or NULL. */
bool view_start_url(Exchange *exchange, gint64 user_id, const char **url, GError **error);

#endif
