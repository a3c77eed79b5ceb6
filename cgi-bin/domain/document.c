#include "domain/document.h"

#include <string.h>
#include <talloc.h>

#include "domain/text.h"

#define OOXML "application/vnd.openxmlformats-officedocument."
#define ODF "application/vnd.oasis.opendocument."

/* Text is told apart by names only: whatever else its bytes may look like, no program is started by these endings. */
static const DocumentType TYPES[] = {
    {"pdf", "application/pdf", "application/pdf", ".pdf"},
    {"docx", OOXML "wordprocessingml.document", OOXML "wordprocessingml.document", ".docx"},
    {"xlsx", OOXML "spreadsheetml.sheet", OOXML "spreadsheetml.sheet", ".xlsx"},
    {"pptx", OOXML "presentationml.presentation", OOXML "presentationml.presentation", ".pptx"},
    {"odt", ODF "text", ODF "text", ".odt"},
    {"ods", ODF "spreadsheet", ODF "spreadsheet", ".ods"},
    {"odp", ODF "presentation", ODF "presentation", ".odp"},
    {"doc", "application/msword", "application/msword", ".doc"},
    {"xls", "application/vnd.ms-excel", "application/vnd.ms-excel", ".xls"},
    {"ppt", "application/vnd.ms-powerpoint", "application/vnd.ms-powerpoint", ".ppt"},
    {"text", "text/plain", "text/plain", ".txt .log .md"},
    {"csv", "text/plain", "text/csv", ".csv"},
    {"png", "image/png", "image/png", ".png"},
    {"jpeg", "image/jpeg", "image/jpeg", ".jpg .jpeg"},
};

const DocumentType *document_types(unsigned *count) {
  *count = G_N_ELEMENTS(TYPES);
  return TYPES;
}

const DocumentType *document_type_stored(const char *content_type) {
  for (gsize i = 0; i < G_N_ELEMENTS(TYPES); i++) {
    if (strcmp(TYPES[i].content_type, content_type) == 0) return &TYPES[i];
  }
  return NULL;
}

/* ---- names ---- */

static bool has_ending(const char *name, const char *endings) {
  char **each = g_strsplit(endings, " ", 0);
  gsize length = strlen(name);
  bool found = false;
  for (unsigned i = 0; each[i] != NULL && !found; i++) {
    gsize ending = strlen(each[i]);
    found = length > ending && g_ascii_strcasecmp(name + length - ending, each[i]) == 0;
  }
  g_strfreev(each);
  return found;
}

const DocumentType *document_type_find(void *owner, const char *content, const char *name, const char **endings) {
  *endings = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(TYPES); i++) {
    if (strcmp(TYPES[i].content, content) != 0) continue;
    if (has_ending(name, TYPES[i].endings)) return &TYPES[i];
    *endings = *endings == NULL ? TYPES[i].endings : talloc_asprintf(owner, "%s %s", *endings, TYPES[i].endings);
  }
  return NULL;
}

/* Embeddings, overrides and isolates (Unicode TR 9, 2), with which letters stand elsewhere than they are. */
static bool turns_direction(const char *text) {
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char(at);
    if ((character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069) || character == 0x200E || character == 0x200F) return true;
  }
  return false;
}

/* Leading dots hide a file; dots and blanks at the end are dropped by Windows, so that what was checked isn't what is opened. */
static char *without_ends(char *name) {
  while (*name == '.' || *name == ' ') name++;
  gsize length = strlen(name);
  while (length > 0 && (name[length - 1] == '.' || name[length - 1] == ' ')) name[--length] = '\0';
  return name;
}

static const char *last_part(const char *path) {
  const char *last = path;
  for (const char *at = path; *at != '\0'; at++) {
    if (*at == '/' || *at == '\\') last = at + 1;
  }
  return last;
}

/* Cleaned, or NULL with a reason. */
static char *clean_name(void *owner, const char *name, const char **reason) {
  TextFault fault;
  char *clean = text_clean(owner, name, strlen(name), true, false, &fault);
  if (clean != NULL && !turns_direction(clean)) return without_ends(g_strdelimit(clean, "/\\", '-'));
  *reason = fault == TEXT_NOT_UTF8 ? "not_utf8" : "control_character";
  return NULL;
}

char *document_name(void *owner, const char *typed, const char *file_name, const char **reason) {
  *reason = NULL;
  char *name = clean_name(owner, last_part(file_name), reason);
  char *own = name != NULL ? clean_name(owner, typed, reason) : NULL;
  if (own == NULL) return NULL;
  if (own[0] != '\0') {
    const char *ending = strrchr(name, '.');
    name = ending == NULL || has_ending(own, ending) ? own : talloc_asprintf(owner, "%s%s", own, ending);
  }
  if (name[0] == '\0') *reason = "required";
  else if (g_utf8_strlen(name, -1) > DOCUMENT_NAME_MAX) *reason = "too_long";
  return *reason == NULL ? name : NULL;
}
