#include "repository/import_job.h"

#include <errno.h>
#include <string.h>
#include <talloc.h>

#include "repository/import_keys.h"
#include "repository/statement.h"

#define PIECE (256 * 1024) /* bytes of the file in one row */
#define UNFINISHED_DAYS "7"
#define FILE_DAYS "30"

static const char *const STATES[] = {"new", "checked", "done"};

/* ---- a new one ---- */

typedef struct {
  ImportJob *job;
  FILE *file;
} Creation;

static bool store_file(Database *database, const Creation *creation, GError **error) {
  char *piece = talloc_size(NULL, PIECE);
  bool done = fseeko(creation->file, 0, SEEK_SET) == 0;
  gsize length = 0;
  for (unsigned position = 0; done && (length = fread(piece, 1, PIECE, creation->file)) > 0; position++) {
    done = database_execute(database, "INSERT INTO import_piece (import_job_id, position, bytes) VALUES (?, ?, ?)",
                            SQL_VALUES(SQL_INTEGER(creation->job->id), SQL_INTEGER(position), SQL_BYTES(piece, length)), NULL, NULL, error);
  }
  talloc_free(piece);
  return done;
}

static bool forget_old(Database *database, GError **error) {
  return database_execute(database, "DELETE FROM import_job WHERE state <> 'done' AND created_at < UTC_TIMESTAMP() - INTERVAL " UNFINISHED_DAYS " DAY", SQL_NO_VALUES, NULL, NULL, error) &&
         database_execute(database,
                          "DELETE import_piece FROM import_job STRAIGHT_JOIN import_piece ON import_piece.import_job_id = import_job.id "
                          "WHERE created_at < UTC_TIMESTAMP() - INTERVAL " FILE_DAYS " DAY",
                          SQL_NO_VALUES, NULL, NULL, error);
}

static bool create(Database *database, void *context, GError **error) {
  Creation *creation = context;
  ImportJob *job = creation->job;
  const char *actor = database_actor(database);
  return forget_old(database, error) &&
         database_execute(database,
                          "INSERT INTO import_job (actor, file_name, file_size, xlsx, delimiter_code, encoding, sheet, decimal_comma, month_first) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          SQL_VALUES(sql_text(actor != NULL ? actor : ""), sql_text(job->file_name), SQL_INTEGER(job->file_size), SQL_INTEGER(job->xlsx),
                                     SQL_INTEGER((guchar)job->separator), sql_text(job->encoding), SQL_INTEGER(job->sheet), SQL_INTEGER(job->style.decimal == ','),
                                     SQL_INTEGER(job->style.month_first)),
                          NULL, &job->id, error) &&
         (creation->file == NULL || store_file(database, creation, error));
}

bool import_job_create(Database *database, ImportJob *job, FILE *file, GError **error) {
  Creation creation = {job, file};
  return database_transaction(database, create, &creation, error);
}

/* ---- reading ---- */

#define JOB_SQL                                                                                                                                \
  "SELECT id, actor, file_name, file_size, xlsx, created_at, delimiter_code, encoding, sheet, decimal_comma, month_first, state + 0, created, changed, "  \
  "unchanged, rejected, customers, problems, done_at, undone_at, undone_by FROM import_job "
enum {
  JOB_ID, JOB_ACTOR, JOB_FILE_NAME, JOB_FILE_SIZE, JOB_XLSX, JOB_CREATED_AT, JOB_SEPARATOR, JOB_ENCODING, JOB_SHEET, JOB_DECIMAL, JOB_MONTH_FIRST, JOB_STATE, JOB_CREATED,
  JOB_CHANGED, JOB_UNCHANGED, JOB_REJECTED, JOB_CUSTOMERS, JOB_PROBLEMS, JOB_DONE_AT, JOB_UNDONE_AT, JOB_UNDONE_BY
};

static ImportJob job_of(const SqlRows *rows, unsigned row) {
  ImportJob job = {.id = sql_cell_integer(rows, row, JOB_ID),
                   .actor = sql_cell(rows, row, JOB_ACTOR),
                   .file_name = sql_cell(rows, row, JOB_FILE_NAME),
                   .file_size = sql_cell_integer(rows, row, JOB_FILE_SIZE),
                   .xlsx = sql_cell_integer(rows, row, JOB_XLSX) != 0,
                   .created_at = sql_cell(rows, row, JOB_CREATED_AT),
                   .separator = (char)sql_cell_integer(rows, row, JOB_SEPARATOR),
                   .encoding = sql_cell(rows, row, JOB_ENCODING),
                   .sheet = (unsigned)sql_cell_integer(rows, row, JOB_SHEET),
                   .style = {sql_cell_integer(rows, row, JOB_DECIMAL) != 0 ? ',' : '.', sql_cell_integer(rows, row, JOB_MONTH_FIRST) != 0},
                   .state = (ImportState)(sql_cell_integer(rows, row, JOB_STATE) - 1),
                   .problems = (guint64)sql_cell_integer(rows, row, JOB_PROBLEMS),
                   .done_at = sql_cell(rows, row, JOB_DONE_AT),
                   .undone_at = sql_cell(rows, row, JOB_UNDONE_AT),
                   .undone_by = sql_cell(rows, row, JOB_UNDONE_BY)};
  job.counts = (ImportCounts){(guint64)sql_cell_integer(rows, row, JOB_CREATED), (guint64)sql_cell_integer(rows, row, JOB_CHANGED), (guint64)sql_cell_integer(rows, row, JOB_UNCHANGED),
                              (guint64)sql_cell_integer(rows, row, JOB_REJECTED), (guint64)sql_cell_integer(rows, row, JOB_CUSTOMERS)};
  return job;
}

static bool read_columns(Database *database, ImportJob *job, GError **error) {
  SqlRows *rows = database_query(database, job, "SELECT header, field FROM import_column WHERE import_job_id = ? ORDER BY position", SQL_VALUES(SQL_INTEGER(job->id)), error);
  if (rows == NULL) return false;
  job->column_count = rows->row_count;
  job->columns = talloc_zero_array(job, ImportJobColumn, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) job->columns[row] = (ImportJobColumn){sql_cell(rows, row, 0), contract_field_by_name(sql_cell(rows, row, 1))};
  return true;
}

static void read_choice(ImportChoice *choice, const char *text) {
  choice->kind = text[0] == '=' ? IMPORT_TAKE : text[0] == '+' ? IMPORT_CREATE : text[0] == '-' ? IMPORT_EMPTY : IMPORT_UNDECIDED;
  choice->code = text[0] == '=' ? text + 1 : NULL;
}

static const char *choice_text(void *owner, const ImportChoice *choice) {
  switch (choice->kind) {
    case IMPORT_TAKE: return talloc_asprintf(owner, "=%s", choice->code);
    case IMPORT_CREATE: return "+";
    case IMPORT_EMPTY: return "-";
    default: return "";
  }
}

static bool read_choices(Database *database, ImportJob *job, GError **error) {
  SqlRows *rows = database_query(database, job, "SELECT field, value, choice FROM import_choice WHERE import_job_id = ? ORDER BY position", SQL_VALUES(SQL_INTEGER(job->id)), error);
  if (rows == NULL) return false;
  job->choice_count = rows->row_count;
  job->choices = talloc_zero_array(job, ImportChoice, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) {
    job->choices[row] = (ImportChoice){.field = contract_field_by_name(sql_cell(rows, row, 0)), .value = sql_cell(rows, row, 1)};
    read_choice(&job->choices[row], sql_cell(rows, row, 2));
  }
  return true;
}

ImportJob *import_job_find(Database *database, void *owner, gint64 id, GError **error) {
  SqlRows *rows = database_query(database, owner, JOB_SQL "WHERE id = ?", SQL_VALUES(SQL_INTEGER(id)), error);
  if (rows == NULL) return NULL;
  if (rows->row_count == 0) {
    error_set(error, ERROR_NOT_FOUND, "no such import");
    return NULL;
  }
  ImportJob *job = talloc_zero(rows, ImportJob);
  *job = job_of(rows, 0);
  return read_columns(database, job, error) && read_choices(database, job, error) ? job : NULL;
}

ImportJob *import_job_latest(Database *database, void *owner, unsigned limit, unsigned *count, GError **error) {
  SqlRows *rows = database_query(database, owner, JOB_SQL "ORDER BY id DESC LIMIT ?", SQL_VALUES(SQL_INTEGER(limit)), error);
  if (rows == NULL) return NULL;
  ImportJob *jobs = talloc_zero_array(rows, ImportJob, rows->row_count + 1);
  *count = rows->row_count;
  for (unsigned row = 0; row < rows->row_count; row++) jobs[row] = job_of(rows, row);
  return jobs;
}

/* One piece at a time; it can hold any bytes, so its length comes beside it. */
static bool copy_piece(Database *database, gint64 id, unsigned position, FILE *file, bool *more, GError **error) {
  SqlRows *rows = database_query(database, NULL, "SELECT LENGTH(bytes), bytes FROM import_piece WHERE import_job_id = ? AND position = ?",
                                 SQL_VALUES(SQL_INTEGER(id), SQL_INTEGER(position)), error);
  if (rows == NULL) return false;
  *more = rows->row_count > 0;
  gsize length = *more ? (gsize)sql_cell_integer(rows, 0, 0) : 0;
  bool done = length == 0 || fwrite(sql_cell(rows, 0, 1), 1, length, file) == length;
  if (!done) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_PASSING, "no room for a temporary file: %s", g_strerror(errno));
  talloc_free(rows);
  return done;
}

FILE *import_job_file(Database *database, gint64 id, GError **error) {
  FILE *file = tmpfile();
  bool done = file != NULL;
  bool more = done;
  unsigned pieces = 0;
  if (!done) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "no temporary file: %s", g_strerror(errno));
  for (; done && more; pieces++) done = copy_piece(database, id, pieces, file, &more, error);
  if (done && pieces <= 1) done = error_set(error, ERROR_NOT_FOUND, "the file is no longer kept");
  if (done && fseeko(file, 0, SEEK_SET) == 0) return file;
  if (file != NULL) fclose(file);
  return NULL;
}

/* ---- decisions ---- */

static bool save_columns(Database *database, const ImportJob *job, GError **error) {
  bool done = database_execute(database, "DELETE FROM import_column WHERE import_job_id = ?", SQL_VALUES(SQL_INTEGER(job->id)), NULL, NULL, error);
  for (unsigned column = 0; done && column < job->column_count; column++) {
    const ImportJobColumn *item = &job->columns[column];
    const char *field = item->field >= 0 ? contract_fields[item->field].name : "";
    char *key = import_key_folded(item->header);
    done = database_execute(database, "INSERT INTO import_column (import_job_id, position, header, field) VALUES (?, ?, ?, ?)",
                            SQL_VALUES(SQL_INTEGER(job->id), SQL_INTEGER(column), sql_text(item->header), sql_text(field)), NULL, NULL, error) &&
           (key[0] == '\0' || g_utf8_strlen(key, -1) > 200 ||
            database_execute(database, "REPLACE INTO import_known_header (header, field) VALUES (?, ?)", SQL_VALUES(sql_text(key), sql_text(field)), NULL, NULL, error));
    g_free(key);
  }
  return done;
}

static bool save_choices(Database *database, const ImportJob *job, GError **error) {
  bool done = database_execute(database, "DELETE FROM import_choice WHERE import_job_id = ?", SQL_VALUES(SQL_INTEGER(job->id)), NULL, NULL, error);
  void *scratch = talloc_new(NULL);
  for (unsigned i = 0; done && i < job->choice_count; i++) {
    const ImportChoice *choice = &job->choices[i];
    const char *field = contract_fields[choice->field].name;
    const char *text = choice_text(scratch, choice);
    char *key = import_key_folded(choice->value);
    done = database_execute(database, "INSERT INTO import_choice (import_job_id, position, field, value, choice) VALUES (?, ?, ?, ?, ?)",
                            SQL_VALUES(SQL_INTEGER(job->id), SQL_INTEGER(i), sql_text(field), sql_text(choice->value), sql_text(text)), NULL, NULL, error) &&
           (text[0] == '\0' || g_utf8_strlen(key, -1) > 200 ||
            database_execute(database, "REPLACE INTO import_known_value (field, value, choice) VALUES (?, ?, ?)", SQL_VALUES(sql_text(field), sql_text(key), sql_text(text)), NULL,
                             NULL, error));
    g_free(key);
  }
  talloc_free(scratch);
  return done;
}

static bool save(Database *database, void *context, GError **error) {
  const ImportJob *job = context;
  return import_job_begin(database, job->id, error) &&
         database_execute(database,
                          "UPDATE import_job SET delimiter_code = ?, encoding = ?, sheet = ?, decimal_comma = ?, month_first = ?, state = 'new' WHERE id = ?",
                          SQL_VALUES(SQL_INTEGER((guchar)job->separator), sql_text(job->encoding), SQL_INTEGER(job->sheet), SQL_INTEGER(job->style.decimal == ','),
                                     SQL_INTEGER(job->style.month_first), SQL_INTEGER(job->id)),
                          NULL, NULL, error) &&
         save_columns(database, job, error) && save_choices(database, job, error);
}

bool import_job_save(Database *database, const ImportJob *job, GError **error) { return database_transaction(database, save, (void *)(gsize)job, error); }

bool import_job_discard(Database *database, gint64 id, GError **error) {
  return database_execute(database, "DELETE FROM import_job WHERE id = ? AND state <> 'done'", SQL_VALUES(SQL_INTEGER(id)), NULL, NULL, error);
}

bool import_known_header(Database *database, const char *header, int *field, GError **error) {
  char *key = import_key_folded(header);
  SqlRows *rows = database_query(database, NULL, "SELECT field FROM import_known_header WHERE header = ?", SQL_VALUES(sql_text(key)), error);
  g_free(key);
  if (rows == NULL) return false;
  *field = rows->row_count > 0 ? contract_field_by_name(sql_cell(rows, 0, 0)) : IMPORT_BY_NAME;
  talloc_free(rows);
  return true;
}

bool import_known_choice(Database *database, void *owner, ImportChoice *choice, GError **error) {
  char *key = import_key_folded(choice->value);
  SqlRows *rows = database_query(database, owner, "SELECT choice FROM import_known_value WHERE field = ? AND value = ?",
                                 SQL_VALUES(sql_text(contract_fields[choice->field].name), sql_text(key)), error);
  g_free(key);
  if (rows != NULL) read_choice(choice, rows->row_count > 0 ? sql_cell(rows, 0, 0) : "");
  return rows != NULL;
}

/* ---- problems ---- */

typedef struct {
  gint64 id;
  ImportState state;
  const ImportCounts *counts;
  guint64 problem_count;
  const ImportJobProblem *problems;
  unsigned kept;
} Found;

static bool insert_problems(Database *database, const Found *found, GError **error) {
  GArray *values = g_array_new(FALSE, FALSE, sizeof(SqlValue));
  for (unsigned i = 0; i < found->kept; i++) {
    const ImportJobProblem *problem = &found->problems[i];
    SqlValue row[] = {SQL_INTEGER(found->id), SQL_INTEGER(i), SQL_INTEGER(problem->line), sql_text(problem->field), sql_text(problem->reason), sql_text(problem->argument)};
    g_array_append_vals(values, row, G_N_ELEMENTS(row));
  }
  bool done = found->kept == 0 || database_execute_bulk(database, "INSERT INTO import_problem (import_job_id, position, line, field, reason, argument) VALUES (?, ?, ?, ?, ?, ?)",
                                                        (const SqlValue *)(void *)values->data, 6, found->kept, error);
  g_array_free(values, TRUE);
  return done;
}

static bool store_found(Database *database, void *context, GError **error) {
  const Found *found = context;
  const ImportCounts *counts = found->counts;
  return database_execute(database, "DELETE FROM import_problem WHERE import_job_id = ?", SQL_VALUES(SQL_INTEGER(found->id)), NULL, NULL, error) &&
         insert_problems(database, found, error) &&
         database_execute(database,
                          "UPDATE import_job SET state = ?, created = ?, changed = ?, unchanged = ?, rejected = ?, customers = ?, problems = ?, "
                          "done_at = IF(state = 'done', UTC_TIMESTAMP(6), NULL) WHERE id = ?",
                          SQL_VALUES(sql_text(STATES[found->state]), SQL_INTEGER(counts->created), SQL_INTEGER(counts->changed), SQL_INTEGER(counts->unchanged),
                                     SQL_INTEGER(counts->rejected), SQL_INTEGER(counts->customers), SQL_INTEGER(found->problem_count), SQL_INTEGER(found->id)),
                          NULL, NULL, error);
}

bool import_job_found(Database *database, gint64 id, ImportState state, const ImportCounts *counts, guint64 problem_count, const ImportJobProblem *problems,
                      unsigned kept, GError **error) {
  Found found = {id, state, counts, problem_count, problems, kept};
  return database_transaction(database, store_found, &found, error);
}

ImportJobProblem *import_job_problems(Database *database, void *owner, gint64 id, unsigned limit, unsigned *count, GError **error) {
  SqlRows *rows = database_query(database, owner, "SELECT line, field, reason, argument FROM import_problem WHERE import_job_id = ? ORDER BY position LIMIT ?",
                                 SQL_VALUES(SQL_INTEGER(id), SQL_INTEGER(limit)), error);
  if (rows == NULL) return NULL;
  ImportJobProblem *problems = talloc_zero_array(rows, ImportJobProblem, rows->row_count + 1);
  *count = rows->row_count;
  for (unsigned row = 0; row < rows->row_count; row++) {
    problems[row] = (ImportJobProblem){(guint64)sql_cell_integer(rows, row, 0), sql_cell(rows, row, 1), sql_cell(rows, row, 2), sql_cell(rows, row, 3)};
  }
  return problems;
}

/* ---- the record ---- */

bool import_job_begin(Database *database, gint64 id, GError **error) {
  SqlRows *rows = database_query(database, NULL, "SELECT state = 'done' FROM import_job WHERE id = ? FOR UPDATE", SQL_VALUES(SQL_INTEGER(id)), error);
  if (rows == NULL) return false;
  bool known = rows->row_count > 0;
  bool finished = known && sql_cell_integer(rows, 0, 0) != 0;
  talloc_free(rows);
  if (!known) return error_set(error, ERROR_NOT_FOUND, "no such import");
  return !finished || error_set(error, ERROR_CONFLICT, "import_done");
}

bool import_record_rows(Database *database, gint64 job, const gint64 *ids, unsigned count, bool inserted, GError **error) {
  if (count == 0) return true;
  Statement *statement = statement_new(NULL);
  statement_add(statement, "INSERT INTO import_row (import_job_id, contract_id, inserted, version, moment) SELECT ");
  statement_bind(statement, SQL_INTEGER(job));
  statement_add(statement, ", id, ");
  statement_bind(statement, SQL_INTEGER(inserted));
  statement_add(statement, ", version, row_start FROM contract WHERE id IN (");
  /* Padded, so that few statements are prepared. */
  unsigned size = count > 16 ? MAX(256, count) : 16;
  for (unsigned i = 0; i < size; i++) {
    if (i > 0) statement_add(statement, ", ");
    statement_bind(statement, SQL_INTEGER(ids[MIN(i, count - 1)]));
  }
  statement_add(statement, ")");
  bool done = statement_execute(statement, database, NULL, NULL, error);
  talloc_free(statement);
  return done;
}

bool import_record_customers(Database *database, gint64 job, const gint64 *ids, unsigned count, GError **error) {
  GArray *values = g_array_new(FALSE, FALSE, sizeof(SqlValue));
  for (unsigned i = 0; i < count; i++) {
    SqlValue row[] = {SQL_INTEGER(job), SQL_INTEGER(ids[i])};
    g_array_append_vals(values, row, G_N_ELEMENTS(row));
  }
  bool done = count == 0 || database_execute_bulk(database, "INSERT INTO import_customer (import_job_id, customer_id) VALUES (?, ?)", (const SqlValue *)(void *)values->data, 2, count, error);
  g_array_free(values, TRUE);
  return done;
}
