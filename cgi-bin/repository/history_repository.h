/* history_repository.h: the versions that the server keeps of a contract, customer or level, as changes from one to the next. Which fields there are
 * is read from the tables of fields: a new one needs no line here. */
#ifndef SUPPORTLEVEL_REPOSITORY_HISTORY_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_HISTORY_REPOSITORY_H

#include "domain/record.h"
#include "repository/database.h"

#define HISTORY_PER_PAGE 200 /* versions */

typedef enum {
  HISTORY_CREATED,
  HISTORY_RECORDED, /* it was there already when recording began */
  HISTORY_CHANGED,
  HISTORY_DELETED
} HistoryEvent;

typedef struct {
  HistoryEvent event;
  const char *at;             /* UTC, "2026-11-24 13:05:00.123456" */
  const char *by;             /* the user's name, or the account of who wrote straight to the database; "" unknown */
  const char *const *before;  /* values by field; NULL: there was nothing before, or it is not told (deletion) */
  const char *const *after;   /* NULL: deleted */
} HistoryEntry;

typedef struct {
  HistoryEntry *items; /* newest first */
  unsigned count;
  const char *const *newest; /* the values of the newest version on this page */
  const char *older;   /* `before` of the next page, or NULL */
  bool deleted;        /* there is no current version */
} History;

/* True when the rows of a table have versions. */
bool history_is_kept(const char *table);

/* What happened to a record, newest first, from `before` (an `at`, or NULL: from now) on. A change that no field shows is left out. ERROR_NOT_FOUND: there never was one. */
History *history_repository_read(Database *database, void *owner, const RecordKind *kind, gint64 id, const char *before, GError **error);

/* The id of the record that has, or else had last, this value in a column of ours. ERROR_NOT_FOUND. */
bool history_repository_id(Database *database, const RecordKind *kind, const char *column, const char *value, gint64 *id, GError **error);

#endif
