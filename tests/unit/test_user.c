/* Users: by which names somebody can sign in, what is asked of a new one, and secrets for addresses. Source: user.h, user_name.h, secret.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/secret.h"
#include "domain/user.h"
#include "domain/user_name.h"
#include "rows.h"

#define SIXTY "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefgh"

static const struct {
  const char *name;
  const char *is;
} NAMES[] = {
    {"anna", "valid"},       {"Jörg", "valid"},       {"anna.muster@example.com", "valid"}, {"DOMAIN\\anna", "valid"}, {"a-b_c+1", "valid"},
    {SIXTY, "valid"},        {SIXTY "x", "invalid"},  {"", "invalid"},                      {"me", "invalid"}, {"none", "invalid"},         {"Me", "valid"},
    {"anna muster", "invalid"}, {"anna\n", "invalid"}, {"anna/x", "invalid"},               {"<b>", "invalid"},        {"\xff", "invalid"},
    {"anna\xe2\x80\xae", "invalid"}, {"\xe2\x82\xac", "invalid"}, {"a\xc4\xae", "valid"},
};

static void names_hold_letters_digits_and_few_signs(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(NAMES); i++) row_is(i, NAMES[i].name, user_name_valid(NAMES[i].name) ? "valid" : "invalid", NAMES[i].is);
  rows_end();
  (void)state;
}

static const struct {
  const char *values[PASSWORD_FIELD_COUNT];
  const char *name;  /* whose it is to be */
  const char *field; /* the first that is wrong, or "" */
  const char *reason;
} PASSWORDS[] = {
    {{"four words for you", "four words for you"}, "anna", "", ""},
    {{"", "four words for you"}, "anna", "password", "required"},
    {{"four words for you", ""}, "anna", "password_again", "required"},
    {{"nine sign", "nine sign"}, "anna", "password", "password_short"},
    {{"anna.meier2026", "anna.meier2026"}, "anna.meier", "password", "password_common"},
    {{"four words for you", "four words for me"}, "anna", "password_again", "password_differs"},
    {{"four words for you", "four words for you "}, "anna", "password_again", "password_differs"},
};

static void a_new_password_is_asked_for_twice(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(PASSWORDS); i++) {
    void *owner = talloc_new(NULL);
    FieldErrors *errors = field_errors_new(owner);
    new_password_check(PASSWORDS[i].values, PASSWORDS[i].name, errors);
    const FieldError *first = field_errors_any(errors) ? &g_array_index(errors->items, FieldError, 0) : NULL;
    row_is(i, PASSWORDS[i].field, first != NULL ? first->field : "", PASSWORDS[i].field);
    row_is(i, PASSWORDS[i].field, first != NULL ? first->reason : "", PASSWORDS[i].reason);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void of_a_user_name_sign_in_name_and_role_are_required(void **state) {
  void *owner = talloc_new(NULL);
  FieldErrors *errors = field_errors_new(owner);
  Record *user = record_new(owner, &user_kind);
  assert_string_equal(user->values[USER_ROLE], "viewer");
  assert_string_equal(user->values[USER_ACTIVE], "1");
  record_check(user, errors);
  assert_int_equal(errors->items->len, 2);
  assert_string_equal(field_errors_find(errors, "display_name")->reason, "required");
  assert_string_equal(field_errors_find(errors, "username")->reason, "required");
  talloc_free(owner);
  (void)state;
}

static void a_password_keeps_its_blanks(void **state) {
  void *owner = talloc_new(NULL);
  FieldErrors *errors = field_errors_new(owner);
  assert_string_equal(field_value_read(owner, &password_fields[PASSWORD_NEW], " ten signs ", errors), " ten signs ");
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
      cmocka_unit_test(a_new_password_is_asked_for_twice),
      cmocka_unit_test(of_a_user_name_sign_in_name_and_role_are_required),
      cmocka_unit_test(a_password_keeps_its_blanks),
      cmocka_unit_test(a_secret_is_known_by_its_hash),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
