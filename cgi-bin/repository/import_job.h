/* import_job.h: an import of a table from its upload to its record: the file, what was decided about it, what was found wrong, what was written, and the
 * way back (import_undo.c). */
#ifndef SUPPORTLEVEL_REPOSITORY_IMPORT_JOB_H
#define SUPPORTLEVEL_REPOSITORY_IMPORT_JOB_H

#include <stdio.h>

#include "repository/contract_importer.h"

#define IMPORT_PROBLEMS_KEPT 10000
#define IMPORT_CHOICES_MAX 300 /* unknown levels, types and people that are asked about */

typedef enum { IMPORT_NEW, IMPORT_CHECKED, IMPORT_DONE } ImportState;

typedef struct {
  const char *header;
  int field; /* a ContractFieldId, or -1: passed over */
} ImportJobColumn;

typedef struct {
  gint64 id;
  const char *actor;
  const char *file_name;
  gint64 file_size;
  bool xlsx;
  const char *created_at;
  char separator;
  const char *encoding;
  unsigned sheet;
  ImportStyle style;
  ImportState state;
  ImportCounts counts;
  guint64 problems;
  const char *done_at;
  const char *undone_at;
  const char *undone_by;
  ImportJobColumn *columns; /* read by import_job_find only */
  unsigned column_count;
  ImportChoice *choices;
  unsigned choice_count;
} ImportJob;

/* ---- jobs ---- */

/* Keeps a new job and, unless `file` is NULL, its file; gives it its id. Old files that nobody went on with are thrown away. */
bool import_job_create(Database *database, ImportJob *job, FILE *file, GError **error);
/* ERROR_NOT_FOUND. Belongs to `owner`. */
ImportJob *import_job_find(Database *database, void *owner, gint64 id, GError **error);
/* The latest jobs, newest first. */
ImportJob *import_job_latest(Database *database, void *owner, unsigned limit, unsigned *count, GError **error);
/* The job's file again, in a temporary file without a name, at its beginning; ERROR_NOT_FOUND when it is no longer kept. To be closed. */
FILE *import_job_file(Database *database, gint64 id, GError **error);
/* Stores style, columns and choices, and remembers the latter two for other files; the state is "new" again. ERROR_CONFLICT: it is done. */
bool import_job_save(Database *database, const ImportJob *job, GError **error);
/* Throws a job away that isn't done. */
bool import_job_discard(Database *database, gint64 id, GError **error);

/* What is remembered: the field of a head (-1: passed over, IMPORT_BY_NAME: nothing), the choice for a word (false: none). */
bool import_known_header(Database *database, const char *header, int *field, GError **error);
bool import_known_choice(Database *database, void *owner, ImportChoice *choice, GError **error);

/* ---- problems ---- */

typedef struct {
  guint64 line;
  const char *field;
  const char *reason;
  const char *argument;
} ImportJobProblem;

/* Stores what a check or an import found: counts, state, and the problems in the place of earlier ones. */
bool import_job_found(Database *database, gint64 id, ImportState state, const ImportCounts *counts, guint64 problem_count, const ImportJobProblem *problems,
                      unsigned kept, GError **error);
ImportJobProblem *import_job_problems(Database *database, void *owner, gint64 id, unsigned limit, unsigned *count, GError **error);

/* ---- the record ---- */

/* Inside of the import's transaction. ERROR_CONFLICT from import_job_begin: it is done already. */
bool import_job_begin(Database *database, gint64 id, GError **error);
bool import_record_rows(Database *database, gint64 job, const gint64 *ids, unsigned count, bool inserted, GError **error);
bool import_record_customers(Database *database, gint64 job, const gint64 *ids, unsigned count, GError **error);

typedef struct {
  gint64 id;
  const char *number; /* NULL: deleted */
  const char *title;
} ImportTouched;

/* The first `limit` contracts that somebody changed or deleted since, and in `touched` how many there are. */
ImportTouched *import_job_touched(Database *database, void *owner, gint64 id, unsigned limit, unsigned *count, gint64 *touched, GError **error);

/* Is told now and then how many contracts are done with. */
typedef void (*ImportTell)(void *context, guint64 contracts);

/* Deletes what the import inserted (customers too, as far as they have nothing else) and gives what it changed its values from before, in one transaction.
 * ERROR_CONFLICT: it was undone already (`import_undone`), somebody touched a contract since (`import_touched`), or what one refers to is gone (`import_gone`);
 * nothing is changed then. ERROR_NOT_FOUND. `tell` may be NULL. */
bool import_job_undo(Database *database, gint64 id, Day today, ImportTell tell, void *context, GError **error);

#endif
