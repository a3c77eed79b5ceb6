#include "pages/document_list.h"

#include <talloc.h>

#include "pages/history_page.h"
#include "repository/catalogue_repository.h"
#include "repository/document_repository.h"

const char *document_list_url(Exchange *exchange, gint64 contract_id, const Document *document, const char *below) {
  return page_url(exchange, "/contracts/%" G_GINT64_FORMAT "/documents/%" G_GINT64_FORMAT "%s", contract_id, document->id, below);
}

static const char *type_text(Exchange *exchange, const Document *document) {
  const DocumentType *type = document_type_stored(document->content_type);
  return type != NULL ? page_text(exchange, talloc_asprintf(exchange, "documents.type.%s", type->key), NULL) : document->content_type;
}

static void fill_row(Exchange *exchange, HDF *row, gint64 contract_id, const Document *document, const Catalogue *catalogue) {
  page_value(row, "name", document->name);
  page_value(row, "type", type_text(exchange, document));
  page_value(row, "size", language_size(exchange, exchange->language, document->size));
  page_value(row, "by", history_page_person(catalogue, document->uploaded_by));
  page_value(row, "at", page_moment(exchange, document->uploaded_at));
  page_value(row, "url", document_list_url(exchange, contract_id, document, ""));
  page_value(row, "remove", document_list_url(exchange, contract_id, document, "/remove"));
}

bool document_list_fill(Exchange *exchange, gint64 contract_id, GError **error) {
  Documents *documents = document_repository_list(exchange->worker->database, exchange, contract_id, error);
  Catalogue *catalogue = documents != NULL ? catalogue_repository_read(exchange->worker->database, exchange, error) : NULL;
  if (catalogue == NULL) return false;
  HDF *rows = page_node(exchange->data, "Document");
  /* Held meanwhile, GLib reads the time zone's file once and not for each moment. */
  GTimeZone *zone = g_time_zone_new_identifier(page_time_zone(exchange));
  for (unsigned i = 0; i < documents->count; i++) fill_row(exchange, page_row(rows, i), contract_id, &documents->items[i], catalogue);
  if (zone != NULL) g_time_zone_unref(zone);
  page_set(exchange, "Documents.page", page_url(exchange, "/contracts/%" G_GINT64_FORMAT "/documents", contract_id));
  page_set_number(exchange, "Documents.count", documents->count);
  return true;
}
