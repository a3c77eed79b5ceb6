/* document_content.h: what a file is, by its bytes. */
#ifndef SUPPORTLEVEL_FORMAT_DOCUMENT_CONTENT_H
#define SUPPORTLEVEL_FORMAT_DOCUMENT_CONTENT_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
  const char *type; /* media type; "text/plain" for every text that is no markup; what isn't known as one of ours as libmagic calls it, owned by the owner */
  bool macros;      /* holds programs (VBA, Excel 4 macros, Basic and scripts of ODF) */
} DocumentContent;

/* Looks at a whole file. libmagic says what it is; archives and compound files of Office are looked into, because it tells neither their macros
 * nor, for some of the programs that write them, their kind. libmagic's database is opened for this one look, so that no worker keeps it.
 * ERROR_INTERNAL: it can't be opened. */
bool document_content_look(void *owner, const char *bytes, gsize length, DocumentContent *content, GError **error);

#endif
