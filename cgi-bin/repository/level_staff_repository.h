/* level_staff_repository.h: who works at which support level. */
#ifndef SUPPORTLEVEL_REPOSITORY_LEVEL_STAFF_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_LEVEL_STAFF_REPOSITORY_H

#include "repository/database.h"

typedef struct {
  gint64 user_id;
  const char *name; /* display name */
  bool works;       /* at this level */
  bool reachable;   /* has an e-mail address */
} LevelStaffRow;

typedef struct {
  LevelStaffRow *items; /* by name */
  unsigned count;
} LevelStaff;

/* All active users and whether they work at a level. Owned by `owner`. */
LevelStaff *level_staff_repository_list(Database *database, void *owner, gint64 level_id, GError **error);

/* Sets who works at a level: these active users and nobody else. In its own transaction. */
bool level_staff_repository_set(Database *database, gint64 level_id, const gint64 *user_ids, unsigned count, GError **error);

#endif
