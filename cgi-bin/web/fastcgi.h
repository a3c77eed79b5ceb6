/* fastcgi.h: the web server's side of an exchange, by libfcgi: variables and body of a request, and the way of an answer. The context of each is the FCGX_Request. */
#ifndef SUPPORTLEVEL_WEB_FASTCGI_H
#define SUPPORTLEVEL_WEB_FASTCGI_H

#include <glib.h>
#include <stdbool.h>

/* As RequestSource's. */
const char *fastcgi_variable(void *context, const char *name);
gsize fastcgi_body(void *context, char *buffer, gsize size);
/* As Response's. */
bool fastcgi_write(void *context, const char *bytes, gsize length);
bool fastcgi_gone(void *context);

#endif
