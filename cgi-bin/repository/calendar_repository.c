#include "repository/calendar_repository.h"

#include <talloc.h>

#include "domain/secret.h"

#define COLUMNS "calendar_subscription.id, calendar_subscription.name, calendar_subscription.query, calendar_subscription.created_at, calendar_subscription.used_at"

enum { COLUMN_USER = 5, COLUMN_UNNOTED = 9 }; /* behind COLUMNS */

static CalendarRow calendar_row(const SqlRows *rows, unsigned row) {
  return (CalendarRow){.id = sql_cell_integer(rows, row, 0),
                       .name = sql_cell(rows, row, 1),
                       .query = sql_cell(rows, row, 2),
                       .created_at = sql_cell(rows, row, 3),
                       .used_at = sql_cell(rows, row, 4)};
}

CalendarRows *calendar_repository_list(Database *database, void *owner, gint64 user_id, GError **error) {
  SqlRows *rows = database_query(database, owner, "SELECT " COLUMNS " FROM calendar_subscription WHERE user_id = ? ORDER BY name, id", SQL_VALUES(SQL_INTEGER(user_id)), error);
  if (rows == NULL) return NULL;
  CalendarRows *calendars = talloc_zero(owner, CalendarRows);
  calendars->count = rows->row_count;
  calendars->items = talloc_zero_array(calendars, CalendarRow, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) calendars->items[row] = calendar_row(rows, row);
  return calendars;
}

typedef struct {
  gint64 user_id;
  const char *name;
  const char *query;
  const unsigned char *hash;
} Insertion;

static bool insert(Database *database, void *context, GError **error) {
  const Insertion *insertion = context;
  void *scratch = talloc_new(NULL);
  /* The user's row is locked first, so that two at once don't both count the last free place. */
  SqlRows *rows = database_query(database, scratch, "SELECT id FROM user WHERE id = ? FOR UPDATE", SQL_VALUES(SQL_INTEGER(insertion->user_id)), error);
  if (rows != NULL) {
    rows = database_query(database, scratch, "SELECT COUNT(*) FROM calendar_subscription WHERE user_id = ?", SQL_VALUES(SQL_INTEGER(insertion->user_id)), error);
  }
  bool room = rows != NULL && sql_cell_integer(rows, 0, 0) < CALENDARS_PER_USER;
  if (rows != NULL && !room) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_FIELD, "too_many_calendars: %d", CALENDARS_PER_USER);
  talloc_free(scratch);
  return room && database_execute(database, "INSERT INTO calendar_subscription (user_id, name, query, token_hash) VALUES (?, ?, ?, ?)",
                                  SQL_VALUES(SQL_INTEGER(insertion->user_id), sql_text(insertion->name), sql_text(insertion->query), SQL_BYTES(insertion->hash, SECRET_HASH_SIZE)),
                                  NULL, NULL, error);
}

bool calendar_repository_insert(Database *database, gint64 user_id, const char *name, const char *query, const unsigned char *hash, GError **error) {
  Insertion insertion = {user_id, name, query, hash};
  return database_transaction(database, insert, &insertion, error);
}

bool calendar_repository_delete(Database *database, gint64 user_id, gint64 id, GError **error) {
  guint64 affected = 0;
  bool done = database_execute(database, "DELETE FROM calendar_subscription WHERE id = ? AND user_id = ?", SQL_VALUES(SQL_INTEGER(id), SQL_INTEGER(user_id)), &affected, NULL, error);
  if (done && affected == 0) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_NOT_FOUND, "calendar %" G_GINT64_FORMAT, id);
  return done && affected > 0;
}

static bool note_use(Database *database, gint64 id, GError **error) {
  return database_execute(database, "UPDATE calendar_subscription SET used_at = UTC_TIMESTAMP() WHERE id = ?", SQL_VALUES(SQL_INTEGER(id)), NULL, NULL, error);
}

bool calendar_repository_find(Database *database, void *owner, const unsigned char *hash, CalendarRow **calendar, UserRow **user, GError **error) {
  static const char SQL[] = "SELECT " COLUMNS ", user.id, user.name, IF(user.display_name = '', user.name, user.display_name), user.language, "
                            "calendar_subscription.used_at IS NULL OR calendar_subscription.used_at < UTC_TIMESTAMP() - INTERVAL 1 HOUR, user.role "
                            "FROM calendar_subscription JOIN user ON user.id = calendar_subscription.user_id WHERE token_hash = ? AND user.active";
  SqlRows *rows = database_query(database, owner, SQL, SQL_VALUES(SQL_BYTES(hash, SECRET_HASH_SIZE)), error);
  *calendar = NULL;
  *user = NULL;
  if (rows == NULL || rows->row_count == 0) return rows != NULL;
  *calendar = talloc_zero(owner, CalendarRow);
  **calendar = calendar_row(rows, 0);
  *user = talloc_zero(owner, UserRow);
  **user = (UserRow){.id = sql_cell_integer(rows, 0, COLUMN_USER),
                     .name = sql_cell(rows, 0, COLUMN_USER + 1),
                     .display_name = sql_cell(rows, 0, COLUMN_USER + 2),
                     .language = sql_cell(rows, 0, COLUMN_USER + 3),
                     .role = sql_cell(rows, 0, COLUMN_UNNOTED + 1),
                     .active = true};
  return sql_cell_integer(rows, 0, COLUMN_UNNOTED) == 0 || note_use(database, (*calendar)->id, error);
}
