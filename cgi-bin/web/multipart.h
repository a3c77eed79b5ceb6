/* multipart.h: forms with files (multipart/form-data, RFC 7578), read as they come: files go to unnamed temporary files, never into memory. */
#ifndef SUPPORTLEVEL_WEB_MULTIPART_H
#define SUPPORTLEVEL_WEB_MULTIPART_H

#include "domain/parameter.h"

#define MULTIPART_PARTS_MAX 100          /* fields and files of one form */
#define MULTIPART_FILES_MAX 20           /* files of one form */
#define MULTIPART_HEADER_MAX 8192        /* bytes of a part's headers */
#define UPLOADED_NAME_MAX 200            /* characters of a file's name that are kept */

/* One file that came with a form. It is gone with the request: whoever wants to keep it copies it. */
typedef struct {
  const char *field; /* the form field's name */
  const char *name;  /* as the sender calls it, without any path and control characters; valid UTF-8, never empty */
  const char *type;  /* the media type that the sender claims, "" when it claims none: nothing to rely on */
  gsize size;        /* bytes */
  int file;          /* opened for reading and writing, at its beginning; without a name in any directory. Closed with the request */
} UploadedFile;

typedef struct {
  UploadedFile *items;
  unsigned count;
} UploadedFiles;

/* Reads up to `size` bytes of the body; returns how many came, 0 at its end. */
typedef gsize (*MultipartBody)(void *context, char *buffer, gsize size);

/* Reads a form of `length` bytes whose Content-Type header is `type`. A file field in which nothing was chosen is left out.
 * `field_limit` is for all values that are no files together, in bytes. What is read belongs to `owner`.
 * ERROR_BAD_REQUEST: no boundary, cut off, too many parts, a part without a name, names and values that parameters_parse would refuse;
 * ERROR_TOO_LARGE: more than `field_limit`; ERROR_INTERNAL: no room for a temporary file. */
bool multipart_read(void *owner, const char *type, MultipartBody body, void *context, gsize length, gsize field_limit, Parameters **form, UploadedFiles **files,
                    GError **error);

#endif
