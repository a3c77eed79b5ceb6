#include "repository/user_repository.h"

#include <string.h>
#include <talloc.h>

/* With the password's hash or, as sessions need none, with NO_HASH. */
#define COLUMNS(hash) "user.id, user.name, IF(user.display_name = '', user.name, user.display_name), user.email, user.language, user.role, " hash ", user.active, " DATA_CHANGES_SQL
#define HASH "COALESCE((SELECT user_password.hash FROM user_password WHERE user_password.user_id = user.id), '')"
#define NO_HASH "''"

static UserRow user_row(const SqlRows *rows, unsigned row) {
  return (UserRow){.id = sql_cell_integer(rows, row, 0),
                   .name = sql_cell(rows, row, 1),
                   .display_name = sql_cell(rows, row, 2),
                   .email = sql_cell(rows, row, 3),
                   .language = sql_cell(rows, row, 4),
                   .role = sql_cell(rows, row, 5),
                   .password_hash = sql_cell(rows, row, 6),
                   .active = sql_cell_integer(rows, row, 7) != 0,
                   .changes = sql_cell(rows, row, 8)};
}

/* The first row as a user; NULL when there is none. Belongs to `owner`. */
static UserRow *first_user(void *owner, const SqlRows *rows) {
  if (rows->row_count == 0) return NULL;
  UserRow *user = talloc_zero(owner, UserRow);
  *user = user_row(rows, 0);
  return user;
}

#define COLUMN_SIGNED_IN 9 /* behind COLUMNS */

UserRows *user_repository_list(Database *database, void *owner, GError **error) {
  SqlRows *rows = database_query(database, owner, "SELECT " COLUMNS(HASH) ", user_sign_in.signed_in_at FROM user LEFT JOIN user_sign_in ON user_sign_in.user_id = user.id ORDER BY user.active DESC, user.name",
                                 SQL_NO_VALUES, error);
  if (rows == NULL) return NULL;
  UserRows *users = talloc_zero(owner, UserRows);
  users->count = rows->row_count;
  users->items = talloc_zero_array(users, UserRow, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) {
    users->items[row] = user_row(rows, row);
    users->items[row].signed_in_at = sql_cell(rows, row, COLUMN_SIGNED_IN);
  }
  return users;
}

bool user_repository_find(Database *database, void *owner, const char *name, UserRow **user, GError **error) {
  SqlRows *rows = database_query(database, owner, "SELECT " COLUMNS(HASH) " FROM user WHERE name = ?", SQL_VALUES(sql_text(name)), error);
  *user = rows != NULL ? first_user(owner, rows) : NULL;
  return rows != NULL;
}

static bool store_hash(Database *database, gint64 user_id, const char *hash, GError **error) {
  return database_execute(database, "INSERT INTO user_password (user_id, hash) VALUES (?, ?) ON DUPLICATE KEY UPDATE hash = VALUES(hash)",
                          SQL_VALUES(SQL_INTEGER(user_id), sql_text(hash)), NULL, NULL, error);
}

static bool insert(Database *database, void *context, GError **error) {
  const UserRow *user = context;
  gint64 id = 0;
  return database_execute(database, "INSERT INTO user (name, display_name, email, language, role) VALUES (?, ?, ?, ?, ?)",
                          SQL_VALUES(sql_text(user->name), sql_text(user->display_name), sql_text(user->email), sql_text(user->language), sql_text(user->role)), NULL, &id, error) &&
         (user->password_hash[0] == '\0' || store_hash(database, id, user->password_hash, error));
}

bool user_repository_insert(Database *database, const UserRow *user, GError **error) {
  UserRow added = *user;
  return database_transaction(database, insert, &added, error);
}

/* ---- changes ---- */

/* Locked, so that of two administrators who take the right from each other at once the second one is refused. */
static bool keep_an_admin(Database *database, GError **error) {
  SqlRows *rows = database_query(database, NULL, "SELECT id FROM user WHERE role = 'admin' AND active LIMIT 1 FOR UPDATE", SQL_NO_VALUES, error);
  bool kept = rows != NULL && rows->row_count > 0;
  if (rows != NULL && !kept) error_set(error, ERROR_FIELD, "last_admin");
  talloc_free(rows);
  return kept;
}

bool user_repository_rights_changed(Database *database, gint64 user_id, GError **error) {
  return keep_an_admin(database, error) && database_execute(database, "DELETE FROM session WHERE user_id = ?", SQL_VALUES(SQL_INTEGER(user_id)), NULL, NULL, error);
}

/* The versioned table counts a row as changed even where nothing in it is. */
static bool rights_differ(Database *database, const UserRow *user, bool *differ, GError **error) {
  SqlRows *rows = database_query(database, NULL, "SELECT role = ? AND active = ? FROM user WHERE id = ? FOR UPDATE",
                                 SQL_VALUES(sql_text(user->role), SQL_INTEGER(user->active), SQL_INTEGER(user->id)), error);
  bool found = rows != NULL && rows->row_count > 0;
  if (found) *differ = sql_cell_integer(rows, 0, 0) == 0;
  else if (rows != NULL) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_NOT_FOUND, "user %s", user->name);
  talloc_free(rows);
  return found;
}

static bool update(Database *database, void *context, GError **error) {
  const UserRow *user = context;
  bool differ = false;
  return rights_differ(database, user, &differ, error) &&
         database_execute(database, "UPDATE user SET role = ?, active = ?, language = ?, email = ?, display_name = ? WHERE id = ?",
                          SQL_VALUES(sql_text(user->role), SQL_INTEGER(user->active), sql_text(user->language), sql_text(user->email), sql_text(user->display_name), SQL_INTEGER(user->id)), NULL, NULL,
                          error) &&
         (!differ || user_repository_rights_changed(database, user->id, error));
}

bool user_repository_update(Database *database, const UserRow *user, GError **error) {
  UserRow changed = *user;
  return database_transaction(database, update, &changed, error);
}

bool user_repository_set_language(Database *database, gint64 user_id, const char *language, GError **error) {
  return database_execute(database, "UPDATE user SET language = ? WHERE id = ?", SQL_VALUES(sql_text(language), SQL_INTEGER(user_id)), NULL, NULL, error);
}

#define ENDED "session.used_at < UTC_TIMESTAMP() - INTERVAL 8 HOUR OR session.created_at < UTC_TIMESTAMP() - INTERVAL 24 HOUR"

typedef struct {
  gint64 user_id;
  const char *hash; /* of a new password, or NULL */
  bool keys;
} AccessEnd;

static bool end_access(Database *database, void *context, GError **error) {
  const AccessEnd *end = context;
  const SqlValue id = SQL_INTEGER(end->user_id);
  if (end->hash != NULL && !store_hash(database, end->user_id, end->hash, error)) return false;
  if (!database_execute(database, "DELETE FROM session WHERE user_id = ?", SQL_VALUES(id), NULL, NULL, error)) return false;
  return !end->keys || (database_execute(database, "UPDATE access_token SET revoked_at = UTC_TIMESTAMP() WHERE user_id = ? AND revoked_at IS NULL", SQL_VALUES(id), NULL, NULL, error) &&
                        database_execute(database, "DELETE FROM calendar_subscription WHERE user_id = ?", SQL_VALUES(id), NULL, NULL, error));
}

bool user_repository_set_password(Database *database, gint64 user_id, const char *hash, GError **error) {
  return database_transaction(database, end_access, &(AccessEnd){user_id, hash, false}, error);
}

bool user_repository_end_access(Database *database, gint64 user_id, bool keys, GError **error) {
  return database_transaction(database, end_access, &(AccessEnd){user_id, NULL, keys}, error);
}

bool user_repository_access(Database *database, gint64 user_id, Day today, UserAccess *access, GError **error) {
  static const char SQL[] = "SELECT (SELECT COUNT(*) FROM session WHERE user_id = user.id AND NOT (" ENDED ")), "
                            "(SELECT COUNT(*) FROM access_token WHERE user_id = user.id AND revoked_at IS NULL AND expires_on >= ?), "
                            "(SELECT COUNT(*) FROM calendar_subscription WHERE user_id = user.id) FROM user WHERE id = ?";
  char iso[DAY_TEXT_SIZE];
  void *scratch = talloc_new(NULL);
  SqlRows *rows = database_query(database, scratch, SQL, SQL_VALUES(sql_text(day_format_iso(today, iso)), SQL_INTEGER(user_id)), error);
  *access = (UserAccess){0};
  if (rows != NULL && rows->row_count > 0) *access = (UserAccess){sql_cell_integer(rows, 0, 0), sql_cell_integer(rows, 0, 1), sql_cell_integer(rows, 0, 2)};
  talloc_free(scratch);
  return rows != NULL;
}

/* ---- sessions ---- */

#define HASH_SIZE 32
#define COLUMN_UNNOTED 9 /* behind COLUMNS: whether the last noted use is a minute ago */

bool session_repository_find(Database *database, void *owner, const unsigned char *hash, UserRow **user, GError **error) {
  static const char SQL[] = "SELECT " COLUMNS(NO_HASH) ", session.used_at < UTC_TIMESTAMP() - INTERVAL 1 MINUTE FROM session JOIN user ON user.id = session.user_id "
                            "WHERE session.id_hash = ? AND user.active AND NOT (" ENDED ")";
  SqlRows *rows = database_query(database, owner, SQL, SQL_VALUES(SQL_BYTES(hash, HASH_SIZE)), error);
  *user = rows != NULL ? first_user(owner, rows) : NULL;
  if (rows == NULL) return false;
  if (*user == NULL) return true;
  if (sql_cell_integer(rows, 0, COLUMN_UNNOTED) != 0 &&
      !database_execute(database, "UPDATE session SET used_at = UTC_TIMESTAMP() WHERE id_hash = ?", SQL_VALUES(SQL_BYTES(hash, HASH_SIZE)), NULL, NULL, error)) {
    return false;
  }
  DataChanges changes = data_changes_read((*user)->changes);
  database_saw_changes(database, &changes);
  return true;
}

bool session_repository_insert(Database *database, const unsigned char *hash, gint64 user_id, GError **error) {
  /* Each index by itself, or the whole table would be read. */
  return database_execute(database, "DELETE FROM session WHERE used_at < UTC_TIMESTAMP() - INTERVAL 24 HOUR", SQL_NO_VALUES, NULL, NULL, error) &&
         database_execute(database, "INSERT INTO session (id_hash, user_id, created_at, used_at) VALUES (?, ?, UTC_TIMESTAMP(), UTC_TIMESTAMP())",
                          SQL_VALUES(SQL_BYTES(hash, HASH_SIZE), SQL_INTEGER(user_id)), NULL, NULL, error) &&
         database_execute(database, "INSERT INTO user_sign_in VALUES (?, UTC_TIMESTAMP()) ON DUPLICATE KEY UPDATE signed_in_at = UTC_TIMESTAMP()", SQL_VALUES(SQL_INTEGER(user_id)), NULL, NULL, error);
}

bool session_repository_count(Database *database, gint64 *count, GError **error) {
  void *scratch = talloc_new(NULL);
  SqlRows *rows = database_query(database, scratch, "SELECT COUNT(*) FROM session WHERE NOT (" ENDED ")", SQL_NO_VALUES, error);
  if (rows != NULL) *count = sql_cell_integer(rows, 0, 0);
  talloc_free(scratch);
  return rows != NULL;
}

bool session_repository_delete(Database *database, const unsigned char *hash, GError **error) {
  return database_execute(database, "DELETE FROM session WHERE id_hash = ?", SQL_VALUES(SQL_BYTES(hash, HASH_SIZE)), NULL, NULL, error);
}

/* ---- failed sign-ins ---- */

#define LONGEST_WAIT 300 /* seconds */
#define FORGET_SQL "DELETE FROM login_failure WHERE last_at < UTC_TIMESTAMP() - INTERVAL 1 HOUR"

/* Seconds to wait after so many failures: 2, 4, 8, … */
static gint64 wait_after(gint64 failures, gint64 free_failures) {
  gint64 doublings = failures - free_failures;
  if (doublings < 0) return 0;
  return doublings > 8 ? LONGEST_WAIT : MIN(LONGEST_WAIT, (gint64)2 << doublings);
}

typedef struct {
  const LoginSubject *subjects;
  unsigned count;
  gint64 wait;
} Beginning;

static bool wait_of(Database *database, Beginning *beginning, const LoginSubject *subject, GError **error) {
  void *scratch = talloc_new(NULL);
  SqlRows *rows = database_query(database, scratch, "SELECT failures, TIMESTAMPDIFF(SECOND, last_at, UTC_TIMESTAMP()) FROM login_failure WHERE subject = ? FOR UPDATE",
                                 SQL_VALUES(sql_text(subject->subject)), error);
  if (rows != NULL && rows->row_count > 0) {
    beginning->wait = MAX(beginning->wait, wait_after(sql_cell_integer(rows, 0, 0), subject->free_failures) - sql_cell_integer(rows, 0, 1));
  }
  talloc_free(scratch);
  return rows != NULL;
}

static bool begin(Database *database, void *context, GError **error) {
  Beginning *beginning = context;
  beginning->wait = 0;
  if (!database_execute(database, FORGET_SQL, SQL_NO_VALUES, NULL, NULL, error)) return false;
  for (unsigned i = 0; i < beginning->count; i++) {
    if (!wait_of(database, beginning, &beginning->subjects[i], error)) return false;
  }
  for (unsigned i = 0; i < beginning->count && beginning->wait == 0; i++) {
    if (!database_execute(database,
                          "INSERT INTO login_failure (subject, failures, last_at) VALUES (?, 1, UTC_TIMESTAMP()) "
                          "ON DUPLICATE KEY UPDATE failures = failures + 1, last_at = UTC_TIMESTAMP()",
                          SQL_VALUES(sql_text(beginning->subjects[i].subject)), NULL, NULL, error)) {
      return false;
    }
  }
  return true;
}

bool login_failure_repository_begin(Database *database, const LoginSubject *subjects, unsigned count, gint64 *wait, GError **error) {
  Beginning beginning = {subjects, count, 0};
  bool done = database_transaction(database, begin, &beginning, error);
  *wait = beginning.wait;
  return done;
}

bool login_failure_repository_take_back(Database *database, const LoginSubject *subjects, unsigned count, GError **error) {
  bool done = true;
  for (unsigned i = 0; i < count && done; i++) {
    /* The first is the account's own: who knows its password has nothing to wait for. An address could be shared with who doesn't. */
    const char *sql = i == 0 ? "DELETE FROM login_failure WHERE subject = ?" : "UPDATE login_failure SET failures = failures - 1 WHERE subject = ? AND failures > 0";
    done = database_execute(database, sql, SQL_VALUES(sql_text(subjects[i].subject)), NULL, NULL, error);
  }
  return done;
}
