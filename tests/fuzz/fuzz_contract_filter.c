/* The contracts' filter. Input: a query string. What was understood has one canonical form, which means the same. */
#include <string.h>
#include <talloc.h>

#include "domain/contract_filter.h"
#include "fuzz.h"

static CatalogueEntry LEVELS[] = {{1, "L0", "Selbstbedienung", 1, false}, {2, "L1", "Help Desk", 2, false}, {9, "L&9", "alt", 9, true}};
static CatalogueEntry TYPES[] = {{1, "WARTUNG", "Wartungsvertrag", 1, false}, {2, "MIETE", "Miete", 2, false}};
static CatalogueEntry USERS[] = {{1, "anna", "Anna", 0, false}};
static const Catalogue CATALOGUE = {LEVELS, G_N_ELEMENTS(LEVELS), TYPES, G_N_ELEMENTS(TYPES), USERS, G_N_ELEMENTS(USERS), NULL, 0};

static ContractFilter *parse(void *owner, const char *query, gsize length, FieldErrors *errors) {
  Parameters *parameters = parameters_parse(owner, query, length, NULL);
  return parameters != NULL ? contract_filter_parse(owner, parameters, &CATALOGUE, day_make(2026, 2, 11), errors) : NULL;
}

static void ranges_hold(const ContractFilter *filter) {
  for (int range = 0; range < RANGE_COUNT; range++) {
    if (range == RANGE_VALUE) continue;
    const FilterRange *bounds = &filter->ranges[range];
    holds(bounds->from_text == NULL || (bounds->from >= day_make(1000, 1, 1) && bounds->from <= day_never()));
    holds(bounds->to_text == NULL || (bounds->to >= day_make(1000, 1, 1) && bounds->to <= day_never()));
  }
}

static void canonical_holds(void *owner, const ContractFilter *filter) {
  FieldErrors *errors = field_errors_new(owner);
  const char *query = contract_filter_query(owner, filter, &CATALOGUE, true);
  holds(strpbrk(query, " \"'<>\n#") == NULL);
  const ContractFilter *again = parse(owner, query, strlen(query), errors);
  holds(again != NULL && !field_errors_any(errors));
  holds(strcmp(contract_filter_query(owner, again, &CATALOGUE, true), query) == 0);
  holds(again->levels == filter->levels && again->statuses == filter->statuses && again->types == filter->types && again->on == filter->on);
  for (int range = 0; range < RANGE_COUNT; range++) holds(again->ranges[range].from == filter->ranges[range].from && again->ranges[range].to == filter->ranges[range].to);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  void *owner = talloc_new(NULL);
  FieldErrors *errors = field_errors_new(owner);
  const ContractFilter *filter = parse(owner, (const char *)bytes, size, errors);
  if (filter != NULL) ranges_hold(filter);
  if (filter != NULL && !field_errors_any(errors)) canonical_holds(owner, filter);
  talloc_free(owner);
  return 0;
}
