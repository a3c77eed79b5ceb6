/* record_repository.h: records of a simple table, stored and found by the table of their fields. */
#ifndef SUPPORTLEVEL_REPOSITORY_RECORD_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_RECORD_REPOSITORY_H

#include "domain/record.h"
#include "repository/database.h"

/* The record whose `column` (of ours: "id", "number", "code") is `value`. ERROR_NOT_FOUND. */
Record *record_repository_find(Database *database, void *owner, const RecordKind *kind, const char *column, const char *value, GError **error);

typedef struct {
  Record **items;
  unsigned count;
} Records;

/* The records of these ids, or all when `ids` is NULL, in the order of `order` (columns of ours: "name, id"). */
Records *record_repository_list(Database *database, void *owner, const RecordKind *kind, const gint64 *ids, unsigned id_count, const char *order, GError **error);

/* Gives a new record's number (of `field`) one more than the highest stored. */
bool record_repository_propose_last(Database *database, Record *record, unsigned field, GError **error);

/* Stores a new record and gives it its id and version 1. A key that is unknown or a value that is taken becomes an entry in `errors`
 * (reasons `unknown`, `taken`); the result is then false with ERROR_FIELD. */
bool record_repository_insert(Database *database, Record *record, FieldErrors *errors, GError **error);

/* After an insert in the same transaction: that there are at most so many. ERROR_FIELD with `too_many` at the first field. */
bool record_repository_keep_few(Database *database, const RecordKind *kind, unsigned most, FieldErrors *errors, GError **error);

/* Stores a changed record when its version is still record->version, and counts that up. ERROR_CONFLICT, ERROR_NOT_FOUND; ERROR_FIELD as above. */
bool record_repository_update(Database *database, Record *record, FieldErrors *errors, GError **error);

/* Deletes a record of this version. ERROR_CONFLICT: changed meanwhile, or in use. ERROR_NOT_FOUND. */
bool record_repository_delete(Database *database, const RecordKind *kind, gint64 id, guint version, GError **error);

#endif
