#include "web/entity_tag.h"

#include <sodium.h>
#include <string.h>
#include <talloc.h>

#include "web/templates.h"

G_STATIC_ASSERT(ENTITY_TAG_SIZE == sodium_base64_ENCODED_LEN(ENTITY_TAG_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING) + 2);

void entity_tag_of(const char *bytes, gsize length, char tag[ENTITY_TAG_SIZE]) {
  unsigned char hash[ENTITY_TAG_BYTES];
  crypto_generichash(hash, sizeof hash, (const unsigned char *)bytes, length, NULL, 0);
  tag[0] = '"';
  sodium_bin2base64(tag + 1, ENTITY_TAG_SIZE - 2, hash, sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  g_strlcat(tag, "\"", ENTITY_TAG_SIZE);
}

/* None of ours holds a comma or a quote. */
bool entity_tag_in(const char *list, const char *tag, bool weak) {
  for (const char *at = list; *at != '\0';) {
    at += strspn(at, ", \t");
    gsize length = strcspn(at, ",");
    const char *one = at;
    gsize rest = length;
    while (rest > 0 && g_ascii_isspace(one[rest - 1])) rest--;
    if (rest == 1 && one[0] == '*') return true;
    if (weak && rest > 2 && strncmp(one, "W/", 2) == 0) {
      one += 2;
      rest -= 2;
    }
    if (rest == strlen(tag) && strncmp(one, tag, rest) == 0) return true;
    at += length;
  }
  return false;
}

bool entity_tag_known(const Exchange *exchange, const char *tag) {
  return exchange->request->method == METHOD_GET && entity_tag_in(exchange->request->if_none_match, tag, true);
}

bool entity_tag_of_page(const Exchange *exchange, char tag[ENTITY_TAG_SIZE]) {
  const Request *request = exchange->request;
  const User *user = exchange->user;
  /* A message of what was just done is shown once. */
  if (user == NULL || user->changes[0] == '\0' || page_has_message(exchange)) return false;
  char *facts = talloc_asprintf(exchange, "%s\n%" G_GINT64_FORMAT "\n%s\n%" G_GINT64_FORMAT " %d\n%s\n%s\n%d\n%s\n%s?%s", exchange->worker->edition, templates_edition(exchange->worker->templates), user->changes,
                                user->id, (int)user->role, exchange->session != NULL ? exchange->session : "", language_code(exchange->language), exchange->today,
                                request->mount, request->path, request->query_string);
  entity_tag_of(facts, strlen(facts), tag);
  return true;
}

void entity_tag_answer_known(Exchange *exchange, const char *tag) {
  Response *response = exchange->response;
  response_header(response, "ETag", tag);
  response->status = 304;
  response->content_type = NULL;
  g_string_truncate(response->body, 0);
}
