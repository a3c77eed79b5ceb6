/* json_writer.h: JSON (RFC 8259) as product.md describes it: money is a string, a date ISO 8601, nothing is null that is known. */
#ifndef SUPPORTLEVEL_FORMAT_JSON_WRITER_H
#define SUPPORTLEVEL_FORMAT_JSON_WRITER_H

#include "domain/contract.h"
#include "domain/document.h"
#include "domain/record.h"

/* A contract as one object: id, every field by its name, status, term_ends_on (null: open-ended), notice_by, monthly_value, version, updated_at. */
void json_write_contract(GString *json, const Contract *contract);

/* A customer or a support level as one object: id, every field by its name, version, updated_at. */
void json_write_record(GString *json, const Record *record);

/* A contract's document as one object; `address` is where its bytes are. */
void json_write_document(GString *json, const Document *document, const char *address);

/* A text with its quotes. */
void json_write_text(GString *json, const char *text);

#endif
