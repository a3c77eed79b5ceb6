#include "format/metrics_writer.h"

#include <stdarg.h>

void metrics_write_family(GString *metrics, const char *name, const char *type, const char *help) {
  g_string_append_printf(metrics, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void write_value(GString *metrics, const char *value) {
  for (const char *at = value; *at != '\0'; at++) {
    if (*at == '\\' || *at == '"') g_string_append_c(metrics, '\\');
    if (*at == '\n') g_string_append(metrics, "\\n");
    else g_string_append_c(metrics, *at);
  }
}

/* A sample up to its value. */
static void write_name(GString *metrics, const char *name, const char *suffix, va_list labels) {
  char before = '{';
  g_string_append_printf(metrics, "%s%s", name, suffix);
  for (const char *label = va_arg(labels, const char *); label != NULL; label = va_arg(labels, const char *)) {
    g_string_append_printf(metrics, "%c%s=\"", before, label);
    write_value(metrics, va_arg(labels, const char *));
    g_string_append_c(metrics, '"');
    before = ',';
  }
  if (before == ',') g_string_append_c(metrics, '}');
}

void metrics_write_number(GString *metrics, const char *name, const char *suffix, guint64 value, ...) {
  va_list labels;
  va_start(labels, value);
  write_name(metrics, name, suffix, labels);
  va_end(labels);
  g_string_append_printf(metrics, " %" G_GUINT64_FORMAT "\n", value);
}

void metrics_write_time(GString *metrics, const char *name, const char *suffix, guint64 microseconds, ...) {
  va_list labels;
  va_start(labels, microseconds);
  write_name(metrics, name, suffix, labels);
  va_end(labels);
  g_string_append_printf(metrics, " %" G_GUINT64_FORMAT ".%06d\n", microseconds / 1000000, (int)(microseconds % 1000000));
}
