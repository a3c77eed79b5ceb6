/* contract_day.h: counts of contracts kept per year, month and day (sql/0003_report.sql): reading them for stretches of days, and folding into them what was
 * written since. */
#ifndef SUPPORTLEVEL_REPOSITORY_CONTRACT_DAY_H
#define SUPPORTLEVEL_REPOSITORY_CONTRACT_DAY_H

#include "domain/report.h"
#include "repository/contract_selection.h"

/* Days whose events of one kind are wanted, as one sum. */
typedef struct {
  ReportEventKind kind;
  Day from;
  Day to;
} ContractDaySpan;

#define CONTRACT_DAY_ANY_LEVEL G_MAXUINT /* of customers with contracts of any level */

/* Gets the sum of a span as an event on its last day, and what isn't folded yet as events on their own days (also outside of the spans). `level` is a position in the
 * catalogue, level_count: without, or CONTRACT_DAY_ANY_LEVEL; `key` as the report is divided. */
typedef void (*ContractDayReceive)(void *context, unsigned level, gint64 key, const ReportEvent *event);

/* Reads the spans for the selected statuses and types (customers: of all), of every level, divided by type or status or not at all: one statement, so that
 * everything is of one moment. Customers in force on `customers_on`, unless that is DAY_NONE, come as one event on that day. */
bool contract_day_each(Database *database, const ContractPlan *plan, ReportBy by, const ContractDaySpan *spans, unsigned count, Day customers_on, ContractDayReceive receive,
                       void *context, GError **error);

/* True when a selection names only level, status and type besides one range of days (or the day it is in force on) that counts are kept for. */
bool contract_day_counts(const ContractPlan *plan);

/* By level position (the last: without), how many contracts such a selection has; `counts` takes level_count + 1. */
bool contract_day_totals(Database *database, const ContractPlan *plan, gint64 *counts, GError **error);

/* Whether more than CONTRACT_DAY_FOLD_ABOVE changes wait to be folded into the kept counts. They are counted by every reader meanwhile, one by one. */
#define CONTRACT_DAY_FOLD_ABOVE 64
bool contract_day_waits(Database *database, bool *waiting, GError **error);

/* Folds what was written, when that is as much. It can take seconds after many changes among a million contracts, so nobody should be waiting for it, and the database
 * has to be patient. Whoever finds somebody else at it leaves it to them. */
bool contract_day_fold(Database *database, GError **error);

#endif
