/* Bringing stored terms up to a day: those whose span of days (valid_from to valid_until) doesn't hold it are derived anew. */
#include <talloc.h>

#include "domain/contract_terms.h"
#include "repository/contract_repository.h"
#include "repository/contract_write.h"
#include "repository/statement.h"

#define ROLL_PIECE 500 /* contracts of one transaction */

typedef struct {
  Day today;
  bool backwards; /* looks for terms that are derived for later days: `today` was set back */
  unsigned found;
} Rolling;

/* Columns in the order of the statement that finds contracts to roll. */
static const ContractFieldId TERM_FIELDS[] = {CONTRACT_STARTS_ON,  CONTRACT_ENDS_ON,     CONTRACT_RENEWAL_MONTHS, CONTRACT_NOTICE_PERIOD,
                                              CONTRACT_NOTICE_TO, CONTRACT_CANCELLED_ON, CONTRACT_CANCELLED_TO};

static SqlRows *stale_rows(Database *database, void *owner, const Rolling *rolling, GError **error) {
  char iso[DAY_TEXT_SIZE];
  const char *column = rolling->backwards ? "valid_from" : "valid_until";
  Statement *statement = statement_new(owner);
  statement_add(statement, "SELECT id");
  for (unsigned i = 0; i < G_N_ELEMENTS(TERM_FIELDS); i++) statement_add(statement, ", %s", contract_fields[TERM_FIELDS[i]].column);
  statement_add(statement, " FROM contract FORCE INDEX (contract_%s) WHERE %s %c ", column, column, rolling->backwards ? '>' : '<');
  statement_bind(statement, sql_text(day_format_iso(rolling->today, iso)));
  /* Whoever else rolls waits here, and finds afterwards what is left to do. */
  statement_add(statement, " ORDER BY %s LIMIT %d FOR UPDATE", column, ROLL_PIECE);
  return statement_query(statement, database, owner, error);
}

static Contract *stale_contract(void *owner, const SqlRows *rows, unsigned row) {
  Contract *contract = contract_new(owner);
  contract->id = sql_cell_integer(rows, row, 0);
  for (unsigned i = 0; i < G_N_ELEMENTS(TERM_FIELDS); i++) {
    const char *value = sql_cell(rows, row, i + 1);
    contract->values[TERM_FIELDS[i]] = value != NULL ? value : "";
  }
  return contract;
}

static bool roll_piece(Database *database, void *context, GError **error) {
  Rolling *rolling = context;
  void *scratch = talloc_new(NULL);
  SqlRows *rows = stale_rows(database, scratch, rolling, error);
  bool done = rows != NULL;
  rolling->found = done ? rows->row_count : 0;
  for (unsigned row = 0; done && row < rows->row_count; row++) {
    Contract *contract = stale_contract(scratch, rows, row);
    TermFacts facts = contract_term_facts(contract);
    contract_terms_derive(&facts, rolling->today, &contract->terms);
    done = contract_write_terms(database, contract, error);
  }
  talloc_free(scratch);
  return done;
}

static bool roll(Database *database, Day today, guint64 *rolled, GError **error) {
  for (int direction = 0; direction < 2; direction++) {
    Rolling rolling = {.today = today, .backwards = direction == 1};
    do {
      if (!database_transaction(database, roll_piece, &rolling, error)) return false;
      *rolled += rolling.found;
    } while (rolling.found == ROLL_PIECE);
  }
  return true;
}

/* In nobody's name: a day that has come is no change of a contract. */
bool contract_repository_roll(Database *database, Day today, guint64 *rolled, GError **error) {
  char *actor = g_strdup(database_actor(database));
  *rolled = 0;
  database_act_as(database, "");
  bool done = roll(database, today, rolled, error);
  database_act_as(database, actor);
  g_free(actor);
  return done;
}
