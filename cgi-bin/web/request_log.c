#include "web/request_log.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "web/route.h"

#define STATEMENT_LIMIT 2000 /* bytes; a pipe takes 4096 in one piece (PIPE_BUF) */
#define MESSAGE_LIMIT 1000

static GString *line_new(const char *event) {
  struct timespec now;
  struct tm utc;
  char second[32];
  GString *line = g_string_sized_new(512);
  clock_gettime(CLOCK_REALTIME, &now);
  strftime(second, sizeof second, "%Y-%m-%dT%H:%M:%S", gmtime_r(&now.tv_sec, &utc));
  g_string_append_printf(line, "time=%s.%03ldZ event=%s", second, now.tv_nsec / 1000000, event);
  return line;
}

static bool is_plain(const char *value) {
  if (*value == '\0') return false;
  for (const char *at = value; *at != '\0'; at++) {
    if (*at <= ' ' || *at > '~' || *at == '"' || *at == '=' || *at == '\\') return false;
  }
  return true;
}

/* As C writes a string, but for letters beyond ASCII. */
static char *escaped(const char *text) {
  char letters[129];
  for (int byte = 0; byte < 128; byte++) letters[byte] = (char)(128 + byte);
  letters[128] = '\0';
  return g_strescape(text, letters);
}

static void add_text(GString *line, const char *name, const char *value, gsize limit) {
  g_string_append_printf(line, " %s=", name);
  if (is_plain(value) && strlen(value) <= limit) {
    g_string_append(line, value);
    return;
  }
  char *cut = g_strndup(value, limit);
  char *quoted = escaped(cut);
  g_string_append_printf(line, "\"%s\"", quoted);
  g_free(quoted);
  g_free(cut);
}

static void add_milliseconds(GString *line, const char *name, gint64 microseconds) {
  g_string_append_printf(line, " %s=%" G_GINT64_FORMAT ".%03d", name, microseconds / 1000, (int)(microseconds % 1000));
}

static const char *method_of(const Request *request) {
  if (request->method == METHOD_GET) return request->head ? "HEAD" : "GET";
  return request->method == METHOD_POST ? "POST" : "other";
}

static void add_exchange(GString *line, const Exchange *exchange) {
  g_string_append_printf(line, " id=%s", exchange->request_id);
  if (exchange->user != NULL) add_text(line, "user", exchange->user->name, MESSAGE_LIMIT);
  g_string_append_printf(line, " method=%s route=%s", method_of(exchange->request), exchange->route != NULL ? exchange->route->pattern : "none");
}

static void line_write(GString *line) {
  g_string_append_c(line, '\n');
  /* There is nobody to tell that the log can't be written. */
  if (write(STDERR_FILENO, line->str, line->len) < 0) (void)0;
  g_string_free(line, TRUE);
}

void request_log_answer(const Exchange *exchange, const RequestCost *cost) {
  GString *line = line_new("request");
  add_exchange(line, exchange);
  g_string_append_printf(line, " status=%d", exchange->response->status);
  add_milliseconds(line, "ms", cost->whole);
  add_milliseconds(line, "database_ms", cost->database);
  add_milliseconds(line, "render_ms", cost->render);
  g_string_append_printf(line, " rows=%" G_GUINT64_FORMAT " bytes=%" G_GUINT64_FORMAT, cost->rows, cost->bytes);
  line_write(line);
}

void request_log_error(const Exchange *exchange, int status, const GError *error) {
  GString *line = line_new("error");
  add_exchange(line, exchange);
  g_string_append_printf(line, " status=%d", status);
  add_text(line, "message", error->message, MESSAGE_LIMIT);
  line_write(line);
}

void request_log_slow(const Exchange *exchange, const char *sql, gint64 microseconds, guint64 rows) {
  GString *line = line_new("slow_query");
  if (exchange != NULL) add_exchange(line, exchange);
  add_milliseconds(line, "ms", microseconds);
  g_string_append_printf(line, " rows=%" G_GUINT64_FORMAT, rows);
  add_text(line, "statement", sql, STATEMENT_LIMIT);
  line_write(line);
}

void request_log_fault(const char *what, const GError *error) {
  GString *line = line_new("fault");
  char *message = g_strdup_printf("%s%s%s", what, what[0] != '\0' ? ": " : "", error->message);
  add_text(line, "message", message, MESSAGE_LIMIT);
  g_free(message);
  line_write(line);
}
