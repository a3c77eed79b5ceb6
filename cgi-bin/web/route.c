#include "web/route.h"

#include <string.h>
#include <talloc.h>

/* ---- patterns ---- */

/* True when `path` (of `length` bytes) fits; `match` gets what stands for each `{}`. */
static bool pattern_fits(void *owner, const char *pattern, const char *path, gsize length, RouteMatch *match) {
  const char *end = path + length;
  const char *at = path;
  const char **id = &match->id;
  match->id = match->inner_id = NULL;
  for (;;) {
    const char *place = strstr(pattern, "{}");
    gsize before = place != NULL ? (gsize)(place - pattern) : strlen(pattern);
    if ((gsize)(end - at) < before || strncmp(at, pattern, before) != 0) return false;
    at += before;
    if (place == NULL) return at == end;
    const char *part = at;
    while (at < end && *at != '/') at++;
    if (at == part) return false;
    *id = talloc_strndup(owner, part, (gsize)(at - part));
    id = &match->inner_id;
    pattern = place + 2;
  }
}

/* ---- formats ---- */

/* Whether a media type stands in Accept with a weight above 0. */
static bool accepts(const char *accept, const char *type) {
  for (const char *item = accept; *item != '\0';) {
    item += strspn(item, ", \t");
    gsize length = strcspn(item, ",");
    gsize name = strcspn(item, ",; \t");
    if (name == strlen(type) && g_ascii_strncasecmp(item, type, name) == 0) {
      const char *weight = strstr(item, "q=0");
      return weight == NULL || weight > item + length || g_ascii_isdigit(weight[3 + strspn(weight + 3, ".0")]);
    }
    item += length;
  }
  return false;
}

static bool only_json(const char *accept) {
  return accepts(accept, "application/json") && !accepts(accept, "text/html") && !accepts(accept, "text/*") && !accepts(accept, "*/*");
}

typedef struct {
  const char *name;
  gsize length; /* of the path without the format's ending */
  unsigned flag;
} Format;

static Format format_of(const char *path, const char *accept) {
  gsize length = strlen(path);
  if (g_str_has_suffix(path, ".json")) return (Format){"json", length - strlen(".json"), ROUTE_JSON};
  if (g_str_has_suffix(path, ".csv")) return (Format){"csv", length - strlen(".csv"), ROUTE_CSV};
  if (g_str_has_suffix(path, ".ics")) return (Format){"ics", length - strlen(".ics"), ROUTE_ICS};
  if (g_str_has_suffix(path, ".xlsx")) return (Format){"xlsx", length - strlen(".xlsx"), ROUTE_XLSX};
  if (only_json(accept)) return (Format){"json", length, ROUTE_JSON};
  return (Format){"html", length, 0};
}

/* ---- routes ---- */

static void add_method(void *owner, RouteMatch *match, const char *method) {
  const char *name = strcmp(method, "GET") == 0 ? "GET, HEAD" : method;
  if (match->allow == NULL) match->allow = name;
  else if (strstr(match->allow, name) == NULL) match->allow = talloc_asprintf(owner, "%s, %s", match->allow, name);
}

static bool route_fits(void *owner, const Route *route, const char *path, const Format *format, RouteMatch *match) {
  if (format->flag != 0 && (route->flags & format->flag) != 0 && pattern_fits(owner, route->pattern, path, format->length, match)) {
    match->format = format->name;
    return true;
  }
  if (!pattern_fits(owner, route->pattern, path, strlen(path), match)) return false;
  match->format = "html";
  return true;
}

RouteMatch route_find(void *owner, const Route *routes, unsigned count, const char *method, const char *path, const char *accept) {
  RouteMatch match = {0};
  Format format = format_of(path, accept);
  for (unsigned i = 0; i < count; i++) {
    if (!route_fits(owner, &routes[i], path, &format, &match)) continue;
    add_method(owner, &match, routes[i].method);
    if (strcmp(routes[i].method, method) != 0) continue;
    match.route = &routes[i];
    return match;
  }
  match.id = match.inner_id = NULL;
  match.format = format.name;
  return match;
}
