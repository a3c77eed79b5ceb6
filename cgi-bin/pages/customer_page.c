/* Customers: list, sheet, form. */
#include <string.h>
#include <talloc.h>

#include "domain/customer.h"
#include "pages/pages.h"
#include "pages/record_page.h"
#include "repository/contract_repository.h"
#include "repository/customer_repository.h"

#define CUSTOMERS_PER_PAGE 50

/* The search for contracts finds them by their customer's name and number too. */
static bool customer_changed(Database *database, const Record *before, const Record *after, FieldErrors *errors, GError **error) {
  (void)errors;
  bool same = strcmp(before->values[CUSTOMER_NAME], after->values[CUSTOMER_NAME]) == 0;
  return same || contract_repository_index_customer(database, after->id, error);
}

static const RecordPage CUSTOMER_PAGE = {&customer_kind, "/customers", "id", -1, "customer", CUSTOMER_NAME, record_check, customer_changed, 0, 0};

bool customer_history_page(Exchange *exchange, GError **error) { return record_page_history(exchange, &CUSTOMER_PAGE, error); }
bool customer_new_page(Exchange *exchange, GError **error) { return record_page_new(exchange, &CUSTOMER_PAGE, error); }
bool customer_edit_page(Exchange *exchange, GError **error) { return record_page_edit(exchange, &CUSTOMER_PAGE, error); }
bool customer_create_submit(Exchange *exchange, GError **error) { return record_page_create(exchange, &CUSTOMER_PAGE, error); }
bool customer_save_submit(Exchange *exchange, GError **error) { return record_page_save(exchange, &CUSTOMER_PAGE, error); }
bool customer_delete_submit(Exchange *exchange, GError **error) { return record_page_delete(exchange, &CUSTOMER_PAGE, error); }

bool customer_view_page(Exchange *exchange, GError **error) {
  Record *customer = record_page_find(exchange, &CUSTOMER_PAGE, error);
  if (customer == NULL) return false;
  if (page_is_json(exchange)) return record_page_answer_json(exchange, customer, 200);
  char *number = g_uri_escape_string(customer->values[CUSTOMER_NUMBER], NULL, FALSE);
  record_page_fill(exchange, &CUSTOMER_PAGE, customer, NULL);
  page_set(exchange, "Customer.contracts", page_url(exchange, "/contracts?customer=%s", number));
  page_set(exchange, "Customer.requests", page_url(exchange, "/requests?customer=%s", number));
  page_set(exchange, "Customer.entitlement", page_url(exchange, "/entitlement?customer=%s", number));
  page_set(exchange, "Customer.new_contract", page_url(exchange, "/contracts/new?customer=%s", number));
  g_free(number);
  return page_render(exchange, 200, "customer_view", error);
}

/* ---- the list ---- */

static const char *list_url(Exchange *exchange, const char *path, const CustomerQuery *query, const char *side, const CustomerRow *row) {
  GString *text = g_string_new(NULL);
  if (query->text != NULL) {
    g_string_append(text, "?q=");
    g_string_append_uri_escaped(text, query->text, NULL, FALSE);
  }
  if (row != NULL) {
    g_string_append_printf(text, "%c%s=%" G_GINT64_FORMAT ".", text->len > 0 ? '&' : '?', side, row->id);
    g_string_append_uri_escaped(text, row->name, NULL, FALSE);
  }
  const char *url = page_url(exchange, "%s%s", path, text->str);
  g_string_free(text, TRUE);
  return url;
}

/* A cursor is the id of a row, a point, and its name. */
static bool read_cursor(CustomerQuery *query, const Parameter *given, GError **error) {
  char *point = NULL;
  query->id = g_ascii_strtoll(given->value, &point, 10);
  query->name = *point == '.' ? point + 1 : NULL;
  query->backwards = strcmp(given->name, "before") == 0;
  return query->id > 0 && query->name != NULL ? true : page_unknown_parameter(given->name, error);
}

static bool read_query(Exchange *exchange, CustomerQuery *query, GError **error) {
  query->per = CUSTOMERS_PER_PAGE;
  for (unsigned i = 0; i < exchange->request->query->count; i++) {
    const Parameter *given = &exchange->request->query->items[i];
    if (given->value[0] == '\0' || strcmp(given->name, "lang") == 0) continue;
    if (strcmp(given->name, "q") == 0) {
      query->text = g_strstrip(talloc_strdup(exchange, given->value));
      if (query->text[0] == '\0') query->text = NULL;
    } else if (strcmp(given->name, "after") == 0 || strcmp(given->name, "before") == 0) {
      if (!read_cursor(query, given, error)) return false;
    } else {
      return page_unknown_parameter(given->name, error);
    }
  }
  return true;
}

static void fill_list(Exchange *exchange, const CustomerQuery *query, const CustomerChoices *page) {
  HDF *rows = page_node(exchange->data, "Row");
  for (unsigned i = 0; i < page->count; i++) {
    const CustomerRow *customer = &page->items[i];
    HDF *row = page_row(rows, i);
    char *number = g_uri_escape_string(customer->number, NULL, FALSE);
    page_value(row, "url", page_url(exchange, "/customers/%" G_GINT64_FORMAT, customer->id));
    page_value(row, "number", customer->number);
    page_value(row, "name", customer->name);
    page_value(row, "city", customer->city);
    page_value(row, "contracts", language_number(exchange, exchange->language, customer->contracts));
    page_value(row, "contracts_url", page_url(exchange, "/contracts?customer=%s", number));
    g_free(number);
  }
  if (page->count == 0) return;
  if (query->backwards || page->more) page_set(exchange, "Pager.next", list_url(exchange, "/customers", query, "after", &page->items[page->count - 1]));
  if (query->backwards ? page->more : query->name != NULL) page_set(exchange, "Pager.previous", list_url(exchange, "/customers", query, "before", &page->items[0]));
}

static bool answer_json(Exchange *exchange, const CustomerQuery *query, const CustomerChoices *page, GError **error) {
  gint64 *ids = talloc_zero_array(exchange, gint64, page->count + 1);
  for (unsigned i = 0; i < page->count; i++) ids[i] = page->items[i].id;
  const Records *customers = record_repository_list(exchange->worker->database, exchange, &customer_kind, ids, page->count, "name, id", error);
  if (customers == NULL) return false;
  bool further = page->count > 0 && (query->backwards || page->more);
  return record_page_answer_json_list(exchange, "customers", customers, further ? list_url(exchange, "/customers.json", query, "after", &page->items[page->count - 1]) : NULL);
}

bool customer_list_page(Exchange *exchange, GError **error) {
  CustomerQuery query = {0};
  if (!read_query(exchange, &query, error)) return false;
  CustomerChoices *page = customer_repository_page(exchange->worker->database, exchange, &query, error);
  if (page == NULL) return false;
  if (page_is_json(exchange)) return answer_json(exchange, &query, page, error);
  page_set(exchange, "Page.title", page_text(exchange, "customers.title", NULL));
  page_set(exchange, "Filter.q", query.text);
  page_set(exchange, "Filter.action", page_url(exchange, "/customers"));
  page_set(exchange, "New.url", page_url(exchange, "/customers/new"));
  fill_list(exchange, &query, page);
  return page_render(exchange, 200, "customer_list", error);
}
