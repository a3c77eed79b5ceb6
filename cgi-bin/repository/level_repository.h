/* level_repository.h: the catalogue of support levels as a list. Single ones are records: record_repository.h. */
#ifndef SUPPORTLEVEL_REPOSITORY_LEVEL_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_LEVEL_REPOSITORY_H

#include "domain/service_calendar.h"
#include "repository/database.h"

typedef struct {
  gint64 id;
  const char *code;
  const char *name;
  const char *scope;
  const char *channels;
  const char *service_hours;
  const char *response_minutes; /* "" no promise */
  const char *restore_minutes;
  bool retired;
  gint64 contracts;
  const char *next; /* code of the next higher level, or NULL */
  const ServiceCalendar *calendar; /* or NULL */
  gint64 in_force; /* of them active, or cancelled and still running */
} LevelRow;

typedef struct {
  LevelRow *items;
  unsigned count;
  gint64 without; /* contracts without a level */
  gint64 without_in_force;
} LevelRows;

/* All levels by rank, with the kept number of their contracts. */
LevelRows *level_repository_list(Database *database, void *owner, GError **error);

#endif
