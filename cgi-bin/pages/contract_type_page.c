/* Contract types: list, sheet, form, retiring. */
#include "domain/catalogue.h"
#include "domain/contract_type.h"
#include "pages/pages.h"
#include "pages/record_page.h"
#include "repository/contract_type_repository.h"

static const RecordPage TYPE_PAGE = {&contract_type_kind, "/settings/types", "code", TYPE_CODE, "contract_type", TYPE_NAME, contract_type_check, NULL, CATALOGUE_MAX, TYPE_POSITION};

bool contract_type_new_page(Exchange *exchange, GError **error) { return record_page_new(exchange, &TYPE_PAGE, error); }
bool contract_type_edit_page(Exchange *exchange, GError **error) { return record_page_edit(exchange, &TYPE_PAGE, error); }
bool contract_type_create_submit(Exchange *exchange, GError **error) { return record_page_create(exchange, &TYPE_PAGE, error); }
bool contract_type_save_submit(Exchange *exchange, GError **error) { return record_page_save(exchange, &TYPE_PAGE, error); }
bool contract_type_retire_submit(Exchange *exchange, GError **error) { return record_page_set_yes(exchange, &TYPE_PAGE, TYPE_RETIRED, error); }
bool contract_type_delete_submit(Exchange *exchange, GError **error) { return record_page_delete(exchange, &TYPE_PAGE, error); }
bool contract_type_history_page(Exchange *exchange, GError **error) { return record_page_history(exchange, &TYPE_PAGE, error); }

static void fill_type(Exchange *exchange, HDF *row, const ContractTypeRow *type) {
  page_value(row, "code", type->code);
  page_value(row, "name", type->name);
  page_value(row, "url", page_url(exchange, "/settings/types/%s", type->code));
  page_value(row, "contracts", language_number(exchange, exchange->language, type->contracts));
  page_value(row, "contracts_url", page_url(exchange, "/contracts?type=%s", type->code));
  if (type->retired) page_value(row, "retired", "1");
}

bool contract_type_list_page(Exchange *exchange, GError **error) {
  const ContractTypeRows *types = contract_type_repository_list(exchange->worker->database, exchange, error);
  if (types == NULL) return false;
  for (unsigned i = 0; i < types->count; i++) fill_type(exchange, page_row(page_node(exchange->data, "Row"), i), &types->items[i]);
  page_set(exchange, "Page.title", page_text(exchange, "contract_type.list", NULL));
  page_set(exchange, "New.url", page_url(exchange, "/settings/types/new"));
  return page_render(exchange, 200, "contract_type_list", error);
}

bool contract_type_view_page(Exchange *exchange, GError **error) {
  const Record *type = record_page_find(exchange, &TYPE_PAGE, error);
  const ContractTypeRows *types = type != NULL ? contract_type_repository_list(exchange->worker->database, exchange, error) : NULL;
  if (types == NULL) return false;
  record_page_fill(exchange, &TYPE_PAGE, type, NULL);
  for (unsigned i = 0; i < types->count; i++) {
    if (types->items[i].id == type->id) fill_type(exchange, page_node(exchange->data, "Type"), &types->items[i]);
  }
  page_set(exchange, "Type.position", type->values[TYPE_POSITION]);
  page_set(exchange, "Type.retire", record_page_url(exchange, &TYPE_PAGE, type, "/retire"));
  page_set(exchange, "Back.url", page_url(exchange, "/settings/types"));
  return page_render(exchange, 200, "contract_type_view", error);
}
