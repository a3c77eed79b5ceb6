/* Users: by which names somebody can sign in, what is asked of a new one, and secrets for addresses. Source: user_field.h, secret.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/secret.h"
#include "domain/user_field.h"
#include "rows.h"

#define SIXTY "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefgh"

static const struct {
  const char *name;
  const char *is;
} NAMES[] = {
    {"anna", "valid"},       {"Jörg", "valid"},       {"anna.muster@example.com", "valid"}, {"DOMAIN\\anna", "valid"}, {"a-b_c+1", "valid"},
    {SIXTY, "valid"},        {SIXTY "x", "invalid"},  {"", "invalid"},                      {"me", "invalid"},         {"Me", "valid"},
    {"anna muster", "invalid"}, {"anna\n", "invalid"}, {"anna/x", "invalid"},               {"<b>", "invalid"},        {"\xff", "invalid"},
    {"anna\xe2\x80\xae", "invalid"}, {"\xe2\x82\xac", "invalid"}, {"a\xc4\xae", "valid"},
};

static void names_hold_letters_digits_and_few_signs(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(NAMES); i++) row_is(i, NAMES[i].name, user_name_valid(NAMES[i].name) ? "valid" : "invalid", NAMES[i].is);
  rows_end();
  (void)state;
}

static const struct {
  const char *values[USER_FIELD_COUNT];
  const char *field; /* the first that is wrong, or "" */
  const char *reason;
} FORMS[] = {
    {{"Anna", "anna", "four words for you", "four words for you", "de"}, "", ""},
    {{"", "anna", "four words for you", "four words for you", "de"}, "display_name", "required"},
    {{"Anna", "", "four words for you", "four words for you", "de"}, "username", "required"},
    {{"Anna", "anna", "", "four words for you", "de"}, "password", "required"},
    {{"Anna", "anna", "four words for you", "", "de"}, "password_again", "required"},
    {{"Anna", "anna", "nine sign", "nine sign", "de"}, "password", "password_short"},
    {{"Anna", "anna.meier", "anna.meier2026", "anna.meier2026", "de"}, "password", "password_common"},
    {{"Anna", "anna", "four words for you", "four words for me", "de"}, "password_again", "password_differs"},
    {{"Anna", "anna", "four words for you", "four words for you ", "de"}, "password_again", "password_differs"},
};

static void all_is_asked_for_and_the_password_twice(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(FORMS); i++) {
    void *owner = talloc_new(NULL);
    FieldErrors *errors = field_errors_new(owner);
    user_check(FORMS[i].values, errors);
    const FieldError *first = field_errors_any(errors) ? &g_array_index(errors->items, FieldError, 0) : NULL;
    row_is(i, FORMS[i].field, first != NULL ? first->field : "", FORMS[i].field);
    row_is(i, FORMS[i].field, first != NULL ? first->reason : "", FORMS[i].reason);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void a_password_keeps_its_blanks(void **state) {
  void *owner = talloc_new(NULL);
  FieldErrors *errors = field_errors_new(owner);
  assert_string_equal(field_value_read(owner, &user_fields[USER_PASSWORD], " ten signs ", errors), " ten signs ");
  talloc_free(owner);
  (void)state;
}

static void a_secret_is_known_by_its_hash(void **state) {
  void *owner = talloc_new(NULL);
  unsigned char made[SECRET_HASH_SIZE];
  unsigned char read[SECRET_HASH_SIZE];
  const char *secret = secret_new(owner, made);
  assert_int_equal(strlen(secret), 43);
  assert_true(secret_hash(secret, read));
  assert_memory_equal(made, read, SECRET_HASH_SIZE);
  assert_false(secret_hash(secret + 1, read));
  assert_false(secret_hash("", read));
  assert_string_not_equal(secret, secret_new(owner, read));
  talloc_free(owner);
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_hold_letters_digits_and_few_signs),
      cmocka_unit_test(all_is_asked_for_and_the_password_twice),
      cmocka_unit_test(a_password_keeps_its_blanks),
      cmocka_unit_test(a_secret_is_known_by_its_hash),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
