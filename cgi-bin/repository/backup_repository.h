/* backup_repository.h: what a backup and its restoring ask of the database; the rows themselves go through MariaDB's own programs. */
#ifndef SUPPORTLEVEL_REPOSITORY_BACKUP_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_BACKUP_REPOSITORY_H

#include "repository/database.h"

/* A table that is there as long as a restoring has begun and not ended. */
#define RESTORE_MARK "restore_unfinished"

/* How many triggers the database has, as the account sees them. ERROR_CONFLICT: it has none of our tables. ERROR_FORBIDDEN: the account sees no trigger, so
 * that its backup would lack them. */
bool backup_repository_triggers(Database *database, unsigned *triggers, GError **error);

typedef enum {
  RESTORE_INTO_EMPTY,   /* no table, or none but those of a restoring that broke off */
  RESTORE_INTO_UNUSED,  /* our tables, and no contract or customer ever in them */
  RESTORE_INTO_USED,
  RESTORE_INTO_FOREIGN  /* tables, but not ours */
} RestoreTarget;

/* What a backup would be restored into. */
bool backup_repository_target(Database *database, RestoreTarget *target, GError **error);
/* Sets the mark, then drops every other table. */
bool backup_repository_clear(Database *database, GError **error);
/* All rows are there: ends every session, since those that were ended after the backup's moment would live again, and takes the mark away. */
bool backup_repository_restored(Database *database, GError **error);
/* Nothing is there: takes the mark away. */
bool backup_repository_unmark(Database *database, GError **error);

#endif
