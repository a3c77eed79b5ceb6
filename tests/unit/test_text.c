/* Text that people typed: what is cleaned, what is refused, and the words it is found by. Source: text.h; Unicode NFC and case folding; product.md, parameter `q`. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/text.h"
#include "rows.h"

enum { TRIM = 1, LINES = 2 };

#define BYTES(text) text, sizeof(text) - 1

static const struct {
  const char *typed;
  gsize length;
  int how;
  const char *clean; /* NULL: refused */
  TextFault fault;
} CLEAN[] = {
    {BYTES(""), TRIM, "", TEXT_GOOD},
    {BYTES("L1"), 0, "L1", TEXT_GOOD},
    {BYTES("  a b  "), TRIM, "a b", TEXT_GOOD},
    {BYTES("  a b  "), 0, "  a b  ", TEXT_GOOD},
    {BYTES("   "), TRIM, "", TEXT_GOOD},
    {BYTES("\r\n a \n\t"), TRIM, "a", TEXT_GOOD},
    /* Composed: u and two dots are ü. */
    {BYTES("Mu\xCC\x88ller"), TRIM, "M\xC3\xBCller", TEXT_GOOD},
    {BYTES("A\xCC\x8A"), 0, "\xC3\x85", TEXT_GOOD},
    {BYTES("\xE2\x84\xAB"), 0, "\xC3\x85", TEXT_GOOD},
    /* Lines end with \n. */
    {BYTES("a\r\nb\rc\nd"), LINES, "a\nb\nc\nd", TEXT_GOOD},
    {BYTES("a\r\r\nb"), LINES, "a\n\nb", TEXT_GOOD},
    {BYTES("a\tb"), LINES, "a\tb", TEXT_GOOD},
    {BYTES("a\nb"), TRIM, NULL, TEXT_CONTROL},
    {BYTES("a\r\nb"), TRIM, NULL, TEXT_CONTROL},
    {BYTES("a\tb"), TRIM, NULL, TEXT_CONTROL},
    {BYTES("a\rb"), TRIM, NULL, TEXT_CONTROL},
    /* Control characters. */
    {BYTES("a\0b"), LINES, NULL, TEXT_CONTROL},
    {BYTES("a\0"), TRIM | LINES, NULL, TEXT_CONTROL},
    {BYTES("\x01"), LINES, NULL, TEXT_CONTROL},
    {BYTES("a\x1B[0m"), LINES, NULL, TEXT_CONTROL},
    {BYTES("a\x7F"), LINES, NULL, TEXT_CONTROL},
    {BYTES("a\xC2\x85"), LINES, NULL, TEXT_CONTROL},
    {BYTES("\xEF\xBB\xBF" "a"), LINES, NULL, TEXT_CONTROL},
    /* Not UTF-8: a lone byte, cut short, overlong, a surrogate, beyond the last character. */
    {BYTES("M\xFCller"), LINES, NULL, TEXT_NOT_UTF8},
    {BYTES("a\xC3"), LINES, NULL, TEXT_NOT_UTF8},
    {BYTES("\xC0\xAF"), LINES, NULL, TEXT_NOT_UTF8},
    {BYTES("\xE0\x80\xAF"), LINES, NULL, TEXT_NOT_UTF8},
    {BYTES("\xED\xA0\x80"), LINES, NULL, TEXT_NOT_UTF8},
    {BYTES("\xF4\x90\x80\x80"), LINES, NULL, TEXT_NOT_UTF8},
    {BYTES("\x80"), LINES, NULL, TEXT_NOT_UTF8},
    /* Everything else is kept. */
    {BYTES("<b>&amp;\"'"), 0, "<b>&amp;\"'", TEXT_GOOD},
    {BYTES("\xF0\x9F\x98\x80 \xE4\xBD\xA0"), 0, "\xF0\x9F\x98\x80 \xE4\xBD\xA0", TEXT_GOOD},
};

static void text_is_cleaned_or_refused(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(CLEAN); i++) {
    void *owner = talloc_new(NULL);
    TextFault fault = TEXT_GOOD;
    row_is(i, CLEAN[i].typed, text_clean(owner, CLEAN[i].typed, CLEAN[i].length, (CLEAN[i].how & TRIM) != 0, (CLEAN[i].how & LINES) != 0, &fault), CLEAN[i].clean);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void a_refusal_has_its_reason(void **state) {
  static const char *const FAULTS[] = {[TEXT_GOOD] = "good", [TEXT_NOT_UTF8] = "not UTF-8", [TEXT_CONTROL] = "control character"};
  for (unsigned i = 0; i < G_N_ELEMENTS(CLEAN); i++) {
    void *owner = talloc_new(NULL);
    TextFault fault = TEXT_GOOD;
    text_clean(owner, CLEAN[i].typed, CLEAN[i].length, (CLEAN[i].how & TRIM) != 0, (CLEAN[i].how & LINES) != 0, &fault);
    row_is(i, CLEAN[i].typed, FAULTS[fault], FAULTS[CLEAN[i].fault]);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

/* Only so many bytes as were given. */
static void length_ends_the_text(void **state) {
  TextFault fault = TEXT_GOOD;
  void *owner = talloc_new(NULL);
  assert_string_equal(text_clean(owner, "abc\x01", 3, true, false, &fault), "abc");
  assert_string_equal(text_clean(owner, "abc", 0, true, false, &fault), "");
  talloc_free(owner);
  (void)state;
}

#define TEN "abcdefghij"
#define FORTY TEN TEN TEN TEN

/* Words joined by |. */
static const struct {
  const char *text;
  const char *words;
} WORDS[] = {
    {"", ""},
    {" \t.,!?-", ""},
    {"Telefonanlage", "telefonanlage"},
    {"Wartung der Telefonanlage", "wartung|der|telefonanlage"},
    {"AB-12/3", "ab|12|3"},
    {"V-2026.1", "v|2026|1"},
    {"L1", "l1"},
    {"M\xC3\xBCller & S\xC3\xB6hne", "muller|sohne"},
    {"Mu\xCC\x88ller", "muller"},
    {"M\xC3\x9CLLER", "muller"},
    {"Stra\xC3\x9F" "e", "strasse"},
    {"STRASSE", "strasse"},
    {"STRA\xE1\xBA\x9E" "E", "strasse"},
    {"Caf\xC3\xA9 \xC3\x85rhus", "cafe|arhus"},
    {"\xC4\xB0zmir", "izmir"},
    {"O'Neill", "o|neill"},
    {"a_b", "a|b"},
    {"\xEF\xAC\x81nden", "finden"},
    {"\xCE\x91\xCE\xB8\xCE\xAE\xCE\xBD\xCE\xB1", "\xCE\xB1\xCE\xB8\xCE\xB7\xCE\xBD\xCE\xB1"},
    {"eins zwei Eins ZWEI eins", "eins|zwei"},
    {"2. 2 22", "2|22"},
    {FORTY, FORTY},
    {FORTY "x", FORTY},
    {FORTY "x " FORTY "y", FORTY},
    {FORTY "-x", FORTY "|x"},
    {"\xC3\xA4" FORTY, "a" TEN TEN TEN "abcdefghi"},
};

static void words_are_what_a_text_is_found_by(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(WORDS); i++) {
    void *owner = talloc_new(NULL);
    unsigned count = 0;
    const char **words = text_search_words(owner, WORDS[i].text, &count);
    char *joined = g_strjoinv("|", (char **)words);
    row_is(i, WORDS[i].text, joined, WORDS[i].words);
    g_free(joined);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void words_are_counted(void **state) {
  void *owner = talloc_new(NULL);
  unsigned count = 99;
  text_search_words(owner, "", &count);
  assert_int_equal(count, 0);
  text_search_words(owner, "AB-12/3", &count);
  assert_int_equal(count, 3);
  talloc_free(owner);
  (void)state;
}

static void no_more_than_forty_words_are_kept(void **state) {
  void *owner = talloc_new(NULL);
  GString *text = g_string_new(NULL);
  unsigned count = 0;
  for (int i = 1; i <= 100; i++) g_string_append_printf(text, "w%d ", i);
  const char **words = text_search_words(owner, text->str, &count);
  assert_int_equal(count, 40);
  assert_string_equal(words[0], "w1");
  assert_string_equal(words[39], "w40");
  assert_null(words[40]);
  g_string_free(text, TRUE);
  talloc_free(owner);
  (void)state;
}

/* A word that is known already takes no place. */
static void repeats_take_no_place(void **state) {
  void *owner = talloc_new(NULL);
  GString *text = g_string_new(NULL);
  unsigned count = 0;
  for (int i = 1; i <= 40; i++) g_string_append_printf(text, "w1 w%d ", i);
  const char **words = text_search_words(owner, text->str, &count);
  assert_int_equal(count, 40);
  assert_string_equal(words[39], "w40");
  g_string_free(text, TRUE);
  talloc_free(owner);
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_is_cleaned_or_refused),        cmocka_unit_test(a_refusal_has_its_reason),          cmocka_unit_test(length_ends_the_text),
      cmocka_unit_test(words_are_what_a_text_is_found_by), cmocka_unit_test(words_are_counted),                 cmocka_unit_test(no_more_than_forty_words_are_kept),
      cmocka_unit_test(repeats_take_no_place),
  };
  return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
