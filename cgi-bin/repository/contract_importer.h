/* contract_importer.h: takes the contracts of a table into the database: new ones are inserted, known ones (by their number) changed where they differ,
 * customers that are new are created on the way. In pieces, so that memory doesn't grow with the table; inside one transaction of the caller, who
 * decides at the end whether it counts. */
#ifndef SUPPORTLEVEL_REPOSITORY_CONTRACT_IMPORTER_H
#define SUPPORTLEVEL_REPOSITORY_CONTRACT_IMPORTER_H

#include "domain/contract_import.h"
#include "repository/database.h"

typedef struct {
  guint64 created;
  guint64 changed;
  guint64 unchanged;
  guint64 rejected;  /* rows with an error */
  guint64 customers; /* created */
} ImportCounts;

/* Is told each thing that is wrong: the line of the table, and the field (or "" for the row) with the reason. */
typedef void (*ImportProblem)(void *context, guint64 line, const FieldError *problem);

typedef struct contract_importer ContractImporter;

/* `columns` says which fields the table has: others keep their value in a known contract. Belongs to `owner`, as does what it keeps. */
ContractImporter *contract_importer_new(Database *database, void *owner, const ImportColumns *columns, Day today, ImportProblem problem, void *context, GError **error);

/* Takes the next row. `contract` and `errors` (what was wrong in reading it) become the importer's. False: an error of the database. */
bool contract_importer_take(ContractImporter *importer, guint64 line, Contract *contract, FieldErrors *errors, GError **error);

/* Writes what is still waiting. The counts are complete then. */
bool contract_importer_finish(ContractImporter *importer, ImportCounts *counts, GError **error);

#endif
