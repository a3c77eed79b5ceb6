/* import_unknown.h: the levels, types and people that a table names and nobody knows. */
#ifndef SUPPORTLEVEL_REPOSITORY_IMPORT_UNKNOWN_H
#define SUPPORTLEVEL_REPOSITORY_IMPORT_UNKNOWN_H

#include "repository/contract_importer.h"

/* Walks the rows and collects each unknown word once, up to `limit`, by field; their kind is what is remembered of them, or IMPORT_UNDECIDED. Belongs to `owner`. */
ImportChoice *import_unknown_find(Database *database, void *owner, const ImportColumns *columns, ImportNext next, void *rows, unsigned limit, unsigned *count, GError **error);

#endif
