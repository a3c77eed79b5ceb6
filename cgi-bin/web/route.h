/* route.h: which handler an address belongs to. */
#ifndef SUPPORTLEVEL_WEB_ROUTE_H
#define SUPPORTLEVEL_WEB_ROUTE_H

#include "web/page.h"

enum {
  ROUTE_JSON = 1 << 0,         /* also answers "address.json"; of a POST: also takes a body of JSON */
  ROUTE_CSV = 1 << 1,          /* also answers "address.csv" */
  ROUTE_QUERY = 1 << 2,        /* the handler reads and checks the query; without it, it may hold nothing but `lang` */
  ROUTE_QUERY_LANG = 1 << 3,   /* the handler checks even `lang` itself */
  ROUTE_NO_SESSION = 1 << 4,   /* answers whoever asks: no session is looked for */
  ROUTE_NO_TOKEN = 1 << 5,     /* concerns the session itself, or what a token may not bring about: not for programs */
  ROUTE_XLSX = 1 << 6,         /* also answers "address.xlsx" */
  ROUTE_ICS = 1 << 7,          /* also answers "address.ics" */
  ROUTE_UPLOAD = 1 << 8,       /* of a POST: also takes a form with files (request->files), as large as the setting upload_limit says */
  ROUTE_TAGGED = 1 << 9,       /* its page shows nothing but what entity_tag_of_page knows of, so it has an entity tag */
  ROUTE_PROGRAM = 1 << 10      /* for programs: the role is that of an access token; of people only admins */
};

typedef struct route {
  const char *method;  /* "GET" (and HEAD) or "POST" */
  const char *pattern; /* "/contracts/{}/edit": `{}`, at most twice, is one part of the path, whatever it is */
  Role role;           /* the least that is needed */
  PageHandler handler;
  unsigned flags;
} Route;

typedef struct {
  const Route *route; /* NULL: none */
  const char *id;     /* what stands in the place of `{}`, or NULL */
  const char *inner_id; /* … and of the second one, or NULL */
  const char *format; /* "html", "json", "csv", "xlsx", "ics": of the answer, or of the error when there is no route */
  const char *allow;  /* the methods that this address knows, for Allow; NULL: it knows none */
} RouteMatch;

/* The first route that fits a path. Its format is what the path ends with; "json" also when `accept` names that and no HTML (RFC 9110, 12.5.1). */
RouteMatch route_find(void *owner, const Route *routes, unsigned count, const char *method, const char *path, const char *accept);

#endif
