#include "web/request.h"

#include <string.h>
#include <talloc.h>

#define ADDRESS_LIMIT 4096 /* bytes of mount, path and query */
#define FORM_TYPE "application/x-www-form-urlencoded"
#define JSON_TYPE "application/json"
#define FILES_TYPE "multipart/form-data"

/* A request as it is being read: `error` is the first thing found wrong, the rest is still read for the error page's sake. */
typedef struct {
  const RequestSource *source;
  Request *request;
  GError *error;
} Reading;

G_GNUC_PRINTF(3, 4) static void found_wrong(Reading *reading, SupportlevelError code, const char *format, ...) {
  va_list arguments;
  if (reading->error != NULL) return;
  va_start(arguments, format);
  reading->error = g_error_new_valist(SUPPORTLEVEL_ERROR, (int)code, format, arguments);
  va_end(arguments);
}

static const char *variable_or_null(const Reading *reading, const char *name) {
  const char *value = reading->source->variable(reading->source->context, name);
  return value != NULL && value[0] != '\0' ? talloc_strdup(reading->request, value) : NULL;
}

static const char *variable(const Reading *reading, const char *name) {
  const char *value = variable_or_null(reading, name);
  return value != NULL ? value : "";
}

static const Parameters *no_parameters(void) {
  static const Parameters NONE = {NULL, 0};
  return &NONE;
}

static const UploadedFiles *no_files(void) {
  static const UploadedFiles NONE = {NULL, 0};
  return &NONE;
}

/* ---- address ---- */

/* The mount comes from the web server's configuration; it begins every link, so it must not be able to lead to another host. */
static const char *read_mount(Reading *reading) {
  const char *name = variable(reading, "SCRIPT_NAME");
  gsize length = strlen(name);
  while (length > 0 && name[length - 1] == '/') length--;
  for (gsize i = 0; i < length; i++) {
    bool good = g_ascii_isalnum(name[i]) || strchr("._~-", name[i]) != NULL || (name[i] == '/' && name[i + 1] != '/');
    if (good && name[0] == '/') continue;
    found_wrong(reading, ERROR_INTERNAL, "SCRIPT_NAME is no mount point: %.100s", name);
    return "";
  }
  return talloc_strndup(reading->request, name, length);
}

static bool is_text(const char *text) {
  if (!g_utf8_validate(text, -1, NULL)) return false;
  for (; *text != '\0'; text = g_utf8_next_char(text)) {
    if (g_unichar_iscntrl(g_utf8_get_char(text))) return false;
  }
  return true;
}

/* A web server that hands over no PATH_INFO hands over the address as it came: the path is what stands behind the mount, decoded. */
static const char *path_of_address(Reading *reading) {
  const char *address = variable(reading, "REQUEST_URI");
  const char *mount = reading->request->mount;
  gsize mount_length = strlen(mount);
  if (strncmp(address, mount, mount_length) == 0) address += mount_length;
  char *decoded = g_uri_unescape_segment(address, address + strcspn(address, "?#"), NULL);
  if (decoded == NULL) {
    found_wrong(reading, ERROR_BAD_REQUEST, "bad_path");
    return "";
  }
  const char *path = talloc_strdup(reading->request, decoded);
  g_free(decoded);
  return path;
}

static const char *read_path(Reading *reading) {
  const char *path = variable(reading, "PATH_INFO");
  if (path[0] == '\0') path = path_of_address(reading);
  if (path[0] == '\0') return "/";
  if (path[0] != '/' || !is_text(path)) {
    found_wrong(reading, ERROR_BAD_REQUEST, "bad_path");
    return "/";
  }
  char *composed = g_utf8_normalize(path, -1, G_NORMALIZE_NFC);
  path = talloc_strdup(reading->request, composed);
  g_free(composed);
  return path;
}

static void read_address(Reading *reading) {
  Request *request = reading->request;
  request->mount = read_mount(reading);
  request->query_string = variable(reading, "QUERY_STRING");
  request->path = read_path(reading);
  gsize length = strlen(request->mount) + strlen(request->path) + strlen(request->query_string) + 1;
  if (length > ADDRESS_LIMIT || strlen(variable(reading, "REQUEST_URI")) > ADDRESS_LIMIT) {
    found_wrong(reading, ERROR_ADDRESS_TOO_LONG, "address of more than %d bytes", ADDRESS_LIMIT);
    request->path = "/";
    request->query_string = "";
  }
}

static void read_query(Reading *reading) {
  Request *request = reading->request;
  GError *error = NULL;
  const Parameters *query = parameters_parse(request, request->query_string, strlen(request->query_string), &error);
  if (query != NULL) request->query = query;
  else if (reading->error == NULL) reading->error = error;
  else g_error_free(error);
}

/* ---- method, type, length, body ---- */

static void read_method(Reading *reading) {
  const char *method = variable(reading, "REQUEST_METHOD");
  Request *request = reading->request;
  request->head = strcmp(method, "HEAD") == 0;
  request->method = request->head || strcmp(method, "GET") == 0 ? METHOD_GET : strcmp(method, "POST") == 0 ? METHOD_POST : METHOD_OTHER;
  if (request->method == METHOD_OTHER) found_wrong(reading, ERROR_METHOD_NOT_ALLOWED, "method %.20s", method);
}

/* CONTENT_LENGTH is digits and nothing else; what doesn't fit 64 bits is too large in any case. */
static gsize read_length(Reading *reading, gsize limit) {
  const char *text = variable(reading, "CONTENT_LENGTH");
  guint64 length = 0;
  if (text[0] == '\0') return 0;
  if (text[strspn(text, "0123456789")] != '\0') {
    found_wrong(reading, ERROR_BAD_REQUEST, "bad_length");
    return 0;
  }
  if (!g_ascii_string_to_unsigned(text, 10, 0, limit, &length, NULL)) {
    found_wrong(reading, ERROR_TOO_LARGE, "body of more than %" G_GSIZE_FORMAT " bytes", limit);
    return 0;
  }
  return (gsize)length;
}

static bool is_type(const char *type, const char *wanted) {
  gsize length = strcspn(type, "; \t");
  return length == strlen(wanted) && g_ascii_strncasecmp(type, wanted, length) == 0;
}

/* A body of exactly the length that was announced. */
static void take_body(Reading *reading, const char *body, gsize length) {
  Request *request = reading->request;
  if (request->is_json) {
    if (memchr(body, '\0', length) != NULL) found_wrong(reading, ERROR_BAD_REQUEST, "control_character");
    else request->json = talloc_strndup(request, body, length);
    return;
  }
  const Parameters *form = parameters_parse(request, body, length, &reading->error);
  if (form != NULL) request->form = form;
}

static void read_body(Reading *reading, gsize length) {
  char *body = talloc_size(reading->request, length);
  gsize came = 0;
  while (came < length) {
    gsize piece = reading->source->body(reading->source->context, body + came, length - came);
    if (piece == 0 || piece > length - came) break;
    came += piece;
  }
  if (came == length) take_body(reading, body, length);
  else found_wrong(reading, ERROR_BAD_REQUEST, "body_incomplete");
  talloc_free(body);
}

/* Nothing of a file is in memory; what is no file is as limited as any other form. */
static void read_files(Reading *reading, const char *type) {
  const RequestSource *source = reading->source;
  gsize length = read_length(reading, source->upload_limit);
  Parameters *form = NULL;
  UploadedFiles *files = NULL;
  if (reading->error != NULL || !multipart_read(reading->request, type, source->body, source->context, length, source->body_limit, &form, &files, &reading->error)) return;
  reading->request->form = form;
  reading->request->files = files;
}

static void read_form(Reading *reading) {
  const char *type = variable(reading, "CONTENT_TYPE");
  if (is_type(type, FILES_TYPE) && reading->error == NULL && reading->source->takes_files != NULL && reading->source->takes_files(reading->request->path)) {
    reading->request->files_wait = true;
    return;
  }
  gsize length = read_length(reading, reading->source->body_limit);
  bool empty = length == 0 && type[0] == '\0'; /* a POST of nothing needs no type */
  reading->request->is_json = is_type(type, JSON_TYPE);
  if (!empty && !reading->request->is_json && !is_type(type, FORM_TYPE)) found_wrong(reading, ERROR_UNSUPPORTED_MEDIA, "neither " FORM_TYPE " nor " JSON_TYPE);
  if (reading->error == NULL && length > 0) read_body(reading, length);
}

/* ---- all of it ---- */

static bool is_secure(const Reading *reading) {
  const char *https = variable(reading, "HTTPS");
  if (https[0] != '\0') return g_ascii_strcasecmp(https, "off") != 0;
  return strcmp(variable(reading, "REQUEST_SCHEME"), "https") == 0;
}

/* Other schemes than Bearer belong to the web server's own sign-in. */
static const char *read_bearer(const Reading *reading) {
  const char *authorization = variable(reading, "HTTP_AUTHORIZATION");
  gsize length = strlen("Bearer");
  if (g_ascii_strncasecmp(authorization, "Bearer", length) != 0 || (authorization[length] != ' ' && authorization[length] != '\0')) return NULL;
  return authorization + length + strspn(authorization + length, " ");
}

/* Name or address with a port, and nothing that could mean more where it is shown. */
static const char *read_host(const Reading *reading) {
  const char *host = variable_or_null(reading, "HTTP_HOST");
  return host != NULL && strspn(host, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS ".-_:[]") == strlen(host) ? host : NULL;
}

static void read_headers(Reading *reading) {
  Request *request = reading->request;
  request->cookies = variable(reading, "HTTP_COOKIE");
  request->accept = variable(reading, "HTTP_ACCEPT");
  request->accept_language = variable(reading, "HTTP_ACCEPT_LANGUAGE");
  request->if_none_match = variable(reading, "HTTP_IF_NONE_MATCH");
  request->if_match = variable_or_null(reading, "HTTP_IF_MATCH");
  request->bearer = read_bearer(reading);
  request->origin = variable_or_null(reading, "HTTP_ORIGIN");
  request->host = read_host(reading);
  request->remote_address = variable(reading, "REMOTE_ADDR");
  request->remote_user = variable_or_null(reading, "REMOTE_USER");
  request->secure = is_secure(reading);
}

bool request_read(void *owner, const RequestSource *source, Request **request, GError **error) {
  Reading reading = {.source = source, .request = talloc_zero(owner, Request)};
  *request = reading.request;
  reading.request->query = no_parameters();
  reading.request->form = no_parameters();
  reading.request->files = no_files();
  read_headers(&reading);
  read_method(&reading);
  read_address(&reading);
  read_query(&reading);
  if (reading.request->method == METHOD_POST) read_form(&reading);
  if (reading.error == NULL) return true;
  g_propagate_error(error, reading.error);
  return false;
}

bool request_read_files(Request *request, const RequestSource *source, GError **error) {
  Reading reading = {.source = source, .request = request};
  if (request->files_wait) read_files(&reading, variable(&reading, "CONTENT_TYPE"));
  request->files_wait = false;
  if (reading.error == NULL) return true;
  g_propagate_error(error, reading.error);
  return false;
}

const UploadedFile *request_file(const Request *request, const char *field) {
  for (unsigned i = 0; i < request->files->count; i++) {
    if (strcmp(request->files->items[i].field, field) == 0) return &request->files->items[i];
  }
  return NULL;
}

/* RFC 6265, 4.2.1: pairs separated by "; ". Of two cookies of one name the first belongs to the narrower path. */
const char *request_cookie(void *owner, const Request *request, const char *name) {
  gsize name_length = strlen(name);
  for (const char *pair = request->cookies; *pair != '\0';) {
    pair += strspn(pair, " \t;");
    gsize length = strcspn(pair, ";");
    if (length > name_length && pair[name_length] == '=' && strncmp(pair, name, name_length) == 0) {
      const char *value = pair + name_length + 1;
      gsize value_length = length - name_length - 1;
      while (value_length > 0 && g_ascii_isspace(value[value_length - 1])) value_length--;
      return talloc_strndup(owner, value, value_length);
    }
    pair += length;
  }
  return NULL;
}

RequestOrigin request_origin(const Request *request) {
  const char *host = request->origin != NULL ? strstr(request->origin, "://") : NULL;
  if (request->origin == NULL) return ORIGIN_UNKNOWN;
  return host != NULL && request->host != NULL && g_ascii_strcasecmp(host + 3, request->host) == 0 ? ORIGIN_OWN : ORIGIN_OTHER;
}
