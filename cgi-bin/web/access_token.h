/* access_token.h: the secret that a program shows instead of a session: 256 random bits, of which only the hash is stored. */
#ifndef SUPPORTLEVEL_WEB_ACCESS_TOKEN_H
#define SUPPORTLEVEL_WEB_ACCESS_TOKEN_H

#include <glib.h>
#include <stdbool.h>

#define ACCESS_TOKEN_HASH_SIZE 32

/* A new token, "slt_" and 43 characters: the beginning lets people and searches for lost secrets see what it is. Owned by `owner`. */
const char *access_token_new(void *owner);

/* What is stored in its place: its BLAKE2b hash. No delay slows down who guesses: nobody finds one of 2^256, and finding the hash tells nothing of how near a guess is.
 * False when the text has not the form of a token. */
bool access_token_hash(const char *token, unsigned char hash[ACCESS_TOKEN_HASH_SIZE]);

#endif
