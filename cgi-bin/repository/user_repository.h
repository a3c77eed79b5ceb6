/* user_repository.h: who may sign in, who is signed in, and who tried in vain. */
#ifndef SUPPORTLEVEL_REPOSITORY_USER_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_USER_REPOSITORY_H

#include "domain/day.h"
#include "repository/data_changes.h"

typedef struct {
  gint64 id;
  const char *name;
  const char *display_name; /* the name where none was given */
  const char *email;
  const char *language; /* "de", "en", or "" */
  const char *role;     /* "viewer", "editor", "admin" */
  const char *password_hash; /* "": cannot sign in with a password, or not asked for (sessions) */
  bool active;
  const char *changes; /* DATA_CHANGES_SQL, as of now */
  const char *signed_in_at; /* last, UTC; of user_repository_list only, NULL: never */
} UserRow;

typedef struct {
  UserRow *items;
  unsigned count;
} UserRows;

/* All users by name, before them those who can sign in. */
UserRows *user_repository_list(Database *database, void *owner, GError **error);

/* The user of a name (any case, as the database compares); NULL without an error when there is none. */
bool user_repository_find(Database *database, void *owner, const char *name, UserRow **user, GError **error);

/* Stores a new, active user. ERROR_CONFLICT: the name is taken. */
bool user_repository_insert(Database *database, const UserRow *user, GError **error);

/* Stores all but the name and the password; where the role changes or whether the account is active, user_repository_rights_changed is called. */
bool user_repository_update(Database *database, const UserRow *user, GError **error);
/* In the transaction in which a user's role changed, or whether the account is active: ends all of the user's sessions (quality.md, security 5).
 * ERROR_FIELD, `last_admin`: nobody would be left who can manage users. */
bool user_repository_rights_changed(Database *database, gint64 user_id, GError **error);
/* Stores only the language: signed in stays who is. */
bool user_repository_set_language(Database *database, gint64 user_id, const char *language, GError **error);

/* Stores a new password's hash; all of the user's sessions end. */
bool user_repository_set_password(Database *database, gint64 user_id, const char *hash, GError **error);

/* By what a user's name can be acted in without the password. */
typedef struct {
  gint64 sessions;
  gint64 tokens;    /* access tokens that are good */
  gint64 calendars; /* secret addresses of calendars */
} UserAccess;

bool user_repository_access(Database *database, gint64 user_id, Day today, UserAccess *access, GError **error);
/* Ends all sessions, and with `keys` also access tokens and calendars. */
bool user_repository_end_access(Database *database, gint64 user_id, bool keys, GError **error);

/* ---- sessions, by the hash of their id (32 bytes) ---- */

/* The user whose session this is, unless it has been idle for 8 h, is 24 h old or the account is off; then `*user` is NULL. Notes the use, once a minute; with it the
 * database knows what has changed (data_changes.h). */
bool session_repository_find(Database *database, void *owner, const unsigned char *hash, UserRow **user, GError **error);
/* Stores a new session and when it began, and takes away those that have ended. */
bool session_repository_insert(Database *database, const unsigned char *hash, gint64 user_id, GError **error);
/* How many have not ended. */
bool session_repository_count(Database *database, gint64 *count, GError **error);
bool session_repository_delete(Database *database, const unsigned char *hash, GError **error);

/* ---- failed sign-ins ---- */

/* Whose failures are counted: a name as tried from one address, so that no stranger elsewhere locks an account out; and an address, whatever the name. */
typedef struct {
  const char *subject;
  gint64 free_failures; /* that cost no waiting; after these 2 s, 4 s, 8 s, … up to 5 min */
} LoginSubject;

/* Counts one more failure of each subject, before the password is tried, so that many tries at once count too. `*wait`: seconds until the next
 * try is allowed; when not 0 nothing was counted. Failures are forgotten an hour after the last. */
bool login_failure_repository_begin(Database *database, const LoginSubject *subjects, unsigned count, gint64 *wait, GError **error);
/* After a success: takes back all failures of the first subject, and of the others the one that begin counted. */
bool login_failure_repository_take_back(Database *database, const LoginSubject *subjects, unsigned count, GError **error);

#endif
