/* account.h: what a worker's requests cost, told to the log and to the numbers that /metrics shows. */
#ifndef SUPPORTLEVEL_PAGES_ACCOUNT_H
#define SUPPORTLEVEL_PAGES_ACCOUNT_H

#include "repository/database.h"
#include "web/route.h"

/* Where clock and database stood when a request was accepted. */
typedef struct {
  gint64 begun; /* monotonic microseconds */
  DatabaseUse use;
} Account;

/* Begins to count and to watch for slow statements. A worker without a place to count in says so in its log and does without. */
void account_open(Worker *worker, const Route *routes, unsigned count);

Account account_begin(const Worker *worker);
/* The answer of worker->exchange was handed over. */
void account_answer(const Worker *worker, const Account *account);
/* So was what is done behind an answer. */
void account_end(const Worker *worker, const Account *account);

/* Looks at, and notes, this worker's resident memory in bytes; 0 where the kernel doesn't say. */
guint64 account_memory(const Worker *worker);

#endif
