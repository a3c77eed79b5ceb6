/* contract_write.h: how rows of contracts, their customers and their search words get into the tables, one or many at once. For the files of this room
 * and for what fills the database with many contracts; a page stores a contract by contract_repository.h. Everything here runs inside the caller's transaction. */
#ifndef SUPPORTLEVEL_REPOSITORY_CONTRACT_WRITE_H
#define SUPPORTLEVEL_REPOSITORY_CONTRACT_WRITE_H

#include "repository/contract_repository.h"

#define WRITE_PIECE 256 /* rows of one INSERT */

/* The ids behind a contract's key fields, by field; 0: none. */
typedef struct {
  gint64 ids[CONTRACT_FIELD_COUNT];
} ContractKeys;

/* For a FIELD_KEY's table: SQL of when an entry is no longer offered, and the column with its name. */
const char *contract_key_retired(const Field *fact);
const char *contract_key_name(const Field *fact);

/* Gives empty values their fallbacks (an empty amount is 0.00) and derives the terms as of `today`. */
void contract_write_settle(Contract *contract, Day today);

/* Inserts rows and words of `count` contracts, which are settled, and gives them their ids and version 1. ERROR_CONFLICT: a number is taken. */
bool contract_write_insert(Database *database, Contract *const *contracts, const ContractKeys *keys, unsigned count, GError **error);

/* Updates the row of a settled contract where it still has contract->version; `affected` 0: it hasn't. The words are the caller's. */
bool contract_write_update(Database *database, const Contract *contract, const ContractKeys *keys, guint64 *affected, GError **error);

/* Stores nothing but a contract's terms; its version stays. */
bool contract_write_terms(Database *database, const Contract *contract, GError **error);

/* Replaces the words of `count` contracts. */
bool contract_write_words(Database *database, Contract *const *contracts, unsigned count, GError **error);

/* True when `before` and `after` have the same values. */
bool contract_write_same_values(const Contract *before, const Contract *after);

/* True when `before` and `after` have the same search words' texts. */
bool contract_write_same_words(const Contract *before, const Contract *after);

/* An id above all contracts' and customers' ids. */
bool contract_write_next_id(Database *database, gint64 *id, GError **error);

typedef struct {
  gint64 id; /* given by the insertion */
  const char *number;
  const char *name;
} NewCustomer;

/* Inserts customers and gives them their ids. ERROR_CONFLICT: a number is taken. */
bool contract_write_customers(Database *database, NewCustomer *customers, unsigned count, GError **error);

#endif
