/* error_page.h: what a request is answered with that could not be answered otherwise. */
#ifndef SUPPORTLEVEL_PAGES_ERROR_PAGE_H
#define SUPPORTLEVEL_PAGES_ERROR_PAGE_H

#include "web/page.h"

/* Answers with the status of `error`, in the exchange's language and format: a page, RFC 9457's problem as JSON, or one line of text.
 * `id` is what the log names it by, or NULL. A form whose storing failed passingly keeps what was typed. Always answers. */
void error_page_answer(Exchange *exchange, const GError *error, const char *id);

#endif
