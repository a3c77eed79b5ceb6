/* session.h: the secret that a browser carries in a cookie, and the token of its forms that is derived from it. Who the session belongs to is stored by
 * pages/sign_in.c. */
#ifndef SUPPORTLEVEL_WEB_SESSION_H
#define SUPPORTLEVEL_WEB_SESSION_H

#include "web/page.h"

#define SESSION_HASH_SIZE 32

/* The id that the request's cookie holds when it has the form of one, or NULL. Belongs to the exchange. */
const char *session_cookie(Exchange *exchange);

/* Gives the browser a new id of 256 random bits and makes it the exchange's: forms of this answer carry its token. */
void session_cookie_new(Exchange *exchange);
/* Takes the cookie away. */
void session_cookie_drop(Exchange *exchange);

/* Makes an id the exchange's, with the token of its forms: a keyed hash of the id, so that it needs no storing and doesn't tell the id. */
void session_use(Exchange *exchange, const char *id);

/* What is stored in the id's place: its BLAKE2b hash (quality.md, security 5). */
void session_hash(const char *id, unsigned char hash[SESSION_HASH_SIZE]);

/* True when the form's field `csrf` is this session's token and Origin, where sent, is our own host. */
bool session_csrf_valid(const Exchange *exchange);

#endif
