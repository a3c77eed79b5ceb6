#include "web/request_log.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "web/route.h"

#define STATEMENT_LIMIT 2000 /* bytes; a pipe takes 4096 in one piece (PIPE_BUF) */
#define MESSAGE_LIMIT 1000

/* Lines are put together in few pieces: each formatting of its own costs as much as the numbers in it. */
static GString *line_new(const char *event) {
  struct timespec now;
  struct tm utc;
  GString *line = g_string_sized_new(512);
  clock_gettime(CLOCK_REALTIME, &now);
  gmtime_r(&now.tv_sec, &utc);
  g_string_append_printf(line, "time=%d-%02d-%02dT%02d:%02d:%02d.%03dZ event=", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, (int)(now.tv_nsec / 1000000));
  return g_string_append(line, event);
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
  g_string_append_c(line, ' ');
  g_string_append(line, name);
  g_string_append_c(line, '=');
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

#define MILLISECONDS "%" G_GINT64_FORMAT ".%03d"
#define IN_MILLISECONDS(microseconds) (microseconds) / 1000, (int)((microseconds) % 1000)

static const char *method_of(const Request *request) {
  if (request->method == METHOD_GET) return request->head ? "HEAD" : "GET";
  return request->method == METHOD_POST ? "POST" : "other";
}

static void add_exchange(GString *line, const Exchange *exchange) {
  g_string_append(g_string_append(line, " id="), exchange->request_id);
  if (exchange->user != NULL) add_text(line, "user", exchange->user->name, MESSAGE_LIMIT);
  g_string_append(g_string_append(line, " method="), method_of(exchange->request));
  g_string_append(g_string_append(line, " route="), exchange->route != NULL ? exchange->route->pattern : "none");
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
  g_string_append_printf(line, " status=%d ms=" MILLISECONDS " database_ms=" MILLISECONDS " render_ms=" MILLISECONDS " rows=%" G_GUINT64_FORMAT " bytes=%" G_GUINT64_FORMAT, exchange->response->status,
                         IN_MILLISECONDS(cost->whole), IN_MILLISECONDS(cost->database), IN_MILLISECONDS(cost->render), cost->rows, cost->bytes);
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
  g_string_append_printf(line, " ms=" MILLISECONDS " rows=%" G_GUINT64_FORMAT, IN_MILLISECONDS(microseconds), rows);
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
