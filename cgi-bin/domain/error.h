/* domain: pure rules of the product, no input or output. Uses the C library, GLib and talloc.
 *
 * error.h: the one error type of the program. Every function that can fail takes a `GError **error` as its last
 * parameter and passes it up; only the outermost caller (main.c, the tool) turns it into an answer. */
#ifndef SUPPORTLEVEL_DOMAIN_ERROR_H
#define SUPPORTLEVEL_DOMAIN_ERROR_H

#include <glib.h>
#include <stdbool.h>

#define SUPPORTLEVEL_ERROR supportlevel_error_quark()
GQuark supportlevel_error_quark(void);

typedef enum {
  ERROR_FIELD,              /* the user's: shown beside the field, the form is kept */
  ERROR_BAD_REQUEST,        /* the request's: 400 */
  ERROR_UNAUTHORIZED,       /* 401: nobody is signed in */
  ERROR_FORBIDDEN,          /* 403 */
  ERROR_NOT_FOUND,          /* 404 */
  ERROR_METHOD_NOT_ALLOWED, /* 405 */
  ERROR_CONFLICT,           /* 409: somebody else changed it meanwhile, or it is in use */
  ERROR_PRECONDITION_FAILED, /* 412: it is no longer what a program had seen */
  ERROR_PRECONDITION_REQUIRED, /* 428: a program must say what it had seen */
  ERROR_TOO_LARGE,          /* 413 */
  ERROR_ADDRESS_TOO_LONG,   /* 414 */
  ERROR_UNSUPPORTED_MEDIA,  /* 415 */
  ERROR_PASSING,            /* 503: may be tried again (database away, deadlock) */
  ERROR_FATE_UNKNOWN,       /* 503: a write that may or may not have happened */
  ERROR_INTERNAL            /* 500: ours, with an id in the log and on the page */
} SupportlevelError;

/* Sets an error of ours and returns false; here, so that who checks the code without running it sees that, too. */
static inline bool error_set(GError **error, SupportlevelError code, const char *message) {
  g_set_error_literal(error, SUPPORTLEVEL_ERROR, (int)code, message);
  return false;
}

/* The HTTP status that belongs to an error code; 500 for an unknown one. */
int error_http_status(int code);

/* True when `error` is one of ours with this code. */
bool error_is(const GError *error, SupportlevelError code);

#endif
