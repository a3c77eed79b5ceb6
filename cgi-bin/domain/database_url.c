#include "domain/database_url.h"

#include <glib.h>
#include <string.h>

typedef struct {
  const char *begin;
  const char *end;
} Part;

/* user:password@hosts, between the scheme and the path; empty where there is none. */
static Part authority_of(const char *url) {
  const char *scheme_end = strstr(url, "://");
  const char *begin = scheme_end != NULL ? scheme_end + strlen("://") : url + strlen(url);
  return (Part){begin, begin + strcspn(begin, "/?#")};
}

static Part hosts_of(const char *url) {
  Part authority = authority_of(url);
  const char *at = g_strrstr_len(authority.begin, authority.end - authority.begin, "@");
  return (Part){at != NULL ? at + 1 : authority.begin, authority.end};
}

/* The value of `socket` in the query. */
static Part sockets_of(const char *url) {
  const char *query = strchr(authority_of(url).end, '?');
  const char *begin = query;
  while (begin != NULL && !g_str_has_prefix(begin + 1, "socket=")) begin = strchr(begin + 1, '&');
  begin = begin != NULL ? begin + strlen("?socket=") : url + strlen(url);
  return (Part){begin, begin + strcspn(begin, "&#")};
}

char **database_url_each(const char *url) {
  Part list = hosts_of(url);
  if (memchr(list.begin, ',', (gsize)(list.end - list.begin)) == NULL) list = sockets_of(url);
  char *text = g_strndup(list.begin, (gsize)(list.end - list.begin));
  char **each = g_strsplit(text[0] != '\0' ? text : " ", ",", -1);
  for (char **one = each; *one != NULL; one++) {
    char *whole = g_strdup_printf("%.*s%s%s", (int)(list.begin - url), url, text[0] != '\0' ? *one : "", list.end);
    g_free(*one);
    *one = whole;
  }
  g_free(text);
  return each;
}

char *database_url_open(const char *url) {
  Part authority = authority_of(url);
  const char *host = hosts_of(url).begin;
  const char *colon = memchr(authority.begin, ':', (gsize)(host - authority.begin));
  return colon != NULL ? g_strdup_printf("%.*s@%s", (int)(colon - url), url, host) : g_strdup(url);
}
