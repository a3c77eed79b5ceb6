#include "web/access_token.h"

#include <glib.h>
#include <string.h>
#include <talloc.h>

#define MARK "slt_"

const char *access_token_new(void *owner) {
  unsigned char hash[SECRET_HASH_SIZE];
  const char *secret = secret_new(owner, hash);
  return talloc_asprintf(owner, MARK "%s", secret);
}

bool access_token_hash(const char *token, unsigned char hash[ACCESS_TOKEN_HASH_SIZE]) { return g_str_has_prefix(token, MARK) && secret_hash(token + strlen(MARK), hash); }
