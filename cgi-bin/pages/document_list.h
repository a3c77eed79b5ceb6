/* document_list.h: a contract's documents as its sheet and their own page list them. */
#ifndef SUPPORTLEVEL_PAGES_DOCUMENT_LIST_H
#define SUPPORTLEVEL_PAGES_DOCUMENT_LIST_H

#include "domain/document.h"
#include "web/page.h"

/* Puts Document.N and Documents.page, .count into the data tree. */
bool document_list_fill(Exchange *exchange, gint64 contract_id, GError **error);

/* Where a document's bytes are, or what is `below` that ("/remove"). */
const char *document_list_url(Exchange *exchange, gint64 contract_id, const Document *document, const char *below);

#endif
