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

/* A user's tokens: those that are good on `today` first, the newest first of each; at most 200. */
TokenRows *token_repository_list(Database *database, void *owner, gint64 user_id, Day today, GError **error);

/* Stores a new token (id and the days of use are ignored), and takes away the user's that have been good for nothing for 90 days. */
bool token_repository_insert(Database *database, gint64 user_id, const TokenRow *token, const unsigned char *hash, Day today, GError **error);

/* Revokes a user's token for good. ERROR_NOT_FOUND: this user has none of that id. */
bool token_repository_revoke(Database *database, gint64 user_id, gint64 id, GError **error);

/* The user whose token this is and the token's role; `*user` is NULL when there is none, it was revoked or has expired before `today`, or the account is off.
 * Notes the day's first use. */
bool token_repository_find(Database *database, void *owner, const unsigned char *hash, Day today, UserRow **user, const char **role, GError **error);

#endif
