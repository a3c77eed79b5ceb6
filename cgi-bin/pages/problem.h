/* problem.h: what went wrong, told to programs: problem details (RFC 9457). */
#ifndef SUPPORTLEVEL_PAGES_PROBLEM_H
#define SUPPORTLEVEL_PAGES_PROBLEM_H

#include "web/page.h"

/* Answers `status` with its title and `detail`; `id` (or NULL) is the log's. */
void problem_answer(Exchange *exchange, int status, const char *detail, const char *id);

/* The same for fields or parameters: `errors` names each, with the reason as a key that stays the same and the detail in words. True, as a handler's answer. */
bool problem_answer_fields(Exchange *exchange, int status, const FieldErrors *errors);

#endif
