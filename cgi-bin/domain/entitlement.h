/* entitlement.h: what a customer may expect now: the contracts in force, what their levels promise, and by when. */
#ifndef SUPPORTLEVEL_DOMAIN_ENTITLEMENT_H
#define SUPPORTLEVEL_DOMAIN_ENTITLEMENT_H

#include "domain/contract.h"
#include "domain/service_clock.h"

/* What a level promises, and what comes of that now. */
typedef struct {
  gint64 id;
  const char *code;
  const char *name;
  const char *scope;
  const char *channels;
  const char *service_hours; /* in the company's words */
  gint64 response_minutes;   /* of service time, or SERVICE_NO_PROMISE */
  gint64 restore_minutes;
  const ServiceCalendar *calendar; /* NULL: none, so nothing of the following is known */
  bool open;
  gint64 opens_at;  /* the next opening while it is closed; moments are seconds since 1970 */
  gint64 closes_at; /* while it is open; SERVICE_NEVER: always open */
  gint64 respond_by; /* of a request taken now */
  gint64 restore_by;
} EntitledLevel;

typedef struct {
  gint64 id;
  const char *number;
  const char *title;
  const char *type;
  ContractStatus status;
  Day ends_on; /* of the current term; day_never(): open-ended */
  EntitledLevel *level; /* NULL: without a level. Contracts of one level share it. */
} EntitledContract;

typedef struct {
  gint64 customer_id;
  const char *customer_number;
  const char *customer_name;
  EntitledContract *contracts; /* in force, the best level first */
  unsigned count;
  bool more;          /* there are further ones */
  gint64 ended;       /* contracts that have ended; looked for only where none is in force */
  Day ended_on;       /* the last of them */
  gint64 upcoming;    /* contracts that have not begun */
  Day begins_on;      /* the first of them */
} Entitlement;

/* Works out for each level what a request taken at `now` leads to. */
void entitlement_answer(Entitlement *entitlement, gint64 now);

/* The level of the highest rank among contracts in force; NULL: no contract in force has one. */
const EntitledLevel *entitlement_best(const Entitlement *entitlement);

#endif
