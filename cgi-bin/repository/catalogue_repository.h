/* catalogue_repository.h: the company's key tables, read whole: they are small and nearly every page needs them. */
#ifndef SUPPORTLEVEL_REPOSITORY_CATALOGUE_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_CATALOGUE_REPOSITORY_H

#include "domain/catalogue.h"
#include "repository/database.h"

/* Levels by rank, types by position (retired ones too: contracts still have them), users by name (who can't sign in any more is retired). Belongs to `owner`.
 * ERROR_INTERNAL: more than CATALOGUE_MAX levels or types. */
Catalogue *catalogue_repository_read(Database *database, void *owner, GError **error);

/* Adds the service calendars by name, which few pages need. */
bool catalogue_repository_read_calendars(Database *database, Catalogue *catalogue, GError **error);

#endif
