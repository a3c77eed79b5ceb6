/* support_request_text.h: what the pages of support requests show alike. */
#ifndef SUPPORTLEVEL_PAGES_SUPPORT_REQUEST_TEXT_H
#define SUPPORTLEVEL_PAGES_SUPPORT_REQUEST_TEXT_H

#include "domain/support_request.h"
#include "web/page.h"

/* A moment as one says it now: "heute 14:15". By the request's own calendar's clocks where that is known, else the company's. Owned by the exchange. */
const char *support_request_moment_text(Exchange *exchange, const SupportRequest *request, gint64 moment, gint64 now);

/* Puts a moment in words as `name`, and as ISO 8601 as `name`_iso; nothing for REQUEST_NEVER. */
void support_request_fill_moment(Exchange *exchange, HDF *node, const char *name, const SupportRequest *request, gint64 moment, gint64 now);

/* "none", "running", "overdue", "kept", "broken". */
const char *support_request_promise_name(PromiseState state);

const char *support_request_url(Exchange *exchange, gint64 id);

/* Puts number, subject, customer, level, who works on it, state and the promises' states into a node. */
void support_request_fill(Exchange *exchange, HDF *node, const SupportRequest *request, gint64 now);

#endif
