/* JSON for programs: what is read as a form would carry it, and how each kind of field is written. Source: json_reader.h, json_field.h; RFC 8259. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/contract_field.h"
#include "domain/support_level.h"
#include "format/json_field.h"
#include "format/json_reader.h"
#include "rows.h"

/* ---- reading ---- */

static const struct {
  const char *json;
  const char *read; /* "name=value;" of each member, or the error */
} OBJECTS[] = {
    {"{}", ""},
    {" { } \n", ""},
    {"{\"a\": \"x\", \"b\": \"\"}", "a=x;b=;"},
    {"{\"a\": 12, \"b\": -3, \"c\": 0}", "a=12;b=-3;c=0;"},
    {"{\"a\": true, \"b\": false, \"c\": null}", "a=1;b=;c=;"},
    {"{\"a\": \"\\u00e4\\n\\\"\"}", "a=\xc3\xa4\n\";"},
    {"{\"\": \"x\"}", "=x;"},
    /* What a form could not carry. */
    {"{\"a\": 1.5}", "bad_json_value: a"},
    {"{\"a\": 1.0}", "bad_json_value: a"},
    {"{\"a\": 1e2}", "bad_json_value: a"},
    {"{\"a\": []}", "bad_json_value: a"},
    {"{\"a\": {\"b\": 1}}", "bad_json_value: a"},
    /* No object. */
    {"", "bad_json: 1:0"},
    {"[]", "bad_json: 1:1"},
    {"{", "bad_json: 1:1"},
    {"{\"a\": 1} x", "bad_json: 1:10"},
    {"{\"a\": 1,}", "bad_json: 1:9"},
    {"{\n\"a\": x}", "bad_json: 2:6"},
    {"{\"a\": 1, \"a\": 2}", "bad_json: 1:12"},
    {"{\"a\": \"\\u0000\"}", "bad_json: 1:14"},
    {"{\"a\": \"\\ud800\"}", "bad_json: 1:14"},
    {"{\"a\": \"\xff\"}", "bad_json: 1:7"},
    {"{\"a\": 99999999999999999999999}", "bad_json: 1:29"},
    {"{'a': 1}", "bad_json: 1:2"},
};

static void objects_are_read_like_forms(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(OBJECTS); i++) {
    void *owner = talloc_new(NULL);
    GError *error = NULL;
    const Parameters *read = json_read_object(owner, OBJECTS[i].json, &error);
    char *got = talloc_strdup(owner, read == NULL ? error->message : "");
    assert_true((read == NULL) == (error != NULL));
    assert_true(error == NULL || error_is(error, ERROR_BAD_REQUEST));
    for (unsigned item = 0; read != NULL && item < read->count; item++) got = talloc_asprintf_append(got, "%s=%s;", read->items[item].name, read->items[item].value);
    row_is(i, OBJECTS[i].json, got, OBJECTS[i].read);
    g_clear_error(&error);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void too_many_members_are_refused(void **state) {
  GString *json = g_string_new("{");
  for (unsigned i = 0; i <= PARAMETER_MAX; i++) g_string_append_printf(json, "%s\"m%u\": 1", i > 0 ? ", " : "", i);
  g_string_append_c(json, '}');
  GError *error = NULL;
  assert_null(json_read_object(NULL, json->str, &error));
  assert_string_equal(error->message, "too_many_parameters");
  g_error_free(error);
  g_string_free(json, TRUE);
  (void)state;
}

/* ---- writing ---- */

static const struct {
  const Field *field;
  const char *text;
  const char *json;
} VALUES[] = {
    {&contract_fields[CONTRACT_TITLE], "a \"b\"", "\"a \\\"b\\\"\""}, {&contract_fields[CONTRACT_REFERENCE], "", "\"\""},
    {&contract_fields[CONTRACT_LEVEL], "L1", "\"L1\""},               {&contract_fields[CONTRACT_LEVEL], "", "null"},
    {&contract_fields[CONTRACT_ENDS_ON], "2026-12-31", "\"2026-12-31\""}, {&contract_fields[CONTRACT_ENDS_ON], "", "null"},
    {&contract_fields[CONTRACT_RENEWAL_MONTHS], "12", "12"},          {&contract_fields[CONTRACT_RENEWAL_MONTHS], "0", "0"},
    {&contract_fields[CONTRACT_NOTICE_PERIOD], "3m", "\"3m\""},       {&contract_fields[CONTRACT_NOTICE_PERIOD], "", "null"},
    {&contract_fields[CONTRACT_NOTICE_TO], "term", "\"term\""},       {&contract_fields[CONTRACT_NOTICE_TO], "", "null"},
    {&contract_fields[CONTRACT_BILLING_MONTHS], "12", "12"},          {&contract_fields[CONTRACT_AMOUNT], "1234.50", "\"1234.50\""},
    {&contract_fields[CONTRACT_CURRENCY], "EUR", "\"EUR\""},
};

static void each_kind_is_written_as_its_own(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(VALUES); i++) {
    json_t *value = json_field_value(VALUES[i].field, VALUES[i].text);
    char *text = json_dumps(value, JSON_ENCODE_ANY);
    row_is(i, VALUES[i].field->name, text, VALUES[i].json);
    free(text);
    json_decref(value);
  }
  rows_end();
  (void)state;
}

static void a_yes_is_a_boolean(void **state) {
  const Field *retired = &level_kind.fields[LEVEL_RETIRED];
  json_t *yes = json_field_value(retired, "1");
  json_t *no = json_field_value(retired, "");
  assert_true(json_is_true(yes));
  assert_true(json_is_false(no));
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(objects_are_read_like_forms),
      cmocka_unit_test(too_many_members_are_refused),
      cmocka_unit_test(each_kind_is_written_as_its_own),
      cmocka_unit_test(a_yes_is_a_boolean),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
