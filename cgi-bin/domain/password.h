/* password.h: how passwords are kept: argon2id of libsodium at its moderate limits (quality.md, security 6). */
#ifndef SUPPORTLEVEL_DOMAIN_PASSWORD_H
#define SUPPORTLEVEL_DOMAIN_PASSWORD_H

#include <glib.h>
#include <stdbool.h>

#define PASSWORD_SHORTEST 10 /* characters */
#define PASSWORD_LONGEST 1000 /* bytes: passphrases may be long */

/* Why a password (UTF-8) can't be chosen by the user of that name, as a key below Lang.error: password_short, password_long, password_common (little more than
 * words and keys that everybody tries, or less than PASSWORD_SHORTEST characters again and again; quality.md, security 6); NULL when it can. */
const char *password_fault(const char *password, const char *name);

/* The limit that such a fault's text tells as {1}; NULL where it tells none. */
const char *password_limit(const char *fault);

/* The text to store for a password, owned by `owner`. Takes 256 MiB and about a second. ERROR_PASSING: that memory can't be had. */
const char *password_hash(void *owner, const char *password, GError **error);

/* True when `hash` is that password's. Takes as long for an empty hash (no such user), whose password nobody knows. */
bool password_matches(const char *hash, const char *password);

#endif
