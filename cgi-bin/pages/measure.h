/* measure.h: what a worker's requests cost, told to the log and to the numbers that /metrics shows. */
#ifndef SUPPORTLEVEL_PAGES_MEASURE_H
#define SUPPORTLEVEL_PAGES_MEASURE_H

#include "repository/database.h"
#include "web/route.h"

/* Where clock and database stood when a request was accepted. */
typedef struct {
  gint64 begun; /* monotonic microseconds */
  DatabaseUse use;
} Measure;

/* Begins to count and to watch for slow statements. A worker without a place to count in says so in its log and does without. */
void measure_open(Worker *worker, const Route *routes, unsigned count);

Measure measure_begin(const Worker *worker);
/* The answer of worker->exchange was handed over. */
void measure_answer(const Worker *worker, const Measure *measure);
/* So was what is done behind an answer. */
void measure_end(const Worker *worker, const Measure *measure);

/* Looks at, and notes, this worker's resident memory in bytes; 0 where the kernel doesn't say. */
guint64 measure_memory(const Worker *worker);

#endif
