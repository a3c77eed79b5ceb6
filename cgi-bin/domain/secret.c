#include "domain/secret.h"

#include <sodium.h>
#include <string.h>
#include <talloc.h>

#define TEXT_SIZE sodium_base64_ENCODED_LEN(SECRET_SIZE, sodium_base64_VARIANT_URLSAFE_NO_PADDING)

const char *secret_text(void *owner, const unsigned char bytes[SECRET_SIZE]) {
  char *text = talloc_array(owner, char, TEXT_SIZE);
  return sodium_bin2base64(text, TEXT_SIZE, bytes, SECRET_SIZE, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool secret_bytes(const char *text, unsigned char bytes[SECRET_SIZE]) {
  size_t length = 0;
  return sodium_base642bin(bytes, SECRET_SIZE, text, strlen(text), NULL, &length, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 && length == SECRET_SIZE;
}

const char *secret_new(void *owner, unsigned char hash[SECRET_HASH_SIZE]) {
  unsigned char bytes[SECRET_SIZE];
  randombytes_buf(bytes, sizeof bytes);
  crypto_generichash(hash, SECRET_HASH_SIZE, bytes, sizeof bytes, NULL, 0);
  return secret_text(owner, bytes);
}

bool secret_hash(const char *secret, unsigned char hash[SECRET_HASH_SIZE]) {
  unsigned char bytes[SECRET_SIZE];
  bool whole = secret_bytes(secret, bytes);
  if (whole) crypto_generichash(hash, SECRET_HASH_SIZE, bytes, sizeof bytes, NULL, 0);
  return whole;
}
