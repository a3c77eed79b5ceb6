/* migration_repository.h: which of the numbered migrations the database has, and applying those that it hasn't. */
#ifndef SUPPORTLEVEL_REPOSITORY_MIGRATION_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_MIGRATION_REPOSITORY_H

#include "repository/database.h"

typedef struct {
  const char *name; /* "0001_tables" */
  const char *sql;
} Migration;

/* Keeps everybody else from migrating this database until the connection ends: what is copied shall be of one shape. Waits for who does so now. */
bool migration_repository_hold(Database *database, GError **error);

/* Applies those of `count` migrations that the database hasn't yet, in their order; `*applied` gets their number. Waits for whoever else does so at the
 * same time. ERROR_CONFLICT: one that was applied has another text now, or a migration is there that isn't among these (a newer program's).
 * A migration that fails in the middle stays unfinished: MariaDB's changes of tables can't be rolled back. */
bool migration_repository_apply(Database *database, const Migration *migrations, unsigned count, unsigned *applied, GError **error);

#endif
