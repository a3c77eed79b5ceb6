/* backup_file.h: a backup on the disk: SQL packed by gzip, readable by nobody but its owner, beside a file of its SHA-256 as sha256sum reads it. It has its
 * name only once it is whole, checked and on the disk. */
#ifndef SUPPORTLEVEL_TOOL_BACKUP_FILE_H
#define SUPPORTLEVEL_TOOL_BACKUP_FILE_H

#include "domain/error.h"

typedef struct backup_file BackupFile;

/* Begins a backup of a database in a directory; it will be named by database and moment (UTC). ERROR_CONFLICT: another one is being written there.
 * Freed by talloc before it is finished, nothing of it is left. */
BackupFile *backup_file_new(void *owner, const char *directory, const char *database, GError **error);
bool backup_file_write(BackupFile *file, const char *bytes, gsize length, GError **error);
/* Brings it to the disk, reads it again to see that it is whole, and gives it its name. */
bool backup_file_finish(BackupFile *file, GError **error);
/* Its name with the directory, and its size in bytes. */
const char *backup_file_path(const BackupFile *file);
guint64 backup_file_size(const BackupFile *file);
/* Removes the oldest backups of the same database in its directory until `keep` are left; `*removed` gets how many went. */
bool backup_file_prune(const BackupFile *file, unsigned keep, unsigned *removed, GError **error);

/* True when a backup is whole: it unpacks, ends as a dump does, and is what its checksum file says; `*summed`: whether there is one. ERROR_INTERNAL says what is wrong. */
bool backup_file_check(const char *path, bool *summed, GError **error);

#endif
