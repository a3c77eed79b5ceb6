/* Liveness for load balancers and monitoring: answers without a session, and without a database. */
#include "pages/pages.h"
#include "repository/database.h"

bool health_page(Exchange *exchange, GError **error) {
  bool answers = database_answers(exchange->worker->database);
  (void)error;
  exchange->response->status = answers ? 200 : 503;
  exchange->response->content_type = "application/json";
  g_string_assign(exchange->response->body, answers ? "{\"status\":\"ok\",\"database\":\"ok\"}\n" : "{\"status\":\"failing\",\"database\":\"away\"}\n");
  return true;
}
