/* The documents of a contract: their list, one more, one less, and the files themselves, which are only ever handed out to be stored. */
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <talloc.h>
#include <unistd.h>

#include "format/document_content.h"
#include "format/json_writer.h"
#include "pages/document_list.h"
#include "pages/history_page.h"
#include "pages/pages.h"
#include "pages/problem.h"
#include "pages/record_form.h"
#include "repository/contract_repository.h"
#include "repository/document_repository.h"
#include "web/entity_tag.h"
#include "web/json_answer.h"

#define PIECE (64 * 1024)

static Contract *contract_of_address(Exchange *exchange, GError **error) {
  gint64 id = page_id(exchange, error);
  return id > 0 ? contract_repository_find(exchange->worker->database, exchange, id, exchange->today, error) : NULL;
}

static gint64 size_limit(const Exchange *exchange) {
  return MIN(settings_number(exchange->worker->settings, SETTING_DOCUMENT_LIMIT), settings_number(exchange->worker->settings, SETTING_UPLOAD_LIMIT));
}

/* ---- the list ---- */

static bool answer_json(Exchange *exchange, gint64 contract_id, GError **error) {
  GString *body = exchange->response->body;
  Documents *documents = document_repository_list(exchange->worker->database, exchange, contract_id, error);
  if (documents == NULL) return false;
  g_string_append(body, "{\"documents\": [");
  for (unsigned i = 0; i < documents->count; i++) {
    if (i > 0) g_string_append(body, ",\n");
    json_write_document(body, &documents->items[i], document_list_url(exchange, contract_id, &documents->items[i], ""));
  }
  g_string_append(body, "]}\n");
  json_answer(exchange, 200);
  return true;
}

/* For the browser's choice of files: every ending that may be stored. */
static const char *accepted_endings(Exchange *exchange) {
  unsigned count = 0;
  const DocumentType *types = document_types(&count);
  char *all = talloc_strdup(exchange, "");
  for (unsigned i = 0; i < count; i++) all = talloc_asprintf_append(all, "%s%s", i > 0 ? " " : "", types[i].endings);
  return g_strdelimit(all, " ", ',');
}

/* What is wrong with an input, or NULL. */
static const char *problem_of(Exchange *exchange, const FieldErrors *errors, const char *name) {
  const FieldError *problem = errors != NULL ? field_errors_find(errors, name) : NULL;
  return problem != NULL ? page_error_text(exchange, problem) : NULL;
}

static void fill_form(Exchange *exchange, const FieldErrors *errors) {
  const char *limit = language_size(exchange, exchange->language, size_limit(exchange));
  HDF *file = record_form_fill_input(exchange, 0, "file", "file", page_text(exchange, "documents.file", NULL), page_text(exchange, "documents.file_help", limit, NULL), problem_of(exchange, errors, "file"));
  HDF *name = record_form_fill_input(exchange, 1, "name", "text", page_text(exchange, "documents.name", NULL), page_text(exchange, "documents.name_help", NULL), problem_of(exchange, errors, "name"));
  page_value(file, "accept", accepted_endings(exchange));
  page_value(file, "required", "1");
  page_value(name, "value", parameters_get(exchange->request->form, "name"));
  page_value(name, "limit", G_STRINGIFY(DOCUMENT_NAME_MAX));
}

static bool show_page(Exchange *exchange, const Contract *contract, const FieldErrors *errors, GError **error) {
  if (!document_list_fill(exchange, contract->id, error)) return false;
  fill_form(exchange, errors);
  page_set(exchange, "Page.title", page_text(exchange, "documents.of", contract->values[CONTRACT_NUMBER], NULL));
  page_set(exchange, "Contract.number", contract->values[CONTRACT_NUMBER]);
  page_set(exchange, "Contract.title", contract->values[CONTRACT_TITLE]);
  page_set(exchange, "Contract.url", page_url(exchange, "/contracts/%" G_GINT64_FORMAT, contract->id));
  return page_render(exchange, errors != NULL ? 422 : 200, "document_list", error);
}

bool document_list_page(Exchange *exchange, GError **error) {
  Contract *contract = contract_of_address(exchange, error);
  if (contract == NULL) return false;
  return page_is_json(exchange) ? answer_json(exchange, contract->id, error) : show_page(exchange, contract, NULL, error);
}

/* ---- adding ---- */

static gsize read_file(void *context, gsize offset, char *buffer, gsize size) {
  const int *file = context;
  gsize got = 0;
  while (got < size) {
    ssize_t more = pread(*file, buffer + got, size - got, (off_t)(offset + got));
    if (more <= 0) break;
    got += (gsize)more;
  }
  return got;
}

/* SHA-256, which whoever has the file can compute too; piece by piece, so that no file is in memory. */
static const char *hash_of(Exchange *exchange, int file) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  char *text = talloc_array(exchange, char, 2 * sizeof hash + 1);
  char *piece = talloc_array(exchange, char, PIECE);
  crypto_hash_sha256_state state;
  gsize got = 0;
  crypto_hash_sha256_init(&state);
  for (gsize offset = 0; (got = read_file(&file, offset, piece, PIECE)) > 0; offset += got) crypto_hash_sha256_update(&state, (const unsigned char *)piece, got);
  crypto_hash_sha256_final(&state, hash);
  talloc_free(piece);
  return sodium_bin2hex(text, 2 * sizeof hash + 1, hash, sizeof hash);
}

static bool look_at(Exchange *exchange, const UploadedFile *file, DocumentContent *content, GError **error) {
  void *bytes = mmap(NULL, file->size, PROT_READ, MAP_PRIVATE, file->file, 0);
  if (bytes == MAP_FAILED) return error_set(error, ERROR_INTERNAL, "an uploaded file cannot be mapped");
  bool good = document_content_look(exchange, bytes, file->size, content, error);
  munmap(bytes, file->size);
  return good;
}

/* What the form holds at all; the name before the content, which takes time to look at. */
static void check_file(Exchange *exchange, const UploadedFile *file, Document *document, FieldErrors *errors) {
  const char *typed = parameters_get(exchange->request->form, "name");
  const char *reason = NULL;
  gint64 limit = size_limit(exchange);
  if (file == NULL) field_errors_add(errors, "file", "document_missing", NULL);
  else if (exchange->request->files->count > 1) field_errors_add(errors, "file", "document_single", NULL);
  else if (file->size == 0) field_errors_add(errors, "file", "document_empty", NULL);
  else if ((gint64)file->size > limit) field_errors_add(errors, "file", "too_large", language_size(exchange, exchange->language, limit));
  if (file == NULL || field_errors_any(errors)) return;
  document->size = (gint64)file->size;
  document->name = document_name(exchange, typed != NULL ? typed : "", file->name, &reason);
  if (reason != NULL) field_errors_add(errors, typed != NULL && typed[0] != '\0' ? "name" : "file", reason, G_STRINGIFY(DOCUMENT_NAME_MAX));
}

static bool check_content(Exchange *exchange, const UploadedFile *file, Document *document, FieldErrors *errors, GError **error) {
  DocumentContent content;
  const char *endings = NULL;
  if (!look_at(exchange, file, &content, error)) return false;
  const DocumentType *type = document_type_find(exchange, content.type, document->name, &endings);
  if (content.macros) field_errors_add(errors, "file", "document_macros", NULL);
  else if (type == NULL && endings == NULL) field_errors_add(errors, "file", "document_kind", NULL);
  else if (type == NULL) field_errors_add(errors, "file", "document_ending", endings);
  else document->content_type = type->content_type;
  return true;
}

static bool check_fields(const Exchange *exchange, GError **error) {
  const Parameters *form = exchange->request->form;
  for (unsigned i = 0; i < form->count; i++) {
    if (strcmp(form->items[i].name, "csrf") == 0 || strcmp(form->items[i].name, "name") == 0) continue;
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "unknown_field: %s", form->items[i].name);
    return false;
  }
  return true;
}

/* True when it is stored, or `errors` say why not. */
static bool add(Exchange *exchange, const Contract *contract, Document *document, FieldErrors *errors, GError **error) {
  GError *problem = NULL;
  const UploadedFile *file = request_file(exchange->request, "file");
  check_file(exchange, file, document, errors);
  if (file == NULL || field_errors_any(errors)) return true;
  if (!check_content(exchange, file, document, errors, error)) return false;
  if (field_errors_any(errors)) return true;
  int bytes = file->file;
  document->hash = hash_of(exchange, file->file);
  if (document_repository_insert(exchange->worker->database, contract->id, document, read_file, &bytes, "file", errors, &problem)) return true;
  if (error_is(problem, ERROR_FIELD)) {
    g_clear_error(&problem);
    return true;
  }
  g_propagate_error(error, problem);
  return false;
}

/* A program gets the document as it is stored, a person is led back to the list. */
static bool done(Exchange *exchange, const Contract *contract, const Document *document, GError **error) {
  if (!page_is_json(exchange)) {
    page_message(exchange, "document_added", document->name);
    response_redirect(exchange->response, page_url(exchange, "/contracts/%" G_GINT64_FORMAT "/documents", contract->id));
    return true;
  }
  Document *stored = document_repository_find(exchange->worker->database, exchange, contract->id, document->id, error);
  if (stored == NULL) return false;
  const char *address = document_list_url(exchange, contract->id, stored, "");
  json_write_document(exchange->response->body, stored, address);
  g_string_append_c(exchange->response->body, '\n');
  response_header(exchange->response, "Location", address);
  json_answer(exchange, 201);
  return true;
}

bool document_create_submit(Exchange *exchange, GError **error) {
  Document document = {0};
  Contract *contract = contract_of_address(exchange, error);
  if (contract == NULL || !check_fields(exchange, error)) return false;
  FieldErrors *errors = field_errors_new(exchange);
  if (!add(exchange, contract, &document, errors, error)) return false;
  if (!field_errors_any(errors)) return done(exchange, contract, &document, error);
  return page_is_json(exchange) ? problem_answer_fields(exchange, 422, errors) : show_page(exchange, contract, errors, error);
}

/* ---- removing ---- */

static Document *document_of_address(Exchange *exchange, GError **error) {
  gint64 contract_id = page_id(exchange, error);
  gint64 id = contract_id > 0 ? page_inner_id(exchange, error) : 0;
  Document *document = id > 0 ? document_repository_find(exchange->worker->database, exchange, contract_id, id, error) : NULL;
  /* What was removed is still told of there. */
  if (document == NULL && id > 0 && error_is(*error, ERROR_NOT_FOUND)) history_page_offer(exchange, &contract_kind, "id", exchange->id, "/contracts");
  return document;
}

bool document_remove_submit(Exchange *exchange, GError **error) {
  Document *document = document_of_address(exchange, error);
  if (document == NULL) return false;
  gint64 contract_id = page_id(exchange, error);
  if (!document_repository_remove(exchange->worker->database, contract_id, document->id, error)) return false;
  if (page_is_json(exchange)) {
    exchange->response->status = 204;
    return true;
  }
  page_message(exchange, "document_removed", document->name);
  response_redirect(exchange->response, page_url(exchange, "/contracts/%" G_GINT64_FORMAT "/documents", contract_id));
  return true;
}

/* ---- handing out ---- */

static bool send_piece(void *context, const char *bytes, gsize length) {
  Response *response = context;
  g_string_append_len(response->body, bytes, (gssize)length);
  return response_flush(response, true);
}

/* Whatever a browser would make of the bytes: it stores them, guesses at nothing, and runs nothing of them. */
bool document_send_page(Exchange *exchange, GError **error) {
  Response *response = exchange->response;
  Document *document = document_of_address(exchange, error);
  if (document == NULL) return false;
  const char *tag = talloc_asprintf(exchange, "\"%s\"", document->hash);
  response_header(response, "ETag", tag);
  if (entity_tag_known(exchange, tag)) {
    response->status = 304;
    return true;
  }
  response->content_type = document->content_type;
  response_attachment(response, document->name);
  response_header(response, "Content-Security-Policy", "sandbox");
  response_header(response, "Content-Length", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, document->size));
  return !response_flush(response, false) || document_repository_read(exchange->worker->database, document, send_piece, response, error);
}
