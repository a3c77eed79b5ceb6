/* Requests: what is checked before a page sees one, and what is handed on. Source: request.h; RFC 3875 (variables), RFC 9110 (methods, statuses), RFC 6265 (cookies). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "rows.h"
#include "web/request.h"

#define VARIABLE_MAX 12
#define BODY_LIMIT 100
#define UPLOAD_LIMIT 1000

typedef struct {
  const char *name;
  const char *value;
} Variable;

/* A web server that hands over these variables and this body, so many bytes at a time. */
typedef struct {
  const Variable *variables; /* up to VARIABLE_MAX, the last without a name */
  const char *body;
  gsize left;
  gsize piece; /* 0: all that is left */
  unsigned reads;
} Server;

static const char *server_variable(void *context, const char *name) {
  const Server *server = context;
  for (unsigned i = 0; i < VARIABLE_MAX && server->variables[i].name != NULL; i++) {
    if (strcmp(server->variables[i].name, name) == 0) return server->variables[i].value;
  }
  return NULL;
}

static gsize server_body(void *context, char *buffer, gsize size) {
  Server *server = context;
  gsize came = MIN(size, server->left);
  if (server->piece > 0) came = MIN(came, server->piece);
  if (came > 0) memcpy(buffer, server->body, came);
  server->body += came;
  server->left -= came;
  server->reads++;
  return came;
}

static bool is_upload(const char *path) { return strcmp(path, "/upload") == 0; }

/* Reads a request; its error is dropped when `error` is NULL. */
static Request *read_from(void *owner, Server *server, GError **error) {
  RequestSource source = {server_variable, server_body, server, BODY_LIMIT, UPLOAD_LIMIT, is_upload};
  Request *request = NULL;
  GError *problem = NULL;
  bool good = request_read(owner, &source, &request, &problem) && request_read_files(request, &source, &problem);
  assert_non_null(request);
  assert_true(good == (problem == NULL));
  if (error != NULL) *error = problem;
  else g_clear_error(&problem);
  return request;
}

static Request *read_variables(void *owner, const Variable *variables, GError **error) {
  Server server = {.variables = variables, .body = ""};
  return read_from(owner, &server, error);
}

/* "200", or the status that a failure is answered with. */
static const char *status_text(void *owner, const GError *error) { return talloc_asprintf(owner, "%d", error != NULL ? error_http_status(error->code) : 200); }

/* ---- methods ---- */

static const struct {
  const char *method;
  const char *read;
} METHODS[] = {
    {"GET", "get 200"},      {"HEAD", "get, head 200"}, {"POST", "post 200"},    {"PUT", "other 405"},  {"DELETE", "other 405"}, {"OPTIONS", "other 405"},
    {"TRACE", "other 405"},  {"get", "other 405"},      {"Post", "other 405"},   {"GETX", "other 405"}, {"GE", "other 405"},     {"", "other 405"},
    {NULL, "other 405"},
};

static void three_methods_are_known(void **state) {
  static const char *const NAMES[] = {[METHOD_GET] = "get", [METHOD_POST] = "post", [METHOD_OTHER] = "other"};
  for (unsigned i = 0; i < G_N_ELEMENTS(METHODS); i++) {
    void *owner = talloc_new(NULL);
    GError *error = NULL;
    const Variable variables[VARIABLE_MAX] = {{"REQUEST_METHOD", METHODS[i].method}};
    const Request *request = read_variables(owner, variables, &error);
    const char *got = talloc_asprintf(owner, "%s%s %s", NAMES[request->method], request->head ? ", head" : "", status_text(owner, error));
    row_is(i, METHODS[i].method != NULL ? METHODS[i].method : "no method", got, METHODS[i].read);
    g_clear_error(&error);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

/* ---- length and type of a form ---- */

#define FORM "application/x-www-form-urlencoded"

/* Each with the body "a=1&b=2", seven bytes. */
static const struct {
  const char *type;
  const char *length;
  const char *status;
} FORMS[] = {
    {FORM, "7", "200"},
    {FORM, "007", "200"},
    {FORM, "3", "200"},
    {FORM, "0", "200"},
    {FORM, "", "200"},
    {FORM, NULL, "200"},
    {NULL, NULL, "200"},
    {NULL, "0", "200"},
    /* Types: any case, with parameters. */
    {FORM "; charset=UTF-8", "7", "200"},
    {FORM ";charset=UTF-8", "7", "200"},
    {"Application/X-WWW-Form-URLEncoded", "7", "200"},
    {FORM "x", "7", "415"},
    {"application/x-www-form", "7", "415"},
    {"multipart/form-data; boundary=x", "7", "415"},
    {"text/plain", "7", "415"},
    {"application/json", "7", "200"},
    {"Application/JSON; charset=utf-8", "7", "200"},
    {"application/jsonx", "7", "415"},
    {NULL, "7", "415"},
    {"", "7", "415"},
    {"text/plain; " FORM, "7", "415"},
    {"text/plain", "0", "415"},
    /* Lengths that are none. */
    {FORM, "-1", "400"},
    {FORM, "+7", "400"},
    {FORM, " 7", "400"},
    {FORM, "7 ", "400"},
    {FORM, "7a", "400"},
    {FORM, "0x7", "400"},
    {FORM, "7.0", "400"},
    {FORM, "7,7", "400"},
    /* Too large: above the limit of 100, beyond 32 and beyond 64 bits. */
    {FORM, "101", "413"},
    {FORM, "99999999999", "413"},
    {FORM, "4294967303", "413"},
    {FORM, "18446744073709551615", "413"},
    {FORM, "18446744073709551616", "413"},
    {FORM, "18446744073709551623", "413"},
    {FORM, "99999999999999999999999999999999999999999", "413"},
    /* Less came than was announced. */
    {FORM, "8", "400"},
    {FORM, "100", "400"},
};

static void length_and_type_are_checked(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(FORMS); i++) {
    void *owner = talloc_new(NULL);
    GError *error = NULL;
    const Variable variables[VARIABLE_MAX] = {{"REQUEST_METHOD", "POST"}, {"CONTENT_TYPE", FORMS[i].type}, {"CONTENT_LENGTH", FORMS[i].length}};
    Server server = {.variables = variables, .body = "a=1&b=2", .left = 7};
    read_from(owner, &server, &error);
    const char *typed = talloc_asprintf(owner, "type %s, length %s", FORMS[i].type != NULL ? FORMS[i].type : "(none)", FORMS[i].length != NULL ? FORMS[i].length : "(none)");
    row_is(i, typed, status_text(owner, error), FORMS[i].status);
    g_clear_error(&error);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

/* What is refused by method, type or length is refused unread. */
static void a_refused_body_is_not_read(void **state) {
  static const Variable REFUSED[][VARIABLE_MAX] = {
      {{"REQUEST_METHOD", "POST"}, {"CONTENT_TYPE", "text/plain"}, {"CONTENT_LENGTH", "7"}},
      {{"REQUEST_METHOD", "POST"}, {"CONTENT_TYPE", FORM}, {"CONTENT_LENGTH", "101"}},
      {{"REQUEST_METHOD", "POST"}, {"CONTENT_TYPE", FORM}, {"CONTENT_LENGTH", "x"}},
      {{"REQUEST_METHOD", "PUT"}, {"CONTENT_TYPE", FORM}, {"CONTENT_LENGTH", "7"}},
      {{"REQUEST_METHOD", "GET"}, {"CONTENT_TYPE", FORM}, {"CONTENT_LENGTH", "7"}},
      {{"REQUEST_METHOD", "POST"}, {"CONTENT_TYPE", FORM}, {"CONTENT_LENGTH", "7"}, {"QUERY_STRING", "a=%"}},
      {{"REQUEST_METHOD", "POST"}, {"CONTENT_TYPE", FORM}, {"CONTENT_LENGTH", "7"}, {"PATH_INFO", "/%\x01"}},
  };
  for (unsigned i = 0; i < G_N_ELEMENTS(REFUSED); i++) {
    void *owner = talloc_new(NULL);
    Server server = {.variables = REFUSED[i], .body = "a=1&b=2", .left = 7};
    const Request *request = read_from(owner, &server, NULL);
    row_is(i, "body", talloc_asprintf(owner, "%u reads, %u parameters", server.reads, request->form->count), "0 reads, 0 parameters");
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

/* Files are taken where a route says so, up to a limit of their own, of which nothing is read beyond. */
static void files_are_taken_where_they_belong(void **state) {
  static const struct {
    const char *path;
    const char *type;
    const char *length;
    const char *read;
  } SENT[] = {
      {"/upload", "multipart/form-data; boundary=x", "1000", "400, read"}, /* it is none, but it is looked at */
      {"/upload", "multipart/form-data; boundary=x", "1001", "413, unread"},
      {"/upload", "multipart/form-data; boundary=x", "99999999999", "413, unread"},
      {"/upload", "multipart/form-data; boundary=x", "-1", "400, unread"},
      {"/upload", FORM, "101", "413, unread"},
      {"/upload", "application/json", "101", "413, unread"},
      {"/other", "multipart/form-data; boundary=x", "7", "415, unread"},
  };
  for (unsigned i = 0; i < G_N_ELEMENTS(SENT); i++) {
    void *owner = talloc_new(NULL);
    GError *error = NULL;
    const Variable variables[VARIABLE_MAX] = {{"REQUEST_METHOD", "POST"}, {"PATH_INFO", SENT[i].path}, {"CONTENT_TYPE", SENT[i].type}, {"CONTENT_LENGTH", SENT[i].length}};
    Server server = {.variables = variables, .body = "a=1&b=2", .left = 7};
    read_from(owner, &server, &error);
    const char *got = talloc_asprintf(owner, "%s, %s", status_text(owner, error), server.reads > 0 ? "read" : "unread");
    row_is(i, talloc_asprintf(owner, "%s, %s, length %s", SENT[i].path, SENT[i].type, SENT[i].length), got, SENT[i].read);
    g_clear_error(&error);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

/* The body of `length` bytes, in pieces. */
static const char *form_text(void *owner, const char *body, gsize sent, const char *length, gsize piece) {
  GError *error = NULL;
  const Variable variables[VARIABLE_MAX] = {{"REQUEST_METHOD", "POST"}, {"CONTENT_TYPE", FORM}, {"CONTENT_LENGTH", length}};
  Server server = {.variables = variables, .body = body, .left = sent, .piece = piece};
  const Request *request = read_from(owner, &server, &error);
  char *text = talloc_strdup(owner, "");
  for (unsigned i = 0; i < request->form->count; i++) text = talloc_asprintf_append(text, "[%s][%s]", request->form->items[i].name, request->form->items[i].value);
  if (error != NULL) text = talloc_asprintf(owner, "%s %s", status_text(owner, error), error->message);
  g_clear_error(&error);
  return text;
}

static void a_form_is_read_to_its_length(void **state) {
  void *owner = talloc_new(NULL);
  assert_string_equal(form_text(owner, "a=1&b=2", 7, "7", 0), "[a][1][b][2]");
  assert_string_equal(form_text(owner, "a=1&b=2", 7, "7", 1), "[a][1][b][2]");
  assert_string_equal(form_text(owner, "a=1&b=2", 7, "7", 3), "[a][1][b][2]");
  assert_string_equal(form_text(owner, "a=1&b=2", 7, "3", 0), "[a][1]");
  assert_string_equal(form_text(owner, "a=1&b=2", 7, "0", 0), "");
  assert_string_equal(form_text(owner, "a=%C3%A4+", 9, "9", 0), "[a][\xC3\xA4 ]");
  assert_string_equal(form_text(owner, "", 0, "1", 0), "400 body_incomplete");
  assert_string_equal(form_text(owner, "a=1&b=", 6, "7", 2), "400 body_incomplete");
  assert_string_equal(form_text(owner, "a=\0", 3, "3", 0), "400 control_character");
  assert_string_equal(form_text(owner, "a=%zz", 5, "5", 0), "400 bad_percent_code");
  assert_string_equal(form_text(owner, "a=\xFF", 3, "3", 0), "400 not_utf8");
  talloc_free(owner);
  (void)state;
}

/* ---- addresses ---- */

static const struct {
  const char *script_name;
  const char *path_info;
  const char *request_uri;
  const char *read; /* mount and path, or the status */
} ADDRESSES[] = {
    /* Path behind the mount, decoded by the web server. */
    {"", "/contracts/12", NULL, "mount \"\" path \"/contracts/12\""},
    {"", "/", NULL, "mount \"\" path \"/\""},
    {"", "", NULL, "mount \"\" path \"/\""},
    {NULL, NULL, NULL, "mount \"\" path \"/\""},
    {"/app", "/contracts", "/app/contracts?x=1", "mount \"/app\" path \"/contracts\""},
    {"/app/", "/contracts", NULL, "mount \"/app\" path \"/contracts\""},
    {"/app//", "/contracts", NULL, "mount \"/app\" path \"/contracts\""},
    {"/", "/contracts", NULL, "mount \"\" path \"/contracts\""},
    {"/a/b-c_d.e~f", "/x", NULL, "mount \"/a/b-c_d.e~f\" path \"/x\""},
    {"", "/customers/M\xC3\xBCller", NULL, "mount \"\" path \"/customers/M\xC3\xBCller\""},
    {"", "/Mu\xCC\x88ller", NULL, "mount \"\" path \"/M\xC3\xBCller\""},
    {"", "/levels/a+b", NULL, "mount \"\" path \"/levels/a+b\""},
    {"", "/levels/%41", NULL, "mount \"\" path \"/levels/%41\""},
    /* Without PATH_INFO: out of the address as it came. */
    {"", NULL, "/contracts/12", "mount \"\" path \"/contracts/12\""},
    {"", NULL, "/contracts?level=L1", "mount \"\" path \"/contracts\""},
    {"", NULL, "/contracts#x", "mount \"\" path \"/contracts\""},
    {"", NULL, "/levels/%41%2fB", "mount \"\" path \"/levels/A/B\""},
    {"", NULL, "/M%C3%BCller+x", "mount \"\" path \"/M\xC3\xBCller+x\""},
    {"", NULL, "/levels/%2541", "mount \"\" path \"/levels/%41\""},
    {"/app", NULL, "/app/contracts", "mount \"/app\" path \"/contracts\""},
    {"/app", NULL, "/app", "mount \"/app\" path \"/\""},
    {"/app", NULL, "/app?x=1", "mount \"/app\" path \"/\""},
    {"", NULL, "/%", "400"},
    {"", NULL, "/%4", "400"},
    {"", NULL, "/%zz", "400"},
    {"", NULL, "/%00", "400"},
    {"", NULL, "/a%00b", "400"},
    {"", NULL, "/%FF", "400"},
    {"", NULL, "/%C0%AF", "400"},
    {"", NULL, "/%ED%A0%80", "400"},
    {"", NULL, "/a%0D%0Ab", "400"},
    {"", NULL, "contracts", "400"},
    {"", NULL, "http://evil.example/", "400"},
    {"/app", NULL, "/application", "400"},
    {"", "contracts", NULL, "400"},
    {"", "/a\nb", NULL, "400"},
    {"", "/a\tb", NULL, "400"},
    {"", "/a\x7F", NULL, "400"},
    {"", "/\xFF", NULL, "400"},
    {"", "/a\xC2\x85", NULL, "400"},
    /* A mount that could lead links to another host, or out of an attribute, is our own fault. */
    {"//evil.example", "/", NULL, "500"},
    {"/a//b", "/", NULL, "500"},
    {"app", "/", NULL, "500"},
    {"http://evil.example", "/", NULL, "500"},
    {"/a b", "/", NULL, "500"},
    {"/a\"b", "/", NULL, "500"},
    {"/a%2Fb", "/", NULL, "500"},
    {"/a?b", "/", NULL, "500"},
    {"/a\\b", "/", NULL, "500"},
    {"/\xC3\xA4", "/", NULL, "500"},
};

static void addresses_are_read(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(ADDRESSES); i++) {
    void *owner = talloc_new(NULL);
    GError *error = NULL;
    const Variable variables[VARIABLE_MAX] = {
        {"REQUEST_METHOD", "GET"}, {"SCRIPT_NAME", ADDRESSES[i].script_name}, {"PATH_INFO", ADDRESSES[i].path_info}, {"REQUEST_URI", ADDRESSES[i].request_uri}};
    const Request *request = read_variables(owner, variables, &error);
    const char *got = error != NULL ? status_text(owner, error) : talloc_asprintf(owner, "mount \"%s\" path \"%s\"", request->mount, request->path);
    const char *typed = talloc_asprintf(owner, "SCRIPT_NAME %s, PATH_INFO %s, REQUEST_URI %s", ADDRESSES[i].script_name != NULL ? ADDRESSES[i].script_name : "(none)",
                                        ADDRESSES[i].path_info != NULL ? ADDRESSES[i].path_info : "(none)", ADDRESSES[i].request_uri != NULL ? ADDRESSES[i].request_uri : "(none)");
    row_is(i, typed, got, ADDRESSES[i].read);
    g_clear_error(&error);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

/* An address of so many bytes: path "/xxx", "?", query "a=xxx". */
static int status_of_length(gsize path_length, gsize query_length, gsize uri_length, bool *kept) {
  void *owner = talloc_new(NULL);
  GError *error = NULL;
  char *path = g_strnfill(path_length, 'x');
  char *query = g_strnfill(query_length, 'x');
  char *uri = g_strnfill(uri_length, 'x');
  if (path_length > 0) path[0] = '/';
  if (uri_length > 0) uri[0] = '/';
  const Variable variables[VARIABLE_MAX] = {{"REQUEST_METHOD", "GET"}, {"PATH_INFO", path}, {"QUERY_STRING", query}, {"REQUEST_URI", uri}};
  const Request *request = read_variables(owner, variables, &error);
  int status = error != NULL ? error_http_status(error->code) : 200;
  *kept = strlen(request->path) == path_length && strlen(request->query_string) == query_length;
  g_clear_error(&error);
  g_free(uri);
  g_free(query);
  g_free(path);
  talloc_free(owner);
  return status;
}

static void addresses_have_at_most_4096_bytes(void **state) {
  static const struct {
    gsize path;
    gsize query;
    gsize uri;
    int status;
  } LENGTHS[] = {{10, 4085, 0, 200}, {10, 4086, 0, 414}, {4095, 0, 0, 200}, {4096, 0, 0, 414}, {10, 0, 4096, 200}, {10, 0, 4097, 414}, {100000, 100000, 100000, 414}};
  for (unsigned i = 0; i < G_N_ELEMENTS(LENGTHS); i++) {
    bool kept = false;
    char typed[100];
    char got[100];
    char expected[100];
    int status = status_of_length(LENGTHS[i].path, LENGTHS[i].query, LENGTHS[i].uri, &kept);
    g_snprintf(typed, sizeof typed, "path of %u, query of %u, address of %u", (unsigned)LENGTHS[i].path, (unsigned)LENGTHS[i].query, (unsigned)LENGTHS[i].uri);
    g_snprintf(got, sizeof got, "%d, %s", status, kept ? "kept" : "dropped");
    g_snprintf(expected, sizeof expected, "%d, %s", LENGTHS[i].status, LENGTHS[i].status == 200 ? "kept" : "dropped");
    row_is(i, typed, got, expected);
  }
  rows_end();
  (void)state;
}

static void the_query_is_read_flat(void **state) {
  void *owner = talloc_new(NULL);
  const Variable variables[VARIABLE_MAX] = {{"REQUEST_METHOD", "GET"}, {"PATH_INFO", "/contracts"}, {"QUERY_STRING", "level=L1&hdf.x=2"}};
  const Request *request = read_variables(owner, variables, NULL);
  assert_int_equal(request->query->count, 2);
  assert_string_equal(parameters_get(request->query, "level"), "L1");
  assert_string_equal(parameters_get(request->query, "hdf.x"), "2");
  assert_string_equal(request->query_string, "level=L1&hdf.x=2");
  assert_int_equal(request->form->count, 0);
  talloc_free(owner);
  (void)state;
}

/* A query that can't be read is none, and the rest is there for the error page. */
static void a_bad_query_leaves_the_rest(void **state) {
  void *owner = talloc_new(NULL);
  GError *error = NULL;
  const Variable variables[VARIABLE_MAX] = {{"REQUEST_METHOD", "GET"}, {"PATH_INFO", "/contracts"}, {"QUERY_STRING", "q=%FF"}, {"HTTP_ACCEPT_LANGUAGE", "en"}};
  const Request *request = read_variables(owner, variables, &error);
  assert_true(error_is(error, ERROR_BAD_REQUEST));
  assert_int_equal(request->query->count, 0);
  assert_string_equal(request->path, "/contracts");
  assert_string_equal(request->accept_language, "en");
  g_error_free(error);
  talloc_free(owner);
  (void)state;
}

/* The first thing found wrong is told: method, address, query, then the form. */
static void the_first_fault_is_told(void **state) {
  void *owner = talloc_new(NULL);
  GError *error = NULL;
  const Variable variables[VARIABLE_MAX] = {{"REQUEST_METHOD", "PUT"}, {"PATH_INFO", "x"}, {"QUERY_STRING", "a=%"}};
  read_variables(owner, variables, &error);
  assert_true(error_is(error, ERROR_METHOD_NOT_ALLOWED));
  g_clear_error(&error);
  const Variable form[VARIABLE_MAX] = {{"REQUEST_METHOD", "POST"}, {"QUERY_STRING", "a=%"}, {"CONTENT_TYPE", "text/plain"}, {"CONTENT_LENGTH", "101"}};
  read_variables(owner, form, &error);
  assert_true(error_is(error, ERROR_BAD_REQUEST));
  g_clear_error(&error);
  talloc_free(owner);
  (void)state;
}

/* ---- headers ---- */

static void headers_are_handed_on(void **state) {
  void *owner = talloc_new(NULL);
  const Variable variables[VARIABLE_MAX] = {{"REQUEST_METHOD", "GET"}, {"HTTP_COOKIE", "a=1"},      {"HTTP_ACCEPT", "text/html"},     {"HTTP_ACCEPT_LANGUAGE", "en"},
                                            {"HTTP_IF_NONE_MATCH", "\"x\""}, {"HTTP_ORIGIN", "null"},    {"HTTP_HOST", "host.example:8080"}, {"REMOTE_ADDR", "::1"},
                                            {"REMOTE_USER", "anna"}};
  const Request *request = read_variables(owner, variables, NULL);
  assert_string_equal(request->cookies, "a=1");
  assert_string_equal(request->accept, "text/html");
  assert_string_equal(request->accept_language, "en");
  assert_string_equal(request->if_none_match, "\"x\"");
  assert_string_equal(request->origin, "null");
  assert_string_equal(request->host, "host.example:8080");
  assert_string_equal(request->remote_address, "::1");
  assert_string_equal(request->remote_user, "anna");
  talloc_free(owner);
  (void)state;
}

static void headers_may_be_missing(void **state) {
  void *owner = talloc_new(NULL);
  const Variable variables[VARIABLE_MAX] = {{"REQUEST_METHOD", "GET"}, {"REMOTE_USER", ""}};
  const Request *request = read_variables(owner, variables, NULL);
  assert_string_equal(request->cookies, "");
  assert_string_equal(request->accept, "");
  assert_string_equal(request->accept_language, "");
  assert_string_equal(request->if_none_match, "");
  assert_string_equal(request->query_string, "");
  assert_null(request->origin);
  assert_null(request->host);
  assert_null(request->remote_user);
  talloc_free(owner);
  (void)state;
}

static const struct {
  const char *https;
  const char *scheme;
  const char *secure;
} SECURE[] = {
    {"on", NULL, "secure"}, {"1", NULL, "secure"}, {"off", NULL, "open"}, {"OFF", NULL, "open"}, {NULL, NULL, "open"}, {NULL, "https", "secure"}, {NULL, "http", "open"}, {"off", "https", "open"}, {"", "https", "secure"},
};

static void tls_is_what_the_web_server_says(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(SECURE); i++) {
    void *owner = talloc_new(NULL);
    const Variable variables[VARIABLE_MAX] = {{"REQUEST_METHOD", "GET"}, {"HTTPS", SECURE[i].https}, {"REQUEST_SCHEME", SECURE[i].scheme}, {"HTTP_X_FORWARDED_PROTO", "https"}};
    row_is(i, "HTTPS, REQUEST_SCHEME", read_variables(owner, variables, NULL)->secure ? "secure" : "open", SECURE[i].secure);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void a_host_is_name_and_port(void **state) {
  static const struct {
    const char *sent;
    const char *host; /* NULL: as if none were sent */
  } HOSTS[] = {{"intranet.example:8443", "intranet.example:8443"}, {"[::1]:80", "[::1]:80"}, {"my_host", "my_host"}, {"a/b", NULL}, {"a\"b", NULL}, {"a b", NULL}, {"u@a", NULL}, {"a<b", NULL}, {"", NULL}};
  for (unsigned i = 0; i < G_N_ELEMENTS(HOSTS); i++) {
    void *owner = talloc_new(NULL);
    const Variable variables[VARIABLE_MAX] = {{"REQUEST_METHOD", "GET"}, {"HTTP_HOST", HOSTS[i].sent}};
    row_is(i, HOSTS[i].sent, read_variables(owner, variables, NULL)->host, HOSTS[i].host);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static const struct {
  const char *header;
  const char *value; /* of the cookie "session" */
} COOKIES[] = {
    {"session=abc", "abc"},
    {"session=abc; other=1", "abc"},
    {"other=1; session=abc", "abc"},
    {"other=1;session=abc", "abc"},
    {"other=1;  session=abc  ; x=y", "abc"},
    {"session=a=b", "a=b"},
    {"session=\"abc\"", "\"abc\""},
    {"session=", ""},
    {"session=; session=abc", ""},
    {"session=first; session=second", "first"},
    {"session2=x; session=abc", "abc"},
    {"xsession=x; session=abc", "abc"},
    {"other=session=x", NULL},
    {"Session=x", NULL},
    {"session", NULL},
    {"session; session=abc", "abc"},
    {"sessio=x", NULL},
    {"; ;session=abc", "abc"},
    {";;;", NULL},
    {"=abc", NULL},
    {"", NULL},
};

static void cookies_are_found_by_their_name(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(COOKIES); i++) {
    void *owner = talloc_new(NULL);
    const Variable variables[VARIABLE_MAX] = {{"REQUEST_METHOD", "GET"}, {"HTTP_COOKIE", COOKIES[i].header}};
    row_is(i, COOKIES[i].header, request_cookie(owner, read_variables(owner, variables, NULL), "session"), COOKIES[i].value);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(three_methods_are_known),
      cmocka_unit_test(length_and_type_are_checked),
      cmocka_unit_test(a_refused_body_is_not_read),
      cmocka_unit_test(files_are_taken_where_they_belong),
      cmocka_unit_test(a_form_is_read_to_its_length),
      cmocka_unit_test(addresses_are_read),
      cmocka_unit_test(addresses_have_at_most_4096_bytes),
      cmocka_unit_test(the_query_is_read_flat),
      cmocka_unit_test(a_bad_query_leaves_the_rest),
      cmocka_unit_test(the_first_fault_is_told),
      cmocka_unit_test(headers_are_handed_on),
      cmocka_unit_test(headers_may_be_missing),
      cmocka_unit_test(tls_is_what_the_web_server_says),
      cmocka_unit_test(a_host_is_name_and_port),
      cmocka_unit_test(cookies_are_found_by_their_name),
  };
  return cmocka_run_group_tests_name("request", tests, NULL, NULL);
}
