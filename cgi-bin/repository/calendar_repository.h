/* calendar_repository.h: calendars that people subscribe to: stored selections, each behind a secret of which the hash (32 bytes) is kept. */
#ifndef SUPPORTLEVEL_REPOSITORY_CALENDAR_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_CALENDAR_REPOSITORY_H

#include "repository/user_repository.h"

#define CALENDARS_PER_USER 20

typedef struct {
  gint64 id;
  const char *name;
  const char *query;   /* of the address of /contracts */
  const char *created_at; /* UTC */
  const char *used_at; /* UTC, to the hour; NULL: never */
} CalendarRow;

typedef struct {
  CalendarRow *items;
  unsigned count;
} CalendarRows;

/* A user's calendars by name. */
CalendarRows *calendar_repository_list(Database *database, void *owner, gint64 user_id, GError **error);

/* Stores a new one. ERROR_FIELD: the user has CALENDARS_PER_USER already. */
bool calendar_repository_insert(Database *database, gint64 user_id, const char *name, const char *query, const unsigned char *hash, GError **error);

/* Takes one of the user's own away: its address is no more. ERROR_NOT_FOUND: there is none of that id, or it is somebody else's. */
bool calendar_repository_delete(Database *database, gint64 user_id, gint64 id, GError **error);

/* The calendar of a secret and whose it is; both NULL without an error when there is none or the account is off. Notes the use, once an hour. */
bool calendar_repository_find(Database *database, void *owner, const unsigned char *hash, CalendarRow **calendar, UserRow **user, GError **error);

#endif
