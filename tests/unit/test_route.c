/* Routes: which line of the table an address belongs to, its format and its methods. Source: product.md, "Addresses"; RFC 9110, 12.5.1 (Accept) and 15.5.6 (Allow). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "rows.h"
#include "web/route.h"

/* Never called: it is only looked up. */
static bool handler(Exchange *exchange, GError **error) {
  (void)exchange;
  (void)error;
  return false;
}

static const Route ROUTES[] = {
    {"GET", "/", ROLE_VIEWER, handler, 0},
    {"GET", "/contracts", ROLE_VIEWER, handler, ROUTE_JSON | ROUTE_CSV | ROUTE_XLSX | ROUTE_ICS},
    {"GET", "/calendar/{}", ROLE_NOBODY, handler, ROUTE_ICS},
    {"POST", "/contracts", ROLE_EDITOR, handler, 0},
    {"GET", "/contracts/new", ROLE_EDITOR, handler, 0},
    {"GET", "/contracts/{}", ROLE_VIEWER, handler, ROUTE_JSON},
    {"POST", "/contracts/{}", ROLE_EDITOR, handler, 0},
    {"GET", "/contracts/{}/edit", ROLE_EDITOR, handler, 0},
    {"POST", "/contracts/{}/delete", ROLE_ADMIN, handler, 0},
    {"GET", "/levels/{}", ROLE_VIEWER, handler, 0},
    {"GET", "/levels/{}/edit", ROLE_ADMIN, handler, 0},
    {"POST", "/logout", ROLE_VIEWER, handler, 0},
    {"POST", "/both", ROLE_VIEWER, handler, 0},
    {"GET", "/both", ROLE_VIEWER, handler, 0},
    {"POST", "/views/{}", ROLE_VIEWER, handler, 0},
    {"GET", "/contracts/{}/documents", ROLE_VIEWER, handler, ROUTE_JSON},
    {"GET", "/contracts/{}/documents/{}", ROLE_VIEWER, handler, 0},
    {"POST", "/contracts/{}/documents/{}/remove", ROLE_EDITOR, handler, 0},
};

/* "method pattern id format", or "none allow format". */
static const char *found(void *owner, const char *method, const char *path, const char *accept) {
  RouteMatch match = route_find(owner, ROUTES, G_N_ELEMENTS(ROUTES), method, path, accept);
  if (match.route == NULL) return talloc_asprintf(owner, "none, allow %s, %s, id %s", match.allow != NULL ? match.allow : "-", match.format, match.id != NULL ? match.id : "-");
  return talloc_asprintf(owner, "%s %s, id %s, %s", match.route->method, match.route->pattern, match.id != NULL ? match.id : "-", match.format);
}

#define NONE(format) "none, allow -, " format ", id -"

static const struct {
  const char *method;
  const char *path;
  const char *found;
} PATHS[] = {
    {"GET", "/", "GET /, id -, html"},
    {"GET", "/contracts", "GET /contracts, id -, html"},
    {"POST", "/contracts", "POST /contracts, id -, html"},
    {"GET", "/contracts.ics", "GET /contracts, id -, ics"},
    {"GET", "/calendar/aB-_9.ics", "GET /calendar/{}, id aB-_9, ics"},
    {"GET", "/calendar/.ics", "GET /calendar/{}, id .ics, html"},
    {"GET", "/contracts/12", "GET /contracts/{}, id 12, html"},
    {"POST", "/contracts/12", "POST /contracts/{}, id 12, html"},
    {"GET", "/contracts/12/edit", "GET /contracts/{}/edit, id 12, html"},
    {"POST", "/contracts/12/delete", "POST /contracts/{}/delete, id 12, html"},
    /* Names stand before `{}`. */
    {"GET", "/contracts/new", "GET /contracts/new, id -, html"},
    {"GET", "/contracts/newer", "GET /contracts/{}, id newer, html"},
    {"GET", "/contracts/new/edit", "GET /contracts/{}/edit, id new, html"},
    {"GET", "/contracts/edit", "GET /contracts/{}, id edit, html"},
    {"GET", "/contracts/edit/edit", "GET /contracts/{}/edit, id edit, html"},
    /* One part is one part, whatever it is. */
    {"GET", "/levels/L1", "GET /levels/{}, id L1, html"},
    {"GET", "/levels/M\xC3\xBCller & S", "GET /levels/{}, id M\xC3\xBCller & S, html"},
    {"GET", "/levels/{}", "GET /levels/{}, id {}, html"},
    {"GET", "/levels/..", "GET /levels/{}, id .., html"},
    /* No such page. */
    {"GET", "/nothing", NONE("html")},
    {"GET", "", NONE("html")},
    {"GET", "//", NONE("html")},
    {"GET", "/contract", NONE("html")},
    {"GET", "/contractsx", NONE("html")},
    {"GET", "/Contracts", NONE("html")},
    {"GET", "/contracts/", NONE("html")},
    {"GET", "//contracts", NONE("html")},
    {"GET", "/contracts//edit", NONE("html")},
    {"GET", "/contracts/12/", NONE("html")},
    {"GET", "/contracts/12/edit/", NONE("html")},
    {"GET", "/contracts/12/13/edit", NONE("html")},
    {"GET", "/contracts/12/editor", NONE("html")},
    {"GET", "/contracts/12/edi", NONE("html")},
    {"GET", "x/contracts", NONE("html")},
    {"POST", "/nothing", NONE("html")},
    {"", "/nothing", NONE("html")},
};

static void paths_lead_to_their_line(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(PATHS); i++) {
    void *owner = talloc_new(NULL);
    row_is(i, talloc_asprintf(owner, "%s %s", PATHS[i].method, PATHS[i].path), found(owner, PATHS[i].method, PATHS[i].path, ""), PATHS[i].found);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static const struct {
  const char *path;
  const char *found;
} ENDINGS[] = {
    {"/contracts.json", "GET /contracts, id -, json"},
    {"/contracts.csv", "GET /contracts, id -, csv"},
    {"/contracts/12.json", "GET /contracts/{}, id 12, json"},
    /* Dots of a code are its own where the page has no such format. */
    {"/contracts.xlsx", "GET /contracts, id -, xlsx"},
    {"/contracts/12.csv", "GET /contracts/{}, id 12.csv, html"},
    {"/levels/v1.json", "GET /levels/{}, id v1.json, html"},
    {"/levels/v1.csv", "GET /levels/{}, id v1.csv, html"},
    {"/levels/v1.2", "GET /levels/{}, id v1.2, html"},
    {"/levels/v1.json/edit", "GET /levels/{}/edit, id v1.json, html"},
    {"/contracts/12.json/edit", "GET /contracts/{}/edit, id 12.json, html"},
    {"/contracts/v1.json.json", "GET /contracts/{}, id v1.json, json"},
    {"/contracts/.json", "GET /contracts/{}, id .json, html"},
    {"/contracts/12.JSON", "GET /contracts/{}, id 12.JSON, html"},
    {"/contracts/new.json", "GET /contracts/{}, id new, json"},
    /* No such format, no such page: the answer is in the format that was asked for. */
    {"/contracts.xml", NONE("html")},
    {"/contracts.html", NONE("html")},
    {"/contractsjson", NONE("html")},
    {"/.json", NONE("json")},
    {"/nothing.json", NONE("json")},
    {"/nothing.csv", NONE("csv")},
    {"/contracts.json/", NONE("html")},
    {"/contracts.csv.json", NONE("json")},
};

static void a_format_is_what_the_path_ends_with(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(ENDINGS); i++) {
    void *owner = talloc_new(NULL);
    row_is(i, ENDINGS[i].path, found(owner, "GET", ENDINGS[i].path, "text/html,*/*;q=0.8"), ENDINGS[i].found);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

/* Of /contracts/12, which knows HTML and JSON. */
static const struct {
  const char *accept;
  const char *format;
} ACCEPTS[] = {
    {"", "html"},
    {"*/*", "html"},
    {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"},
    {"application/json", "json"},
    {"Application/JSON", "json"},
    {"application/json; charset=utf-8", "json"},
    {"application/json;q=0.9", "json"},
    {"application/json;q=1.0", "json"},
    {"application/json;q=0.001", "json"},
    {"text/plain, application/json", "json"},
    {"text/plain,application/json;q=0.5", "json"},
    {" application/json ,text/csv", "json"},
    {"application/json, text/html;q=0", "json"},
    {"application/json, text/html;q=0.0", "json"},
    {"application/json, */*;q=0", "json"},
    /* Where HTML may come as well, it does. */
    {"application/json, text/html", "html"},
    {"application/json, text/html;q=0.1", "html"},
    {"application/json, text/*", "html"},
    {"application/json, */*", "html"},
    {"application/json, */*;q=0.1", "html"},
    /* Refused, or something else. */
    {"application/json;q=0", "html"},
    {"application/json;q=0.000", "html"},
    {"application/json;q=0, text/plain;q=0.5", "html"},
    {"application/jsonx", "html"},
    {"application/ld+json", "html"},
    {"application/*", "html"},
    {"text/csv", "html"},
    {"text/x;a=\"application/json\"", "html"},
    {",,,", "html"},
};

static void json_comes_when_nothing_else_is_accepted(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(ACCEPTS); i++) {
    void *owner = talloc_new(NULL);
    const char *expected = talloc_asprintf(owner, "GET /contracts/{}, id 12, %s", ACCEPTS[i].format);
    row_is(i, ACCEPTS[i].accept, found(owner, "GET", "/contracts/12", ACCEPTS[i].accept), expected);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void accept_changes_only_pages_that_have_json(void **state) {
  void *owner = talloc_new(NULL);
  assert_string_equal(found(owner, "GET", "/levels/L1", "application/json"), "GET /levels/{}, id L1, html");
  assert_string_equal(found(owner, "GET", "/contracts.csv", "application/json"), "GET /contracts, id -, csv");
  assert_string_equal(found(owner, "POST", "/contracts", "application/json"), "POST /contracts, id -, html");
  assert_string_equal(found(owner, "GET", "/nothing", "application/json"), NONE("json"));
  talloc_free(owner);
  (void)state;
}

static void two_parts_are_told_apart(void **state) {
  static const struct {
    const char *path;
    const char *ids; /* "outer inner" */
  } INNER[] = {{"/contracts/12", "12 -"}, {"/contracts/12/documents", "12 -"}, {"/contracts/12/documents.json", "12 -"}, {"/contracts/12/documents/7", "12 7"}, {"/contracts/12/documents/7.json", "12 7.json"},
               {"/contracts/12/documents/", "- -"}, {"/contracts//documents/7", "- -"}, {"/contracts/12/documents/7/8", "- -"}, {"/contracts/12/files/7", "- -"}};
  for (unsigned i = 0; i < G_N_ELEMENTS(INNER); i++) {
    void *owner = talloc_new(NULL);
    RouteMatch match = route_find(owner, ROUTES, G_N_ELEMENTS(ROUTES), "GET", INNER[i].path, "");
    row_is(i, INNER[i].path, talloc_asprintf(owner, "%s %s", match.id != NULL ? match.id : "-", match.inner_id != NULL ? match.inner_id : "-"), INNER[i].ids);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static const struct {
  const char *method;
  const char *path;
  const char *found;
} OTHER_METHODS[] = {
    {"POST", "/", "none, allow GET, HEAD, html, id -"},
    {"GET", "/logout", "none, allow POST, html, id -"},
    {"GET", "/contracts/12/delete", "none, allow POST, html, id -"},
    {"GET", "/views/7", "none, allow POST, html, id -"},
    {"POST", "/levels/L1", "none, allow GET, HEAD, html, id -"},
    {"POST", "/contracts.json", "none, allow GET, HEAD, json, id -"},
    {"", "/contracts", "none, allow GET, HEAD, POST, html, id -"},
    {"", "/contracts/12", "none, allow GET, HEAD, POST, html, id -"},
    {"", "/both", "none, allow POST, GET, HEAD, html, id -"},
    /* Two lines of one method are named once; POST to /contracts/new is a POST to the contract "new". */
    {"", "/contracts/new", "none, allow GET, HEAD, POST, html, id -"},
    {"POST", "/contracts/new", "POST /contracts/{}, id new, html"},
};

static void a_known_address_names_its_methods(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(OTHER_METHODS); i++) {
    void *owner = talloc_new(NULL);
    row_is(i, talloc_asprintf(owner, "%s %s", OTHER_METHODS[i].method, OTHER_METHODS[i].path), found(owner, OTHER_METHODS[i].method, OTHER_METHODS[i].path, ""), OTHER_METHODS[i].found);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(paths_lead_to_their_line),
      cmocka_unit_test(a_format_is_what_the_path_ends_with),
      cmocka_unit_test(json_comes_when_nothing_else_is_accepted),
      cmocka_unit_test(accept_changes_only_pages_that_have_json),
      cmocka_unit_test(two_parts_are_told_apart),
      cmocka_unit_test(a_known_address_names_its_methods),
  };
  return cmocka_run_group_tests_name("route", tests, NULL, NULL);
}
