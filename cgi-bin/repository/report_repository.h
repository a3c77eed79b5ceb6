/* report_repository.h: the level report of a selection. */
#ifndef SUPPORTLEVEL_REPOSITORY_REPORT_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_REPORT_REPOSITORY_H

#include "domain/report.h"
#include "repository/contract_repository.h"

/* The report for the filter's day (`on`) of the contracts that its other conditions select, divided by `by`.
 * - Of up to 10,000 contracts everything is counted from the contracts themselves.
 * - Of more, where only level, status and type are selected and divided by, everything comes from counts kept per day; customers of a type or status are then REPORT_UNKNOWN.
 * - Of more, otherwise: `too_many` is set; by customer or responsible the levels' own rows are there all the same when nothing but level, status and type is selected. */
Report *report_repository_read(Database *database, void *owner, const ContractSelection *selection, ReportBy by, GError **error);

#endif
