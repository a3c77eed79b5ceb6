/* backup_repository.h: what a backup and its restoring ask of the database; the rows themselves go through MariaDB's own programs. */
#ifndef SUPPORTLEVEL_REPOSITORY_BACKUP_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_BACKUP_REPOSITORY_H

#include "repository/database.h"

/* A table that is there as long as a restoring has begun and not ended. */
#define RESTORE_MARK "restore_unfinished"

#endif
