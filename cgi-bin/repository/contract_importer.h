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

/* What is done with a level, a type or a person that the table names and nobody knows. */
typedef struct {
  int field;
  const char *value; /* as the table has it */
  enum { IMPORT_TAKE, IMPORT_CREATE, IMPORT_EMPTY, IMPORT_UNDECIDED } kind;
  const char *code; /* IMPORT_TAKE: of what it stands for */
} ImportChoice;

typedef struct {
  const ImportColumns *columns; /* says which fields the table has: others keep their value in a known contract */
  const ImportChoice *choices;
  unsigned choice_count;
  Day today;
  bool dry;             /* nothing is written, everything is checked and counted */
  gint64 job;           /* whose record (import_job.h) gets what was written; 0: nobody's */
  ImportProblem problem;
  void *context;
} ImportOrder;

/* Takes every row of the table; the counts are complete then. False: an error of the database. */
bool contract_importer_run(Database *database, const ImportOrder *order, ImportNext next, void *rows, ImportCounts *counts, GError **error);

/* To be called behind the transaction, however it ended. */
void contract_importer_leave(Database *database);

#endif
