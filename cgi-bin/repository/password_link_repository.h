/* password_link_repository.h: the link by which a user, once, chooses a password: a new user the first one, whoever has forgotten it another. */
#ifndef SUPPORTLEVEL_REPOSITORY_PASSWORD_LINK_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_PASSWORD_LINK_REPOSITORY_H

#include "repository/user_repository.h"

#define PASSWORD_LINK_HOURS 72 /* over a weekend */

/* Stores a new link of the user in the place of any earlier one, by the hash of its token (32 bytes). */
bool password_link_repository_make(Database *database, gint64 user_id, const unsigned char *hash, GError **error);

/* Whose link that is; NULL without an error when there is none, it is older than PASSWORD_LINK_HOURS, or its user can't sign in any more. */
bool password_link_repository_find(Database *database, void *owner, const unsigned char *hash, UserRow **user, GError **error);

/* When the user's link was made (UTC), while it is good; "" when there is none. Belongs to `owner`. */
bool password_link_repository_made_at(Database *database, void *owner, gint64 user_id, const char **made_at, GError **error);

/* Stores the password's hash and uses the link up, both or neither; all of the user's sessions end. `*used`: the link was still good. */
bool password_link_repository_use(Database *database, const unsigned char *hash, const char *password_hash, bool *used, GError **error);

#endif
