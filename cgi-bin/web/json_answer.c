#include "web/json_answer.h"

#include <sodium.h>
#include <string.h>

#define TAG_BYTES 16
#define TAG_SIZE (sodium_base64_ENCODED_LEN(TAG_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING) + 2) /* with its quotes */

static void entity_tag(const GString *json, char tag[TAG_SIZE]) {
  unsigned char hash[TAG_BYTES];
  crypto_generichash(hash, sizeof hash, (const unsigned char *)json->str, json->len, NULL, 0);
  tag[0] = '"';
  sodium_bin2base64(tag + 1, TAG_SIZE - 2, hash, sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  strcat(tag, "\"");
}

/* Whether a list of entity tags holds this one: `"a", W/"b"`. None of ours holds a comma or a quote. A weak one counts only where `weak` does. */
static bool list_holds(const char *list, const char *tag, bool weak) {
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

bool json_answer_known(const Exchange *exchange, const char *tag) {
  return exchange->request->method == METHOD_GET && list_holds(exchange->request->if_none_match, tag, true);
}

void json_answer(Exchange *exchange, int status) {
  char tag[TAG_SIZE];
  Response *response = exchange->response;
  entity_tag(response->body, tag);
  response->status = status;
  response->content_type = "application/json";
  response_header(response, "ETag", tag);
  if (!json_answer_known(exchange, tag)) return;
  response->status = 304;
  response->content_type = NULL;
  g_string_truncate(response->body, 0);
}

bool json_answer_seen(const Exchange *exchange, const GString *json, GError **error) {
  char tag[TAG_SIZE];
  const char *seen = exchange->request->if_match;
  if (seen == NULL) {
    g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_PRECONDITION_REQUIRED, "no If-Match");
    return false;
  }
  entity_tag(json, tag);
  if (list_holds(seen, tag, false)) return true;
  g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_PRECONDITION_FAILED, "If-Match names another representation");
  return false;
}
