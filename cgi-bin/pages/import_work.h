/* import_work.h: what the pages of an import share: the job with its file being read, the check, and the import itself. */
#ifndef SUPPORTLEVEL_PAGES_IMPORT_WORK_H
#define SUPPORTLEVEL_PAGES_IMPORT_WORK_H

#include "format/table_reader.h"
#include "repository/import_job.h"
#include "web/page.h"

#define IMPORT_SAMPLE_ROWS 3
#define IMPORT_STREAM_ABOVE (1 << 20)  /* bytes of a file whose check and import show how far they are */
#define IMPORT_UNDO_STREAM_ABOVE 5000 /* contracts whose undoing does */

typedef struct {
  Exchange *exchange;
  ImportJob *job;
  FILE *file;
  TableReader *reader;
  /* while rows are taken */
  guint64 rows;
  gint64 told_at;      /* of g_get_monotonic_time */
  const char *ending;  /* of a page that is being sent, or NULL: nothing is sent */
  ImportColumns *columns;
  ImportCounts counts;
  GArray *problems; /* ImportJobProblem, the first IMPORT_PROBLEMS_KEPT */
  guint64 problem_count;
  bool good_lines;
} ImportWork;

/* The address of a job, or below it. */
const char *import_url(Exchange *exchange, gint64 id, const char *below);
/* The text of a problem's reason. */
const char *import_problem_text(Exchange *exchange, const char *reason, const char *argument);
/* A reason why the file can't be read on. */
bool import_is_file_problem(const char *reason);

/* The job that the address names, with its file opened unless that is NULL's: `with_file` false. Closed with the exchange. */
ImportWork *import_work_open(Exchange *exchange, bool with_file, GError **error);
ImportWork *import_work_new(Exchange *exchange, ImportJob *job, FILE *file);
/* Begins to read the file anew, by the job's style; the head is the first row. NULL at once when even that can't be read. */
const ImportRow *import_work_head(ImportWork *work);

/* Guesses style, columns and fields of the job from its file; false: the head can't be read (see table_reader_problem), or `error`. */
bool import_work_guess(ImportWork *work, GError **error);
/* The job's columns; NULL with `errors` when the table can't be imported by them. */
ImportColumns *import_work_columns(ImportWork *work, FieldErrors *errors);
/* The unknown levels, types and people of the file; what was decided about them before stays. `asked` false: some of them are new and undecided. */
bool import_work_choices(ImportWork *work, bool *asked, GError **error);

/* Checks every line (`dry`), or imports: all or nothing, or the good lines. Stores what was found; `done` tells whether it was imported. A long one begins an
 * answer that shows how far it is, and ends it. */
bool import_work_run(ImportWork *work, bool dry, bool *done, GError **error);

/* Takes the import back (import_job_undo); that of a large one is shown in the same way. */
bool import_work_undo(ImportWork *work, GError **error);

#endif
