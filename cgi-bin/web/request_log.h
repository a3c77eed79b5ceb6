/* request_log.h: what a worker writes to standard error, for people and programs that watch it: lines of logfmt (name=value, quoted where needed), each by one
 * write(2), so that the workers' lines never mix. An address never stands in one, but the route's pattern: parts of some addresses are secrets. */
#ifndef SUPPORTLEVEL_WEB_REQUEST_LOG_H
#define SUPPORTLEVEL_WEB_REQUEST_LOG_H

#include "web/page.h"

/* What one request has cost. Times in microseconds. */
typedef struct {
  gint64 whole;    /* from its acceptance until its answer was handed over */
  gint64 database; /* of it waiting for the database */
  gint64 render;   /* of it filling the template in */
  guint64 rows;    /* read from the database */
  guint64 bytes;   /* of the answer */
} RequestCost;

/* event=request: id, user (its name only), method, route, status, cost. */
void request_log_answer(const Exchange *exchange, const RequestCost *cost);
/* event=error: what is ours to mend, or an administrator's; its id is the one that the page shows. */
void request_log_error(const Exchange *exchange, int status, const GError *error);
/* event=slow_query: a statement without its values. `exchange` is NULL outside of requests. */
void request_log_slow(const Exchange *exchange, const char *sql, gint64 microseconds, guint64 rows);
/* event=fault: what concerns the worker itself. */
void request_log_fault(const char *what, const GError *error);

#endif
