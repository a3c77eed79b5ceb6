/* texts.h: texts of the language files for a terminal, in German where the locale says so (LC_MESSAGES, LANG), else in English. */
#ifndef SUPPORTLEVEL_TOOL_TEXTS_H
#define SUPPORTLEVEL_TOOL_TEXTS_H

#include "domain/settings.h"

/* The text of Lang.error.<reason> with its argument; the reason itself where the files can't be read. Owned by `owner`. */
const char *texts_of_error(void *owner, const Settings *settings, const char *reason, const char *argument);

#endif
