/* setup_repository.h: the one-time link by which the first administrator is created, and whether there is still nobody. */
#ifndef SUPPORTLEVEL_REPOSITORY_SETUP_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_SETUP_REPOSITORY_H

#include "repository/user_repository.h"

#define SETUP_LINK_HOURS 24

typedef enum {
  SETUP_OPEN,    /* there is no user, and the link is good */
  SETUP_UNKNOWN, /* there is no user, and no such link: none was made, or a later one took its place */
  SETUP_EXPIRED, /* there is no user, and the link is older than SETUP_LINK_HOURS */
  SETUP_DONE     /* there is a user: no link is good any more */
} SetupState;

/* What of a link, by the hash of its token (32 bytes); NULL: of none. */
bool setup_repository_find(Database *database, const unsigned char *hash, SetupState *state, GError **error);

/* Stores a new link in the place of any earlier one. ERROR_CONFLICT: there is a user. */
bool setup_repository_make_link(Database *database, const unsigned char *hash, GError **error);

/* Creates the first user and uses the link up, both or neither; what stood against it is in `state`, which is SETUP_OPEN where nothing did. */
bool setup_repository_create_user(Database *database, const unsigned char *hash, const UserRow *user, SetupState *state, GError **error);

/* Whether there are contracts or customers already. */
bool setup_repository_begun(Database *database, bool *begun, GError **error);

#endif
