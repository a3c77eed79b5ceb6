/* The filter's rules: what is understood, what is refused by name, and the one canonical form. Source: product.md, parameters of /contracts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/contract_filter.h"

static CatalogueEntry LEVELS[] = {{1, "L0", "Selbstbedienung", 1, false}, {2, "L1", "Help Desk", 2, false}, {3, "L2", "Technik", 3, false}, {9, "L&9", "alt", 9, true}};
static CatalogueEntry TYPES[] = {{1, "WARTUNG", "Wartungsvertrag", 1, false}, {2, "MIETE", "Miete", 2, false}};
static CatalogueEntry USERS[] = {{1, "anna", "Anna", 0, false}};
static const Catalogue CATALOGUE = {LEVELS, G_N_ELEMENTS(LEVELS), TYPES, G_N_ELEMENTS(TYPES), USERS, G_N_ELEMENTS(USERS), NULL, 0};

static ContractFilter *parse(void *owner, const char *query, FieldErrors **errors) {
  Parameters *parameters = parameters_parse(owner, query, strlen(query), NULL);
  assert_non_null(parameters);
  *errors = field_errors_new(owner);
  return contract_filter_parse(owner, parameters, &CATALOGUE, day_make(2026, 2, 11), *errors);
}

/* What comes in, and the canonical form that it has. */
static const struct {
  const char *typed;
  const char *canonical;
} CANONICAL[] = {
    {"", ""},
    {"level=&status=&q=&sort=number&per=50", ""},
    {"level=L2&level=none", "level=L2&level=none"},
    {"level=none&level=L2&level=L0", "level=L0&level=L2&level=none"},
    {"level=L1&level=L1", "level=L1"},
    {"level=L%269", "level=L%269"},
    {"status=ended&status=upcoming", "status=upcoming&status=ended"},
    {"per=25&status=active&level=L1", "level=L1&status=active&per=25"},
    {"q=++Telefon++Anlage+", "q=Telefon%20%20Anlage"},
    {"sort=-ends", "sort=-ends"},
    {"sort=-number", "sort=-number"},
    {"ends_to=31.12.2026", "ends_to=2026-12-31"},
    {"ends_to=2026-12-31&ends_from=today", "ends_from=today&ends_to=2026-12-31"},
    {"notice_to=%2B90d", "notice_to=%2B90d"},
    {"notice_to=+90d", "notice_to=%2B90d"},
    {"starts_from=-1m", "starts_from=-1m"},
    {"value_from=1.234%2C5&value_to=2000", "value_from=1234.50&value_to=2000.00"},
    {"type=MIETE&type=WARTUNG", "type=WARTUNG&type=MIETE"},
    {"responsible=me&customer=K-1", "customer=K-1&responsible=me"},
    {"cols=title,number", "cols=title,number"},
    {"cols=title%2Cnumber&sort=title&per=25", "sort=title&cols=title,number&per=25"},
    {"cols=number,title,customer_name,level,type,status,starts_on,term_ends_on,notice_by,monthly_value", ""},
    {"cols=title&cols=&cols=updated,level", "cols=title,updated,level"},
    {"cols=", ""},
    /* As the form of ticks and places sends them: 1 2 3 4, where one place was changed. */
    {"cols=number&place_number=1&cols=title&place_title=4&cols=level&place_level=3&cols=note&place_note=4&place_type=", "cols=number,level,note,title"},
    {"cols=number&place_number=1&cols=title&place_title=2&cols=level&place_level=3&cols=note&place_note=2", "cols=number,note,title,level"},
    {"cols=number&place_number=1&cols=title&place_title=2&cols=level&place_level=&cols=note&place_note=+1+", "cols=note,number,title,level"},
    {"cols=level&cols=note&place_note=1&place_type=7", "cols=note,level"},
    {"lang=en&level=L0", "level=L0&lang=en"},
    {"ended_to=-1m&on=+90d&value_to=5&responsible=none", "responsible=none&value_to=5.00&on=%2B90d&ended_to=-1m"},
};

static void canonical_form_is_one(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(CANONICAL); i++) {
    FieldErrors *errors = NULL;
    void *owner = talloc_new(NULL);
    ContractFilter *filter = parse(owner, CANONICAL[i].typed, &errors);
    assert_false(field_errors_any(errors));
    assert_string_equal(contract_filter_query(owner, filter, &CATALOGUE, true), CANONICAL[i].canonical);
    talloc_free(owner);
  }
  (void)state;
}

/* The canonical form leads to itself, or a redirect would never end. */
static void canonical_form_stays(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(CANONICAL); i++) {
    FieldErrors *errors = NULL;
    void *owner = talloc_new(NULL);
    ContractFilter *filter = parse(owner, CANONICAL[i].canonical, &errors);
    assert_string_equal(contract_filter_query(owner, filter, &CATALOGUE, true), CANONICAL[i].canonical);
    talloc_free(owner);
  }
  (void)state;
}

static const struct {
  const char *typed;
  const char *parameter;
  const char *reason;
} REFUSED[] = {
    {"levle=L1", "levle", "unknown_parameter"},
    {"hdf.loadpaths.0=%2Fetc", "hdf.loadpaths.0", "unknown_parameter"},
    {"level=L7", "level", "unknown"},
    {"level=l1", "level", "unknown"},
    {"status=Active", "status", "unknown"},
    {"type=X", "type", "unknown"},
    {"responsible=nobody", "responsible", "unknown"},
    {"ends_to=2026-02-30", "ends_to", "not_a_filter_day"},
    {"ends_to=tomorrow", "ends_to", "not_a_filter_day"},
    {"ends_to=%2B90", "ends_to", "not_a_filter_day"},
    {"ends_to=%2B999999999d", "ends_to", "not_a_filter_day"},
    {"starts_from=2027-01-01&starts_to=2026-01-01", "starts_to", "before_from"},
    {"on=soon", "on", "not_a_filter_day"},
    {"ended_from=2026-02-02&ended_to=2026-02-01", "ended_to", "before_from"},
    {"value_from=-5", "value_from", "not_money"},
    {"value_to=abc", "value_to", "not_money"},
    {"sort=price", "sort", "unknown"},
    {"sort=--number", "sort", "unknown"},
    {"cols=number,colour", "cols", "unknown"},
    {"cols=number,title,number", "cols", "column_twice"},
    {"cols=number&cols=number", "cols", "column_twice"},
    {"cols=Number", "cols", "unknown"},
    {"cols=number&place_number=first", "place_number", "not_a_place"},
    {"cols=number&place_number=0", "place_number", "not_a_place"},
    {"cols=number&place_number=1&place_number=2", "place_number", "repeated"},
    {"place_colour=1", "place_colour", "unknown_parameter"},
    {"per=51", "per", "not_a_choice"},
    {"per=050", "per", "not_a_choice"},
    {"sort=number&sort=title", "sort", "repeated"},
    {"after=%21%21", "after", "bad_cursor"},
    {"after=MA", "after", "bad_cursor"},
    {"lang=fr", "lang", "not_a_choice"},
    {"q=%21%3F", "q", "no_word"},
};

static void what_is_not_understood_is_named(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(REFUSED); i++) {
    FieldErrors *errors = NULL;
    void *owner = talloc_new(NULL);
    parse(owner, REFUSED[i].typed, &errors);
    assert_int_equal(errors->items->len, 1);
    assert_string_equal(g_array_index(errors->items, FieldError, 0).field, REFUSED[i].parameter);
    assert_string_equal(g_array_index(errors->items, FieldError, 0).reason, REFUSED[i].reason);
    talloc_free(owner);
  }
  (void)state;
}

static void relative_days_count_from_today(void **state) {
  FieldErrors *errors = NULL;
  void *owner = talloc_new(NULL);
  ContractFilter *filter = parse(owner, "ends_from=today&ends_to=%2B90d&starts_from=-1m&starts_to=%2B1y", &errors);
  assert_int_equal(filter->ranges[RANGE_ENDS].from, day_make(2026, 2, 11));
  assert_int_equal(filter->ranges[RANGE_ENDS].to, day_make(2026, 5, 12));
  assert_int_equal(filter->ranges[RANGE_STARTS].from, day_make(2026, 1, 11));
  assert_int_equal(filter->ranges[RANGE_STARTS].to, day_make(2027, 2, 11));
  talloc_free(owner);
  (void)state;
}

static void cursor_survives_the_address(void **state) {
  static const char *const KEYS[] = {"V-2026.1", "Müller & Söhne", "2026-12-31", "", "a.b.c"};
  for (unsigned i = 0; i < G_N_ELEMENTS(KEYS); i++) {
    FieldErrors *errors = NULL;
    void *owner = talloc_new(NULL);
    char *query = talloc_asprintf(owner, "before=%s", contract_filter_cursor_text(owner, 3, KEYS[i], 4711));
    ContractFilter *filter = parse(owner, query, &errors);
    assert_false(field_errors_any(errors));
    assert_true(filter->cursor->before);
    assert_int_equal(filter->cursor->group, 3);
    assert_int_equal(filter->cursor->id, 4711);
    assert_string_equal(filter->cursor->key, KEYS[i]);
    assert_string_equal(contract_filter_query(owner, filter, &CATALOGUE, true), query);
    talloc_free(owner);
  }
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(canonical_form_is_one),          cmocka_unit_test(canonical_form_stays),        cmocka_unit_test(what_is_not_understood_is_named),
      cmocka_unit_test(relative_days_count_from_today), cmocka_unit_test(cursor_survives_the_address),
  };
  return cmocka_run_group_tests_name("contract_filter", tests, NULL, NULL);
}
