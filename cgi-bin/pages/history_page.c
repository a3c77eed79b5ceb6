/* The history of one record: when, who, which field from what to what. */
#include "pages/history_page.h"

#include <string.h>
#include <talloc.h>

#include "domain/money.h"
#include "domain/moment.h"
#include "pages/record_form.h"
#include "repository/catalogue_repository.h"
#include "repository/document_repository.h"
#include "repository/history_repository.h"

typedef struct {
  Exchange *exchange;
  const RecordKind *kind;
  const Catalogue *catalogue;
  const char *address; /* of the record */
  unsigned flags;
} HistoryPage;

const char *history_page_person(const Catalogue *catalogue, const char *name) {
  int user = catalogue_user(catalogue, name);
  return user >= 0 ? catalogue->users[user].name : name;
}

/* ---- values ---- */

static const char *currency_of(const RecordKind *kind, const char *const *values) {
  for (unsigned field = 0; field < kind->field_count; field++) {
    if (kind->fields[field].kind == FIELD_CURRENCY) return values[field];
  }
  return "";
}

static const char *value_text(const HistoryPage *page, unsigned field, const char *const *values) {
  Exchange *exchange = page->exchange;
  const Field *fact = &page->kind->fields[field];
  const char *value = values != NULL ? values[field] : "";
  if (fact->kind == FIELD_YES) return page_text(exchange, value[0] != '\0' ? "history.yes" : "history.no", NULL);
  if (value[0] == '\0') return page_text(exchange, fact->kind == FIELD_KEY ? "form.none" : "form.empty", NULL);
  if (fact->kind == FIELD_MONEY) return language_money(exchange, exchange->language, money_hundredths(value), currency_of(page->kind, values));
  return record_value_text(exchange, fact, value, page->catalogue);
}

/* Where nothing was before, only what there is now is worth a line. */
static bool is_shown(const HistoryEntry *entry, unsigned field) {
  if (entry->after == NULL) return false;
  return entry->before == NULL ? entry->after[field][0] != '\0' : strcmp(entry->before[field], entry->after[field]) != 0;
}

static void fill_changes(const HistoryPage *page, const HistoryEntry *entry, HDF *row) {
  HDF *changes = page_node(row, "Change");
  unsigned count = 0;
  for (unsigned field = 0; field < page->kind->field_count; field++) {
    if (!is_shown(entry, field)) continue;
    HDF *change = page_row(changes, count++);
    page_value(change, "label", page_field_label(page->exchange, page->kind->fields[field].name));
    if (entry->before != NULL) page_value(change, "before", value_text(page, field, entry->before));
    page_value(change, "after", value_text(page, field, entry->after));
  }
}

/* ---- the page ---- */

static void fill_what(const HistoryPage *page, HDF *row, const char *event, const char *at, const char *by) {
  Exchange *exchange = page->exchange;
  page_value(row, "event", event);
  page_value(row, "at", page_moment(exchange, at));
  page_value(row, "at_iso", moment_address(exchange, at));
  page_value(row, "by", history_page_person(page->catalogue, by));
}

static void fill_entry(const HistoryPage *page, const HistoryEntry *entry, HDF *row) {
  static const char *const EVENTS[] = {"created", "recorded", "changed", "deleted"};
  Exchange *exchange = page->exchange;
  fill_what(page, row, EVENTS[entry->event], entry->at, entry->by);
  if ((page->flags & HISTORY_AS_OF) != 0 && entry->after != NULL) page_value(row, "url", page_url(exchange, "%s?as_of=%s", page->address, moment_address(exchange, entry->at)));
  fill_changes(page, entry, row);
}

/* Its name and hash are what is left of a removed document. */
static void fill_document(const HistoryPage *page, const DocumentEvent *event, HDF *row) {
  Exchange *exchange = page->exchange;
  const struct {
    const char *label;
    const char *text;
  } FACTS[] = {{"documents.name", event->document->name},
               {"documents.size", language_size(exchange, exchange->language, event->document->size)},
               {"documents.hash", event->document->hash}};
  fill_what(page, row, event->removed ? "document_removed" : "document_added", event->at, event->by);
  HDF *changes = page_node(row, "Change");
  for (unsigned i = 0; i < G_N_ELEMENTS(FACTS); i++) {
    HDF *change = page_row(changes, i);
    page_value(change, "label", page_text(exchange, FACTS[i].label, NULL));
    page_value(change, "after", FACTS[i].text);
  }
}

/* Versions and documents' events, both newest first, as one. */
static void fill_entries(const HistoryPage *page, const History *history, const DocumentEvents *events) {
  HDF *rows = page_node(page->exchange->data, "Entry");
  unsigned entry = 0;
  unsigned event = 0;
  /* Held meanwhile, GLib reads the time zone's file once and not for each moment. */
  GTimeZone *zone = g_time_zone_new_identifier(page_time_zone(page->exchange));
  while (entry < history->count || event < events->count) {
    bool of_document = entry == history->count || (event < events->count && strcmp(events->items[event].at, history->items[entry].at) > 0);
    HDF *row = page_row(rows, entry + event);
    if (of_document) fill_document(page, &events->items[event++], row);
    else fill_entry(page, &history->items[entry++], row);
  }
  if (zone != NULL) g_time_zone_unref(zone);
}

static void fill(const HistoryPage *page, const History *history, const DocumentEvents *events, bool newest, unsigned title_field) {
  Exchange *exchange = page->exchange;
  fill_entries(page, history, events);
  page_set(exchange, "Page.title", page_text(exchange, "history.of", history->newest[title_field], NULL));
  page_set(exchange, "History.title", history->newest[title_field]);
  page_set(exchange, "History.time_zone", page_time_zone(exchange));
  if (!history->deleted) page_set(exchange, "History.record", page_url(exchange, "%s", page->address));
  if (history->deleted) page_set(exchange, "History.deleted", "1");
  if (!newest) page_set(exchange, "Pager.newest", page_url(exchange, "%s/history", page->address));
  if (history->older != NULL) page_set(exchange, "Pager.older", page_url(exchange, "%s/history?before=%s", page->address, moment_address(exchange, history->older)));
}

static bool read_before(Exchange *exchange, Moment *before, bool *given, GError **error) {
  const char *cursor = NULL;
  if (!page_one_parameter(exchange, "before", &cursor, error)) return false;
  *given = cursor != NULL;
  return cursor == NULL || moment_read(cursor, "UTC", before) || error_set(error, ERROR_BAD_REQUEST, "bad_cursor");
}

bool history_page_show(Exchange *exchange, const RecordKind *kind, gint64 id, const char *address, unsigned title_field, unsigned flags, GError **error) {
  Database *database = exchange->worker->database;
  Moment before;
  bool given = false;
  if (!read_before(exchange, &before, &given, error)) return false;
  Catalogue *catalogue = catalogue_repository_read(database, exchange, error);
  History *history = catalogue != NULL ? history_repository_read(database, exchange, kind, id, given ? before.utc : NULL, error) : NULL;
  if (history == NULL) return false;
  DocumentEvents none = {0};
  DocumentEvents *events = (flags & HISTORY_DOCUMENTS) == 0 ? &none : document_repository_events(database, exchange, id, history->older, given ? before.utc : NULL, error);
  if (events == NULL) return false;
  HistoryPage page = {exchange, kind, catalogue, address, flags};
  fill(&page, history, events, !given, title_field);
  return page_render(exchange, 200, "history", error);
}

void history_page_offer(Exchange *exchange, const RecordKind *kind, const char *column, const char *value, const char *path) {
  gint64 id = 0;
  if (!history_repository_id(exchange->worker->database, kind, column, value, &id, NULL)) return;
  char *part = g_uri_escape_string(value, NULL, FALSE);
  page_set(exchange, "Error.history", page_url(exchange, "%s/%s/history", path, part));
  g_free(part);
}
