#include "web/response.h"

#include <string.h>

#define PIECE (32 * 1024) /* bytes that a stream gathers before it hands them over */

/* quality.md, security 4: nothing may be loaded, framed or sent anywhere but by and to ourselves. */
static const char SECURITY_HEADERS[] =
    "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n";

const char *response_phrase(int status) {
  static const struct {
    int status;
    const char *phrase;
  } PHRASES[] = {{200, "OK"}, {201, "Created"}, {204, "No Content"}, {303, "See Other"}, {304, "Not Modified"}, {400, "Bad Request"}, {401, "Unauthorized"}, {403, "Forbidden"},
                 {404, "Not Found"}, {405, "Method Not Allowed"}, {409, "Conflict"}, {412, "Precondition Failed"}, {413, "Content Too Large"}, {414, "URI Too Long"},
                 {415, "Unsupported Media Type"}, {422, "Unprocessable Content"}, {428, "Precondition Required"}, {429, "Too Many Requests"}, {500, "Internal Server Error"},
                 {503, "Service Unavailable"}};
  for (gsize i = 0; i < G_N_ELEMENTS(PHRASES); i++) {
    if (PHRASES[i].status == status) return PHRASES[i].phrase;
  }
  return "Answer";
}

static GString *emptied(GString *string, gsize size) {
  if (string == NULL) return g_string_sized_new(size);
  /* One very long answer must not keep its memory for the worker's life. */
  if (string->allocated_len > 16 * PIECE) {
    g_string_free(string, TRUE);
    return g_string_sized_new(size);
  }
  return g_string_truncate(string, 0);
}

void response_reset(Response *response) {
  *response = (Response){
      .status = 200,
      .headers = emptied(response->headers, 512),
      .body = emptied(response->body, 2 * PIECE),
      .write = response->write,
      .gone = response->gone,
      .context = response->context,
  };
}

void response_header(Response *response, const char *name, const char *value) {
  if (strpbrk(value, "\r\n") != NULL) return;
  g_string_append(response->headers, name);
  g_string_append(response->headers, ": ");
  g_string_append(response->headers, value);
  g_string_append(response->headers, "\r\n");
}

void response_attachment(Response *response, const char *name) {
  char *encoded = g_uri_escape_string(name, NULL, FALSE);
  GString *value = g_string_new("attachment; filename=\"");
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char(at)) {
    bool plain = g_ascii_isprint(*at) && strchr("\"\\%;", *at) == NULL;
    g_string_append_c(value, plain ? *at : '_');
  }
  g_string_append_printf(value, "\"; filename*=UTF-8''%s", encoded);
  response_header(response, "Content-Disposition", value->str);
  g_string_free(value, TRUE);
  g_free(encoded);
}

void response_redirect(Response *response, const char *url) {
  g_string_truncate(response->body, 0);
  response->content_type = NULL;
  /* Leading to another host ("//host", "/\host", "https:…") would be our own mistake: answered as one, never followed. */
  bool own = url[0] == '/' && url[1] != '/' && url[1] != '\\' && strpbrk(url, "\r\n\t") == NULL;
  response->status = own ? 303 : 500;
  if (own) response_header(response, "Location", url);
}

/* ---- sending ---- */

static void hand_over(Response *response, const GString *bytes) {
  if (response->failed || bytes->len == 0) return;
  response->failed = !response->write(response->context, bytes->str, bytes->len);
  if (!response->failed) response->sent += bytes->len;
}

/* RFC 3875, 6: a CGI answer begins with its Status. */
static void send_head(Response *response, bool length_known) {
  GString *head = g_string_sized_new(1024);
  g_string_printf(head, "Status: %d %s\r\n", response->status, response_phrase(response->status));
  if (response->content_type != NULL) g_string_append_printf(head, "Content-Type: %s\r\n", response->content_type);
  if (length_known && response->status != 304 && response->status != 204) g_string_append_printf(head, "Content-Length: %" G_GSIZE_FORMAT "\r\n", response->body->len);
  g_string_append(head, SECURITY_HEADERS);
  if (!response->cacheable) g_string_append(head, "Cache-Control: no-store\r\n");
  if (response->secure) g_string_append(head, "Strict-Transport-Security: max-age=31536000\r\n");
  g_string_append_len(head, response->headers->str, (gssize)response->headers->len);
  g_string_append(head, "\r\n");
  hand_over(response, head);
  g_string_free(head, TRUE);
  response->started = true;
}

void response_send(Response *response) {
  if (response->started) {
    response_flush(response, true);
    return;
  }
  send_head(response, true);
  if (!response->head_only) hand_over(response, response->body);
}

bool response_flush(Response *response, bool all) {
  if (!response->started) send_head(response, false);
  if (response->head_only) {
    g_string_truncate(response->body, 0);
    return false; /* nobody reads what would follow */
  }
  if (all || response->body->len > PIECE) {
    hand_over(response, response->body);
    g_string_truncate(response->body, 0);
    if (all && !response->failed && !response->write(response->context, NULL, 0)) response->failed = true;
  }
  return !response->failed;
}

bool response_reader_gone(const Response *response) {
  return response->failed || (response->gone != NULL && response->gone(response->context));
}
