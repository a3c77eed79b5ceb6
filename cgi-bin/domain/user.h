/* user_field.h: what is asked of whoever becomes a user, and the rules for it. */
#ifndef SUPPORTLEVEL_DOMAIN_USER_FIELD_H
#define SUPPORTLEVEL_DOMAIN_USER_FIELD_H

#include "domain/field.h"

#define USER_NAME_LIMIT 60 /* characters */

typedef enum { USER_DISPLAY_NAME, USER_NAME, USER_PASSWORD, USER_PASSWORD_AGAIN, USER_LANGUAGE, USER_EMAIL, USER_FIELD_COUNT } UserFieldId;

extern const Field user_fields[USER_FIELD_COUNT];

/* Required ones; a password that may be chosen (password_fault), and the same both times (`password_differs`). */
void user_check(const char *const values[USER_FIELD_COUNT], FieldErrors *errors);

/* Whether somebody can sign in by this name: letters, digits and what names from Kerberos, LDAP or e-mail have; "me" means oneself in addresses. */
bool user_name_valid(const char *name);

#endif
