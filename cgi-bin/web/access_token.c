#include "web/access_token.h"

#include <sodium.h>
#include <string.h>
#include <talloc.h>

#define MARK "slt_"
#define SECRET_BYTES 32
#define SECRET_SIZE sodium_base64_ENCODED_LEN(SECRET_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)

const char *access_token_new(void *owner) {
  unsigned char secret[SECRET_BYTES];
  char text[SECRET_SIZE];
  randombytes_buf(secret, sizeof secret);
  sodium_bin2base64(text, sizeof text, secret, sizeof secret, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return talloc_asprintf(owner, MARK "%s", text);
}

bool access_token_hash(const char *token, unsigned char hash[ACCESS_TOKEN_HASH_SIZE]) {
  unsigned char secret[SECRET_BYTES];
  size_t length = 0;
  if (strncmp(token, MARK, strlen(MARK)) != 0) return false;
  const char *text = token + strlen(MARK);
  if (sodium_base642bin(secret, sizeof secret, text, strlen(text), NULL, &length, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 || length != SECRET_BYTES) return false;
  crypto_generichash(hash, ACCESS_TOKEN_HASH_SIZE, secret, sizeof secret, NULL, 0);
  return true;
}
