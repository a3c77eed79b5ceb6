/* metrics_writer.h: numbers in the text format of Prometheus, version 0.0.4 (prometheus.io, "Exposition formats"). */
#ifndef SUPPORTLEVEL_FORMAT_METRICS_WRITER_H
#define SUPPORTLEVEL_FORMAT_METRICS_WRITER_H

#include <glib.h>

#define METRICS_CONTENT_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* A family of samples begins: its type ("counter", "gauge", "histogram") and what it is, in one line of English. */
void metrics_write_family(GString *metrics, const char *name, const char *type, const char *help);
/* A sample: the family's name, what follows it ("", "_bucket" …), its value; then pairs of a label's name and value, and NULL. */
void metrics_write_number(GString *metrics, const char *name, const char *suffix, guint64 value, ...) G_GNUC_NULL_TERMINATED;
/* The same of a time: microseconds, written as seconds. */
void metrics_write_time(GString *metrics, const char *name, const char *suffix, guint64 microseconds, ...) G_GNUC_NULL_TERMINATED;

#endif
