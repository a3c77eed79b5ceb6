/* response.h: one answer: status, headers and body, sent as one buffer or streamed. */
#ifndef SUPPORTLEVEL_WEB_RESPONSE_H
#define SUPPORTLEVEL_WEB_RESPONSE_H

#include <glib.h>
#include <stdbool.h>

/* Hands bytes to the web server, and what it may have kept back for more when there are none (`length` 0); false when it (or the browser behind it) has gone. */
typedef bool (*ResponseWrite)(void *context, const char *bytes, gsize length);
/* True when the web server has hung up: nobody waits for the answer any more. */
typedef bool (*ResponseGone)(void *context);

typedef struct {
  int status;
  const char *content_type; /* NULL: none */
  GString *headers;         /* further lines, each ended by "\r\n" */
  GString *body;
  bool started; /* a stream: the head has been sent */
  guint64 sent; /* bytes, head and body */
  bool failed;  /* a write failed: nothing more is sent */
  bool head_only; /* HEAD: no body is sent */
  bool secure;
  bool cacheable; /* no `no-store` */
  ResponseWrite write;
  ResponseGone gone; /* or NULL: not known before something is written */
  void *context;
} Response;

/* Makes it an empty 200 again; buffers are kept from request to request. */
void response_reset(Response *response);
/* The words that belong to an HTTP status (RFC 9110, 15). */
const char *response_phrase(int status);
/* Adds a header. Line breaks in the value end the program's trust in it: such a header is dropped. */
void response_header(Response *response, const char *name, const char *value);
/* What follows is a file to be stored by this name, never shown (RFC 6266; the name in UTF-8 by RFC 8187, and a plain one for who doesn't know that). */
void response_attachment(Response *response, const char *name);
/* A redirect (303) to an address of our own that url_make made. */
void response_redirect(Response *response, const char *url);
/* Sends head and body in one go. */
void response_send(Response *response);
/* Streams: sends the head first, then what is in the body so far whenever that passes 32 KiB, or at once with `all`. False when the reader has gone. */
bool response_flush(Response *response, bool all);
/* For what takes long before anything can be sent: true when nobody waits for it any more. */
bool response_reader_gone(const Response *response);

#endif
