/* contract_repository.h: contracts: finding them (contract_find.c, contract_each.c, contract_selection.h) and storing them (contract_store.c). */
#ifndef SUPPORTLEVEL_REPOSITORY_CONTRACT_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_CONTRACT_REPOSITORY_H

#include "domain/contract_filter.h"
#include "domain/moment.h"
#include "repository/database.h"

/* What a selection is asked against. */
typedef struct {
  const ContractFilter *filter;
  const Catalogue *catalogue;
  Day today;
  gint64 user_id; /* who `responsible=me` is */
  const ContractColumns *shown; /* of a page: the columns that it needs besides number and level; NULL: all */
} ContractSelection;

typedef struct {
  gint64 count;
  bool exact; /* false: there are more than `count` */
} ContractTotal;

typedef struct {
  ContractTotal total;
  ContractTotal by_level[LEVEL_NONE_BIT + 1]; /* by position in the catalogue, [LEVEL_NONE_BIT] without; the level filter itself is left out of these */
} ContractTotals;

typedef struct {
  Contract **contracts;
  unsigned count;
  const char *next;     /* cursor text of the neighbouring pages, or NULL */
  const char *previous;
  ContractTotals totals;
  bool partly; /* words so common, and so seldom together, that only a part of the contracts was looked through */
} ContractPage;

/* One page of a selection in its order, from an index whatever the size of the table, and the selection's totals: from kept counts where it names only
 * level, status and type, exact up to 10,000 elsewhere. Contracts are as they are stored, brought up to `today`. */
ContractPage *contract_repository_page(Database *database, void *owner, const ContractSelection *selection, GError **error);

/* Hands every contract of a selection to `receive`, in its order, in pieces: memory doesn't grow with their number. All are as they were at one moment: each comes
 * once, whatever is written meanwhile. The database waits while `receive` works, which may neither use it nor wait for others; between pieces `pass_on`
 * (or NULL) may wait as long as it likes, for whoever reads what was made of them. Stops when one of them returns false (that is no error). */
typedef bool (*ContractReceive)(void *context, const Contract *contract);
typedef bool (*ContractPassOn)(void *context);
bool contract_repository_each(Database *database, const ContractSelection *selection, ContractReceive receive, ContractPassOn pass_on, void *context, GError **error);

/* The contract of an id with its terms as of `today`. ERROR_NOT_FOUND. */
Contract *contract_repository_find(Database *database, void *owner, gint64 id, Day today, GError **error);

/* The contract as it was at a moment, with its terms as of the moment's day. ERROR_NOT_FOUND: not there yet, or no more. */
Contract *contract_repository_find_as_of(Database *database, void *owner, gint64 id, const Moment *moment, GError **error);

/* Stores a new contract and gives it its id and version 1. Keys that don't exist or are taken become entries in `errors`
 * (reasons `unknown` with the code, `taken`, `retired`) and the result is false with ERROR_FIELD, as it is when `errors` holds some already: so all that is
 * wrong is told at once. Runs in its own transaction. */
bool contract_repository_insert(Database *database, Contract *contract, Day today, FieldErrors *errors, GError **error);

/* Stores a changed contract when its version is still contract->version, and counts that up. ERROR_CONFLICT: somebody changed it meanwhile. ERROR_NOT_FOUND: deleted. */
bool contract_repository_update(Database *database, Contract *contract, Day today, FieldErrors *errors, GError **error);

/* Deletes a contract of this version. ERROR_CONFLICT, ERROR_NOT_FOUND. */
bool contract_repository_delete(Database *database, gint64 id, guint version, GError **error);

/* Rewrites the search words of a customer's contracts, after the customer's name has changed; inside the caller's transaction. */
bool contract_repository_index_customer(Database *database, gint64 customer_id, GError **error);

/* Brings every contract up to `today` whose derived values don't hold on that day; harmless to run twice or on several machines at once.
 * `rolled` gets their number. */
bool contract_repository_roll(Database *database, Day today, guint64 *rolled, GError **error);

#endif
