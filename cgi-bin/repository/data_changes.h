/* data_changes.h: what a worker keeps of the stored from request to request, and how it knows that it may: how often what pages show has changed is counted in the
 * database (table data_change) and comes along with whoever is signed in, at the beginning of every request. What is kept since the same counts is what would be read. */
#ifndef SUPPORTLEVEL_REPOSITORY_DATA_CHANGES_H
#define SUPPORTLEVEL_REPOSITORY_DATA_CHANGES_H

#include "repository/database.h"

typedef struct {
  gint64 contracts; /* and customers */
  gint64 catalogue; /* levels, contract types, users, service calendars */
  gint64 views;     /* saved views */
} DataChanges;

/* The counts as one column of a query, as text. */
#define DATA_CHANGES_SQL "(SELECT CONCAT_WS(' ', SUM(contracts), SUM(catalogue), SUM(views)) FROM data_change)"

DataChanges data_changes_read(const char *text);

/* What can be kept: until the catalogue changes; from KEPT_CONTRACT_COUNTS on, until a contract does. */
typedef enum { KEPT_CATALOGUE, KEPT_NAMES, KEPT_CONTRACT_COUNTS, KEPT_REPORT, KEPT_COUNT } Kept;

/* A request begins, with the counts that came along; NULL: none did, and everything is read anew. */
void database_saw_changes(Database *database, const DataChanges *changes);

/* What was kept, if nothing has changed since; it lives as long as `owner`. NULL otherwise, after a write of this connection, and inside of a transaction or snapshot. */
void *database_kept(Database *database, Kept kind, void *owner);
/* Keeps what was just read for the next time, where it is known of when it is. `object` belongs to nobody yet (no request's pool stays for its sake); from now on
 * it lives as long as `owner` at least. */
void database_keep(Database *database, Kept kind, void *owner, void *object);

#endif
