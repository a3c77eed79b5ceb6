/* secret.h: secrets that whoever holds them may use: 256 random bits as text for an address or a header, of which only the hash is stored. No delay slows down
 * who guesses: nobody finds one of 2^256, and the hash tells nothing of how near a guess is. */
#ifndef SUPPORTLEVEL_DOMAIN_SECRET_H
#define SUPPORTLEVEL_DOMAIN_SECRET_H

#include <stdbool.h>

#define SECRET_SIZE 32
#define SECRET_HASH_SIZE 32

/* A new secret of 43 characters (base64url); `hash` gets what is stored in its place. Belongs to `owner`. */
const char *secret_new(void *owner, unsigned char hash[SECRET_HASH_SIZE]);

/* The BLAKE2b hash of such a text; false when it hasn't the form of one. */
bool secret_hash(const char *secret, unsigned char hash[SECRET_HASH_SIZE]);

/* A secret's bytes as its text, which belongs to `owner`, and back; false when the text hasn't the form of one. */
const char *secret_text(void *owner, const unsigned char bytes[SECRET_SIZE]);
bool secret_bytes(const char *text, unsigned char bytes[SECRET_SIZE]);

#endif
