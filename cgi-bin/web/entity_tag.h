/* entity_tag.h: entity tags (RFC 9110, 8.8.3): what a program or browser has of a page already needn't be made and sent again. */
#ifndef SUPPORTLEVEL_WEB_ENTITY_TAG_H
#define SUPPORTLEVEL_WEB_ENTITY_TAG_H

#include "web/page.h"

#define ENTITY_TAG_BYTES 16
#define ENTITY_TAG_SIZE 25 /* base64 of the bytes, quotes and end */

/* The tag of these bytes. */
void entity_tag_of(const char *bytes, gsize length, char tag[ENTITY_TAG_SIZE]);

/* Whether a list of tags (`"a", W/"b"`, or `*`) holds this one; a weak one counts only where `weak` does. */
bool entity_tag_in(const char *list, const char *tag, bool weak);

/* True when the request's If-None-Match names the tag (RFC 9110, 13.1.2). */
bool entity_tag_known(const Exchange *exchange, const char *tag);

/* The tag of the page that this request asks for, before it is made: the same as long as neither what is stored (DataChanges), the day, who asks in which session and
 * language, the address, the templates nor the program have changed. False where that isn't known. For pages of contracts, customers and the catalogue only: what else
 * is stored isn't counted. */
bool entity_tag_of_page(const Exchange *exchange, char tag[ENTITY_TAG_SIZE]);

/* Answers 304 (RFC 9110, 15.4.5) with this tag. */
void entity_tag_answer_known(Exchange *exchange, const char *tag);

#endif
