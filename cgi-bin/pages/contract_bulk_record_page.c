/* The bulk changes that were made: the latest of them, one with its contracts, and the way back. */
#include <string.h>
#include <talloc.h>

#include "pages/contract_bulk_text.h"
#include "pages/pages.h"
#include "repository/catalogue_repository.h"

#define SHOWN_CHANGES 100
#define SHOWN_ROWS 100
#define SHOWN_TOUCHED 20

static const char *moment(Exchange *exchange, const char *utc) {
  return utc != NULL ? page_moment(exchange, utc) : "";
}

static const char *change_url(Exchange *exchange, gint64 id, const char *below) { return page_url(exchange, "/contracts/bulk/%" G_GINT64_FORMAT "%s", id, below); }

static void fill_change(Exchange *exchange, const Catalogue *catalogue, const BulkChange *change, HDF *node) {
  bool set[BULK_FIELD_COUNT];
  for (int field = 0; field < BULK_FIELD_COUNT; field++) set[field] = change->codes[field] != NULL;
  page_value(node, "url", change_url(exchange, change->id, ""));
  page_value(node, "what", bulk_what_text(exchange, catalogue, set, change->codes));
  page_value(node, "user", change->user);
  page_value(node, "at", moment(exchange, change->changed_at));
  page_value(node, "contracts", language_number(exchange, exchange->language, change->contracts));
  if (change->undone_at == NULL) return;
  page_value(node, "undone", page_text(exchange, "bulk.undone_by", moment(exchange, change->undone_at), change->undone_by, NULL));
}

bool contract_bulk_list_page(Exchange *exchange, GError **error) {
  Catalogue *catalogue = catalogue_repository_read(exchange->worker->database, exchange, error);
  BulkChanges *changes = catalogue != NULL ? contract_bulk_latest(exchange->worker->database, exchange, SHOWN_CHANGES, error) : NULL;
  if (changes == NULL) return false;
  page_set(exchange, "Page.title", page_text(exchange, "bulk.latest", NULL));
  page_set(exchange, "Contracts.url", page_url(exchange, "/contracts"));
  for (unsigned i = 0; i < changes->count; i++) fill_change(exchange, catalogue, &changes->items[i], page_row(page_node(exchange->data, "Row"), i));
  if (changes->count == SHOWN_CHANGES) page_set(exchange, "List.bounded", page_text(exchange, "bulk.bounded", language_number(exchange, exchange->language, SHOWN_CHANGES), NULL));
  return page_render(exchange, 200, "contract_bulk_list", error);
}

/* ---- one change ---- */

static void fill_row(Exchange *exchange, const BulkRow *item, HDF *row) {
  page_value(row, "url", item->number != NULL ? page_url(exchange, "/contracts/%" G_GINT64_FORMAT, item->id) : NULL);
  page_value(row, "number", item->number);
  page_value(row, "title", item->number != NULL ? item->title : page_text(exchange, "bulk.deleted", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, item->id), NULL));
  page_value(row, "customer", item->customer);
  for (int field = 0; field < BULK_FIELD_COUNT; field++) {
    const char *before = item->before[field] != NULL ? item->before[field] : bulk_none_text(exchange, (BulkField)field);
    page_value(row, contract_fields[bulk_fields[field]].name, before);
  }
}

static bool read_after(const Exchange *exchange, gint64 *after, GError **error) {
  guint64 id = 0;
  const char *cursor = NULL;
  if (!page_one_parameter(exchange, "after", &cursor, error)) return false;
  if (cursor != NULL && !g_ascii_string_to_unsigned(cursor, 10, 0, G_MAXUINT32, &id, NULL)) return error_set(error, ERROR_BAD_REQUEST, "bad_cursor");
  *after = (gint64)id;
  return true;
}

/* One row more than are shown tells whether there are others. */
static bool fill_rows(Exchange *exchange, const BulkChange *change, gint64 after, GError **error) {
  BulkRows *rows = contract_bulk_rows(exchange->worker->database, exchange, change->id, after, SHOWN_ROWS + 1, error);
  if (rows == NULL) return false;
  unsigned shown = MIN(rows->count, SHOWN_ROWS);
  for (int field = 0; field < BULK_FIELD_COUNT; field++) {
    if (change->codes[field] == NULL) continue;
    HDF *columns = page_node(exchange->data, "Column");
    HDF *column = page_row(columns, page_child_count(columns));
    const char *name = contract_fields[bulk_fields[field]].name;
    page_value(column, "name", name);
    page_value(column, "text", page_text(exchange, "bulk.before", page_field_label(exchange, name), NULL));
  }
  for (unsigned i = 0; i < shown; i++) fill_row(exchange, &rows->items[i], page_row(page_node(exchange->data, "Row"), i));
  if (after > 0) page_set(exchange, "Pager.first", change_url(exchange, change->id, ""));
  if (rows->count > shown) page_set(exchange, "Pager.next", page_url(exchange, "/contracts/bulk/%" G_GINT64_FORMAT "?after=%" G_GINT64_FORMAT, change->id, rows->items[shown - 1].id));
  return true;
}

static bool show_change(Exchange *exchange, int status, gint64 id, gint64 after, GError **error) {
  Catalogue *catalogue = catalogue_repository_read(exchange->worker->database, exchange, error);
  BulkChange *change = catalogue != NULL ? contract_bulk_find(exchange->worker->database, exchange, id, error) : NULL;
  if (change == NULL || !fill_rows(exchange, change, after, error)) return false;
  page_set(exchange, "Page.title", page_text(exchange, "bulk.one", NULL));
  page_set(exchange, "Latest.url", page_url(exchange, "/contracts/bulk"));
  page_set(exchange, "Contracts.url", page_url(exchange, "/contracts?sort=-updated"));
  if (change->undone_at == NULL) page_set(exchange, "Undo.action", change_url(exchange, id, "/undo"));
  fill_change(exchange, catalogue, change, page_node(exchange->data, "Change"));
  return page_render(exchange, status, "contract_bulk_view", error);
}

bool contract_bulk_view_page(Exchange *exchange, GError **error) {
  gint64 after = 0;
  gint64 id = page_id(exchange, error);
  return id > 0 && read_after(exchange, &after, error) && show_change(exchange, 200, id, after, error);
}

/* ---- the way back ---- */

/* Who or what stands in the way is named; nothing was changed. */
static bool fill_refusal(Exchange *exchange, gint64 id, GError **error) {
  gint64 touched = 0;
  BulkRows *rows = contract_bulk_touched(exchange->worker->database, exchange, id, SHOWN_TOUCHED, &touched, error);
  if (rows == NULL) return false;
  const char *number = language_number(exchange, exchange->language, touched);
  page_set(exchange, "Refused.text", page_text(exchange, touched == 0 ? "bulk.undo_gone" : touched == 1 ? "bulk.undo_touched_one" : "bulk.undo_touched", number, NULL));
  for (unsigned i = 0; i < rows->count; i++) fill_row(exchange, &rows->items[i], page_row(page_node(exchange->data, "Touched"), i));
  if (touched > rows->count) page_set(exchange, "Refused.more", page_text(exchange, "bulk.undo_more", language_number(exchange, exchange->language, touched - rows->count), NULL));
  return true;
}

bool contract_bulk_undo_submit(Exchange *exchange, GError **error) {
  GError *problem = NULL;
  gint64 id = page_id(exchange, error);
  if (id == 0) return false;
  if (contract_bulk_undo(exchange->worker->database, id, exchange->user->id, &problem)) {
    page_message(exchange, "bulk_undone", NULL);
    response_redirect(exchange->response, change_url(exchange, id, ""));
    return true;
  }
  if (!error_is(problem, ERROR_CONFLICT)) {
    g_propagate_error(error, problem);
    return false;
  }
  bool undone = strcmp(problem->message, "bulk_undone") == 0;
  g_error_free(problem);
  if (undone) page_set(exchange, "Refused.text", page_text(exchange, "bulk.undo_undone", NULL));
  else if (!fill_refusal(exchange, id, error)) return false;
  return show_change(exchange, 409, id, 0, error);
}
