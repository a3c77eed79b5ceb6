/* entitlement_repository.h: a customer's contracts in force with what their levels promise. */
#ifndef SUPPORTLEVEL_REPOSITORY_ENTITLEMENT_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_ENTITLEMENT_REPOSITORY_H

#include "domain/entitlement.h"
#include "repository/customer_repository.h"

#define ENTITLEMENT_CONTRACTS_MAX 100

/* The contracts of a customer that are in force, by their levels from the highest rank down, those without a level last; at most ENTITLEMENT_CONTRACTS_MAX. Where there is
 * none, what has ended and what has not begun. Owned by `owner`. */
Entitlement *entitlement_repository_read(Database *database, void *owner, const CustomerRow *customer, GError **error);

/* The customer and one contract, whatever its status, by the contract's number; without a contract where there is none of it. Owned by `owner`. */
Entitlement *entitlement_repository_contract(Database *database, void *owner, const char *number, GError **error);

#endif
