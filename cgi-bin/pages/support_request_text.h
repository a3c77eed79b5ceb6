/* support_request_text.h: what the pages of support requests show alike. */
#ifndef SUPPORTLEVEL_PAGES_SUPPORT_REQUEST_TEXT_H
#define SUPPORTLEVEL_PAGES_SUPPORT_REQUEST_TEXT_H

#include "domain/support_request.h"
#include "web/page.h"

/* A moment as one says it now: "heute 14:15". By the request's own calendar's clocks where that is known, else the company's. Owned by the exchange. */
const char *support_request_moment_text(Exchange *exchange, const SupportRequest *request, gint64 moment, gint64 now);

const char *support_request_url(Exchange *exchange, gint64 id);

/* Puts number, subject, customer, level, who works on it, state and the promises' states into a node. */
void support_request_fill(Exchange *exchange, HDF *node, const SupportRequest *request, gint64 now);

#endif
