/* Documents: what they are called, which names fit which content, and the names in an archive. Source: the limits in domain/document.h; APPNOTE.TXT 6.3.10, 4.3. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/document.h"
#include "format/zip_names.h"
#include "rows.h"

#define TURN "\xE2\x80\xAE" /* U+202E */
#define UMLAUT "\xC3\xA4"

static const struct {
  const char *typed;
  const char *file_name;
  const char *name; /* or the reason, in brackets */
} NAMES[] = {
    {"", "a.pdf", "a.pdf"},
    {"", "C:\\Eigene Dateien\\a.pdf", "a.pdf"},
    {"", "/etc/../a.pdf", "a.pdf"},
    {"", "  ..a.pdf. . ", "a.pdf"},
    {"", "a\xCC\x88.pdf", UMLAUT ".pdf"},
    {"", "a", "a"},
    {"", "...", "(required)"},
    {"", "dir/", "(required)"},
    {"", "a" TURN "fdp.exe", "(control_character)"},
    {"", "a\x01.pdf", "(control_character)"},
    {"", "a\xFF.pdf", "(not_utf8)"},
    /* Typed: the ending is the file's, unless it is there. */
    {"b", "a.pdf", "b.pdf"},
    {"b.PDF", "a.pdf", "b.PDF"},
    {"b.docx", "a.pdf", "b.docx.pdf"},
    {"Version 1.2", "a.pdf", "Version 1.2.pdf"},
    {"b 3/2026", "a.pdf", "b 3-2026.pdf"},
    {"  b. ", "a.pdf", "b.pdf"},
    {" ", "a.pdf", "a.pdf"},
    {"...", "a.pdf", "a.pdf"},
    {"b", "a", "b"},
    {"b" TURN, "a.pdf", "(control_character)"},
    {"b\n", "a.pdf", "b.pdf"},
};

static const char *name_of(void *owner, const char *typed, const char *file_name) {
  const char *reason = NULL;
  const char *name = document_name(owner, typed, file_name, &reason);
  return reason != NULL ? talloc_asprintf(owner, "(%s)", reason) : name;
}

static void names_are_cleaned(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(NAMES); i++) {
    void *owner = talloc_new(NULL);
    row_is(i, NAMES[i].file_name, name_of(owner, NAMES[i].typed, NAMES[i].file_name), NAMES[i].name);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void names_have_a_length(void **state) {
  void *owner = talloc_new(NULL);
  GString *longest = g_string_new(NULL);
  for (int i = 0; i < DOCUMENT_NAME_MAX - 4; i++) g_string_append(longest, UMLAUT);
  char *fits = talloc_asprintf(owner, "%s.pdf", longest->str);
  assert_string_equal(name_of(owner, "", fits), fits);
  assert_string_equal(name_of(owner, longest->str, "a.pdf"), fits);
  assert_string_equal(name_of(owner, "", talloc_asprintf(owner, "a%s", fits)), "(too_long)");
  assert_string_equal(name_of(owner, longest->str, "a.docx"), "(too_long)");
  g_string_free(longest, TRUE);
  talloc_free(owner);
  (void)state;
}

static const struct {
  const char *content;
  const char *name;
  const char *type; /* or the endings that it may have, in brackets */
} TYPES[] = {
    {"application/pdf", "a.pdf", "application/pdf"},
    {"application/pdf", "a.PDF", "application/pdf"},
    {"application/pdf", "a.pdf.exe", "(.pdf)"},
    {"application/pdf", ".pdf", "(.pdf)"},
    {"application/pdf", "apdf", "(.pdf)"},
    {"text/plain", "a.txt", "text/plain"},
    {"text/plain", "a.csv", "text/csv"},
    {"text/plain", "a.js", "(.txt .log .md .csv)"},
    {"image/jpeg", "a.jpeg", "image/jpeg"},
    {"image/jpeg", "a.jpg", "image/jpeg"},
    {"image/jpeg", "a.png", "(.jpg .jpeg)"},
    {"text/html", "a.html", "(none)"},
    {"application/x-dosexec", "a.pdf", "(none)"},
};

static void names_fit_contents(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(TYPES); i++) {
    void *owner = talloc_new(NULL);
    const char *endings = NULL;
    const DocumentType *type = document_type_find(owner, TYPES[i].content, TYPES[i].name, &endings);
    row_is(i, TYPES[i].name, type != NULL ? type->content_type : talloc_asprintf(owner, "(%s)", endings != NULL ? endings : "none"), TYPES[i].type);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

/* ---- archives ---- */

#define ENTRY(length, name) "PK\1\2" "\24\0\24\0" "\0\0\0\0\0\0!\0" "\0\0\0\0\0\0\0\0\0\0\0\0" length "\0" "\0\0\0\0" "\0\0\0\0\0\0\0\0" "\0\0\0\0" name
#define END(count, size, offset) "PK\5\6" "\0\0\0\0" count "\0" count "\0" size "\0\0\0" offset "\0\0\0" "\0\0"
#define ARCHIVE(text) {text, sizeof(text) - 1}

static bool gather(void *context, const char *name, gsize length) {
  GString *names = context;
  g_string_append_len(names, name, (gssize)length);
  g_string_append_c(names, '|');
  return strncmp(name, "stop", 4) != 0;
}

static void archives_name_their_files(void **state) {
  static const struct {
    struct {
      const char *bytes;
      gsize length;
    } archive;
    const char *names; /* or NULL: no archive */
  } ARCHIVES[] = {
      {ARCHIVE(END("\0", "\0", "\0")), ""},
      {ARCHIVE(ENTRY("\1", "a") END("\1", "\57", "\0")), "a|"},
      {ARCHIVE("xxx" ENTRY("\1", "a") ENTRY("\3", "b/c") END("\2", "\140", "\3")), "a|b/c|"},
      {ARCHIVE(ENTRY("\4", "stop") ENTRY("\1", "b") END("\2", "\141", "\0")), "stop|"},
      {ARCHIVE(""), NULL},
      {ARCHIVE("PK\5\6"), NULL},
      {ARCHIVE(ENTRY("\1", "a")), NULL},
      /* An entry too few, one beyond the end, a name longer than what is left, an offset beyond the end. */
      {ARCHIVE(ENTRY("\1", "a") END("\2", "\57", "\0")), NULL},
      {ARCHIVE(ENTRY("\377", "a") END("\1", "\57", "\0")), NULL},
      {ARCHIVE(ENTRY("\1", "a") END("\1", "\57", "\377")), NULL},
      {ARCHIVE(ENTRY("\1", "a") END("\1", "\57", "\1")), NULL},
  };
  for (unsigned i = 0; i < G_N_ELEMENTS(ARCHIVES); i++) {
    GString *names = g_string_new(NULL);
    /* Exactly as long as it is, so that a sanitizer sees what reads beyond. */
    char *bytes = g_memdup2(ARCHIVES[i].archive.bytes, ARCHIVES[i].archive.length);
    bool readable = zip_names_each(bytes, ARCHIVES[i].archive.length, gather, names);
    row_is(i, "archive", readable ? names->str : "(none)", ARCHIVES[i].names != NULL ? ARCHIVES[i].names : "(none)");
    g_free(bytes);
    g_string_free(names, TRUE);
  }
  rows_end();
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(names_are_cleaned), cmocka_unit_test(names_have_a_length), cmocka_unit_test(names_fit_contents), cmocka_unit_test(archives_name_their_files)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
