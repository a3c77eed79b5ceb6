#include "domain/password.h"

#include <sodium.h>
#include <string.h>
#include <talloc.h>

/* Of a password that was thrown away: compared with where there is no user, so that the answer takes as long. */
static const char NOBODYS_HASH[] = "$argon2id$v=19$m=262144,t=3,p=1$ftlfkDJlcAd+YpDKARZKwg$6tDiD42AA05R+N8B4pgHuL9/D8icUdU8Ov8zktACgQ8";

const char *password_fault(const char *password) {
  if (strlen(password) > PASSWORD_LONGEST) return "password_long";
  return g_utf8_strlen(password, -1) < PASSWORD_SHORTEST ? "password_short" : NULL;
}

const char *password_hash(void *owner, const char *password) {
  char *hash = talloc_zero_array(owner, char, crypto_pwhash_STRBYTES);
  if (crypto_pwhash_str(hash, password, strlen(password), crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE) == 0) return hash;
  talloc_free(hash);
  return NULL;
}

bool password_matches(const char *hash, const char *password) {
  bool nobody = hash[0] == '\0';
  /* A longer one was never stored, and would take longer. */
  const char *tried = strlen(password) <= PASSWORD_LONGEST ? password : "";
  bool equal = crypto_pwhash_str_verify(nobody ? NOBODYS_HASH : hash, tried, strlen(tried)) == 0;
  return equal && !nobody;
}
