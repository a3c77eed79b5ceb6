/* texts.h: texts of the language files for a terminal, in German where the locale says so (LC_MESSAGES, LANG), else in English. */
#ifndef SUPPORTLEVEL_TOOL_TEXTS_H
#define SUPPORTLEVEL_TOOL_TEXTS_H

#include "domain/language.h"
#include "domain/settings.h"

/* The text of Lang.error.<reason> with its argument; the reason itself where the files can't be read. Owned by `owner`. */
const char *texts_of_error(void *owner, const Settings *settings, const char *reason, const char *argument);

/* The text of Lang.<key> in a language of a person's, {1} to {9} replaced by the arguments; the key where there is none. Owned by `owner`. */
const char *texts_in(void *owner, const Settings *settings, Language language, const char *key, ...) G_GNUC_NULL_TERMINATED;

#endif
