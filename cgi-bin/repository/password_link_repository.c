#include "repository/password_link_repository.h"

#include <talloc.h>

#include "domain/secret.h"

#define GOOD "password_link.created_at >= UTC_TIMESTAMP() - INTERVAL " G_STRINGIFY(PASSWORD_LINK_HOURS) " HOUR"

bool password_link_repository_make(Database *database, gint64 user_id, const unsigned char *hash, GError **error) {
  return database_execute(database, "REPLACE INTO password_link (user_id, token_hash) VALUES (?, ?)", SQL_VALUES(SQL_INTEGER(user_id), SQL_BYTES(hash, SECRET_HASH_SIZE)), NULL, NULL, error);
}

/* The name of the user whose good link it is; NULL: nobody's. In a transaction the link is held, so that it is used once. */
static bool find_name(Database *database, void *owner, const unsigned char *hash, const char **name, GError **error) {
  SqlRows *rows = database_query(database, owner,
                                 "SELECT user.name FROM password_link JOIN user ON user.id = password_link.user_id WHERE password_link.token_hash = ? AND " GOOD " AND user.active FOR UPDATE",
                                 SQL_VALUES(SQL_BYTES(hash, SECRET_HASH_SIZE)), error);
  *name = rows != NULL && rows->row_count > 0 ? sql_cell(rows, 0, 0) : NULL;
  return rows != NULL;
}

bool password_link_repository_find(Database *database, void *owner, const unsigned char *hash, UserRow **user, GError **error) {
  const char *name = NULL;
  *user = NULL;
  return find_name(database, owner, hash, &name, error) && (name == NULL || user_repository_find(database, owner, name, user, error));
}

bool password_link_repository_made_at(Database *database, void *owner, gint64 user_id, const char **made_at, GError **error) {
  SqlRows *rows = database_query(database, owner, "SELECT created_at FROM password_link WHERE user_id = ? AND " GOOD, SQL_VALUES(SQL_INTEGER(user_id)), error);
  *made_at = rows != NULL && rows->row_count > 0 ? sql_cell(rows, 0, 0) : "";
  return rows != NULL;
}

/* ---- using it ---- */

typedef struct {
  const unsigned char *hash;
  const char *password_hash;
  bool used;
} Using;

static bool use(Database *database, void *context, GError **error) {
  Using *using = context;
  void *scratch = talloc_new(NULL);
  UserRow *user = NULL;
  bool good = password_link_repository_find(database, scratch, using->hash, &user, error);
  using->used = good && user != NULL;
  if (using->used) {
    good = database_execute(database, "DELETE FROM password_link WHERE user_id = ?", SQL_VALUES(SQL_INTEGER(user->id)), NULL, NULL, error) &&
           user_repository_set_password(database, user->id, using->password_hash, error);
  }
  talloc_free(scratch);
  return good;
}

bool password_link_repository_use(Database *database, const unsigned char *hash, const char *password_hash, bool *used, GError **error) {
  Using using = {hash, password_hash, false};
  bool done = database_transaction(database, use, &using, error);
  *used = using.used;
  return done;
}
