#include "web/multipart.h"

#include <errno.h>
#include <fcntl.h>
#include <gmime/gmime.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

#include "domain/text.h"

#define BUFFER_SIZE (64 * 1024) /* holds the headers of a part, or a piece of its content and the delimiter behind it */
#define BOUNDARY_MAX 70         /* characters (RFC 2046, 5.1.1) */

/* GMime reads what is small: the headers and their parameters. Its own reader of whole messages has no limit for the number of parts or headers, and a
 * form of nothing but boundaries would cost sixty times its size in memory; so the delimiters are found here. */
typedef struct {
  MultipartBody body;
  void *context;
  gsize left; /* bytes of the body that haven't come yet */
  char *buffer;
  gsize start, end; /* what is in the buffer and not yet taken */
  char delimiter[BOUNDARY_MAX + 5]; /* line break, two hyphens, boundary */
  gsize delimiter_length;
  gsize field_limit;
  unsigned parts;
  Parameters *form;
  UploadedFiles *files;
  GError **error;
} Reader;

/* Where the content of a part goes: a file, or text, or nowhere (what stands before the first part). */
typedef struct {
  UploadedFile *file;
  GString *text;
} Sink;

static bool malformed(Reader *reader) { return error_set(reader->error, ERROR_BAD_REQUEST, "bad_multipart"); }

/* ---- the body as it comes ---- */

/* Gets more of the body into the buffer; false when there is none, or no room. */
static bool fill(Reader *reader) {
  if (reader->start > 0) {
    memmove(reader->buffer, reader->buffer + reader->start, reader->end - reader->start);
    reader->end -= reader->start;
    reader->start = 0;
  }
  gsize room = MIN(BUFFER_SIZE - reader->end, reader->left);
  gsize came = room > 0 ? reader->body(reader->context, reader->buffer + reader->end, room) : 0;
  if (came == 0 || came > room) return false;
  reader->end += came;
  reader->left -= came;
  return true;
}

/* The body ended before the form did: it is either cut off or none. */
static bool cut_off(Reader *reader) { return error_set(reader->error, ERROR_BAD_REQUEST, reader->left > 0 ? "body_incomplete" : "bad_multipart"); }

static bool write_all(int file, const char *bytes, gsize length) {
  while (length > 0) {
    gssize written = write(file, bytes, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes += written;
    length -= (gsize)written;
  }
  return true;
}

static bool pour(Reader *reader, Sink *sink, gsize length) {
  const char *bytes = reader->buffer + reader->start;
  reader->start += length;
  if (sink->text != NULL) {
    if (length > reader->field_limit) return error_set(reader->error, ERROR_TOO_LARGE, "fields of a form with files");
    reader->field_limit -= length;
    g_string_append_len(sink->text, bytes, (gssize)length);
  } else if (sink->file != NULL) {
    sink->file->size += length;
    if (!write_all(sink->file->file, bytes, length)) {
      g_set_error(reader->error, SUPPORTLEVEL_ERROR, ERROR_PASSING, "no room for an uploaded file: %s", g_strerror(errno));
      return false;
    }
  }
  return true;
}

/* Everything up to the next delimiter goes into the sink, the delimiter itself is taken. */
static bool take_content(Reader *reader, Sink *sink) {
  for (;;) {
    gsize held = reader->end - reader->start;
    const char *at = held > 0 ? memmem(reader->buffer + reader->start, held, reader->delimiter, reader->delimiter_length) : NULL;
    if (at != NULL) {
      gsize length = (gsize)(at - (reader->buffer + reader->start));
      if (!pour(reader, sink, length)) return false;
      reader->start += reader->delimiter_length;
      return true;
    }
    /* The end of what is there may be the beginning of a delimiter. */
    if (held >= reader->delimiter_length && !pour(reader, sink, held - reader->delimiter_length + 1)) return false;
    if (!fill(reader)) return cut_off(reader);
  }
}

static bool has_bytes(Reader *reader, gsize count) {
  while (reader->end - reader->start < count) {
    if (!fill(reader)) return false;
  }
  return true;
}

/* What follows a delimiter: a line break (another part), or two hyphens (the end). Blanks between are nobody's content. */
static bool take_line_end(Reader *reader, bool *last) {
  if (!has_bytes(reader, 2)) return cut_off(reader);
  *last = memcmp(reader->buffer + reader->start, "--", 2) == 0;
  if (*last) return true;
  while (has_bytes(reader, 2) && strchr(" \t", reader->buffer[reader->start]) != NULL) reader->start++;
  if (!has_bytes(reader, 2)) return cut_off(reader);
  if (memcmp(reader->buffer + reader->start, "\r\n", 2) != 0) return malformed(reader);
  return true; /* the line break stays: headers end with two, and there may be none */
}

/* ---- a part's headers ---- */

/* The headers with the empty line behind them, or NULL. */
static GMimeObject *take_headers(Reader *reader) {
  const char *end = NULL;
  for (;;) {
    gsize held = reader->end - reader->start;
    end = memmem(reader->buffer + reader->start, MIN(held, MULTIPART_HEADER_MAX), "\r\n\r\n", 4);
    if (end != NULL) break;
    if (held >= MULTIPART_HEADER_MAX) {
      malformed(reader);
      return NULL;
    }
    if (!fill(reader)) {
      cut_off(reader);
      return NULL;
    }
  }
  const char *from = reader->buffer + reader->start + 2;
  gsize length = end + 4 > from ? (gsize)(end + 4 - from) : 0;
  /* An empty header leaves its empty line's end as the beginning of the content's delimiter. */
  reader->start = (gsize)(end + 4 - reader->buffer);
  if (memchr(from, '\0', length) != NULL) {
    error_set(reader->error, ERROR_BAD_REQUEST, "control_character");
    return NULL;
  }
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(from, length);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  GMimeObject *part = g_mime_parser_construct_part(parser, NULL);
  g_object_unref(parser);
  g_object_unref(stream);
  if (part == NULL) malformed(reader);
  return part;
}

static const char *clean_text(Reader *reader, void *owner, const char *text, gsize length) {
  TextFault fault = TEXT_GOOD;
  const char *clean = text_clean(owner, text, length, false, true, &fault);
  if (fault == TEXT_NOT_UTF8) error_set(reader->error, ERROR_BAD_REQUEST, "not_utf8");
  if (fault == TEXT_CONTROL) error_set(reader->error, ERROR_BAD_REQUEST, "control_character");
  return clean;
}

/* What browsers write for the three characters that would end a quoted name (HTML, "multipart/form-data encoding algorithm"); every other % is one. */
static char *decode_name(const char *sent) {
  GString *name = g_string_new(sent);
  g_string_replace(name, "%22", "\"", 0);
  g_string_replace(name, "%0D", "", 0);
  g_string_replace(name, "%0A", " ", 0);
  return g_string_free(name, FALSE);
}

/* Some senders tell the whole path of a file, some a hostile one: only its last part is a name. */
static const char *clean_name(void *owner, const char *sent) {
  const char *slash = strrchr(sent, '/');
  if (slash != NULL) sent = slash + 1;
  const char *backslash = strrchr(sent, '\\');
  if (backslash != NULL) sent = backslash + 1;
  char *decoded = decode_name(sent);
  char *valid = g_utf8_make_valid(decoded, -1);
  char *composed = g_utf8_normalize(valid, -1, G_NORMALIZE_NFC);
  GString *name = g_string_new(NULL);
  glong length = 0;
  for (const char *at = composed; *at != '\0' && length < UPLOADED_NAME_MAX; at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char(at);
    /* Marks that turn the direction of writing could make one ending look like another. */
    if (g_unichar_iscntrl(character) || g_unichar_type(character) == G_UNICODE_FORMAT) continue;
    g_string_append_unichar(name, character);
    length++;
  }
  g_strstrip(name->str);
  bool named = name->str[0] != '\0' && strcmp(name->str, ".") != 0 && strcmp(name->str, "..") != 0;
  const char *clean = talloc_strdup(owner, named ? name->str : "-");
  g_string_free(name, TRUE);
  g_free(composed);
  g_free(valid);
  g_free(decoded);
  return clean;
}

/* ---- files ---- */

static int close_file(UploadedFile **keeper) {
  if ((*keeper)->file >= 0) close((*keeper)->file);
  return 0;
}

/* A file without a name: it is gone with its descriptor, whatever happens. */
static int open_unnamed(void) {
  int file = open(g_get_tmp_dir(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) return file;
  char *name = g_build_filename(g_get_tmp_dir(), "supportlevel-XXXXXX", NULL); /* a file system that has no such */
  file = g_mkstemp_full(name, O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) unlink(name);
  g_free(name);
  return file;
}

static UploadedFile *add_file(Reader *reader, const char *field, const char *name, const char *type) {
  UploadedFiles *files = reader->files;
  if (files->count == MULTIPART_FILES_MAX) {
    error_set(reader->error, ERROR_BAD_REQUEST, "too_many_files");
    return NULL;
  }
  UploadedFile *file = &files->items[files->count];
  *file = (UploadedFile){field, clean_name(files, name), type, 0, open_unnamed()};
  if (file->file < 0) {
    g_set_error(reader->error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "no temporary file in %s: %s", g_get_tmp_dir(), g_strerror(errno));
    return NULL;
  }
  UploadedFile **keeper = talloc(files, UploadedFile *);
  *keeper = file;
  talloc_set_destructor(keeper, close_file);
  files->count++;
  return file;
}

static bool take_file(Reader *reader, const char *field, const char *name, const char *type) {
  UploadedFile *file = add_file(reader, field, name, type);
  if (file == NULL || !take_content(reader, &(Sink){.file = file})) return false;
  if (lseek(file->file, 0, SEEK_SET) != 0) return error_set(reader->error, ERROR_INTERNAL, "an uploaded file can't be read again");
  if (name[0] != '\0' || file->size > 0) return true;
  reader->files->count--; /* nothing was chosen */
  close(file->file);
  file->file = -1;
  return true;
}

static bool take_field(Reader *reader, const char *name) {
  GString *text = g_string_new(NULL);
  bool done = take_content(reader, &(Sink){.text = text});
  const char *value = done ? clean_text(reader, reader->form, text->str, text->len) : NULL;
  g_string_free(text, TRUE);
  if (value != NULL) reader->form->items[reader->form->count++] = (Parameter){name, value};
  return value != NULL;
}

/* ---- parts ---- */

static const char *media_type(Reader *reader, GMimeObject *part) {
  GMimeContentType *type = g_mime_object_get_content_type(part);
  char *text = type != NULL ? g_mime_content_type_get_mime_type(type) : NULL;
  const char *claimed = text != NULL && g_mime_header_list_contains(g_mime_object_get_header_list(part), "Content-Type") && g_str_is_ascii(text) && strlen(text) <= 100
                            ? talloc_strdup(reader->files, text)
                            : "";
  g_free(text);
  return claimed;
}

static bool take_part(Reader *reader) {
  if (++reader->parts > MULTIPART_PARTS_MAX) return error_set(reader->error, ERROR_BAD_REQUEST, "too_many_parameters");
  GMimeObject *part = take_headers(reader);
  if (part == NULL) return false;
  GMimeContentDisposition *disposition = g_mime_object_get_content_disposition(part);
  bool form = disposition != NULL && g_mime_content_disposition_is_attachment(disposition) == FALSE &&
              g_ascii_strcasecmp(g_mime_content_disposition_get_disposition(disposition), "form-data") == 0;
  const char *sent = form ? g_mime_content_disposition_get_parameter(disposition, "name") : NULL;
  const char *file = form ? g_mime_content_disposition_get_parameter(disposition, "filename") : NULL;
  const char *name = sent != NULL ? clean_text(reader, reader->form, sent, strlen(sent)) : NULL;
  bool done = false;
  if (sent == NULL) malformed(reader);
  else if (name != NULL) done = file != NULL ? take_file(reader, name, file, media_type(reader, part)) : take_field(reader, name);
  g_object_unref(part);
  return done;
}

static bool take_parts(Reader *reader) {
  bool last = false;
  if (!take_content(reader, &(Sink){NULL, NULL}) || !take_line_end(reader, &last)) return false;
  while (!last) {
    if (!take_part(reader) || !take_line_end(reader, &last)) return false;
  }
  /* What stands behind the end means nothing, but it must have come. */
  do reader->start = reader->end;
  while (fill(reader));
  return reader->left == 0 || error_set(reader->error, ERROR_BAD_REQUEST, "body_incomplete");
}

static bool read_boundary(Reader *reader, const char *type) {
  GMimeContentType *read = g_mime_content_type_parse(NULL, type);
  const char *boundary = read != NULL ? g_mime_content_type_get_parameter(read, "boundary") : NULL;
  gsize length = boundary != NULL ? strlen(boundary) : 0;
  bool good = length > 0 && length <= BOUNDARY_MAX;
  if (good) {
    g_snprintf(reader->delimiter, sizeof reader->delimiter, "\r\n--%s", boundary);
    reader->delimiter_length = strlen(reader->delimiter);
  }
  if (read != NULL) g_object_unref(read);
  return good || malformed(reader);
}

bool multipart_read(void *owner, const char *type, MultipartBody body, void *context, gsize length, gsize field_limit, Parameters **form, UploadedFiles **files,
                    GError **error) {
  static bool started = false;
  if (!started) g_mime_init();
  started = true;
  Reader reader = {.body = body, .context = context, .left = length, .field_limit = field_limit, .error = error};
  reader.form = talloc_zero(owner, Parameters);
  reader.form->items = talloc_zero_array(reader.form, Parameter, MULTIPART_PARTS_MAX);
  reader.files = talloc_zero(owner, UploadedFiles);
  reader.files->items = talloc_zero_array(reader.files, UploadedFile, MULTIPART_FILES_MAX);
  reader.buffer = talloc_size(NULL, BUFFER_SIZE);
  /* The first delimiter needs no line break before it: it gets one. */
  memcpy(reader.buffer, "\r\n", 2);
  reader.end = 2;
  bool done = read_boundary(&reader, type) && take_parts(&reader);
  talloc_free(reader.buffer);
  *form = reader.form;
  *files = reader.files;
  return done;
}
