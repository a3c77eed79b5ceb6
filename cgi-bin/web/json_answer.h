/* json_answer.h: answers in JSON that a program can ask for again, and change only when it has seen them. */
#ifndef SUPPORTLEVEL_WEB_JSON_ANSWER_H
#define SUPPORTLEVEL_WEB_JSON_ANSWER_H

#include "web/page.h"

/* Finishes an answer whose JSON is the response's body, with its entity tag: a strong one, made of the very bytes, so that it changes with whatever they
 * are made of: the record, the day, a name looked up elsewhere (RFC 9110, 8.8.3). A reading whose If-None-Match names it gets 304 instead. */
void json_answer(Exchange *exchange, int status);

/* True when If-Match names the representation `json` of what is stored, or is `*` (RFC 9110, 13.1.1).
 * ERROR_PRECONDITION_REQUIRED: there is no If-Match (RFC 6585, 3). ERROR_PRECONDITION_FAILED: it names another one. */
bool json_answer_seen(const Exchange *exchange, const GString *json, GError **error);

#endif
