#include "repository/token_repository.h"

#include <talloc.h>

#include "domain/secret.h"
#include "repository/data_changes.h"

static Day day_of(const char *cell) { return cell != NULL ? day_parse_iso(cell) : DAY_NONE; }

TokenRows *token_repository_list(Database *database, void *owner, gint64 user_id, Day today, GError **error) {
  char iso[DAY_TEXT_SIZE];
  SqlRows *rows = database_query(database, owner,
                                 "SELECT id, name, role, expires_on, last_used_on, created_at, revoked_at FROM access_token WHERE user_id = ? "
                                 "ORDER BY revoked_at IS NULL AND expires_on >= ? DESC, id DESC LIMIT 200",
                                 SQL_VALUES(SQL_INTEGER(user_id), sql_text(day_format_iso(today, iso))), error);
  if (rows == NULL) return NULL;
  TokenRows *tokens = talloc_zero(owner, TokenRows);
  tokens->count = rows->row_count;
  tokens->items = talloc_zero_array(tokens, TokenRow, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) {
    tokens->items[row] = (TokenRow){.id = sql_cell_integer(rows, row, 0),
                                    .name = sql_cell(rows, row, 1),
                                    .role = sql_cell(rows, row, 2),
                                    .expires_on = day_of(sql_cell(rows, row, 3)),
                                    .last_used_on = day_of(sql_cell(rows, row, 4)),
                                    .created_at = sql_cell(rows, row, 5),
                                    .revoked_at = sql_cell(rows, row, 6)};
  }
  return tokens;
}

bool token_repository_insert(Database *database, gint64 user_id, const TokenRow *token, const unsigned char *hash, Day today, GError **error) {
  char iso[DAY_TEXT_SIZE];
  char today_iso[DAY_TEXT_SIZE];
  return database_execute(database, "DELETE FROM access_token WHERE user_id = ? AND (revoked_at < UTC_TIMESTAMP() - INTERVAL 90 DAY OR expires_on < ? - INTERVAL 90 DAY)",
                          SQL_VALUES(SQL_INTEGER(user_id), sql_text(day_format_iso(today, today_iso))), NULL, NULL, error) &&
         database_execute(database, "INSERT INTO access_token (user_id, name, token_hash, role, expires_on) VALUES (?, ?, ?, ?, ?)",
                          SQL_VALUES(SQL_INTEGER(user_id), sql_text(token->name), SQL_BYTES(hash, SECRET_HASH_SIZE), sql_text(token->role), sql_text(day_format_iso(token->expires_on, iso))),
                          NULL, NULL, error);
}

bool token_repository_revoke(Database *database, gint64 user_id, gint64 id, GError **error) {
  guint64 affected = 0;
  /* A second press finds it revoked already, which is what was wanted: the time stays the first one's. */
  if (!database_execute(database, "UPDATE access_token SET revoked_at = UTC_TIMESTAMP() WHERE id = ? AND user_id = ? AND revoked_at IS NULL",
                        SQL_VALUES(SQL_INTEGER(id), SQL_INTEGER(user_id)), &affected, NULL, error)) {
    return false;
  }
  if (affected > 0) return true;
  void *scratch = talloc_new(NULL);
  SqlRows *rows = database_query(database, scratch, "SELECT 1 FROM access_token WHERE id = ? AND user_id = ?", SQL_VALUES(SQL_INTEGER(id), SQL_INTEGER(user_id)), error);
  bool known = rows != NULL && rows->row_count > 0;
  if (rows != NULL && !known) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_NOT_FOUND, "token %" G_GINT64_FORMAT, id);
  talloc_free(scratch);
  return known;
}

/* ---- signing in ---- */

static const char FIND_SQL[] =
    "SELECT user.id, user.name, IF(user.display_name = '', user.name, user.display_name), user.language, user.role, access_token.role, COALESCE(access_token.last_used_on = ?, FALSE), " DATA_CHANGES_SQL " "
    "FROM access_token JOIN user ON user.id = access_token.user_id "
    "WHERE access_token.token_hash = ? AND access_token.revoked_at IS NULL AND access_token.expires_on >= ? AND user.active";

bool token_repository_find(Database *database, void *owner, const unsigned char *hash, Day today, UserRow **user, const char **role, GError **error) {
  char iso[DAY_TEXT_SIZE];
  SqlValue day = sql_text(day_format_iso(today, iso));
  SqlRows *rows = database_query(database, owner, FIND_SQL, SQL_VALUES(day, SQL_BYTES(hash, SECRET_HASH_SIZE), day), error);
  *user = NULL;
  if (rows == NULL || rows->row_count == 0) return rows != NULL;
  *user = talloc_zero(owner, UserRow);
  **user = (UserRow){.id = sql_cell_integer(rows, 0, 0),
                     .name = sql_cell(rows, 0, 1),
                     .display_name = sql_cell(rows, 0, 2),
                     .language = sql_cell(rows, 0, 3),
                     .role = sql_cell(rows, 0, 4),
                     .active = true,
                     .changes = sql_cell(rows, 0, 7)};
  *role = sql_cell(rows, 0, 5);
  if (sql_cell_integer(rows, 0, 6) == 0 &&
      !database_execute(database, "UPDATE access_token SET last_used_on = ? WHERE token_hash = ?", SQL_VALUES(day, SQL_BYTES(hash, SECRET_HASH_SIZE)), NULL, NULL, error)) {
    return false;
  }
  DataChanges changes = data_changes_read((*user)->changes);
  database_saw_changes(database, &changes);
  return true;
}
