/* document_repository.h: the documents of contracts. What they hold is written and read in pieces of at most 256 KiB. */
#ifndef SUPPORTLEVEL_REPOSITORY_DOCUMENT_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_DOCUMENT_REPOSITORY_H

#include "domain/document.h"
#include "domain/field_error.h"
#include "repository/database.h"

/* A contract's documents by name. */
Documents *document_repository_list(Database *database, void *owner, gint64 contract_id, GError **error);

/* One of them. ERROR_NOT_FOUND. */
Document *document_repository_find(Database *database, void *owner, gint64 contract_id, gint64 id, GError **error);

/* Gives the next bytes of what is stored, at most `size`; how many, 0 when it can't be read. */
typedef gsize (*DocumentSource)(void *context, gsize offset, char *buffer, gsize size);

/* Stores a document of `document->size` bytes and sets its id. ERROR_FIELD with `errors` for `field`: `document_name_taken` (argument: the name),
 * `too_many_documents`. ERROR_NOT_FOUND: the contract is gone. ERROR_INTERNAL: the source ended too early. */
bool document_repository_insert(Database *database, gint64 contract_id, Document *document, DocumentSource source, void *context, const char *field, FieldErrors *errors, GError **error);

/* Removes a document; what it held is gone at once. ERROR_NOT_FOUND. */
bool document_repository_remove(Database *database, gint64 contract_id, gint64 id, GError **error);

/* Takes a piece; false: enough. */
typedef bool (*DocumentPiece)(void *context, const char *bytes, gsize length);

/* Hands over what a document holds, piece by piece, each asked for by itself: a slow reader holds nothing in the database.
 * ERROR_NOT_FOUND: it was removed, at the beginning or meanwhile. */
bool document_repository_read(Database *database, const Document *document, DocumentPiece receive, void *context, GError **error);

/* Something that happened to a contract's documents. */
typedef struct {
  bool removed; /* else added */
  const char *at; /* UTC */
  const char *by;
  const Document *document;
} DocumentEvent;

typedef struct {
  DocumentEvent *items;
  unsigned count;
} DocumentEvents;

/* What happened to a contract's documents from `from` on (NULL: from the beginning) and before `before` (NULL: until now), newest first; of a deleted contract too. */
DocumentEvents *document_repository_events(Database *database, void *owner, gint64 contract_id, const char *from, const char *before, GError **error);

#endif
