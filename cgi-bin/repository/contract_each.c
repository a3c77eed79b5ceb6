/* All contracts of a selection, one after the other: the order of a window of ids first, which is cheap, then the rows of its ids, some at a time. */
#include <string.h>
#include <talloc.h>

#include "repository/contract_row.h"
#include "repository/contract_selection.h"

#define WINDOW 2500 /* ids */
#define PIECE 500   /* rows */
#define FEW 50

typedef struct {
  const ContractSelection *selection;
  ContractReceive receive;
  void *context;
  bool enough; /* the receiver wants no more */
} Each;

typedef struct {
  gint64 *ids;
  unsigned count;
  const FilterCursor *behind; /* where the next window begins */
  bool more;
} Window;

/* Rows up to the first one with which a branch reaches its limit: behind that one, rows of this branch may be missing. */
static unsigned certain_rows(ContractPlan *plan, const SqlRows *rows, bool *reached) {
  memset(plan->window_found, 0, plan->window_branches * sizeof *plan->window_found);
  *reached = false;
  for (unsigned row = 0; row < rows->row_count; row++) {
    gint64 branch = sql_cell_integer(rows, row, WINDOW_BRANCH);
    *reached = ++plan->window_found[branch] == plan->window_limits[branch];
    if (*reached) return row + 1;
  }
  return rows->row_count;
}

static const FilterCursor *cursor_at(void *owner, const SqlRows *rows, unsigned row) {
  FilterCursor *cursor = talloc_zero(owner, FilterCursor);
  cursor->id = sql_cell_integer(rows, row, WINDOW_ID);
  cursor->key = talloc_strdup(cursor, sql_cell(rows, row, WINDOW_KEY));
  cursor->group = (int)sql_cell_integer(rows, row, WINDOW_GROUP);
  return cursor;
}

static Window *read_window(Database *database, void *owner, ContractPlan *plan, GError **error) {
  void *scratch = talloc_new(owner);
  Statement *statement = statement_new(scratch);
  contract_plan_window(plan, statement, WINDOW);
  SqlRows *rows = statement_query(statement, database, scratch, error);
  Window *window = NULL;
  if (rows != NULL) {
    bool reached = false;
    window = talloc_zero(owner, Window);
    window->count = certain_rows(plan, rows, &reached);
    window->ids = talloc_array(window, gint64, window->count + 1);
    for (unsigned row = 0; row < window->count; row++) window->ids[row] = sql_cell_integer(rows, row, WINDOW_ID);
    window->more = window->count > 0 && (reached || plan->window_left_out);
    if (window->more) window->behind = cursor_at(window, rows, window->count - 1);
  }
  talloc_free(scratch);
  return window;
}

/* Filled up with the last id, so that not every number of ids is a prepared statement of its own. */
static SqlRows *rows_of(Database *database, void *owner, const gint64 *ids, unsigned count, GError **error) {
  unsigned asked = count <= FEW ? FEW : PIECE;
  Statement *statement = statement_new(owner);
  statement_add(statement, "SELECT ");
  contract_row_columns(statement);
  statement_add(statement, " FROM contract");
  contract_row_joins(statement);
  statement_add(statement, " WHERE contract.id IN (");
  for (unsigned i = 0; i < asked; i++) {
    if (i > 0) statement_add(statement, ", ");
    statement_bind(statement, SQL_INTEGER(ids[MIN(i, count - 1)]));
  }
  statement_add(statement, ")");
  return statement_query(statement, database, owner, error);
}

/* The rows come in the database's order and are handed on in the window's. */
static bool pass_piece(Database *database, Each *each, const gint64 *ids, unsigned count, GError **error) {
  void *piece = talloc_new(NULL);
  SqlRows *rows = rows_of(database, piece, ids, count, error);
  if (rows != NULL) {
    GHashTable *places = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, NULL);
    Contract **contracts = talloc_array(piece, Contract *, rows->row_count + 1);
    for (unsigned row = 0; row < rows->row_count; row++) {
      contracts[row] = contract_row_read(piece, rows, row, 0, each->selection->today);
      g_hash_table_insert(places, &contracts[row]->id, contracts[row]);
    }
    for (unsigned i = 0; i < count && !each->enough; i++) {
      const Contract *contract = g_hash_table_lookup(places, &ids[i]);
      if (contract != NULL) each->enough = !each->receive(each->context, contract);
    }
    g_hash_table_unref(places);
  }
  talloc_free(piece);
  return rows != NULL;
}

static bool pass_window(Database *database, Each *each, const Window *window, GError **error) {
  for (unsigned first = 0; first < window->count && !each->enough; first += PIECE) {
    if (!pass_piece(database, each, window->ids + first, MIN(PIECE, window->count - first), error)) return false;
  }
  return true;
}

/* Window by window, each beginning behind the last row of the one before it. */
static bool each_window(Database *database, void *context, GError **error) {
  Each *each = context;
  void *run = talloc_new(NULL);
  ContractFilter filter = *each->selection->filter;
  ContractSelection rest = *each->selection;
  rest.filter = &filter;
  filter.cursor = NULL;
  ContractPlan *plan = contract_plan_new(database, run, &rest, error);
  if (plan != NULL) contract_plan_for_all(plan, WINDOW);
  bool done = plan != NULL;
  Window *last = NULL;
  for (bool more = done; more;) {
    Window *window = read_window(database, run, plan, error);
    done = window != NULL && pass_window(database, each, window, error);
    more = done && window->more && !each->enough;
    if (more) filter.cursor = window->behind;
    talloc_free(last); /* whose cursor was this window's beginning */
    last = window;
  }
  talloc_free(run);
  return done;
}

bool contract_repository_each(Database *database, const ContractSelection *selection, ContractReceive receive, void *context, GError **error) {
  Each each = {selection, receive, context, false};
  return database_snapshot(database, each_window, &each, error);
}
