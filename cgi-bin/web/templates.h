/* templates.h: the pages' templates and the texts of both languages, parsed once per worker. */
#ifndef SUPPORTLEVEL_WEB_TEMPLATES_H
#define SUPPORTLEVEL_WEB_TEMPLATES_H

#include <ClearSilver.h>

#include "domain/error.h"
#include "domain/language.h"

typedef struct templates Templates;

/* Reads lang.de.hdf, lang.en.hdf and every page of a directory; a page is a *.cs file that includes layout.cs. Nothing outside of the
 * directory is ever read. With `development`, templates_refresh looks for changes. ERROR_INTERNAL names file and line. Free with talloc_free. */
Templates *templates_load(void *owner, const char *directory, bool development, GError **error);

/* In development: when a file has changed everything is read again; what was there stays in use when that fails. Otherwise does nothing. */
bool templates_refresh(Templates *templates, GError **error);

/* Which change of the directory's files is in use. */
gint64 templates_edition(const Templates *templates);

/* Appends page `name` (without .cs) to `output`. `data` is what the page shows; names not found there are looked up in the language's texts. */
bool templates_render(const Templates *templates, const char *name, Language language, HDF *data, GString *output, GError **error);

/* The text of a key below Lang, or NULL when there is none. Lives until the next refresh. */
const char *templates_text(const Templates *templates, Language language, const char *key);

#endif
