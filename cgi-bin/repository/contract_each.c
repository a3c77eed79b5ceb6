/* All contracts of a selection, one after the other: the order of a window of ids first, which is cheap, then the rows of its ids, some at a time. Each row is
 * handed on while the database looks for the next ones; what was made of them is sent between the pieces, so that no statement waits for a slow reader. */
#include <string.h>
#include <talloc.h>

#include "repository/contract_row.h"
#include "repository/contract_selection.h"

#define WINDOW 2500 /* ids */
#define PIECE 500   /* rows */

typedef struct {
  const ContractSelection *selection;
  ContractReceive receive;
  ContractPassOn pass_on;
  void *context;
  const ContractNames *names;
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

static bool pass_row(void *context, const SqlRows *row) {
  Each *each = context;
  void *scratch = talloc_new(NULL);
  Contract *contract = contract_row_read(scratch, row, 0, 0, each->selection->today);
  contract_names_put(each->names, contract);
  each->enough = !each->receive(each->context, contract);
  talloc_free(scratch);
  return !each->enough;
}

/* A list as JSON is one value, however many ids it has: one prepared statement for all of them. */
static bool pass_piece(Database *database, Each *each, const gint64 *ids, unsigned count, GError **error) {
  void *scratch = talloc_new(NULL);
  GString *list = g_string_sized_new(count * 10);
  for (unsigned i = 0; i < count; i++) g_string_append_printf(list, "%c%" G_GINT64_FORMAT, i == 0 ? '[' : ',', ids[i]);
  g_string_append_c(list, ']');
  Statement *statement = statement_new(scratch);
  statement_add(statement, "SELECT ");
  contract_row_columns_unnamed(statement);
  statement_add(statement, " FROM JSON_TABLE(");
  statement_bind(statement, sql_text(list->str));
  statement_add(statement, ", '$[*]' COLUMNS (place FOR ORDINALITY, id BIGINT PATH '$')) AS wanted STRAIGHT_JOIN contract ON contract.id = wanted.id");
  contract_row_joins_unnamed(statement);
  statement_add(statement, " ORDER BY wanted.place");
  bool done = statement_each(statement, database, pass_row, each, error);
  if (done && !each->enough && each->pass_on != NULL) each->enough = !each->pass_on(each->context);
  g_string_free(list, TRUE);
  talloc_free(scratch);
  return done;
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
  each->names = plan != NULL ? contract_names_read(database, run, error) : NULL;
  bool done = each->names != NULL;
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

bool contract_repository_each(Database *database, const ContractSelection *selection, ContractReceive receive, ContractPassOn pass_on, void *context, GError **error) {
  Each each = {.selection = selection, .receive = receive, .pass_on = pass_on, .context = context};
  return database_snapshot(database, each_window, &each, error);
}
