/* user_name.h: what somebody signs in by. */
#ifndef SUPPORTLEVEL_DOMAIN_USER_NAME_H
#define SUPPORTLEVEL_DOMAIN_USER_NAME_H

#include <stdbool.h>

#define USER_NAME_LIMIT 60 /* characters */

/* Whether somebody can sign in by this name: letters, digits and what names from Kerberos, LDAP or e-mail have; "me" and "none" mean something else in addresses. */
bool user_name_valid(const char *name);

#endif
