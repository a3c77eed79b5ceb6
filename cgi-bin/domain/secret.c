#include "domain/secret.h"

#include <sodium.h>
#include <string.h>
#include <talloc.h>

#define BYTES 32
#define TEXT_SIZE sodium_base64_ENCODED_LEN(BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)

const char *secret_new(void *owner, unsigned char hash[SECRET_HASH_SIZE]) {
  unsigned char bytes[BYTES];
  char *text = talloc_array(owner, char, TEXT_SIZE);
  randombytes_buf(bytes, sizeof bytes);
  crypto_generichash(hash, SECRET_HASH_SIZE, bytes, sizeof bytes, NULL, 0);
  return sodium_bin2base64(text, TEXT_SIZE, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool secret_hash(const char *secret, unsigned char hash[SECRET_HASH_SIZE]) {
  unsigned char bytes[BYTES];
  size_t length = 0;
  bool whole = sodium_base642bin(bytes, sizeof bytes, secret, strlen(secret), NULL, &length, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 && length == BYTES;
  if (whole) crypto_generichash(hash, SECRET_HASH_SIZE, bytes, sizeof bytes, NULL, 0);
  return whole;
}
