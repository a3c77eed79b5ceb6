/* history_page.h: what contracts, customers and levels show alike of their history. */
#ifndef SUPPORTLEVEL_PAGES_HISTORY_PAGE_H
#define SUPPORTLEVEL_PAGES_HISTORY_PAGE_H

#include "domain/record.h"
#include "web/page.h"

/* Shows the history of a record. `address` is the record's own below the mount ("/contracts/17"), `title_field` the value it is called by; with HISTORY_AS_OF each
 * version is linked to at its moment, with HISTORY_DOCUMENTS what happened to the record's documents stands between. Reads the parameter `before`. */
enum { HISTORY_AS_OF = 1 << 0, HISTORY_DOCUMENTS = 1 << 1 };
bool history_page_show(Exchange *exchange, const RecordKind *kind, gint64 id, const char *address, unsigned title_field, unsigned flags, GError **error);

/* What can't be found may have been deleted: its page's 404 then leads to its history. */
void history_page_offer(Exchange *exchange, const RecordKind *kind, const char *column, const char *value, const char *path);

/* A user's display name where it is known, else the name as it is. */
const char *history_page_person(const Catalogue *catalogue, const char *name);

#endif
