/* access_token.h: the secret that a program shows instead of a session (domain/secret.h), with a mark in front. */
#ifndef SUPPORTLEVEL_WEB_ACCESS_TOKEN_H
#define SUPPORTLEVEL_WEB_ACCESS_TOKEN_H

#include "domain/secret.h"

#define ACCESS_TOKEN_HASH_SIZE SECRET_HASH_SIZE

/* A new token, "slt_" and 43 characters: the beginning lets people and searches for lost secrets see what it is. Owned by `owner`. */
const char *access_token_new(void *owner);

/* What is stored in its place. False when the text has not the form of a token. */
bool access_token_hash(const char *token, unsigned char hash[ACCESS_TOKEN_HASH_SIZE]);

#endif
