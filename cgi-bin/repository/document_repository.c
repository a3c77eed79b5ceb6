#include "repository/document_repository.h"

#include <string.h>
#include <talloc.h>

#include "repository/statement.h"

#define PIECE_SIZE (256 * 1024)

#define COLUMNS "document.id, document.name, document.content_type, document.size, LOWER(HEX(document.hash)), document.uploaded_by, document.uploaded_at"
enum { COLUMN_ID, COLUMN_NAME, COLUMN_CONTENT_TYPE, COLUMN_SIZE, COLUMN_HASH, COLUMN_BY, COLUMN_AT, COLUMN_COUNT };

static Document document_of(const SqlRows *rows, unsigned row) {
  return (Document){.id = sql_cell_integer(rows, row, COLUMN_ID),
                    .name = sql_cell(rows, row, COLUMN_NAME),
                    .content_type = sql_cell(rows, row, COLUMN_CONTENT_TYPE),
                    .size = sql_cell_integer(rows, row, COLUMN_SIZE),
                    .hash = sql_cell(rows, row, COLUMN_HASH),
                    .uploaded_by = sql_cell(rows, row, COLUMN_BY),
                    .uploaded_at = sql_cell(rows, row, COLUMN_AT)};
}

static bool fail_not_found(gint64 id, GError **error) {
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_NOT_FOUND, "document %" G_GINT64_FORMAT, id);
  return false;
}

Documents *document_repository_list(Database *database, void *owner, gint64 contract_id, GError **error) {
  SqlRows *rows = database_query(database, owner, "SELECT " COLUMNS " FROM document WHERE contract_id = ? ORDER BY name, id", SQL_VALUES(SQL_INTEGER(contract_id)), error);
  if (rows == NULL) return NULL;
  Documents *documents = talloc_zero(owner, Documents);
  documents->count = rows->row_count;
  documents->items = talloc_array(documents, Document, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) documents->items[row] = document_of(rows, row);
  return documents;
}

Document *document_repository_find(Database *database, void *owner, gint64 contract_id, gint64 id, GError **error) {
  SqlRows *rows = database_query(database, owner, "SELECT " COLUMNS " FROM document WHERE id = ? AND contract_id = ?", SQL_VALUES(SQL_INTEGER(id), SQL_INTEGER(contract_id)), error);
  if (rows == NULL || (rows->row_count == 0 && !fail_not_found(id, error))) return NULL;
  Document *document = talloc(owner, Document);
  *document = document_of(rows, 0);
  return document;
}

/* ---- adding ---- */

typedef struct {
  gint64 contract_id;
  Document *document;
  DocumentSource source;
  void *context;
  const char *field;
  FieldErrors *errors;
  char *piece; /* also owns what is read meanwhile */
} Adding;

static bool refuse(Adding *adding, const char *reason, const char *argument, GError **error) {
  field_errors_add(adding->errors, adding->field, reason, argument);
  g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_FIELD, reason);
  return false;
}

/* The contract's row is held meanwhile, so that two who add at once don't both see room for one more. */
static bool check_room(Database *database, Adding *adding, GError **error) {
  SqlRows *contract = database_query(database, adding->piece, "SELECT id FROM contract WHERE id = ? FOR UPDATE", SQL_VALUES(SQL_INTEGER(adding->contract_id)), error);
  if (contract == NULL || (contract->row_count == 0 && !fail_not_found(0, error))) return false;
  SqlRows *count = database_query(database, adding->piece, "SELECT COUNT(*) FROM document WHERE contract_id = ?", SQL_VALUES(SQL_INTEGER(adding->contract_id)), error);
  if (count == NULL) return false;
  return sql_cell_integer(count, 0, 0) < DOCUMENTS_OF_A_CONTRACT || refuse(adding, "too_many_documents", G_STRINGIFY(DOCUMENTS_OF_A_CONTRACT), error);
}

static bool insert_document(Database *database, Adding *adding, GError **error) {
  GError *problem = NULL;
  Document *document = adding->document;
  if (database_execute(database, "INSERT INTO document (contract_id, name, content_type, size, hash) VALUES (?, ?, ?, ?, UNHEX(?))",
                       SQL_VALUES(SQL_INTEGER(adding->contract_id), sql_text(document->name), sql_text(document->content_type), SQL_INTEGER(document->size), sql_text(document->hash)), NULL,
                       &document->id, &problem)) {
    return true;
  }
  bool taken = error_is(problem, ERROR_CONFLICT) && strstr(problem->message, "document_name") != NULL;
  if (!taken) {
    g_propagate_error(error, problem);
    return false;
  }
  g_clear_error(&problem);
  return refuse(adding, "document_name_taken", document->name, error);
}

static bool insert_pieces(Database *database, Adding *adding, GError **error) {
  gsize size = (gsize)adding->document->size;
  gsize offset = 0;
  for (unsigned number = 0; offset < size; number++) {
    gsize wanted = MIN(size - offset, PIECE_SIZE);
    gsize got = adding->source(adding->context, offset, adding->piece, wanted);
    if (got != wanted) {
      g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "an uploaded file ends before its %" G_GSIZE_FORMAT " bytes", size);
      return false;
    }
    if (!database_execute(database, "INSERT INTO document_piece (document_id, number, bytes) VALUES (?, ?, ?)",
                          SQL_VALUES(SQL_INTEGER(adding->document->id), SQL_INTEGER(number), SQL_BYTES(adding->piece, got)), NULL, NULL, error)) {
      return false;
    }
    offset += got;
  }
  return true;
}

static bool add(Database *database, void *context, GError **error) {
  return check_room(database, context, error) && insert_document(database, context, error) && insert_pieces(database, context, error);
}

bool document_repository_insert(Database *database, gint64 contract_id, Document *document, DocumentSource source, void *context, const char *field, FieldErrors *errors, GError **error) {
  Adding adding = {contract_id, document, source, context, field, errors, talloc_array(NULL, char, PIECE_SIZE)};
  bool done = database_transaction(database, add, &adding, error);
  talloc_free(adding.piece);
  return done;
}

/* ---- removing ---- */

bool document_repository_remove(Database *database, gint64 contract_id, gint64 id, GError **error) {
  guint64 affected = 0;
  bool done = database_execute(database, "DELETE FROM document WHERE id = ? AND contract_id = ?", SQL_VALUES(SQL_INTEGER(id), SQL_INTEGER(contract_id)), &affected, NULL, error);
  return done && (affected > 0 || fail_not_found(id, error));
}

/* ---- reading ---- */

bool document_repository_read(Database *database, const Document *document, DocumentPiece receive, void *context, GError **error) {
  gint64 offset = 0;
  for (unsigned number = 0; offset < document->size; number++) {
    void *piece = talloc_new(NULL);
    SqlRows *rows = database_query(database, piece, "SELECT LENGTH(bytes), bytes FROM document_piece WHERE document_id = ? AND number = ?",
                                   SQL_VALUES(SQL_INTEGER(document->id), SQL_INTEGER(number)), error);
    bool found = rows != NULL && (rows->row_count > 0 || fail_not_found(document->id, error));
    gint64 length = found ? sql_cell_integer(rows, 0, 0) : 0;
    bool more = found && receive(context, sql_cell(rows, 0, 1), (gsize)length);
    talloc_free(piece);
    if (!found) return false;
    if (!more) return true;
    offset += length;
  }
  return true;
}

/* ---- the history ---- */

enum { EVENT_AT = COLUMN_COUNT, EVENT_REMOVED, EVENT_BY };

/* Both kinds of events, each in its span of time. A document that went with its contract was removed by who deleted that in the same moment. */
static void add_span(Statement *statement, const char *column, const char *from, const char *before) {
  if (from != NULL) {
    statement_add(statement, " AND document.%s >= ", column);
    statement_bind(statement, sql_text(from));
  }
  if (before != NULL) {
    statement_add(statement, " AND document.%s < ", column);
    statement_bind(statement, sql_text(before));
  }
}

static Statement *events_statement(void *owner, gint64 contract_id, const char *from, const char *before) {
  Statement *statement = statement_new(owner);
  statement_add(statement, "SELECT " COLUMNS ", document.uploaded_at AS happened, 0 AS removed, document.uploaded_by FROM document FOR SYSTEM_TIME ALL AS document WHERE document.contract_id = ");
  statement_bind(statement, SQL_INTEGER(contract_id));
  add_span(statement, "uploaded_at", from, before);
  statement_add(statement, " UNION ALL SELECT " COLUMNS ", document.row_end, 1, COALESCE("
                           "(SELECT deleted_by FROM deletion WHERE table_name = 'document' AND record_id = document.id AND deleted_at = document.row_end), "
                           "(SELECT deleted_by FROM deletion WHERE table_name = 'contract' AND record_id = document.contract_id AND deleted_at = document.row_end), '') "
                           "FROM document FOR SYSTEM_TIME ALL AS document WHERE document.row_end <= UTC_TIMESTAMP(6) AND document.contract_id = ");
  statement_bind(statement, SQL_INTEGER(contract_id));
  add_span(statement, "row_end", from, before);
  statement_add(statement, " ORDER BY happened DESC, removed DESC, id DESC");
  return statement;
}

DocumentEvents *document_repository_events(Database *database, void *owner, gint64 contract_id, const char *from, const char *before, GError **error) {
  SqlRows *rows = statement_query(events_statement(owner, contract_id, from, before), database, owner, error);
  if (rows == NULL) return NULL;
  DocumentEvents *events = talloc_zero(owner, DocumentEvents);
  events->items = talloc_zero_array(events, DocumentEvent, rows->row_count + 1);
  events->count = rows->row_count;
  for (unsigned row = 0; row < rows->row_count; row++) {
    Document *document = talloc(events, Document);
    *document = document_of(rows, row);
    events->items[row] = (DocumentEvent){sql_cell_integer(rows, row, EVENT_REMOVED) != 0, sql_cell(rows, row, EVENT_AT), sql_cell(rows, row, EVENT_BY), document};
  }
  return events;
}
