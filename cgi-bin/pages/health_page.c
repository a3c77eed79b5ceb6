/* Liveness for load balancers and monitoring: answers without a session, and without a database. That it answers at all says that workers do; what it
 * answers says how the database is. */
#include <jansson.h>
#include <stdlib.h>

#include "pages/pages.h"
#include "repository/health_repository.h"

static const struct {
  int status;
  const char *database, *migrations; /* NULL: not known */
  const char *text;                  /* key */
} STATES[] = {
    [HEALTH_OK] = {200, "ok", "ok", "health.ok"},
    [HEALTH_AWAY] = {503, "away", NULL, "health.away"},
    [HEALTH_REFUSED] = {503, "refused", NULL, "health.refused"},
    [HEALTH_RESTORING] = {503, "restoring", NULL, "health.restoring"},
    [HEALTH_BEHIND] = {503, "ok", "behind", "health.behind"},
    [HEALTH_NEWER] = {200, "ok", "newer", "health.newer"},
};

bool health_page(Exchange *exchange, GError **error) {
  DatabaseHealth health = health_repository_look(settings_text(exchange->worker->settings, SETTING_DATABASE_URL), MIGRATIONS);
  json_t *answer = json_object();
  (void)error;
  json_object_set_new(answer, "status", json_string(STATES[health].status == 200 ? "ok" : "failing"));
  json_object_set_new(answer, "database", json_string(STATES[health].database));
  if (STATES[health].migrations != NULL) json_object_set_new(answer, "migrations", json_string(STATES[health].migrations));
  json_object_set_new(answer, "text", json_string(page_text(exchange, STATES[health].text, NULL)));
  char *text = json_dumps(answer, JSON_COMPACT);
  g_string_assign(exchange->response->body, text != NULL ? text : "{}");
  g_string_append_c(exchange->response->body, '\n');
  exchange->response->status = STATES[health].status;
  exchange->response->content_type = "application/json";
  free(text);
  json_decref(answer);
  return true;
}
