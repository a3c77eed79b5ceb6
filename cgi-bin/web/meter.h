/* meter.h: what all workers count together for /metrics, whichever of them is asked.
 *
 * They share nothing but the socket that they accept from, so they count in a file that each maps into its memory: beside that socket, which lies where
 * sockets do, in memory, and goes when the service does. Each number is a C11 atomic that is only added to: no lock that a worker which dies could
 * hold, nothing half-written that it could leave, and what it had counted stays counted when another takes its place. Zero is the right beginning of every
 * number, so nobody has to make the file ready, nor to be the first. Its name carries a hash of its layout and routes: workers of two versions, as there are
 * while one takes over from the other, count in two files.
 *
 * A worker holds the kernel's lock on one byte of the file for as long as it lives: that is how the others know who does. */
#ifndef SUPPORTLEVEL_WEB_METER_H
#define SUPPORTLEVEL_WEB_METER_H

#include "web/request_log.h"
#include "web/route.h"

typedef struct meter Meter;

#define METER_BOUNDS 12   /* of a histogram; above the last one there is a further bucket */
#define METER_CLASSES 6   /* by the first digit of a status; 0: none that HTTP knows */

extern const gint64 meter_bounds[METER_BOUNDS]; /* microseconds */

/* Numbers of the workers as a whole. */
typedef enum { METER_WORKERS, METER_ROWS, METER_BYTES, METER_CONNECTIONS, METER_REFUSALS, METER_LOSSES, METER_NUMBERS } MeterNumber;

typedef struct {
  guint64 buckets[METER_BOUNDS + 1]; /* each by itself, not with those below it */
  guint64 microseconds;              /* in all */
} MeterHistogram;

typedef struct {
  const Route *route; /* NULL: addresses that there are not */
  guint64 statuses[METER_CLASSES];
  MeterHistogram whole, database;
} MeterRoute;

typedef struct {
  unsigned slot;
  gint64 started; /* seconds since 1970 */
  guint64 memory; /* resident bytes, when it looked last */
} MeterWorker;

/* Takes part in the counting. `path` is the beginning of the file's name, or "": beside the Unix socket that is standard input. ERROR_INTERNAL: there is no
 * such place, or no room in it. Free with talloc_free. */
Meter *meter_open(void *owner, const char *path, const Route *routes, unsigned count, GError **error);

/* Counts an answer. */
void meter_answer(Meter *meter, const Exchange *exchange, const RequestCost *cost);
void meter_add(Meter *meter, MeterNumber number, guint64 more);
/* Notes this worker's resident memory in bytes. */
void meter_memory(Meter *meter, guint64 memory);

/* ---- reading ---- */

guint64 meter_number(const Meter *meter, MeterNumber number);
/* How many MeterRoutes there are, and one of them. */
unsigned meter_route_count(const Meter *meter);
MeterRoute meter_route(const Meter *meter, unsigned index);
/* The workers that live; up to `most` are put into `list`. */
unsigned meter_workers(const Meter *meter, MeterWorker *list, unsigned most);

#endif
