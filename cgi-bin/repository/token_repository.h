/* token_repository.h: the access tokens of users, by the hash of what a program shows (32 bytes). */
#ifndef SUPPORTLEVEL_REPOSITORY_TOKEN_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_TOKEN_REPOSITORY_H

#include "domain/day.h"
#include "repository/user_repository.h"

typedef struct {
  gint64 id;
  const char *name;
  const char *role;
  Day expires_on;
  Day last_used_on;       /* DAY_NONE: never */
  const char *created_at; /* UTC */
  const char *revoked_at; /* UTC, or NULL */
} TokenRow;

typedef struct {
  TokenRow *items;
  unsigned count;
} TokenRows;

/* A user's tokens, the newest first; at most 200. */
TokenRows *token_repository_list(Database *database, void *owner, gint64 user_id, GError **error);

/* Stores a new token. */
bool token_repository_insert(Database *database, gint64 user_id, const char *name, const unsigned char *hash, const char *role, Day expires_on, GError **error);

/* Revokes a user's token for good. ERROR_NOT_FOUND: this user has none of that id. */
bool token_repository_revoke(Database *database, gint64 user_id, gint64 id, GError **error);

/* The user whose token this is and the token's role; `*user` is NULL when there is none, it was revoked or has expired before `today`, or the account is off.
 * Notes the day's first use. */
bool token_repository_find(Database *database, void *owner, const unsigned char *hash, Day today, UserRow **user, const char **role, GError **error);

#endif
