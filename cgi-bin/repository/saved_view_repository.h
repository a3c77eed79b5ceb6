/* saved_view_repository.h: saved views, and with which one a user begins. */
#ifndef SUPPORTLEVEL_REPOSITORY_SAVED_VIEW_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_SAVED_VIEW_REPOSITORY_H

#include "domain/saved_view.h"
#include "repository/database.h"

typedef struct {
  SavedView *items;
  unsigned count;
} SavedViews;

/* A user's own views by name, then those that others share, by name. */
SavedViews *saved_view_repository_list(Database *database, void *owner, gint64 user_id, GError **error);

/* The first `limit` of that list, from the indexes' beginnings: for every page's navigation. */
SavedViews *saved_view_repository_first(Database *database, void *owner, gint64 user_id, unsigned limit, GError **error);

/* A view that this user sees: an own or a shared one. ERROR_NOT_FOUND. */
SavedView *saved_view_repository_find(Database *database, void *owner, gint64 id, gint64 user_id, GError **error);

/* The view that signing in leads to, as long as the user sees it; NULL without an error when there is none. */
bool saved_view_repository_start(Database *database, void *owner, gint64 user_id, SavedView **view, GError **error);
/* Sets it; 0: none. */
bool saved_view_repository_set_start(Database *database, gint64 user_id, gint64 view_id, GError **error);

/* Stores a new view and gives it its id and version 1. ERROR_FIELD with `taken` for the name in `errors`: the owner has one of that name. */
bool saved_view_repository_insert(Database *database, SavedView *view, FieldErrors *errors, GError **error);
/* Stores name, selection and whether it is shared, when the version is still view->version. ERROR_CONFLICT: changed or deleted meanwhile; ERROR_FIELD as above. */
bool saved_view_repository_update(Database *database, SavedView *view, FieldErrors *errors, GError **error);
/* ERROR_CONFLICT: changed or deleted meanwhile. */
bool saved_view_repository_delete(Database *database, const SavedView *view, GError **error);

#endif
