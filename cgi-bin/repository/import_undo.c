/* The way back from an import. */
#include <string.h>
#include <talloc.h>

#include "repository/contract_write.h"
#include "repository/import_job.h"
#include "repository/statement.h"

#define PIECE 500 /* contracts */

/* Changed or deleted since; or new, and there are support requests under it by now. */
#define TOUCHED                                                                                                                                    \
  "FROM import_row LEFT JOIN contract ON contract.id = import_row.contract_id WHERE import_row.import_job_id = ? AND (contract.id IS NULL OR contract.version <> import_row.version " \
  "OR (import_row.inserted AND EXISTS (SELECT 1 FROM request WHERE request.contract_id = import_row.contract_id)))"

ImportTouched *import_job_touched(Database *database, void *owner, gint64 id, unsigned limit, unsigned *count, gint64 *touched, GError **error) {
  SqlRows *all = database_query(database, owner, "SELECT COUNT(*) " TOUCHED, SQL_VALUES(SQL_INTEGER(id)), error);
  SqlRows *rows = all != NULL ? database_query(database, owner, "SELECT import_row.contract_id, contract.number, contract.title " TOUCHED " ORDER BY import_row.contract_id LIMIT ?",
                                               SQL_VALUES(SQL_INTEGER(id), SQL_INTEGER(limit)), error)
                              : NULL;
  if (rows == NULL) return NULL;
  ImportTouched *items = talloc_zero_array(rows, ImportTouched, rows->row_count + 1);
  *touched = sql_cell_integer(all, 0, 0);
  *count = rows->row_count;
  for (unsigned row = 0; row < rows->row_count; row++) items[row] = (ImportTouched){sql_cell_integer(rows, row, 0), sql_cell(rows, row, 1), sql_cell(rows, row, 2)};
  return items;
}

typedef struct {
  gint64 id;
  Day today;
  ImportTell tell;
  void *context;
  guint64 contracts; /* that are done with */
} Undoing;

static void tell(Undoing *undoing, guint64 contracts) {
  undoing->contracts += contracts;
  if (undoing->tell != NULL) undoing->tell(undoing->context, undoing->contracts);
}

static bool begin(Database *database, const Undoing *undoing, GError **error) {
  SqlRows *rows = database_query(database, NULL, "SELECT state = 'done', undone_at IS NOT NULL FROM import_job WHERE id = ? FOR UPDATE", SQL_VALUES(SQL_INTEGER(undoing->id)), error);
  if (rows == NULL) return false;
  bool known = rows->row_count > 0 && sql_cell_integer(rows, 0, 0) != 0;
  bool undone = known && sql_cell_integer(rows, 0, 1) != 0;
  talloc_free(rows);
  if (!known) return error_set(error, ERROR_NOT_FOUND, "no such import");
  return !undone || error_set(error, ERROR_CONFLICT, "import_undone");
}

/* Locks every contract of the import, so that what is untouched stays so. */
static bool lock_untouched(Database *database, const Undoing *undoing, GError **error) {
  SqlRows *rows = database_query(database, NULL, "SELECT COUNT(*) " TOUCHED " FOR UPDATE", SQL_VALUES(SQL_INTEGER(undoing->id)), error);
  if (rows == NULL) return false;
  gint64 touched = sql_cell_integer(rows, 0, 0);
  talloc_free(rows);
  return touched == 0 || error_set(error, ERROR_CONFLICT, "import_touched");
}

/* The version before the import's; a customer has the name that it has now. */
static SqlRows *read_before(Database *database, void *owner, const Undoing *undoing, gint64 after, GError **error) {
  Statement *statement = statement_new(owner);
  statement_add(statement, "SELECT import_row.contract_id, import_row.version, contract.id");
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    if (field == CONTRACT_CUSTOMER_NAME) statement_add(statement, ", customer.name");
    else statement_add(statement, ", contract.%s", contract_fields[field].column);
  }
  statement_add(statement, " FROM import_row LEFT JOIN contract FOR SYSTEM_TIME ALL ON contract.id = import_row.contract_id AND contract.row_end = import_row.moment "
                           "LEFT JOIN customer ON customer.id = contract.customer_id WHERE NOT import_row.inserted AND import_row.import_job_id = ");
  statement_bind(statement, SQL_INTEGER(undoing->id));
  statement_add(statement, " AND import_row.contract_id > ");
  statement_bind(statement, SQL_INTEGER(after));
  statement_add(statement, " ORDER BY import_row.contract_id LIMIT " G_STRINGIFY(PIECE));
  return statement_query(statement, database, owner, error);
}

enum { BEFORE_ID, BEFORE_VERSION, BEFORE_FOUND, BEFORE_FIRST_FIELD };

static bool restore_one(Database *database, const Undoing *undoing, const SqlRows *rows, unsigned row, GError **error) {
  Contract *contract = contract_new((void *)(gsize)rows);
  ContractKeys keys = {{0}};
  guint64 affected = 0;
  contract->id = sql_cell_integer(rows, row, BEFORE_ID);
  contract->version = (guint)sql_cell_integer(rows, row, BEFORE_VERSION);
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    const char *value = sql_cell(rows, row, BEFORE_FIRST_FIELD + (unsigned)field);
    contract->values[field] = value != NULL ? value : "";
    if (contract_fields[field].kind == FIELD_KEY) keys.ids[field] = sql_cell_integer(rows, row, BEFORE_FIRST_FIELD + (unsigned)field);
  }
  if (sql_cell(rows, row, BEFORE_FOUND) == NULL || contract->values[CONTRACT_CUSTOMER_NAME][0] == '\0') return error_set(error, ERROR_CONFLICT, "import_gone");
  contract_write_settle(contract, undoing->today);
  if (!contract_write_update(database, contract, &keys, &affected, error)) return false;
  if (affected == 0) return error_set(error, ERROR_CONFLICT, "import_touched");
  return contract_write_words(database, &contract, 1, error);
}

static bool restore_changed(Database *database, Undoing *undoing, GError **error) {
  gint64 after = 0;
  bool done = true;
  for (bool more = true; done && more;) {
    void *piece = talloc_new(NULL);
    SqlRows *rows = read_before(database, piece, undoing, after, error);
    done = rows != NULL;
    more = done && rows->row_count == PIECE;
    for (unsigned row = 0; done && row < rows->row_count; row++) {
      after = sql_cell_integer(rows, row, BEFORE_ID);
      done = restore_one(database, undoing, rows, row, error);
    }
    if (done) tell(undoing, rows->row_count);
    talloc_free(piece);
  }
  return done;
}

/* The last contract of the piece behind `after`; 0 when there is none. */
static bool piece_end(Database *database, const Undoing *undoing, gint64 after, gint64 *last, GError **error) {
  SqlRows *rows = database_query(database, NULL,
                                 "SELECT MAX(contract_id) FROM (SELECT contract_id FROM import_row WHERE import_job_id = ? AND contract_id > ? ORDER BY contract_id "
                                 "LIMIT " G_STRINGIFY(PIECE) ") AS piece",
                                 SQL_VALUES(SQL_INTEGER(undoing->id), SQL_INTEGER(after)), error);
  if (rows == NULL) return false;
  *last = sql_cell_integer(rows, 0, 0);
  talloc_free(rows);
  return true;
}

static bool delete_customers(Database *database, const Undoing *undoing, GError **error) {
  return database_execute(database,
                          "DELETE customer FROM import_customer STRAIGHT_JOIN customer ON customer.id = import_customer.customer_id LEFT JOIN contract ON contract.customer_id = customer.id "
                          "LEFT JOIN request ON request.customer_id = customer.id WHERE import_customer.import_job_id = ? AND customer.version = 1 AND contract.id IS NULL AND request.id IS NULL",
                          SQL_VALUES(SQL_INTEGER(undoing->id)), NULL, NULL, error);
}

/* In pieces: one statement of a page has ten seconds. */
static bool delete_inserted(Database *database, Undoing *undoing, GError **error) {
  gint64 last = 0;
  bool done = true;
  for (gint64 after = 0; done; after = last) {
    guint64 affected = 0;
    done = piece_end(database, undoing, after, &last, error);
    if (!done || last == 0) break;
    done = database_execute(database,
                            "DELETE contract FROM import_row STRAIGHT_JOIN contract ON contract.id = import_row.contract_id "
                            "WHERE import_row.inserted AND import_row.import_job_id = ? AND import_row.contract_id > ? AND import_row.contract_id <= ?",
                            SQL_VALUES(SQL_INTEGER(undoing->id), SQL_INTEGER(after), SQL_INTEGER(last)), &affected, NULL, error);
    tell(undoing, affected);
  }
  return done && delete_customers(database, undoing, error);
}

static bool undo(Database *database, void *context, GError **error) {
  Undoing *undoing = context;
  GError *problem = NULL;
  undoing->contracts = 0;
  if (!begin(database, undoing, error) || !lock_untouched(database, undoing, error)) return false;
  if (!database_execute(database, "SET @count_slot = 8", SQL_NO_VALUES, NULL, NULL, error)) return false;
  bool done = restore_changed(database, undoing, &problem) && delete_inserted(database, undoing, &problem);
  /* A level or type that is gone stands against it by its key. */
  if (!done && error_is(problem, ERROR_CONFLICT) && strstr(problem->message, "import_") == NULL) {
    g_clear_error(&problem);
    problem = g_error_new_literal(SUPPORTLEVEL_ERROR, ERROR_CONFLICT, "import_gone");
  }
  if (problem != NULL) g_propagate_error(error, problem);
  const char *actor = database_actor(database);
  return done && database_execute(database, "UPDATE import_job SET undone_at = UTC_TIMESTAMP(6), undone_by = ? WHERE id = ?",
                                  SQL_VALUES(sql_text(actor != NULL ? actor : ""), SQL_INTEGER(undoing->id)), NULL, NULL, error);
}

bool import_job_undo(Database *database, gint64 id, Day today, ImportTell tell_how_far, void *context, GError **error) {
  Undoing undoing = {.id = id, .today = today, .tell = tell_how_far, .context = context};
  bool done = database_transaction(database, undo, &undoing, error);
  contract_importer_leave(database);
  return done;
}
