#include "format/document_content.h"

#include <magic.h>
#include <string.h>
#include <talloc.h>

#include "domain/error.h"
#include "format/zip_names.h"

#define OOXML "application/vnd.openxmlformats-officedocument."
#define ODF "application/vnd.oasis.opendocument."

static bool begins(const char *bytes, gsize length, const char *with, gsize size) { return length >= size && memcmp(bytes, with, size) == 0; }

/* ---- archives: OOXML and ODF ---- */

typedef struct {
  const char *kind; /* by the folder that only this kind has */
  bool content_types;
  bool macros;
} Archive;

static bool name_begins(const char *name, gsize length, const char *with) { return length >= strlen(with) && g_ascii_strncasecmp(name, with, strlen(with)) == 0; }

static bool name_ends(const char *name, gsize length, const char *with) {
  gsize size = strlen(with);
  return length >= size && g_ascii_strncasecmp(name + length - size, with, size) == 0;
}

static bool see_name(void *context, const char *name, gsize length) {
  static const struct {
    const char *folder;
    const char *kind;
  } KINDS[] = {{"word/", OOXML "wordprocessingml.document"}, {"xl/", OOXML "spreadsheetml.sheet"}, {"ppt/", OOXML "presentationml.presentation"}};
  Archive *archive = context;
  for (gsize i = 0; i < G_N_ELEMENTS(KINDS) && archive->kind == NULL; i++) {
    if (name_begins(name, length, KINDS[i].folder)) archive->kind = KINDS[i].kind;
  }
  archive->content_types = archive->content_types || (length == strlen("[Content_Types].xml") && name_begins(name, length, "[Content_Types].xml"));
  archive->macros = archive->macros || name_ends(name, length, "vbaProject.bin") || name_begins(name, length, "xl/macrosheets/") || name_begins(name, length, "Basic/") ||
                    name_begins(name, length, "Scripts/");
  return true;
}

static void look_into_archive(const char *bytes, gsize length, DocumentContent *content) {
  Archive archive = {0};
  bool readable = zip_names_each(bytes, length, see_name, &archive);
  bool open_document = g_str_has_prefix(content->type, ODF);
  content->macros = archive.macros;
  if (!readable) content->type = "application/zip";
  else if (!open_document) content->type = archive.content_types && archive.kind != NULL ? archive.kind : "application/zip";
}

/* ---- compound files (MS-CFB): Office up to 2003 ---- */

/* Whether a name of the file's directory, which is UTF-16, stands in it. */
static bool holds_name(const char *bytes, gsize length, const char *name) {
  char wide[64];
  gsize size = strlen(name);
  for (gsize i = 0; i < size; i++) {
    wide[2 * i] = name[i];
    wide[2 * i + 1] = '\0';
  }
  return memmem(bytes, length, wide, 2 * size) != NULL;
}

/* libmagic's word counts where it has one: what is embedded brings its own names along. */
static void look_into_compound(const char *bytes, gsize length, DocumentContent *content) {
  static const struct {
    const char *stream;
    const char *kind;
  } KINDS[] = {{"WordDocument", "application/msword"}, {"Workbook", "application/vnd.ms-excel"}, {"PowerPoint Document", "application/vnd.ms-powerpoint"}};
  static const char *const UNSAID[] = {"application/vnd.ms-office", "application/CDFV2", "application/x-ole-storage"};
  bool unsaid = false;
  content->macros = holds_name(bytes, length, "_VBA_PROJECT") || holds_name(bytes, length, "VBA Project");
  for (gsize i = 0; i < G_N_ELEMENTS(UNSAID); i++) unsaid = unsaid || strcmp(content->type, UNSAID[i]) == 0;
  for (gsize i = 0; unsaid && i < G_N_ELEMENTS(KINDS); i++) {
    if (!holds_name(bytes, length, KINDS[i].stream)) continue;
    content->type = KINDS[i].kind;
    return;
  }
}

/* ---- text ---- */

/* libmagic guesses many languages of programs; as text they are what a name ending in .txt makes of them. Markup isn't: browsers and Office run it. */
static bool is_text(const char *type) {
  static const char *const MARKUP[] = {"text/html", "text/xml", "text/rtf", "text/x-shellscript", "text/x-msdos-batch", "text/x-php"};
  for (gsize i = 0; i < G_N_ELEMENTS(MARKUP); i++) {
    if (strcmp(type, MARKUP[i]) == 0) return false;
  }
  return g_str_has_prefix(type, "text/") || strcmp(type, "application/csv") == 0;
}

/* libmagic calls what is too short for its rules octets. */
static bool is_plain(const char *bytes, gsize length) { return memchr(bytes, '\0', length) == NULL && g_utf8_validate(bytes, (gssize)length, NULL); }

/* ---- all of it ---- */

static bool ask_magic(void *owner, const char *bytes, gsize length, DocumentContent *content, GError **error) {
  magic_t magic = magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR | MAGIC_NO_CHECK_JSON | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR);
  bool open = magic != NULL && magic_load(magic, NULL) == 0;
  const char *type = open ? magic_buffer(magic, bytes, length) : NULL;
  if (type != NULL) content->type = talloc_strdup(owner, type);
  else g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "libmagic: %s", magic != NULL && magic_error(magic) != NULL ? magic_error(magic) : "cannot be opened");
  if (magic != NULL) magic_close(magic);
  return type != NULL;
}

bool document_content_look(void *owner, const char *bytes, gsize length, DocumentContent *content, GError **error) {
  *content = (DocumentContent){.type = ""};
  if (!ask_magic(owner, bytes, length, content, error)) return false;
  if (begins(bytes, length, "PK\3\4", 4)) look_into_archive(bytes, length, content);
  else if (begins(bytes, length, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8)) look_into_compound(bytes, length, content);
  else if (is_text(content->type) || (strcmp(content->type, "application/octet-stream") == 0 && is_plain(bytes, length))) content->type = "text/plain";
  return true;
}
