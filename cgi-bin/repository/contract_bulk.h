/* contract_bulk.h: one change of many contracts: which they are, what they have now, the change itself (contract_bulk.c), and the record of such changes
 * with the way back (contract_bulk_record.c). */
#ifndef SUPPORTLEVEL_REPOSITORY_CONTRACT_BULK_H
#define SUPPORTLEVEL_REPOSITORY_CONTRACT_BULK_H

#include "repository/contract_repository.h"

/* Contracts of one change. Every index of the table begins with the level, so that a contract's change costs up to 0.6 ms on two busy cores, which keeps
 * this many at half of the minute that the web server waits. */
#define BULK_LIMIT 50000

/* What can be set on many contracts at once. */
typedef enum { BULK_LEVEL, BULK_TYPE, BULK_RESPONSIBLE, BULK_FIELD_COUNT } BulkField;
extern const ContractFieldId bulk_fields[BULK_FIELD_COUNT];

typedef struct {
  bool set[BULK_FIELD_COUNT];
  gint64 ids[BULK_FIELD_COUNT];        /* of the key that is set; 0: none */
  const char *codes[BULK_FIELD_COUNT]; /* for the record; "": none */
} BulkValues;

typedef struct {
  guint32 *ids; /* ascending, none twice */
  unsigned count;
  bool more; /* there are more than BULK_LIMIT: these are not all */
} BulkSet;

/* The contracts of a selection, at most BULK_LIMIT. Belongs to `owner`. */
BulkSet *contract_bulk_collect(Database *database, void *owner, const ContractSelection *selection, GError **error);
/* A set of `count` ids in any order; belongs to `owner`. */
BulkSet *contract_bulk_set(void *owner, const guint32 *ids, unsigned count);

/* What a set's contracts have now. */
typedef struct {
  GHashTable *by_value[BULK_FIELD_COUNT]; /* number of contracts (GUINT_TO_POINTER) by key id (GUINT_TO_POINTER; 0: none) */
  unsigned contracts; /* that there are: one of the set may have been deleted */
  unsigned ended;
  unsigned changed;        /* get another value by what is to be set */
  const char *fingerprint; /* of every contract's id, version and values: the same as long as nobody touched any */
} BulkCount;

/* Counts a set's contracts in pieces: memory doesn't grow with their number. `lock` holds them for the transaction's rest. Belongs to `owner`. */
BulkCount *contract_bulk_count(Database *database, void *owner, const BulkSet *set, const BulkValues *values, bool lock, GError **error);

typedef struct {
  const ContractSelection *selection; /* all of these, or, where it is NULL, */
  const BulkSet *set;                 /* those */
  BulkValues values;
  const char *fingerprint; /* of the contracts as the user saw them */
  gint64 user_id;
} BulkOrder;

/* Sets the values in one transaction and records that; `id` gets the record's. The version of each contract that gets another value counts up.
 * ERROR_CONFLICT: the contracts are no longer those that the user saw. ERROR_FIELD with the field's name: what is to be set is no longer offered, or
 * "bulk_nothing": all have it already. */
bool contract_bulk_apply(Database *database, const BulkOrder *order, gint64 *id, GError **error);

/* ---- the record ---- */

typedef struct {
  gint64 id;
  const char *user;
  const char *changed_at;
  const char *codes[BULK_FIELD_COUNT]; /* what was set; "": none; NULL: left as it was */
  gint64 contracts;
  const char *undone_at; /* or NULL */
  const char *undone_by;
} BulkChange;

typedef struct {
  BulkChange *items;
  unsigned count;
} BulkChanges;

/* The latest `limit` changes, newest first. Belongs to `owner`. */
BulkChanges *contract_bulk_latest(Database *database, void *owner, unsigned limit, GError **error);
/* One change. ERROR_NOT_FOUND. */
BulkChange *contract_bulk_find(Database *database, void *owner, gint64 id, GError **error);

/* A contract of a change; number, title and customer are NULL when it has been deleted, a text of what it had before is NULL where that was none. */
typedef struct {
  gint64 id;
  const char *number;
  const char *title;
  const char *customer;
  const char *before[BULK_FIELD_COUNT];
} BulkRow;

typedef struct {
  BulkRow *items;
  unsigned count;
} BulkRows;

/* Up to `limit` contracts of a change behind contract id `after`, by id. */
BulkRows *contract_bulk_rows(Database *database, void *owner, gint64 id, gint64 after, unsigned limit, GError **error);
/* The first `limit` contracts that somebody changed or deleted since, and in `touched` how many there are. */
BulkRows *contract_bulk_touched(Database *database, void *owner, gint64 id, unsigned limit, gint64 *touched, GError **error);

/* Gives every contract of a change what it had before, in one transaction. ERROR_CONFLICT: it was undone already, somebody touched one of them since, or
 * a level or type that one had is gone; then nothing is changed. ERROR_NOT_FOUND. */
bool contract_bulk_undo(Database *database, gint64 id, gint64 user_id, GError **error);

/* For the files of this room: long writes count in a slot of contract_count of their own, so that nobody waits for them. */
bool contract_bulk_count_slot(Database *database, gint64 contracts, GError **error);
void contract_bulk_count_slot_back(Database *database, gint64 contracts);

/* The name of a user who may no longer be active; "" when there is none. */
const char *contract_bulk_user_name(Database *database, void *owner, gint64 id, GError **error);

#endif
