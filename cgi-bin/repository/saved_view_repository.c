#include "repository/saved_view_repository.h"

#include <string.h>
#include <talloc.h>

#define COLUMNS \
  "view.id AS id, view.owner_id, IF(owner.display_name = '', owner.name, owner.display_name), view.name AS name, view.query, view.shared, view.version, " \
  "view.id <=> (SELECT start_view_id FROM user WHERE id = ?), view.updated_at"
#define TABLES " FROM saved_view AS view JOIN user AS owner ON owner.id = view.owner_id "

static SavedView view_of(const SqlRows *rows, unsigned row) {
  return (SavedView){.id = sql_cell_integer(rows, row, 0),
                     .owner_id = sql_cell_integer(rows, row, 1),
                     .owner = sql_cell(rows, row, 2),
                     .name = sql_cell(rows, row, 3),
                     .query = sql_cell(rows, row, 4),
                     .shared = sql_cell_integer(rows, row, 5) != 0,
                     .version = (guint)sql_cell_integer(rows, row, 6),
                     .start = sql_cell_integer(rows, row, 7) != 0,
                     .updated_at = sql_cell(rows, row, 8)};
}

static SavedViews *views_of(void *owner, const SqlRows *rows) {
  if (rows == NULL) return NULL;
  SavedViews *views = talloc_zero(owner, SavedViews);
  views->count = rows->row_count;
  views->items = talloc_zero_array(views, SavedView, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) views->items[row] = view_of(rows, row);
  return views;
}

SavedViews *saved_view_repository_list(Database *database, void *owner, gint64 user_id, GError **error) {
  static const char SQL[] = "SELECT " COLUMNS TABLES "WHERE view.owner_id = ? OR view.shared = 1 ORDER BY view.owner_id <> ?, view.name, view.id";
  return views_of(owner, database_query(database, owner, SQL, SQL_VALUES(SQL_INTEGER(user_id), SQL_INTEGER(user_id), SQL_INTEGER(user_id)), error));
}

SavedViews *saved_view_repository_first(Database *database, void *owner, gint64 user_id, unsigned limit, GError **error) {
  static const char SQL[] = "(SELECT id, owner_id, '', name, query, shared, version, 0, NULL FROM saved_view WHERE owner_id = ? ORDER BY name LIMIT ?) UNION ALL "
                            "(SELECT id, owner_id, '', name, query, shared, version, 0, NULL FROM saved_view WHERE shared = 1 AND owner_id <> ? ORDER BY name, id LIMIT ?) LIMIT ?";
  SqlRows *rows = database_query(database, owner, SQL, SQL_VALUES(SQL_INTEGER(user_id), SQL_INTEGER(limit), SQL_INTEGER(user_id), SQL_INTEGER(limit), SQL_INTEGER(limit)), error);
  return views_of(owner, rows);
}

static SavedView *first_view(void *owner, const SqlRows *rows) {
  SavedView *view = talloc_zero(owner, SavedView);
  *view = view_of(rows, 0);
  return view;
}

SavedView *saved_view_repository_find(Database *database, void *owner, gint64 id, gint64 user_id, GError **error) {
  static const char SQL[] = "SELECT " COLUMNS TABLES "WHERE view.id = ? AND (view.owner_id = ? OR view.shared = 1)";
  SqlRows *rows = database_query(database, owner, SQL, SQL_VALUES(SQL_INTEGER(user_id), SQL_INTEGER(id), SQL_INTEGER(user_id)), error);
  if (rows == NULL) return NULL;
  if (rows->row_count > 0) return first_view(owner, rows);
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_NOT_FOUND, "saved view %" G_GINT64_FORMAT, id);
  return NULL;
}

bool saved_view_repository_start(Database *database, void *owner, gint64 user_id, SavedView **view, GError **error) {
  static const char SQL[] = "SELECT " COLUMNS TABLES
                            "WHERE view.id = (SELECT start_view_id FROM user WHERE id = ?) AND (view.owner_id = ? OR view.shared = 1)";
  SqlRows *rows = database_query(database, owner, SQL, SQL_VALUES(SQL_INTEGER(user_id), SQL_INTEGER(user_id), SQL_INTEGER(user_id)), error);
  *view = rows != NULL && rows->row_count > 0 ? first_view(owner, rows) : NULL;
  return rows != NULL;
}

bool saved_view_repository_set_start(Database *database, gint64 user_id, gint64 view_id, GError **error) {
  SqlValue view = view_id > 0 ? SQL_INTEGER(view_id) : SQL_NULL;
  return database_execute(database, "UPDATE user SET start_view_id = ? WHERE id = ?", SQL_VALUES(view, SQL_INTEGER(user_id)), NULL, NULL, error);
}

/* ---- changes ---- */

static bool explain_taken(const SavedView *view, FieldErrors *errors, GError **error) {
  if (error == NULL || !error_is(*error, ERROR_CONFLICT) || strstr((*error)->message, "saved_view_name") == NULL) return false;
  field_errors_add(errors, saved_view_name_field.name, "taken", view->name);
  g_clear_error(error);
  return error_set(error, ERROR_FIELD, "name");
}

static bool changed_meanwhile(const SavedView *view, GError **error) {
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_CONFLICT, "saved view %" G_GINT64_FORMAT " was changed meanwhile", view->id);
  return false;
}

bool saved_view_repository_insert(Database *database, SavedView *view, FieldErrors *errors, GError **error) {
  if (!database_execute(database, "INSERT INTO saved_view (owner_id, name, query, shared) VALUES (?, ?, ?, ?)",
                        SQL_VALUES(SQL_INTEGER(view->owner_id), sql_text(view->name), sql_text(view->query), SQL_INTEGER(view->shared)), NULL, &view->id, error)) {
    return explain_taken(view, errors, error);
  }
  view->version = 1;
  return true;
}

bool saved_view_repository_update(Database *database, SavedView *view, FieldErrors *errors, GError **error) {
  guint64 affected = 0;
  if (!database_execute(database,
                        "UPDATE saved_view SET name = ?, query = ?, shared = ?, version = version + 1, updated_at = UTC_TIMESTAMP(6) WHERE id = ? AND version = ?",
                        SQL_VALUES(sql_text(view->name), sql_text(view->query), SQL_INTEGER(view->shared), SQL_INTEGER(view->id), SQL_INTEGER(view->version)), &affected, NULL, error)) {
    return explain_taken(view, errors, error);
  }
  if (affected == 0) return changed_meanwhile(view, error);
  view->version++;
  return true;
}

bool saved_view_repository_delete(Database *database, const SavedView *view, GError **error) {
  guint64 affected = 0;
  bool done = database_execute(database, "DELETE FROM saved_view WHERE id = ? AND version = ?", SQL_VALUES(SQL_INTEGER(view->id), SQL_INTEGER(view->version)), &affected, NULL, error);
  return done && (affected > 0 || changed_meanwhile(view, error));
}
