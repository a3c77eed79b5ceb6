/* The record of bulk changes, and the way back. */
#include <string.h>
#include <talloc.h>

#include "repository/contract_bulk.h"
#include "repository/statement.h"

#define UNDO_PIECE 1000 /* contracts of one statement */

/* ---- changes ---- */

enum { CHANGE_ID, CHANGE_USER, CHANGE_AT, CHANGE_CONTRACTS, CHANGE_UNDONE_AT, CHANGE_UNDONE_BY, CHANGE_FIRST_CODE };

#define CHANGE_SQL                                                                                                                            \
  "SELECT bulk_change.id, IF(changer.display_name = '', changer.name, changer.display_name), changed_at, contracts, undone_at, "             \
  "IF(undoer.display_name = '', undoer.name, undoer.display_name), set_level, set_type, set_responsible FROM bulk_change "                   \
  "JOIN user AS changer ON changer.id = bulk_change.user_id LEFT JOIN user AS undoer ON undoer.id = bulk_change.undone_by "

static BulkChange change_of(const SqlRows *rows, unsigned row) {
  BulkChange change = {.id = sql_cell_integer(rows, row, CHANGE_ID),
                       .user = sql_cell(rows, row, CHANGE_USER),
                       .changed_at = sql_cell(rows, row, CHANGE_AT),
                       .contracts = sql_cell_integer(rows, row, CHANGE_CONTRACTS),
                       .undone_at = sql_cell(rows, row, CHANGE_UNDONE_AT),
                       .undone_by = sql_cell(rows, row, CHANGE_UNDONE_BY)};
  for (unsigned field = 0; field < BULK_FIELD_COUNT; field++) change.codes[field] = sql_cell(rows, row, CHANGE_FIRST_CODE + field);
  return change;
}

BulkChanges *contract_bulk_latest(Database *database, void *owner, unsigned limit, GError **error) {
  BulkChanges *changes = talloc_zero(owner, BulkChanges);
  SqlRows *rows = database_query(database, changes, CHANGE_SQL "ORDER BY bulk_change.id DESC LIMIT ?", SQL_VALUES(SQL_INTEGER(limit)), error);
  if (rows == NULL) return NULL;
  changes->items = talloc_zero_array(changes, BulkChange, rows->row_count + 1);
  changes->count = rows->row_count;
  for (unsigned row = 0; row < rows->row_count; row++) changes->items[row] = change_of(rows, row);
  return changes;
}

BulkChange *contract_bulk_find(Database *database, void *owner, gint64 id, GError **error) {
  SqlRows *rows = database_query(database, owner, CHANGE_SQL "WHERE bulk_change.id = ?", SQL_VALUES(SQL_INTEGER(id)), error);
  if (rows == NULL) return NULL;
  if (rows->row_count == 0) {
    error_set(error, ERROR_NOT_FOUND, "no such bulk change");
    return NULL;
  }
  BulkChange *change = talloc_zero(rows, BulkChange);
  *change = change_of(rows, 0);
  return change;
}

/* ---- contracts of a change ---- */

enum { ROW_ID, ROW_NUMBER, ROW_TITLE, ROW_CUSTOMER, ROW_FIRST_BEFORE };

#define ROW_SQL                                                                                                                               \
  "SELECT changed.contract_id, contract.number, contract.title, contract.customer_name, support_level.code, contract_type.name, "            \
  "IF(user.display_name = '', user.name, user.display_name) FROM bulk_change_row AS changed "                                                \
  "LEFT JOIN contract ON contract.id = changed.contract_id LEFT JOIN support_level ON support_level.id = changed.level_id "                  \
  "LEFT JOIN contract_type ON contract_type.id = changed.type_id LEFT JOIN user ON user.id = changed.responsible_id "                        \
  "WHERE changed.bulk_change_id = ? AND "

#define TOUCHED_SQL "(contract.id IS NULL OR contract.version <> changed.version)"

static BulkRows *read_rows(Database *database, void *owner, const char *sql, const SqlValue *values, unsigned value_count, GError **error) {
  BulkRows *result = talloc_zero(owner, BulkRows);
  SqlRows *rows = database_query(database, result, sql, values, value_count, error);
  if (rows == NULL) return NULL;
  result->items = talloc_zero_array(result, BulkRow, rows->row_count + 1);
  result->count = rows->row_count;
  for (unsigned row = 0; row < rows->row_count; row++) {
    BulkRow *item = &result->items[row];
    *item = (BulkRow){.id = sql_cell_integer(rows, row, ROW_ID), .number = sql_cell(rows, row, ROW_NUMBER), .title = sql_cell(rows, row, ROW_TITLE),
                      .customer = sql_cell(rows, row, ROW_CUSTOMER)};
    for (unsigned field = 0; field < BULK_FIELD_COUNT; field++) item->before[field] = sql_cell(rows, row, ROW_FIRST_BEFORE + field);
  }
  return result;
}

BulkRows *contract_bulk_rows(Database *database, void *owner, gint64 id, gint64 after, unsigned limit, GError **error) {
  return read_rows(database, owner, ROW_SQL "changed.contract_id > ? ORDER BY changed.contract_id LIMIT ?",
                   SQL_VALUES(SQL_INTEGER(id), SQL_INTEGER(after), SQL_INTEGER(limit)), error);
}

BulkRows *contract_bulk_touched(Database *database, void *owner, gint64 id, unsigned limit, gint64 *touched, GError **error) {
  SqlRows *rows = database_query(database, owner,
                                 "SELECT COUNT(*) FROM bulk_change_row AS changed LEFT JOIN contract ON contract.id = changed.contract_id "
                                 "WHERE changed.bulk_change_id = ? AND " TOUCHED_SQL,
                                 SQL_VALUES(SQL_INTEGER(id)), error);
  if (rows == NULL) return NULL;
  *touched = sql_cell_integer(rows, 0, 0);
  return read_rows(database, owner, ROW_SQL TOUCHED_SQL " ORDER BY changed.contract_id LIMIT ?", SQL_VALUES(SQL_INTEGER(id), SQL_INTEGER(limit)), error);
}

/* ---- the way back ---- */

typedef struct {
  gint64 id;
  gint64 user_id;
  gint64 contracts;
} Undoing;

static bool begin_undo(Database *database, Undoing *undoing, GError **error) {
  SqlRows *rows = database_query(database, NULL, "SELECT contracts, undone_at FROM bulk_change WHERE id = ? FOR UPDATE", SQL_VALUES(SQL_INTEGER(undoing->id)), error);
  if (rows == NULL) return false;
  bool known = rows->row_count > 0;
  bool undone = known && sql_cell(rows, 0, 1) != NULL;
  undoing->contracts = known ? sql_cell_integer(rows, 0, 0) : 0;
  talloc_free(rows);
  if (!known) return error_set(error, ERROR_NOT_FOUND, "no such bulk change");
  return !undone || error_set(error, ERROR_CONFLICT, "bulk_undone");
}

/* The last contract of the piece behind `after`; 0 when there is none. */
static bool piece_end(Database *database, gint64 id, gint64 after, gint64 *last, GError **error) {
  SqlRows *rows = database_query(database, NULL,
                                 "SELECT MAX(contract_id) FROM (SELECT contract_id FROM bulk_change_row WHERE bulk_change_id = ? AND contract_id > ? "
                                 "ORDER BY contract_id LIMIT " G_STRINGIFY(UNDO_PIECE) ") AS piece",
                                 SQL_VALUES(SQL_INTEGER(id), SQL_INTEGER(after)), error);
  if (rows == NULL) return false;
  *last = sql_cell_integer(rows, 0, 0);
  talloc_free(rows);
  return true;
}

static bool restore_piece(Database *database, const Undoing *undoing, gint64 after, gint64 last, guint64 *restored, GError **error) {
  guint64 affected = 0;
  bool done = database_execute(database,
                               "UPDATE bulk_change_row AS changed STRAIGHT_JOIN contract ON contract.id = changed.contract_id "
                               "SET contract.level_id = changed.level_id, contract.type_id = changed.type_id, contract.responsible_id = changed.responsible_id, "
                               "contract.version = contract.version + 1, contract.updated_at = UTC_TIMESTAMP(6) "
                               "WHERE changed.bulk_change_id = ? AND changed.contract_id > ? AND changed.contract_id <= ? AND contract.version = changed.version",
                               SQL_VALUES(SQL_INTEGER(undoing->id), SQL_INTEGER(after), SQL_INTEGER(last)), &affected, NULL, error);
  *restored += affected;
  return done;
}

/* A contract that somebody touched is not restored, which the number tells. */
static bool undo(Database *database, void *context, GError **error) {
  Undoing *undoing = context;
  gint64 last = 0;
  guint64 restored = 0;
  bool done = begin_undo(database, undoing, error) && contract_bulk_count_slot(database, undoing->contracts, error);
  for (gint64 after = 0; done; after = last) {
    done = piece_end(database, undoing->id, after, &last, error);
    if (!done || last == 0) break;
    done = restore_piece(database, undoing, after, last, &restored, error);
  }
  if (!done) return false;
  if (restored != (guint64)undoing->contracts) return error_set(error, ERROR_CONFLICT, "bulk_touched");
  return database_execute(database, "UPDATE bulk_change SET undone_at = UTC_TIMESTAMP(6), undone_by = ? WHERE id = ?",
                          SQL_VALUES(SQL_INTEGER(undoing->user_id), SQL_INTEGER(undoing->id)), NULL, NULL, error);
}

bool contract_bulk_undo(Database *database, gint64 id, gint64 user_id, GError **error) {
  Undoing undoing = {.id = id, .user_id = user_id};
  bool done = database_transaction(database, undo, &undoing, error);
  contract_bulk_count_slot_back(database, undoing.contracts);
  return done;
}
