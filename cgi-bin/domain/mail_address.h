/* mail_address.h: what can stand as the address of an e-mail. */
#ifndef SUPPORTLEVEL_DOMAIN_MAIL_ADDRESS_H
#define SUPPORTLEVEL_DOMAIN_MAIL_ADDRESS_H

#include <stdbool.h>

/* True for `name@host` as people have them (RFC 5321, 4.1.2, without quoted names and address literals), up to 254 bytes: no blank, control character,
 * bracket or comma, so nothing that could become a second recipient or another header; and no `-` in front, which a program could take for an option. */
bool mail_address_valid(const char *text);

#endif
