/* xlsx_part.h: the XML files inside of a workbook (ECMA-376: a ZIP archive), read as they are unpacked and never unpacked beyond limits. */
#ifndef SUPPORTLEVEL_FORMAT_XLSX_PART_H
#define SUPPORTLEVEL_FORMAT_XLSX_PART_H

#include <expat.h>
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

#define XLSX_ENTRIES_MAX 2000                     /* files in the archive */
#define XLSX_UNPACKED_MAX ((gsize)512 << 20)      /* bytes of one part */
#define XLSX_RATIO_MAX 400                        /* bytes for each of the whole file: what real sheets reach is a tenth of it */
#define XLSX_DEPTH_MAX 64                         /* elements within each other */

typedef struct xlsx_part XlsxPart;

/* What happens with elements and text; each gets `data`. */
typedef struct {
  XML_StartElementHandler start;
  XML_EndElementHandler end;
  XML_CharacterDataHandler text; /* end and text can be NULL */
  void *data;
} XlsxHandlers;

/* Opens the part of this name ("xl/workbook.xml"). `reason` is NULL on success and where there is no such part (NULL is returned then), else what is wrong:
 * xlsx_unreadable, xlsx_too_large. Belongs to `owner`. */
XlsxPart *xlsx_part_open(void *owner, FILE *file, const char *name, const XlsxHandlers *handlers, const char **reason);

/* Goes on until the part ends or a handler pauses it. False: `reason` as above, or a handler gave it up. */
bool xlsx_part_parse(XlsxPart *part, const char **reason);

/* For handlers: the parser stops behind this element, to go on later or not. */
void xlsx_part_pause(XlsxPart *part);
void xlsx_part_give_up(XlsxPart *part);

/* Reads all of a part with these handlers; a part that isn't there is read as an empty one. */
bool xlsx_part_read(FILE *file, const char *name, const XlsxHandlers *handlers, const char **reason);

/* An attribute's value, or NULL; and the name of an element without its namespace's prefix. */
const char *xlsx_attribute(const char **attributes, const char *name);
const char *xlsx_local_name(const char *name);

#endif
