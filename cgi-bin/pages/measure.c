#include "pages/measure.h"

#include <stdio.h>
#include <unistd.h>

#include "web/meter.h"
#include "web/request_log.h"

static void note_slow_query(void *context, const char *sql, gint64 microseconds, guint64 rows) {
  request_log_slow(((const Worker *)context)->exchange, sql, microseconds, rows);
}

void measure_open(Worker *worker, const Route *routes, unsigned count) {
  GError *error = NULL;
  gint64 slow = settings_number(worker->settings, SETTING_SLOW_QUERY);
  if (slow > 0) database_watch(worker->database, slow * 1000, note_slow_query, worker);
  worker->meter = meter_open(worker, settings_text(worker->settings, SETTING_METRICS_FILE), routes, count, &error);
  if (worker->meter != NULL) return;
  request_log_fault("there are no metrics", error);
  g_error_free(error);
}

Measure measure_begin(const Worker *worker) { return (Measure){g_get_monotonic_time(), *database_use(worker->database)}; }

void measure_answer(const Worker *worker, const Measure *measure) {
  const Exchange *exchange = worker->exchange;
  const DatabaseUse *use = database_use(worker->database);
  const RequestCost cost = {.whole = g_get_monotonic_time() - measure->begun,
                            .database = use->microseconds - measure->use.microseconds,
                            .render = exchange->render_time,
                            .rows = use->rows - measure->use.rows,
                            .bytes = exchange->response->sent};
  if (worker->meter != NULL) meter_answer(worker->meter, exchange, &cost);
  if (settings_number(worker->settings, SETTING_LOG) == LOG_REQUESTS) request_log_answer(exchange, &cost);
}

void measure_end(const Worker *worker, const Measure *measure) {
  const DatabaseUse *use = database_use(worker->database);
  if (worker->meter == NULL) return;
  meter_add(worker->meter, METER_CONNECTIONS, use->connections - measure->use.connections);
  meter_add(worker->meter, METER_REFUSALS, use->refusals - measure->use.refusals);
  meter_add(worker->meter, METER_LOSSES, use->losses - measure->use.losses);
}

guint64 measure_memory(const Worker *worker) {
  long pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (file == NULL) return 0;
  if (fscanf(file, "%*s %ld", &pages) != 1) pages = 0;
  fclose(file);
  guint64 memory = (guint64)(pages * sysconf(_SC_PAGESIZE));
  if (worker->meter != NULL) meter_memory(worker->meter, memory);
  return memory;
}
