/* web: everything between the web server and a page. Uses domain, libfcgi and ClearSilver.
 *
 * request.h: one request, read and checked before any page sees it. */
#ifndef SUPPORTLEVEL_WEB_REQUEST_H
#define SUPPORTLEVEL_WEB_REQUEST_H

#include "web/multipart.h"

typedef enum { METHOD_GET, METHOD_POST, METHOD_OTHER } RequestMethod; /* HEAD counts as GET, its body is dropped */

/* Everything of a request belongs to the request (a talloc context). */
typedef struct {
  RequestMethod method;
  bool head;
  const char *mount;        /* where the application is mounted, "" at the root; no slash at its end */
  const char *path;         /* below the mount, decoded, begins with a slash: "/contracts/12" */
  const char *query_string; /* as it came, "" when absent */
  const Parameters *query;
  const Parameters *form;   /* of a POST; empty otherwise */
  const UploadedFiles *files; /* that came with the form; empty where the address takes none */
  bool files_wait;          /* a form with files, of which nothing has been read yet: request_read_files */
  bool is_json;             /* the body's type is application/json … */
  const char *json;         /* … and this is the body as it came, or NULL when there is none: whoever knows what belongs in it reads it into `form` */
  const char *cookies;      /* the Cookie header, or "" */
  const char *accept;
  const char *accept_language;
  const char *if_none_match;
  const char *if_match;     /* or NULL */
  const char *bearer;       /* what Authorization: Bearer carries (RFC 6750, 2.1), "" when that is nothing, or NULL: no such header */
  const char *origin;       /* or NULL */
  const char *host;         /* or NULL */
  const char *remote_address;
  const char *remote_user;  /* of the web server, or NULL */
  bool secure;              /* came over TLS */
} Request;

/* One variable of the request's environment (RFC 3875), or NULL. */
typedef const char *(*RequestVariable)(void *context, const char *name);
/* Reads up to `size` bytes of the body; returns how many came. */
typedef gsize (*RequestBody)(void *context, char *buffer, gsize size);

typedef struct {
  RequestVariable variable;
  RequestBody body;
  void *context;
  gsize body_limit;   /* bytes */
  gsize upload_limit; /* bytes of a form with files … */
  bool (*takes_files)(const char *path); /* … which only these addresses take; NULL: none does */
} RequestSource;

/* Reads a request, but for a form with files. Method, type and length are checked before a byte of the body is read. Even when it fails `*request` is filled as far as it
 * could be read, so that an error page can be shown in the right language.
 * ERROR_BAD_REQUEST, ERROR_TOO_LARGE, ERROR_ADDRESS_TOO_LONG (4096 bytes), ERROR_UNSUPPORTED_MEDIA, ERROR_METHOD_NOT_ALLOWED. */
bool request_read(void *owner, const RequestSource *source, Request **request, GError **error);

/* Reads the form with files that waits, where one does: once it is known that whoever sends it may, or strangers could keep workers busy. Errors as above. */
bool request_read_files(Request *request, const RequestSource *source, GError **error);

/* The file that came with a field of the form, or NULL. */
const UploadedFile *request_file(const Request *request, const char *field);

/* The value of a cookie, owned by `owner`, or NULL. */
const char *request_cookie(void *owner, const Request *request, const char *name);

/* What the browser says about the page that sent a form (RFC 6454: Origin is scheme, "://", host). */
typedef enum { ORIGIN_UNKNOWN, ORIGIN_OWN, ORIGIN_OTHER } RequestOrigin;
RequestOrigin request_origin(const Request *request);

#endif
