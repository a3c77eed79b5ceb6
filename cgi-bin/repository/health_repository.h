/* health_repository.h: whether the database can be worked with, asked on a connection of its own and without patience. */
#ifndef SUPPORTLEVEL_REPOSITORY_HEALTH_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_HEALTH_REPOSITORY_H

#include "repository/database.h"

typedef enum {
  HEALTH_OK,
  HEALTH_AWAY,      /* it doesn't answer, or takes no more connections */
  HEALTH_REFUSED,   /* it answers, but not us: the account, its rights or the database's name are wrong */
  HEALTH_RESTORING, /* a backup is being restored, or broke off while it was */
  HEALTH_BEHIND,    /* migrations are missing */
  HEALTH_NEWER      /* it has migrations of a newer version: works as far as that one is compatible */
} DatabaseHealth;

/* `migrations`: the names of those that this program needs, with blanks between them. Answers within some seconds, also when the server hangs. */
DatabaseHealth health_repository_look(const char *url, const char *migrations);

#endif
