#include "web/json_answer.h"

#include "web/entity_tag.h"

void json_answer(Exchange *exchange, int status) {
  char tag[ENTITY_TAG_SIZE];
  Response *response = exchange->response;
  entity_tag_of(response->body->str, response->body->len, tag);
  if (entity_tag_known(exchange, tag)) {
    entity_tag_answer_known(exchange, tag);
    return;
  }
  response->status = status;
  response->content_type = "application/json";
  response_header(response, "ETag", tag);
}

bool json_answer_seen(const Exchange *exchange, const GString *json, GError **error) {
  char tag[ENTITY_TAG_SIZE];
  const char *seen = exchange->request->if_match;
  if (seen == NULL) return error_set(error, ERROR_PRECONDITION_REQUIRED, "no If-Match");
  entity_tag_of(json->str, json->len, tag);
  if (entity_tag_in(seen, tag, false)) return true;
  return error_set(error, ERROR_PRECONDITION_FAILED, "If-Match names another representation");
}
