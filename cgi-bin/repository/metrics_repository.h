/* metrics_repository.h: how much there is of what, as /metrics tells it: from kept counts and short pieces of indexes, however large the tables are. */
#ifndef SUPPORTLEVEL_REPOSITORY_METRICS_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_METRICS_REPOSITORY_H

#include "domain/contract.h"
#include "repository/database.h"

typedef struct {
  const char *level; /* its code; NULL: contracts without one */
  gint64 contracts[STATUS_COUNT];
  gint64 open, waiting, overdue; /* support requests in its queue; open ones whose next deadline has passed */
} LevelMetrics;

typedef struct {
  LevelMetrics *levels; /* in the catalogue's order; the last one is "without" */
  unsigned level_count;
  gint64 sessions; /* that haven't ended */
} StoredMetrics;

/* Overdue as of `now`, seconds since 1970. Belongs to `owner`; NULL with an error of the database. */
StoredMetrics *metrics_repository_read(Database *database, void *owner, gint64 now, GError **error);

#endif
