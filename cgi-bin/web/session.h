/* session.h: who is signed in, and the token that proves a form came from us. */
#ifndef SUPPORTLEVEL_WEB_SESSION_H
#define SUPPORTLEVEL_WEB_SESSION_H

#include "web/page.h"

/* Finds the session of the request's cookie and fills exchange->user, exchange->csrf and exchange->language; nobody signed in is no error.
 * Without a session, csrf belongs to a short-lived cookie that the login form sets. Ends sessions of 8 h idle and 24 h in all. */
bool session_open(Exchange *exchange, GError **error);

/* True when the form's field `csrf` is this session's token and Origin, where sent, is our own host. */
bool session_csrf_valid(const Exchange *exchange);

/* Signs a user in with a new session id (256 random bits, stored hashed), sets the cookie. */
bool session_start(Exchange *exchange, gint64 user_id, GError **error);
/* Ends this session and its cookie. */
bool session_end(Exchange *exchange, GError **error);

#endif
