#include "web/session.h"

#include <sodium.h>
#include <string.h>
#include <talloc.h>

#include "domain/secret.h"

/* Behind TLS the name itself makes browsers refuse a cookie that came without it or from another host (RFC 6265bis, 4.1.3.2). */
static const char *cookie_name(const Exchange *exchange) { return exchange->request->secure ? "__Host-supportlevel_session" : "supportlevel_session"; }

const char *session_cookie(Exchange *exchange) {
  unsigned char bytes[SECRET_SIZE];
  const char *id = request_cookie(exchange, exchange->request, cookie_name(exchange));
  return id != NULL && secret_bytes(id, bytes) ? id : NULL;
}

void session_cookie_new(Exchange *exchange) {
  unsigned char hash[SESSION_HASH_SIZE];
  session_use(exchange, secret_new(exchange, hash));
  page_set_cookie(exchange, cookie_name(exchange), exchange->session, -1);
}

void session_cookie_drop(Exchange *exchange) {
  page_set_cookie(exchange, cookie_name(exchange), "", 0);
  exchange->session = NULL;
  exchange->csrf = NULL;
}

void session_use(Exchange *exchange, const char *id) {
  static const unsigned char PURPOSE[] = "token of forms";
  unsigned char key[SECRET_SIZE];
  unsigned char token[SECRET_SIZE];
  if (!secret_bytes(id, key)) return;
  crypto_generichash(token, sizeof token, PURPOSE, sizeof PURPOSE, key, sizeof key);
  exchange->session = id;
  exchange->csrf = secret_text(exchange, token);
}

void session_hash(const char *id, unsigned char hash[SESSION_HASH_SIZE]) {
  unsigned char bytes[SECRET_SIZE] = {0};
  secret_bytes(id, bytes);
  crypto_generichash(hash, SESSION_HASH_SIZE, bytes, sizeof bytes, NULL, 0);
}

bool session_csrf_valid(const Exchange *exchange) {
  const char *sent = parameters_get(exchange->request->form, "csrf");
  if (sent == NULL || exchange->csrf == NULL || request_origin(exchange->request) == ORIGIN_OTHER) return false;
  return strlen(sent) == strlen(exchange->csrf) && sodium_memcmp(sent, exchange->csrf, strlen(sent)) == 0;
}
