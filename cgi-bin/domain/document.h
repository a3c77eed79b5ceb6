/* document.h: documents of contracts: which kinds of files there may be, and what a file may be called. */
#ifndef SUPPORTLEVEL_DOMAIN_DOCUMENT_H
#define SUPPORTLEVEL_DOMAIN_DOCUMENT_H

#include <glib.h>
#include <stdbool.h>

#define DOCUMENT_NAME_MAX 200       /* characters */
#define DOCUMENTS_OF_A_CONTRACT 100

typedef struct {
  gint64 id; /* 0: not stored yet */
  const char *name;
  const char *content_type;
  gint64 size;             /* bytes */
  const char *hash;        /* SHA-256 in lower-case hexadecimals */
  const char *uploaded_by; /* the user's name */
  const char *uploaded_at; /* UTC */
} Document;

typedef struct {
  Document *items;
  unsigned count;
} Documents;

/* A kind of file that may be stored. Several have the same content where only the name tells them apart (text). */
typedef struct {
  const char *key;          /* text below Lang.documents.type */
  const char *content;      /* what the bytes are, as document_content says it */
  const char *content_type; /* media type that it is stored and sent with */
  const char *endings;      /* of names, with their dots, separated by blanks; the first one is the usual */
} DocumentType;

/* Every kind there is; `count` gets how many. */
const DocumentType *document_types(unsigned *count);

/* The kind of a file by what its bytes are and its name; NULL with `*endings` (owned by `owner`: those that it may have, or NULL: bytes of this kind are
 * not stored at all). */
const DocumentType *document_type_find(void *owner, const char *content, const char *name, const char **endings);

/* The kind that a stored document is of by its media type, or NULL. */
const DocumentType *document_type_stored(const char *content_type);

/* What a document is called: `typed`, with the ending of the file's own name where it lacks that, or, when nothing is typed, the last part of
 * the file's path. Composed, blanks and dots at its ends taken off, without slashes; owned by `owner`. NULL with a key of Lang.error in `reason`:
 * `required` (nothing is left), `too_long`, `not_utf8`, `control_character` (also what turns the direction of reading, by which one ending looks
 * like another). */
char *document_name(void *owner, const char *typed, const char *file_name, const char **reason);

#endif
