/* Access tokens: what may be asked of a new one, and what has the form of one. Source: token_field.h, access_token.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/token_field.h"
#include "rows.h"
#include "web/access_token.h"

/* ---- the form ---- */

static const struct {
  const char *today;
  const char *expires_on;
  const char *reason; /* "" good */
} LAST_DAYS[] = {
    {"2026-02-11", "2026-02-11", ""},          {"2026-02-11", "2026-02-10", "in_the_past"}, {"2026-02-11", "2028-02-11", ""},
    {"2026-02-11", "2028-02-12", "too_far"},   {"2026-02-11", "9999-12-30", "too_far"},     {"2026-02-11", "1000-01-01", "in_the_past"},
    {"2028-02-29", "2030-02-28", ""},          {"2028-02-29", "2030-03-01", "too_far"},     {"2026-02-11", "", "required"},
    /* What couldn't be read is kept as typed, and has its own error already. */
    {"2026-02-11", "x", ""},
};

static void the_last_day_is_neither_past_nor_far(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(LAST_DAYS); i++) {
    void *owner = talloc_new(NULL);
    Field fields[TOKEN_FIELD_COUNT];
    token_fields_make(fields, "viewer");
    FieldErrors *errors = field_errors_new(owner);
    const char *const values[TOKEN_FIELD_COUNT] = {"name", "viewer", LAST_DAYS[i].expires_on};
    token_check(values, fields, day_parse_iso(LAST_DAYS[i].today), errors);
    const FieldError *error = field_errors_find(errors, "expires_on");
    row_is(i, LAST_DAYS[i].expires_on, error != NULL ? error->reason : "", LAST_DAYS[i].reason);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void a_year_is_proposed(void **state) {
  char iso[DAY_TEXT_SIZE];
  assert_string_equal(day_format_iso(token_expires_proposed(day_parse_iso("2028-02-29")), iso), "2029-02-28");
  (void)state;
}

static void only_the_given_roles_can_be_chosen(void **state) {
  void *owner = talloc_new(NULL);
  Field fields[TOKEN_FIELD_COUNT];
  token_fields_make(fields, "viewer editor");
  FieldErrors *errors = field_errors_new(owner);
  assert_string_equal(field_value_read(owner, &fields[TOKEN_ROLE], "editor", errors), "editor");
  assert_null(field_value_read(owner, &fields[TOKEN_ROLE], "admin", errors));
  talloc_free(owner);
  (void)state;
}

/* ---- the secret ---- */

#define SECRET "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop" /* 42 characters */

static const struct {
  const char *text;
  const char *is;
} TEXTS[] = {
    {"slt_" SECRET "Q", "token"}, {"slt_" SECRET, "none"},    {"slt_" SECRET "QQ", "none"}, {"slt_" SECRET "R", "none"}, {SECRET "Q", "none"},   {"SLT_" SECRET "Q", "none"},
    {"slt_" SECRET "=", "none"},  {"slt_" SECRET "+", "none"}, {"slt_ " SECRET, "none"},     {"slt_", "none"},            {"", "none"},
};

static void only_whole_tokens_are_hashed(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
    unsigned char hash[ACCESS_TOKEN_HASH_SIZE];
    row_is(i, TEXTS[i].text, access_token_hash(TEXTS[i].text, hash) ? "token" : "none", TEXTS[i].is);
  }
  rows_end();
  (void)state;
}

static void new_ones_differ_and_hash_alike_each_time(void **state) {
  void *owner = talloc_new(NULL);
  unsigned char hashes[3][ACCESS_TOKEN_HASH_SIZE];
  const char *one = access_token_new(owner);
  const char *other = access_token_new(owner);
  assert_string_not_equal(one, other);
  assert_true(access_token_hash(one, hashes[0]) && access_token_hash(one, hashes[1]) && access_token_hash(other, hashes[2]));
  assert_memory_equal(hashes[0], hashes[1], ACCESS_TOKEN_HASH_SIZE);
  assert_memory_not_equal(hashes[0], hashes[2], ACCESS_TOKEN_HASH_SIZE);
  talloc_free(owner);
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_last_day_is_neither_past_nor_far),
      cmocka_unit_test(a_year_is_proposed),
      cmocka_unit_test(only_the_given_roles_can_be_chosen),
      cmocka_unit_test(only_whole_tokens_are_hashed),
      cmocka_unit_test(new_ones_differ_and_hash_alike_each_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
