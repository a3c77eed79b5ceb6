/* zip_names.h: the names of the files in a ZIP archive, read from its directory; nothing is unpacked. */
#ifndef SUPPORTLEVEL_FORMAT_ZIP_NAMES_H
#define SUPPORTLEVEL_FORMAT_ZIP_NAMES_H

#include <glib.h>
#include <stdbool.h>

/* `name` isn't ended by a NUL. False: enough has been seen. */
typedef bool (*ZipName)(void *context, const char *name, gsize length);

/* Hands over each name (APPNOTE.TXT 6.3.10, 4.3.12 and 4.3.16; without ZIP64, which documents of our size have no need of). False when the bytes have no
 * such directory, or a damaged one. */
bool zip_names_each(const char *bytes, gsize length, ZipName receive, void *context);

#endif
