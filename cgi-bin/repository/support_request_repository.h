/* support_request_repository.h: support requests, their steps, and the queues in which they stand. */
#ifndef SUPPORTLEVEL_REPOSITORY_SUPPORT_REQUEST_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_SUPPORT_REQUEST_REPOSITORY_H

#include "domain/support_request.h"
#include "repository/statement.h"

/* ---- one request: support_request_repository.c ---- */

/* The request of a number, with the calendar as it was when the request was taken in. ERROR_NOT_FOUND. */
SupportRequest *support_request_repository_find(Database *database, void *owner, gint64 id, GError **error);

typedef struct {
  SupportRequestEntry *items; /* in their order */
  unsigned count;
} SupportRequestEntries;

SupportRequestEntries *support_request_repository_entries(Database *database, void *owner, gint64 id, GError **error);

/* A request that is to be taken in: who was promised what is worked out already (support_request_count). */
typedef struct {
  SupportRequest *request; /* gets its id; level_id is the queue */
  gint64 promised_level_id; /* 0: the contract has no level */
  const char *calendar; /* code, or NULL */
  gint64 user_id;
  const char *once; /* of the form; where the same one came before `request` gets that one's id, and nothing else happens. NULL: none */
} SupportRequestTakeIn;

/* ERROR_CONFLICT: `once` came before with another content; the message is the number that it was taken in under. */
bool support_request_repository_take_in(Database *database, const SupportRequestTakeIn *take_in, GError **error);

typedef struct {
  gint64 id;
  guint version; /* of the page that the step was chosen on */
  SupportRequestStep step;
  const char *text;
  gint64 level_id; /* of a step to another level, else 0 */
  gint64 user_id;
  gint64 now;
  gint64 lead; /* minutes; see support_request_count */
} SupportRequestMove;

/* Takes a step and works the deadlines out anew. ERROR_CONFLICT: somebody was faster, or the step doesn't fit any more. ERROR_NOT_FOUND. */
bool support_request_repository_move(Database *database, const SupportRequestMove *move, GError **error);

/* The id of the level that passed a request on to where it is now; 0: none did, or that level is retired. */
gint64 support_request_repository_passed_by(Database *database, gint64 id, GError **error);

/* The id of the customer or contract (`table`) of a number; 0: there is none; -1 on failure. */
gint64 support_request_repository_id_of(Database *database, const char *table, const char *number, GError **error);

/* ---- queues: support_request_queue.c ---- */

typedef enum { QUEUE_UNSOLVED, QUEUE_OVERDUE, QUEUE_WAITING, QUEUE_SOLVED, QUEUE_STATE_COUNT } SupportRequestQueueState;

/* What a figure of the report counts, of a level in a span of time. */
typedef enum { REQUEST_FIGURE_NONE, REQUEST_FIGURE_TAKEN, REQUEST_FIGURE_SOLVED, REQUEST_FIGURE_PASSED_ON, REQUEST_FIGURE_RESPONSE_KEPT, REQUEST_FIGURE_RESPONSE_BROKEN, REQUEST_FIGURE_RESTORE_KEPT, REQUEST_FIGURE_RESTORE_BROKEN, REQUEST_FIGURE_COUNT } SupportRequestFigure;

#define QUEUE_NOBODY (-1)

typedef struct {
  SupportRequestQueueState state; /* not looked at with a figure */
  gint64 level_id;    /* 0: of all levels */
  gint64 user_id;     /* 0: anybody's; QUEUE_NOBODY: those that nobody works on */
  gint64 customer_id; /* 0: of all */
  gint64 contract_id;
  SupportRequestFigure figure;
  gint64 from; /* of a figure */
  gint64 to;
  gint64 now;
  unsigned limit;
  gint64 after_id; /* 0: from the beginning; else behind this one … */
  gint64 after_at; /* … with its queue_at (of a figure: its own moment) … */
  int after_state; /* … and state */
} SupportRequestQuery;

typedef struct {
  SupportRequest **items;
  unsigned count;
  bool more;
} SupportRequestPage;

/* Unsolved ones by their next deadline, so that the overdue come first, behind them those that wait, the longest first; solved ones the last first. */
SupportRequestPage *support_request_repository_page(Database *database, void *owner, const SupportRequestQuery *query, GError **error);

#define QUEUE_COUNT_MAX 1000 /* "more than 1,000" */

typedef struct {
  gint64 id;
  const char *code;
  const char *name;
  bool retired;
  gint64 unsolved; /* bounded by QUEUE_COUNT_MAX + 1 */
  gint64 overdue;
  gint64 staff;    /* active users that work there */
} SupportRequestLevel;

typedef struct {
  SupportRequestLevel *items; /* by rank */
  unsigned count;
  bool staffed; /* somebody works somewhere: else staffing isn't kept here, and says nothing */
  gint64 mine;
  gint64 mine_overdue;
} SupportRequestLevels;

/* Every level and how many people work there; nothing is counted yet. */
SupportRequestLevels *support_request_repository_levels(Database *database, void *owner, GError **error);
/* Counts what stands in each queue, and what a user works on. */
bool support_request_repository_count(Database *database, SupportRequestLevels *levels, gint64 user_id, gint64 now, GError **error);

/* Bounded by QUEUE_COUNT_MAX + 1; -1 on failure. */
gint64 support_request_repository_unsolved_of(Database *database, const char *column, gint64 id, GError **error);

/* ---- shared by the files of this subject ---- */

#define SQL_SECONDS(column) "TIMESTAMPDIFF(SECOND, '1970-01-01', " column ")"

/* The columns of a request and the joins that they need, behind SELECT … FROM request. */
extern const char support_request_columns[];
extern const char support_request_joins[];
enum { SUPPORT_REQUEST_WIDTH = 33 };
SupportRequest *support_request_row(void *owner, const SqlRows *rows, unsigned row);
/* The request of a number, whose row is held to the end of the transaction: of two at once the second sees what the first one did. ERROR_NOT_FOUND. */
SupportRequest *support_request_hold(Database *database, void *owner, gint64 id, GError **error);
/* The times in which its clock stood still, by the steps so far. NULL: they can't be read. */
ServiceWait *support_request_read_waits(Database *database, void *owner, gint64 id, unsigned *count, GError **error);
/* A moment as SQL writes it, or NULL. Owned by `owner`. */
SqlValue support_request_moment(void *owner, gint64 seconds);

#endif
