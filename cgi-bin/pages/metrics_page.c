/* GET /metrics: what a Prometheus collects, of all workers together and of what is stored. */
#include <talloc.h>

#include "format/metrics_writer.h"
#include "pages/pages.h"
#include "repository/metrics_repository.h"
#include "web/meter.h"

#define WORKERS_SHOWN 1000

/* ---- requests ---- */

static const char *method_of(const MeterRoute *route) { return route->route != NULL ? route->route->method : "any"; }

static const char *pattern_of(const MeterRoute *route) { return route->route != NULL ? route->route->pattern : "none"; }

static void write_answers(GString *metrics, const Meter *meter) {
  static const char NAME[] = "supportlevel_requests_total";
  static const char *const CLASSES[METER_CLASSES] = {"other", "1xx", "2xx", "3xx", "4xx", "5xx"};
  metrics_write_family(metrics, NAME, "counter", "Requests answered, by route (none: no such address), method and class of the status.");
  for (unsigned i = 0; i < meter_route_count(meter); i++) {
    const MeterRoute route = meter_route(meter, i);
    for (unsigned class = 0; class < METER_CLASSES; class++) {
      if (route.statuses[class] > 0) metrics_write_number(metrics, NAME, "", route.statuses[class], "route", pattern_of(&route), "method", method_of(&route), "status", CLASSES[class], NULL);
    }
  }
}

static void write_histogram(GString *metrics, const char *name, const MeterRoute *route, const MeterHistogram *histogram) {
  guint64 count = 0;
  char bound[G_ASCII_DTOSTR_BUF_SIZE];
  for (unsigned i = 0; i < METER_BOUNDS; i++) {
    count += histogram->buckets[i];
    metrics_write_number(metrics, name, "_bucket", count, "route", pattern_of(route), "method", method_of(route), "le", g_ascii_formatd(bound, sizeof bound, "%g", (double)meter_bounds[i] / 1e6), NULL);
  }
  count += histogram->buckets[METER_BOUNDS];
  metrics_write_number(metrics, name, "_bucket", count, "route", pattern_of(route), "method", method_of(route), "le", "+Inf", NULL);
  metrics_write_time(metrics, name, "_sum", histogram->microseconds, "route", pattern_of(route), "method", method_of(route), NULL);
  metrics_write_number(metrics, name, "_count", count, "route", pattern_of(route), "method", method_of(route), NULL);
}

static bool was_asked(const MeterRoute *route) {
  for (unsigned class = 0; class < METER_CLASSES; class++) {
    if (route->statuses[class] > 0) return true;
  }
  return false;
}

static void write_times(GString *metrics, const Meter *meter, const char *name, const char *help, bool of_database) {
  metrics_write_family(metrics, name, "histogram", help);
  for (unsigned i = 0; i < meter_route_count(meter); i++) {
    const MeterRoute route = meter_route(meter, i);
    if (was_asked(&route)) write_histogram(metrics, name, &route, of_database ? &route.database : &route.whole);
  }
}

/* ---- workers ---- */

static void write_workers(GString *metrics, const Meter *meter, MeterWorker *workers) {
  unsigned count = meter_workers(meter, workers, WORKERS_SHOWN);
  char slot[12];
  metrics_write_family(metrics, "supportlevel_workers", "gauge", "Workers that live.");
  metrics_write_number(metrics, "supportlevel_workers", "", count, NULL);
  metrics_write_family(metrics, "supportlevel_worker_start_time_seconds", "gauge", "When a worker began, in seconds since 1970.");
  for (unsigned i = 0; i < count; i++) {
    g_snprintf(slot, sizeof slot, "%u", workers[i].slot);
    metrics_write_number(metrics, "supportlevel_worker_start_time_seconds", "", (guint64)workers[i].started, "worker", slot, NULL);
  }
  metrics_write_family(metrics, "supportlevel_worker_resident_memory_bytes", "gauge", "Memory of a worker, looked at every 100 of its requests.");
  for (unsigned i = 0; i < count; i++) {
    g_snprintf(slot, sizeof slot, "%u", workers[i].slot);
    metrics_write_number(metrics, "supportlevel_worker_resident_memory_bytes", "", workers[i].memory, "worker", slot, NULL);
  }
}

static void write_numbers(GString *metrics, const Meter *meter) {
  static const struct {
    const char *name, *help;
  } NUMBERS[METER_NUMBERS] = {
      [METER_WORKERS] = {"supportlevel_worker_starts_total", "Workers that began; what exceeds those that live was replaced."},
      [METER_ROWS] = {"supportlevel_database_rows_total", "Rows that requests read from the database."},
      [METER_BYTES] = {"supportlevel_answer_bytes_total", "Bytes of answers, with their heads."},
      [METER_CONNECTIONS] = {"supportlevel_database_connections_total", "Connections to the database that workers opened; a worker needs one, others came after a loss or a result that was broken off."},
      [METER_REFUSALS] = {"supportlevel_database_refusals_total", "Times that no connection to the database came about."},
      [METER_LOSSES] = {"supportlevel_database_losses_total", "Connections to the database that broke."},
  };
  for (unsigned i = 0; i < METER_NUMBERS; i++) {
    metrics_write_family(metrics, NUMBERS[i].name, "counter", NUMBERS[i].help);
    metrics_write_number(metrics, NUMBERS[i].name, "", meter_number(meter, (MeterNumber)i), NULL);
  }
}

/* ---- what is stored ---- */

static const char *level_of(const LevelMetrics *level) { return level->level != NULL ? level->level : "none"; }

static void write_contracts(GString *metrics, const StoredMetrics *stored) {
  metrics_write_family(metrics, "supportlevel_contracts", "gauge", "Contracts, by support level (none: without one) and status.");
  for (unsigned i = 0; i < stored->level_count; i++) {
    for (unsigned status = 0; status < STATUS_COUNT; status++) {
      metrics_write_number(metrics, "supportlevel_contracts", "", (guint64)MAX(stored->levels[i].contracts[status], 0), "level", level_of(&stored->levels[i]), "status",
                           contract_status_name((ContractStatus)status), NULL);
    }
  }
}

/* No request is in a queue without a level: the last row is left out. */
static void write_queues(GString *metrics, const StoredMetrics *stored) {
  metrics_write_family(metrics, "supportlevel_queued_requests", "gauge", "Unsolved support requests in a level's queue, by state.");
  for (unsigned i = 0; i + 1 < stored->level_count; i++) {
    metrics_write_number(metrics, "supportlevel_queued_requests", "", (guint64)stored->levels[i].open, "level", level_of(&stored->levels[i]), "state", "open", NULL);
    metrics_write_number(metrics, "supportlevel_queued_requests", "", (guint64)stored->levels[i].waiting, "level", level_of(&stored->levels[i]), "state", "waiting", NULL);
  }
  metrics_write_family(metrics, "supportlevel_overdue_requests", "gauge", "Open support requests in a level's queue whose next deadline has passed.");
  for (unsigned i = 0; i + 1 < stored->level_count; i++) {
    metrics_write_number(metrics, "supportlevel_overdue_requests", "", (guint64)stored->levels[i].overdue, "level", level_of(&stored->levels[i]), NULL);
  }
}

bool metrics_page(Exchange *exchange, GError **error) {
  const Meter *meter = exchange->worker->meter;
  GString *metrics = exchange->response->body;
  if (meter == NULL) return error_set(error, ERROR_PASSING, "the workers have no file to count in: the log says why");
  const StoredMetrics *stored = metrics_repository_read(exchange->worker->database, exchange, settings_now(exchange->worker->settings), error);
  if (stored == NULL) return false;
  write_answers(metrics, meter);
  write_times(metrics, meter, "supportlevel_request_duration_seconds", "Time from a request's acceptance by a worker until its answer was handed over.", false);
  write_times(metrics, meter, "supportlevel_database_duration_seconds", "Time that a request waited for the database.", true);
  write_workers(metrics, meter, talloc_array(exchange, MeterWorker, WORKERS_SHOWN));
  write_numbers(metrics, meter);
  metrics_write_family(metrics, "supportlevel_sessions", "gauge", "People's sessions that have not ended.");
  metrics_write_number(metrics, "supportlevel_sessions", "", (guint64)stored->sessions, NULL);
  write_contracts(metrics, stored);
  write_queues(metrics, stored);
  exchange->response->content_type = METRICS_CONTENT_TYPE;
  return true;
}
