#include "repository/setup_repository.h"

#include <talloc.h>

#include "domain/secret.h"

#define STATE_SQL                                                                                                                                   \
  "SELECT EXISTS (SELECT 1 FROM user), (SELECT created_at >= UTC_TIMESTAMP() - INTERVAL " G_STRINGIFY(SETUP_LINK_HOURS) " HOUR FROM setup_link WHERE token_hash = ?)"

bool setup_repository_find(Database *database, const unsigned char *hash, SetupState *state, GError **error) {
  SqlRows *rows = database_query(database, NULL, STATE_SQL, SQL_VALUES(hash != NULL ? SQL_BYTES(hash, SECRET_HASH_SIZE) : SQL_NULL), error);
  if (rows == NULL) return false;
  bool known = sql_cell(rows, 0, 1) != NULL;
  if (sql_cell_integer(rows, 0, 0) != 0) *state = SETUP_DONE;
  else if (!known) *state = SETUP_UNKNOWN;
  else *state = sql_cell_integer(rows, 0, 1) != 0 ? SETUP_OPEN : SETUP_EXPIRED;
  talloc_free(rows);
  return true;
}

/* ---- one of several at once ---- */

typedef struct {
  const unsigned char *hash;
  const UserRow *user;
  SetupState state;
} Setup;

/* Keeps others from becoming the first user until the transaction ends. */
static bool hold_nobody(Database *database, bool *nobody, GError **error) {
  SqlRows *rows = database_query(database, NULL, "SELECT id FROM user LIMIT 1 FOR UPDATE", SQL_NO_VALUES, error);
  if (rows == NULL) return false;
  *nobody = rows->row_count == 0;
  talloc_free(rows);
  return true;
}

static bool make_link(Database *database, void *context, GError **error) {
  const unsigned char *hash = context;
  bool nobody = false;
  if (!hold_nobody(database, &nobody, error)) return false;
  if (!nobody) return error_set(error, ERROR_CONFLICT, "there is a user already: supportlevel user list");
  return database_execute(database, "DELETE FROM setup_link", SQL_NO_VALUES, NULL, NULL, error) &&
         database_execute(database, "INSERT INTO setup_link (token_hash) VALUES (?)", SQL_VALUES(SQL_BYTES(hash, SECRET_HASH_SIZE)), NULL, NULL, error);
}

bool setup_repository_make_link(Database *database, const unsigned char *hash, GError **error) {
  return database_transaction(database, make_link, (void *)(gsize)hash, error);
}

static bool create_user(Database *database, void *context, GError **error) {
  Setup *setup = context;
  bool nobody = false;
  if (!hold_nobody(database, &nobody, error) || !setup_repository_find(database, setup->hash, &setup->state, error)) return false;
  if (setup->state != SETUP_OPEN) return true;
  return database_execute(database, "DELETE FROM setup_link", SQL_NO_VALUES, NULL, NULL, error) && user_repository_insert(database, setup->user, error);
}

bool setup_repository_create_user(Database *database, const unsigned char *hash, const UserRow *user, SetupState *state, GError **error) {
  Setup setup = {hash, user, SETUP_UNKNOWN};
  bool done = database_transaction(database, create_user, &setup, error);
  *state = setup.state;
  return done;
}

/* ---- the company ---- */

bool setup_repository_begun(Database *database, bool *begun, GError **error) {
  SqlRows *rows = database_query(database, NULL, "SELECT EXISTS (SELECT 1 FROM contract) OR EXISTS (SELECT 1 FROM customer)", SQL_NO_VALUES, error);
  if (rows == NULL) return false;
  *begun = sql_cell_integer(rows, 0, 0) != 0;
  talloc_free(rows);
  return true;
}
