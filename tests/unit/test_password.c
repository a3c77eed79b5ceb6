/* Passwords: what can't be chosen, and that long ones can. Source: password.h; quality.md, security 6. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/password.h"
#include "rows.h"

#define COMMON "password_common"
#define GOOD ""

static const struct {
  const char *password;
  const char *name;
  const char *fault;
} CHOSEN[] = {
    {"", "anna", "password_short"},
    {"k7#mQz!9x", "anna", "password_short"},
    {"\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F\xE2\x82\xAC", "anna", "password_short"}, /* characters count, not bytes */
    {"k7#mQz!9xw", "anna", GOOD},
    {"a passphrase of four words", "anna", GOOD},
    {"correct horse battery staple", "anna", GOOD},
    {"Tisch, Fisch und Bratkartoffeln am 3. Mai", "anna", GOOD},
    {"3f9a0c71be42", "admin", GOOD},
    {"\xE5\xB1\xB1\xE5\xB7\x9D\xE8\x8D\x89\xE6\x9C\xA8\xE9\xA2\xA8\xE6\x9C\x88\xE8\x8A\xB1\xE9\xB3\xA5\xE9\xB1\xBC\xE8\x99\xAB", "anna", GOOD},
    /* Words that everybody tries, however they are dressed up. */
    {"passwort123", "anna", COMMON},
    {"P@ssw0rt2026!", "anna", COMMON},
    {"Passwort!Passwort!", "anna", COMMON},
    {"Willkommen2026", "anna", COMMON},
    {"Sommer2026!!", "anna", COMMON},
    {"HalloHallo12", "anna", COMMON},
    {"supportlevel", "anna", COMMON},
    {"Fr\xC3\xBChling2026", "anna", COMMON},
    {"iloveyou1234", "anna", COMMON},
    /* The user's own name. */
    {"Bernhardine1", "bernhardine", COMMON},
    {"bernhardine-2026", "Bernhardine", COMMON},
    {"Bernhardine1", "anna", GOOD},
    {"ab ist kurz!", "ab", GOOD},
    /* Keys beside each other, one key, repetitions. */
    {"1234567890", "anna", COMMON},
    {"0987654321", "anna", COMMON},
    {"qwertzuiop", "anna", COMMON},
    {"qwertyuiop123", "anna", COMMON},
    {"abcdefghijkl", "anna", COMMON},
    {"1qay2wsx3edc", "anna", COMMON},
    {"aaaaaaaaaaaaaaaaaaaaaaaa", "anna", COMMON},
    {"abababababab", "anna", COMMON},
    {"x7vx7vx7vx7vx", "anna", COMMON},
    {"----------------", "anna", COMMON},
    {"k7vqk7vqk7vq", "anna", COMMON},
    {"Tisch 5 Tisch 5 T", "anna", COMMON},
    {"gr\xC3\xBC\xC3\x9F" "echt gr\xC3\xBC\xC3\x9F" "echt ", "anna", COMMON},
    {"k7vq.Tisch5k7vq.Tisch5", "anna", GOOD}, /* what is repeated is long enough alone */
    {"k7vqk7vqk7vx", "anna", GOOD},
    /* Dates and telephone numbers; a long number is as good as a password of letters. */
    {"17.03.1985", "anna", COMMON},
    {"+49 30 5720839", "anna", COMMON},
    {"8305 2917 4068 1593", "anna", GOOD},
};

static void what_everybody_tries_is_refused(void **state) {
  (void)state;
  for (unsigned i = 0; i < G_N_ELEMENTS(CHOSEN); i++) {
    const char *fault = password_fault(CHOSEN[i].password, CHOSEN[i].name);
    row_is(i, CHOSEN[i].password, fault != NULL ? fault : GOOD, CHOSEN[i].fault);
  }
  rows_end();
}

static void a_passphrase_may_be_long(void **state) {
  (void)state;
  void *owner = talloc_new(NULL);
  GString *phrase = g_string_new(NULL);
  for (unsigned i = 0; phrase->len < PASSWORD_LONGEST - 8; i++) g_string_append_printf(phrase, "w%x-z ", i * 2654435761u);
  g_string_truncate(phrase, PASSWORD_LONGEST);
  const char *hash = password_hash(owner, phrase->str, NULL);
  assert_null(password_fault(phrase->str, "anna"));
  assert_true(g_str_has_prefix(hash, "$argon2id$v=19$m=262144,t=3,")); /* libsodium's moderate limits */
  assert_true(password_matches(hash, phrase->str));
  /* Also its last character counts. */
  phrase->str[phrase->len - 1] ^= 1;
  assert_false(password_matches(hash, phrase->str));
  while (phrase->len <= PASSWORD_LONGEST) g_string_append_c(phrase, 'x');
  assert_string_equal(password_fault(phrase->str, "anna"), "password_long");
  assert_false(password_matches(hash, phrase->str));
  g_string_free(phrase, TRUE);
  talloc_free(owner);
}

static void nobody_has_no_password(void **state) {
  (void)state;
  assert_false(password_matches("", ""));
  assert_false(password_matches("", "password"));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(what_everybody_tries_is_refused), cmocka_unit_test(a_passphrase_may_be_long), cmocka_unit_test(nobody_has_no_password)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
