/* The words that a text is found by. Input: one text. */
#include <string.h>
#include <talloc.h>

#include "domain/text.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  void *owner = talloc_new(NULL);
  const char *text = fuzz_text(owner, bytes, size);
  unsigned count = 0;
  unsigned count_again = 0;
  const char **words = text != NULL ? text_search_words(owner, text, &count) : NULL;
  holds(count <= TEXT_WORDS_MAX);
  for (unsigned i = 0; i < count; i++) {
    holds(words[i][0] != '\0' && g_utf8_validate(words[i], -1, NULL) && g_utf8_strlen(words[i], -1) <= TEXT_WORD_MAX);
    const char **again = text_search_words(owner, words[i], &count_again);
    holds(count_again == 1 && strcmp(again[0], words[i]) == 0); /* what finds a word is the word */
    for (unsigned before = 0; before < i; before++) holds(strcmp(words[before], words[i]) != 0);
  }
  talloc_free(owner);
  return 0;
}
