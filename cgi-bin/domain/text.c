#include "domain/text.h"

#include <string.h>
#include <talloc.h>

static bool is_control(gunichar character, bool lines) {
  if (character == '\n' || character == '\t') return !lines;
  return g_unichar_iscntrl(character) || character == 0xFEFF;
}

static void join_lines(char *text) {
  char *to = text;
  for (const char *from = text; *from != '\0'; from++) {
    if (*from == '\r') {
      *to++ = '\n';
      if (from[1] == '\n') from++;
    } else {
      *to++ = *from;
    }
  }
  *to = '\0';
}

char *text_clean(void *owner, const char *text, gsize length, bool trim, bool lines, TextFault *fault) {
  *fault = TEXT_GOOD;
  if (memchr(text, '\0', length) != NULL) *fault = TEXT_CONTROL;
  else if (!g_utf8_validate(text, (gssize)length, NULL)) *fault = TEXT_NOT_UTF8;
  if (*fault != TEXT_GOOD) return NULL;
  char *composed = g_utf8_normalize(text, (gssize)length, G_NORMALIZE_NFC);
  join_lines(composed);
  if (trim) g_strstrip(composed);
  for (const char *at = composed; *at != '\0'; at = g_utf8_next_char(at)) {
    if (is_control(g_utf8_get_char(at), lines)) *fault = TEXT_CONTROL;
  }
  char *clean = *fault == TEXT_GOOD ? talloc_strdup(owner, composed) : NULL;
  g_free(composed);
  return clean;
}

static bool is_known(const char **words, unsigned count, const char *word) {
  for (unsigned i = 0; i < count; i++) {
    if (strcmp(words[i], word) == 0) return true;
  }
  return false;
}

/* Folding by case turns ß into ss; decomposing puts accents behind their letters, where they are dropped. */
const char **text_search_words(void *owner, const char *text, unsigned *count) {
  const char **words = talloc_zero_array(owner, const char *, TEXT_WORDS_MAX + 1);
  char *decomposed = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);
  char *folded = g_utf8_casefold(decomposed, -1);
  GString *word = g_string_new(NULL);
  glong length = 0;
  *count = 0;
  for (const char *at = folded;; at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char(at);
    if (g_unichar_ismark(character)) continue;
    if (g_unichar_isalnum(character)) {
      if (length++ < TEXT_WORD_MAX) g_string_append_unichar(word, character);
      continue;
    }
    if (word->len > 0 && *count < TEXT_WORDS_MAX && !is_known(words, *count, word->str)) words[(*count)++] = talloc_strdup(words, word->str);
    g_string_truncate(word, 0);
    length = 0;
    if (character == 0) break;
  }
  g_string_free(word, TRUE);
  g_free(folded);
  g_free(decomposed);
  return words;
}
