/* user.h: who works with the program: what is known of a user, and what is asked of whoever chooses a password. */
#ifndef SUPPORTLEVEL_DOMAIN_USER_H
#define SUPPORTLEVEL_DOMAIN_USER_H

#include "domain/record.h"

typedef enum { USER_DISPLAY_NAME, USER_NAME, USER_EMAIL, USER_LANGUAGE, USER_ROLE, USER_ACTIVE, USER_FIELD_COUNT } UserFieldId;

extern const RecordKind user_kind;

/* A new password, typed twice. */
typedef enum { PASSWORD_NEW, PASSWORD_AGAIN, PASSWORD_FIELD_COUNT } PasswordFieldId;

extern const Field password_fields[PASSWORD_FIELD_COUNT];

/* Both are there; one that may be chosen by the user of that name (password_fault), and the same both times (`password_differs`). */
void new_password_check(const char *const values[PASSWORD_FIELD_COUNT], const char *name, FieldErrors *errors);

#endif
