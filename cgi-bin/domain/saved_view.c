#include "domain/saved_view.h"

#include <stdlib.h>
#include <string.h>

const Field saved_view_name_field = {"name", NULL, FIELD_TEXT, true, 100, NULL, "", "name", NULL, NULL, NULL};

bool saved_view_may_change(const SavedView *view, const SavedViewUser *user) { return view->shared ? user->editor : view->owner_id == user->id; }

bool saved_view_may_share(const SavedView *view, const SavedViewUser *user) { return user->editor && (view->owner_id == user->id || user->admin); }

bool saved_view_may_delete(const SavedView *view, const SavedViewUser *user) { return view->owner_id == user->id || user->admin; }

/* ---- comparing ---- */

static int compare_parts(const void *one, const void *other) { return strcmp(*(char *const *)one, *(char *const *)other); }

static bool is_of_page(const char *part) { return g_str_has_prefix(part, "after=") || g_str_has_prefix(part, "before=") || g_str_has_prefix(part, "lang="); }

/* The parts of a query that say what is selected, sorted. */
static char **selecting_parts(const char *query) {
  char **parts = g_strsplit(query, "&", -1);
  unsigned kept = 0;
  for (unsigned i = 0; parts[i] != NULL; i++) {
    char *part = parts[i];
    if (is_of_page(part)) g_free(part);
    else parts[kept++] = part;
  }
  parts[kept] = NULL;
  qsort(parts, kept, sizeof *parts, compare_parts);
  return parts;
}

bool saved_view_shown(const char *query, const char *query_of_page) {
  if (strcmp(query, query_of_page) == 0) return true;
  char **one = selecting_parts(query);
  char **other = selecting_parts(query_of_page);
  bool same = g_strv_equal((const char *const *)one, (const char *const *)other);
  g_strfreev(one);
  g_strfreev(other);
  return same;
}

unsigned saved_view_likeness(const char *query, const char *other) {
  char **one = selecting_parts(query);
  char **two = selecting_parts(other);
  unsigned both = 0;
  for (unsigned i = 0; one[i] != NULL; i++) {
    if (g_strv_contains((const char *const *)two, one[i])) both++;
  }
  g_strfreev(one);
  g_strfreev(two);
  return both;
}
