#include "web/session.h"

#include <sodium.h>
#include <string.h>
#include <talloc.h>

#define ID_BYTES 32
#define ENCODED_SIZE sodium_base64_ENCODED_LEN(ID_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)

/* Behind TLS the name itself makes browsers refuse a cookie that came without it or from another host (RFC 6265bis, 4.1.3.2). */
static const char *cookie_name(const Exchange *exchange) { return exchange->request->secure ? "__Host-supportlevel_session" : "supportlevel_session"; }

static bool decode(const char *id, unsigned char bytes[ID_BYTES]) {
  size_t length = 0;
  return sodium_base642bin(bytes, ID_BYTES, id, strlen(id), NULL, &length, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 && length == ID_BYTES;
}

static const char *encode(void *owner, const unsigned char bytes[ID_BYTES]) {
  char *text = talloc_array(owner, char, ENCODED_SIZE);
  return sodium_bin2base64(text, ENCODED_SIZE, bytes, ID_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

const char *session_cookie(Exchange *exchange) {
  unsigned char bytes[ID_BYTES];
  const char *id = request_cookie(exchange, exchange->request, cookie_name(exchange));
  return id != NULL && decode(id, bytes) ? id : NULL;
}

void session_cookie_new(Exchange *exchange) {
  unsigned char bytes[ID_BYTES];
  randombytes_buf(bytes, sizeof bytes);
  session_use(exchange, encode(exchange, bytes));
  page_set_cookie(exchange, cookie_name(exchange), exchange->session, -1);
}

void session_cookie_drop(Exchange *exchange) {
  page_set_cookie(exchange, cookie_name(exchange), "", 0);
  exchange->session = NULL;
  exchange->csrf = NULL;
}

void session_use(Exchange *exchange, const char *id) {
  static const unsigned char PURPOSE[] = "token of forms";
  unsigned char key[ID_BYTES];
  unsigned char token[ID_BYTES];
  if (!decode(id, key)) return;
  crypto_generichash(token, sizeof token, PURPOSE, sizeof PURPOSE, key, sizeof key);
  exchange->session = id;
  exchange->csrf = encode(exchange, token);
}

void session_hash(const char *id, unsigned char hash[SESSION_HASH_SIZE]) {
  unsigned char bytes[ID_BYTES] = {0};
  decode(id, bytes);
  crypto_generichash(hash, SESSION_HASH_SIZE, bytes, sizeof bytes, NULL, 0);
}

bool session_csrf_valid(const Exchange *exchange) {
  const char *sent = parameters_get(exchange->request->form, "csrf");
  if (sent == NULL || exchange->csrf == NULL || request_origin(exchange->request) == ORIGIN_OTHER) return false;
  return strlen(sent) == strlen(exchange->csrf) && sodium_memcmp(sent, exchange->csrf, strlen(sent)) == 0;
}
