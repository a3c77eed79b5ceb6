/* support_request.h: a customer's call for help under a contract: the steps that it can take, and its deadlines. Pure rules; moments are seconds since 1970. */
#ifndef SUPPORTLEVEL_DOMAIN_SUPPORT_REQUEST_H
#define SUPPORTLEVEL_DOMAIN_SUPPORT_REQUEST_H

#include "domain/field.h"
#include "domain/service_clock.h"

/* What the form that takes one in asks for. */
typedef enum { REQUEST_FIELD_CONTRACT, REQUEST_FIELD_SUBJECT, REQUEST_FIELD_CALLER, REQUEST_FIELD_TEXT, REQUEST_FIELD_LEVEL, REQUEST_FIELD_COUNT } SupportRequestField;
extern const Field support_request_fields[REQUEST_FIELD_COUNT];
/* The text of a step: an answer, a question, a reason. */
extern const Field support_request_step_text;

typedef enum { REQUEST_OPEN, REQUEST_WAITING, REQUEST_SOLVED, REQUEST_STATE_COUNT } SupportRequestState;
/* "open", "waiting" (for the customer: the clock stands still), "solved". */
const char *support_request_state_name(SupportRequestState state);

typedef enum {
  STEP_TAKEN_IN,    /* the beginning */
  STEP_TAKEN,       /* by whoever works on it from then on */
  STEP_RELEASED,    /* back to all of the queue */
  STEP_ANSWERED,
  STEP_ASKED,       /* the customer, and the clock waits */
  STEP_RESUMED,     /* the customer has answered: the clock runs on */
  STEP_PASSED_ON,   /* to another level, with a reason */
  STEP_HANDED_BACK, /* to the level that passed it on, with a reason */
  STEP_SOLVED,
  STEP_REOPENED,
  STEP_NOTED,       /* for colleagues only */
  STEP_COUNT
} SupportRequestStep;
/* "taken_in", "taken", …: form value, JSON and key of its words. -1 for a name that is none. */
const char *support_request_step_name(SupportRequestStep step);
int support_request_step_by_name(const char *name);

#define REQUEST_FAR ((gint64)253402214400) /* 9999-12-31: in a queue behind everything that has a deadline */

typedef struct {
  gint64 id;   /* its number too */
  guint version;
  const char *subject;
  const char *caller;
  const char *text;
  gint64 taken_at;
  gint64 contract_id;
  const char *contract_number;
  const char *contract_title;
  gint64 customer_id;
  const char *customer_number;
  const char *customer_name;
  gint64 level_id; /* in whose queue it is, or was solved */
  const char *level_code;
  const char *level_name;
  gint64 user_id;  /* who works on it; 0: nobody */
  const char *user; /* name, or NULL */
  const char *user_name; /* display name, or NULL */
  const char *promised_level; /* code of the contract's level when it was taken in, or NULL */
  const char *promised_name;
  gint64 response_minutes; /* of service time, or SERVICE_NO_PROMISE */
  gint64 restore_minutes;
  const ServiceCalendar *calendar; /* as it was when it was taken in; NULL: there is none, so no deadline (lists don't read it) */
  SupportRequestState state;
  gint64 respond_by;
  gint64 responded_at;
  gint64 response_seconds; /* of service time */
  gint64 restore_by;       /* SERVICE_NEVER also while the clock waits, unless it had passed before */
  gint64 solved_at;
  gint64 restore_seconds;
  gint64 queue_at;  /* open: the next deadline or REQUEST_FAR; waiting: since when; solved: when */
  gint64 remind_at; /* of a deadline that isn't reminded of yet; SERVICE_NEVER: there is none */
  bool respond_reminded;
  gint64 restore_reminded; /* the restore_by that was reminded of */
} SupportRequest;

/* True when this step can be taken by a user now; whether it has its text and level is another question. */
bool support_request_step_fits(const SupportRequest *request, SupportRequestStep step, gint64 user_id);
/* True when a step must have a text (what was answered or asked, why it was passed on). */
bool support_request_step_needs_text(SupportRequestStep step);

/* Takes a step that fits: state, who works on it, whether the customer was responded to. A level is set by the caller. support_request_count follows. */
void support_request_step_take(SupportRequest *request, SupportRequestStep step, gint64 user_id, gint64 now);

/* A step as it is kept. */
typedef struct {
  SupportRequestStep kind;
  gint64 at;
  const char *by; /* display name */
  const char *from_level; /* code; of one that changed the level, else NULL */
  const char *level;
  const char *text;
} SupportRequestEntry;

/* The times in which the clock stood still: while it waited for the customer, and while the request was solved. The last one may be SERVICE_WAITING.
 * `waits` has room for `count`; returns how many there are. */
unsigned support_request_waits(const SupportRequestEntry *entries, unsigned count, ServiceWait *waits);

/* Works out deadlines, times used, place in the queue and when to remind, from the request's state and the times that its clock stood still. A reminder comes
 * `lead` minutes of service time before a deadline, but not before half of its time; once for each deadline, the response's and the restoration's. */
void support_request_count(SupportRequest *request, const ServiceWait *waits, unsigned wait_count, gint64 lead);

/* Notes that it was reminded at `now` of every deadline whose reminder was due; remind_at becomes that of what is left. */
void support_request_note_reminder(SupportRequest *request, const ServiceWait *waits, unsigned wait_count, gint64 lead, gint64 now);

/* Seconds of service time that are left until the service is to be restored, less than 0 when it is late. For a request with a calendar and that promise. */
gint64 support_request_left(const SupportRequest *request, const ServiceWait *waits, unsigned wait_count, gint64 now);

/* Whether a promise was kept, isn't yet decided, or never made. */
typedef enum { PROMISE_NONE, PROMISE_RUNNING, PROMISE_OVERDUE, PROMISE_KEPT, PROMISE_BROKEN } PromiseState;
PromiseState support_request_response(const SupportRequest *request, gint64 now);
PromiseState support_request_restore(const SupportRequest *request, gint64 now);

#endif
