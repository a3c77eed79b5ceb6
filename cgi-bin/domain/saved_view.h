/* saved_view.h: a selection of contracts that has a name: who may do what with it, and when a page shows it. */
#ifndef SUPPORTLEVEL_DOMAIN_SAVED_VIEW_H
#define SUPPORTLEVEL_DOMAIN_SAVED_VIEW_H

#include "domain/field.h"

typedef struct {
  gint64 id;
  gint64 owner_id;
  const char *owner; /* as people call the owner */
  const char *name;
  const char *query; /* canonical, without cursor and language */
  bool shared;
  bool start; /* where signing in leads the user who asks */
  guint version;
  const char *updated_at; /* ISO 8601, UTC, or NULL */
} SavedView;

/* Who asks. */
typedef struct {
  gint64 id;
  bool editor;
  bool admin;
} SavedViewUser;

#define SAVED_VIEW_QUERY_MAX 4096 /* bytes, as an address */

extern const Field saved_view_name_field;

/* product.md, "Who may what": everybody's own are everybody's own; shared ones are changed by editors. */
bool saved_view_may_change(const SavedView *view, const SavedViewUser *user);
/* Whether it is shared is said by its owner, or an administrator. */
bool saved_view_may_share(const SavedView *view, const SavedViewUser *user);
bool saved_view_may_delete(const SavedView *view, const SavedViewUser *user);

/* Whether the page with this query shows the selection `query`: whichever page of it, in whatever language, and in whatever order the query's parts stand
 * (which changes with the order of levels). */
bool saved_view_shown(const char *query, const char *query_of_page);

/* How many parts of a query another one has too: the likelier it is that the one came from the other. */
unsigned saved_view_likeness(const char *query, const char *other);

#endif
