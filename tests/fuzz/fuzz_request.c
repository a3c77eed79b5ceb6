/* Requests. Input: lines NAME=value of the web server's variables, an empty line, the body. */
#include <string.h>
#include <talloc.h>

#include "domain/language.h"
#include "fuzz.h"
#include "web/request.h"
#include "web/route.h"

#define BODY_LIMIT 1000
#define UPLOAD_LIMIT 100000

static const Route ROUTES[] = {
    {"GET", "/", ROLE_VIEWER, NULL, 0},
    {"GET", "/contracts", ROLE_VIEWER, NULL, ROUTE_JSON | ROUTE_CSV | ROUTE_XLSX | ROUTE_ICS},
    {"POST", "/contracts/{}", ROLE_EDITOR, NULL, ROUTE_JSON},
    {"GET", "/contracts/{}/documents/{}", ROLE_VIEWER, NULL, 0},
};

typedef struct {
  char **variables;
  const char *body;
  gsize left;
} Server;

static const char *server_variable(void *context, const char *name) {
  const Server *server = context;
  gsize length = strlen(name);
  for (char **line = server->variables; *line != NULL; line++) {
    if (strncmp(*line, name, length) == 0 && (*line)[length] == '=') return *line + length + 1;
  }
  return NULL;
}

/* By pieces, so that what stands across their edges is tried too. */
static gsize server_body(void *context, char *buffer, gsize size) {
  Server *server = context;
  gsize came = MIN(MIN(size, server->left), 61);
  if (came > 0) memcpy(buffer, server->body, came);
  server->body += came;
  server->left -= came;
  return came;
}

static bool takes_files(const char *path) { return g_str_has_prefix(path, "/import"); }

/* What a page may rely on. */
static void parameters_hold(const Parameters *parameters) {
  holds(parameters->count <= PARAMETER_MAX);
  for (unsigned i = 0; i < parameters->count; i++) {
    holds(g_utf8_validate(parameters->items[i].name, -1, NULL));
    holds(g_utf8_validate(parameters->items[i].value, -1, NULL));
    holds(strpbrk(parameters->items[i].value, "\r\033\177") == NULL);
  }
}

static void files_hold(const UploadedFiles *files) {
  holds(files->count <= MULTIPART_FILES_MAX);
  for (unsigned i = 0; i < files->count; i++) {
    const char *name = files->items[i].name;
    holds(name[0] != '\0' && g_utf8_validate(name, -1, NULL) && g_utf8_strlen(name, -1) <= UPLOADED_NAME_MAX);
    holds(strpbrk(name, "/\\\r\n") == NULL && strcmp(name, ".") != 0 && strcmp(name, "..") != 0);
    holds(files->items[i].file >= 0 && files->items[i].size <= UPLOAD_LIMIT);
  }
}

static void request_holds(void *owner, const Request *request, bool good) {
  parameters_hold(request->query);
  if (good) parameters_hold(request->form);
  if (good) files_hold(request->files);
  holds(request->path[0] == '/' && g_utf8_validate(request->path, -1, NULL));
  holds(request->mount[0] == '\0' || (request->mount[0] == '/' && request->mount[1] != '/'));
  holds(language_from_header(request->accept_language) < LANGUAGE_COUNT);
  const char *cookie = request_cookie(owner, request, "session");
  holds(cookie == NULL || strchr(cookie, ';') == NULL);
  request_origin(request);
}

static void route_holds(void *owner, const Request *request) {
  RouteMatch match = route_find(owner, ROUTES, G_N_ELEMENTS(ROUTES), request->method == METHOD_POST ? "POST" : "GET", request->path, request->accept);
  holds(match.format != NULL);
  holds(match.id == NULL || strchr(match.id, '/') == NULL);
  holds(match.inner_id == NULL || strchr(match.inner_id, '/') == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  void *owner = talloc_new(NULL);
  const char *text = talloc_strndup(owner, (const char *)bytes, size);
  const char *end = strstr(text, "\n\n");
  char *head = g_strndup(text, end != NULL ? (gsize)(end - text) : strlen(text));
  gsize skipped = end != NULL ? (gsize)(end - text) + 2 : size;
  Server server = {g_strsplit(head, "\n", -1), (const char *)bytes + skipped, size - skipped};
  RequestSource source = {server_variable, server_body, &server, BODY_LIMIT, UPLOAD_LIMIT, takes_files};
  Request *request = NULL;
  GError *error = NULL;
  bool good = request_read(owner, &source, &request, &error) && request_read_files(request, &source, &error);
  holds(request != NULL && good == (error == NULL));
  request_holds(owner, request, good);
  route_holds(owner, request);
  g_clear_error(&error);
  g_strfreev(server.variables);
  g_free(head);
  talloc_free(owner);
  return 0;
}
