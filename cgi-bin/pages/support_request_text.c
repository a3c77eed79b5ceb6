#include "pages/support_request_text.h"

#include <talloc.h>

#include "domain/moment.h"
#include "pages/service_text.h"

static const char *zone_of(const Exchange *exchange, const SupportRequest *request) {
  return request != NULL && request->calendar != NULL ? request->calendar->time_zone : page_time_zone(exchange);
}

const char *support_request_moment_text(Exchange *exchange, const SupportRequest *request, gint64 moment, gint64 now) {
  return service_text_moment(exchange, zone_of(exchange, request), moment, now);
}

static void fill_moment(Exchange *exchange, HDF *node, const char *name, const SupportRequest *request, gint64 moment, gint64 now) {
  service_text_fill_moment(exchange, node, name, zone_of(exchange, request), moment, now);
}

static const char *promise_name(PromiseState state) {
  static const char *const NAMES[] = {[PROMISE_NONE] = "none", [PROMISE_RUNNING] = "running", [PROMISE_OVERDUE] = "overdue", [PROMISE_KEPT] = "kept", [PROMISE_BROKEN] = "broken"};
  return NAMES[state];
}

const char *support_request_url(Exchange *exchange, gint64 id) { return page_url(exchange, "/requests/%" G_GINT64_FORMAT, id); }

void support_request_fill(Exchange *exchange, HDF *node, const SupportRequest *request, gint64 now) {
  page_value(node, "number", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, request->id));
  page_value(node, "url", support_request_url(exchange, request->id));
  page_value(node, "subject", request->subject);
  page_value(node, "caller", request->caller);
  page_value(node, "customer", request->customer_name);
  page_value(node, "customer_url", page_url(exchange, "/customers/%" G_GINT64_FORMAT, request->customer_id));
  page_value(node, "level", request->level_code);
  page_value(node, "level_name", request->level_name);
  if (request->promised_level != NULL) page_value(node, "promised", request->promised_level);
  if (request->user_name != NULL) page_value(node, "user", request->user_name);
  if (request->user_id == exchange->user->id) page_value(node, "mine", "1");
  page_value(node, "state", support_request_state_name(request->state));
  page_value(node, "response", promise_name(support_request_response(request, now)));
  page_value(node, "restore", promise_name(support_request_restore(request, now)));
  if (request->state == REQUEST_OPEN && request->queue_at < now) page_value(node, "overdue", "1");
  fill_moment(exchange, node, "taken_at", request, request->taken_at, now);
  fill_moment(exchange, node, "respond_by", request, request->respond_by, now);
  fill_moment(exchange, node, "responded_at", request, request->responded_at, now);
  fill_moment(exchange, node, "restore_by", request, request->restore_by, now);
  fill_moment(exchange, node, "solved_at", request, request->solved_at, now);
  if (request->queue_at != REQUEST_FAR) fill_moment(exchange, node, "queue_at", request, request->queue_at, now);
}
