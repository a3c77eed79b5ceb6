#include "format/xlsx_part.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

#define CHUNK 16384

struct xlsx_part {
  struct archive *archive;
  XML_Parser parser;
  gsize unpacked;
  gsize most;
  unsigned depth;
  bool last;
  XlsxHandlers handlers;
};

static int part_free(XlsxPart *part) {
  if (part->parser != NULL) XML_ParserFree(part->parser);
  if (part->archive != NULL) archive_read_free(part->archive);
  return 0;
}

/* A document type could define entities that grow: no workbook has one. */
static void refuse_doctype(void *data, const char *name, const char *system_id, const char *public_id, int has_internal) {
  (void)name, (void)system_id, (void)public_id, (void)has_internal;
  xlsx_part_give_up(data);
}

static void start_element(void *data, const char *name, const char **attributes) {
  XlsxPart *part = data;
  if (++part->depth > XLSX_DEPTH_MAX) xlsx_part_give_up(part);
  else part->handlers.start(part->handlers.data, name, attributes);
}

static void end_element(void *data, const char *name) {
  XlsxPart *part = data;
  part->depth--;
  if (part->handlers.end != NULL) part->handlers.end(part->handlers.data, name);
}

static void take_text(void *data, const char *text, int length) {
  const XlsxPart *part = data;
  if (part->handlers.text != NULL) part->handlers.text(part->handlers.data, text, length);
}

/* By the archive's directory, which stands at its end: without it, what is cut off would look like what isn't there. */
static struct archive *open_archive(FILE *file) {
  struct archive *archive = archive_read_new();
  bool good = archive != NULL && archive_read_support_format_zip_seekable(archive) == ARCHIVE_OK && lseek(fileno(file), 0, SEEK_SET) == 0 &&
              archive_read_open_fd(archive, fileno(file), 65536) == ARCHIVE_OK;
  if (good) return archive;
  if (archive != NULL) archive_read_free(archive);
  return NULL;
}

/* 1: found, 0: not there, -1: unreadable. */
static int find_entry(struct archive *archive, const char *name, const char **reason) {
  struct archive_entry *entry = NULL;
  for (unsigned count = 0; count <= XLSX_ENTRIES_MAX; count++) {
    int found = archive_read_next_header(archive, &entry);
    if (found == ARCHIVE_EOF) return 0;
    if (found != ARCHIVE_OK && found != ARCHIVE_WARN) {
      *reason = "xlsx_unreadable";
      return -1;
    }
    const char *path = archive_entry_pathname(entry);
    if (path != NULL && g_ascii_strcasecmp(path[0] == '/' ? path + 1 : path, name) == 0) {
      if (!archive_entry_is_encrypted(entry)) return 1;
      *reason = "xlsx_unreadable";
      return -1;
    }
  }
  *reason = "xlsx_too_large";
  return -1;
}

static gsize limit_of(FILE *file) {
  off_t size = lseek(fileno(file), 0, SEEK_END);
  return MIN(XLSX_UNPACKED_MAX, size > 0 ? (gsize)size * XLSX_RATIO_MAX : 0);
}

XlsxPart *xlsx_part_open(void *owner, FILE *file, const char *name, const XlsxHandlers *handlers, const char **reason) {
  XlsxPart *part = talloc_zero(owner, XlsxPart);
  talloc_set_destructor(part, part_free);
  *reason = NULL;
  part->most = limit_of(file);
  part->archive = open_archive(file);
  if (part->archive == NULL) *reason = "xlsx_unreadable";
  int found = part->archive != NULL ? find_entry(part->archive, name, reason) : -1;
  if (found == 1) {
    part->parser = XML_ParserCreate(NULL);
    part->handlers = *handlers;
    XML_SetUserData(part->parser, part);
    XML_SetStartDoctypeDeclHandler(part->parser, refuse_doctype);
    XML_SetElementHandler(part->parser, start_element, end_element);
    XML_SetCharacterDataHandler(part->parser, take_text);
    return part;
  }
  talloc_free(part);
  return NULL;
}

void xlsx_part_pause(XlsxPart *part) { XML_StopParser(part->parser, XML_TRUE); }
void xlsx_part_give_up(XlsxPart *part) { XML_StopParser(part->parser, XML_FALSE); }

static bool parse_chunk(XlsxPart *part, const char **reason, enum XML_Status *status) {
  void *buffer = XML_GetBuffer(part->parser, CHUNK);
  la_ssize_t came = buffer != NULL ? archive_read_data(part->archive, buffer, CHUNK) : -1;
  if (came < 0) {
    *reason = "xlsx_unreadable";
    return false;
  }
  part->unpacked += (gsize)came;
  if (part->unpacked > part->most) {
    *reason = "xlsx_too_large";
    return false;
  }
  part->last = came == 0;
  *status = XML_ParseBuffer(part->parser, (int)came, part->last);
  return true;
}

bool xlsx_part_parse(XlsxPart *part, const char **reason) {
  for (;;) {
    XML_ParsingStatus parsing;
    enum XML_Status status = XML_STATUS_OK;
    XML_GetParsingStatus(part->parser, &parsing);
    if (parsing.parsing == XML_FINISHED) return true;
    if (parsing.parsing == XML_SUSPENDED) status = XML_ResumeParser(part->parser);
    else if (!parse_chunk(part, reason, &status)) return false;
    if (status == XML_STATUS_SUSPENDED) return true;
    if (status == XML_STATUS_ERROR) {
      *reason = "xlsx_unreadable";
      return false;
    }
    if (part->last) return true;
  }
}

bool xlsx_part_read(FILE *file, const char *name, const XlsxHandlers *handlers, const char **reason) {
  XlsxPart *part = xlsx_part_open(NULL, file, name, handlers, reason);
  if (part == NULL) return *reason == NULL;
  bool done = xlsx_part_parse(part, reason);
  talloc_free(part);
  return done;
}

const char *xlsx_attribute(const char **attributes, const char *name) {
  for (; attributes[0] != NULL; attributes += 2) {
    if (strcmp(xlsx_local_name(attributes[0]), name) == 0) return attributes[1];
  }
  return NULL;
}

const char *xlsx_local_name(const char *name) {
  const char *colon = strrchr(name, ':');
  return colon != NULL ? colon + 1 : name;
}
