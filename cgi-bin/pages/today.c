#include "pages/today.h"

#include "repository/contract_repository.h"

bool today_reached(Exchange *exchange, GError **error) {
  Worker *worker = exchange->worker;
  guint64 rolled = 0;
  if (worker->rolled_for == exchange->today) return true;
  if (!contract_repository_roll(worker->database, exchange->today, &rolled, error)) return false;
  worker->rolled_for = exchange->today;
  return true;
}
