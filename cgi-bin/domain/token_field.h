/* token_field.h: what a person says of a new access token, and the rules for it. */
#ifndef SUPPORTLEVEL_DOMAIN_TOKEN_FIELD_H
#define SUPPORTLEVEL_DOMAIN_TOKEN_FIELD_H

#include "domain/day.h"
#include "domain/field.h"

typedef enum { TOKEN_NAME, TOKEN_ROLE, TOKEN_EXPIRES_ON, TOKEN_FIELD_COUNT } TokenFieldId;

/* The fields of a token; `roles` (separated by blanks) are those that its owner may give away. */
void token_fields_make(Field fields[TOKEN_FIELD_COUNT], const char *roles);

/* A year from `today`: what is proposed. */
Day token_expires_proposed(Day today);

/* Required ones; and the last day is neither past (`in_the_past`) nor more than two years away (`too_far`). */
void token_check(const char *const values[TOKEN_FIELD_COUNT], const Field fields[TOKEN_FIELD_COUNT], Day today, FieldErrors *errors);

#endif
