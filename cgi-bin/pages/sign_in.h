/* sign_in.h: who is signed in: the session behind the request's cookie, or whom the web server itself has verified. */
#ifndef SUPPORTLEVEL_PAGES_SIGN_IN_H
#define SUPPORTLEVEL_PAGES_SIGN_IN_H

#include "repository/user_repository.h"
#include "web/page.h"

/* Who shows an access token (Authorization: Bearer) is signed in by that alone, whatever cookies come along: exchange->by_token, with no session, and with the
 * lesser of the token's role and the user's own. ERROR_UNAUTHORIZED: the token is none, was revoked or has expired, or the account is off.
 *
 * Otherwise fills exchange->user, ->session, ->csrf and ->language; nobody signed in is no error. With the setting remote_user on, whom the web server names is
 * signed in, and nobody else. ERROR_FORBIDDEN: it names one who is no user here. */
bool sign_in_open(Exchange *exchange, GError **error);

/* Signs a user in by a new session, whose cookie goes with the answer; the old session, if there was one, ends: nothing of it is the new one's. */
bool sign_in_start(Exchange *exchange, gint64 user_id, GError **error);

/* Whether a password is that user's: `*user`, which belongs to the exchange, or NULL. After too many failures it isn't tried: `*wait` is the seconds until it may be
 * again, and the answer has Retry-After. The same answer and time for a name that nobody has. */
bool sign_in_try(Exchange *exchange, const char *name, const char *password, const UserRow **user, gint64 *wait, GError **error);

/* A new session of a user's, whose id nobody can have known before. */
bool sign_in_start_session(Exchange *exchange, gint64 user_id, GError **error);

/* Makes a user the exchange's, with the user's own role or `most` where that is less, and the user's language. Who it is has been verified before. */
void sign_in_take_user(Exchange *exchange, const UserRow *row, Role most);

#endif
