/* text.h: text that people typed: cleaned, checked, and taken apart into words. */
#ifndef SUPPORTLEVEL_DOMAIN_TEXT_H
#define SUPPORTLEVEL_DOMAIN_TEXT_H

#include <glib.h>
#include <stdbool.h>

#define TEXT_WORD_MAX 40   /* characters of a word that are kept */
#define TEXT_WORDS_MAX 40  /* words of one text that are kept */

typedef enum { TEXT_GOOD, TEXT_NOT_UTF8, TEXT_CONTROL } TextFault;

/* The text composed (Unicode NFC), line breaks as "\n", blanks at both ends taken off when `trim`; owned by `owner`.
 * NULL with `fault` when it is not UTF-8 or holds control characters (line break and tab are allowed where `lines`). */
char *text_clean(void *owner, const char *text, gsize length, bool trim, bool lines, TextFault *fault);

/* The words to find a text by: letters and digits, case folded, accents and umlauts taken off (ä = a), ß as ss, without repeats. */
const char **text_search_words(void *owner, const char *text, unsigned *count);

#endif
