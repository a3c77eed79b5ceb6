/* contract_bulk_text.h: what bulk changes set, in words. */
#ifndef SUPPORTLEVEL_PAGES_CONTRACT_BULK_TEXT_H
#define SUPPORTLEVEL_PAGES_CONTRACT_BULK_TEXT_H

#include "repository/contract_bulk.h"
#include "web/page.h"

/* What a field can be set to, retired ones among them. */
const CatalogueEntry *bulk_entries(const Catalogue *catalogue, BulkField field, unsigned *count);
/* "L1 Help Desk"; types and users by their name. */
const char *bulk_entry_text(Exchange *exchange, BulkField field, const CatalogueEntry *entry);
/* "— ohne —", "niemand". */
const char *bulk_none_text(Exchange *exchange, BulkField field);
/* The value behind a key's id (0: none), also of one that is no longer offered. NULL with an error of the database. */
const char *bulk_value_text(Exchange *exchange, const Catalogue *catalogue, BulkField field, gint64 id, GError **error);
/* "Supportlevel → L2 …; Verantwortlich → niemand": for each field that is `set`, its code in words. */
const char *bulk_what_text(Exchange *exchange, const Catalogue *catalogue, const bool *set, const char *const *codes);

#endif
