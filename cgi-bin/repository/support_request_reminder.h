/* support_request_reminder.h: support requests whose next deadline is to be reminded of, and whom. */
#ifndef SUPPORTLEVEL_REPOSITORY_SUPPORT_REQUEST_REMINDER_H
#define SUPPORTLEVEL_REPOSITORY_SUPPORT_REQUEST_REMINDER_H

#include "repository/support_request_repository.h"

typedef struct {
  const char *name; /* display name */
  const char *email;
  const char *language;
} SupportRequestRecipient;

typedef struct {
  SupportRequest *request;
  SupportRequestRecipient *recipients; /* who works on it, or else whoever works at its level; only active ones with an e-mail address */
  unsigned recipient_count;
} SupportRequestReminder;

typedef struct {
  SupportRequestReminder *items; /* in the order in which they are due */
  unsigned count;
  guint64 orphans;     /* due, but nobody can be told of them */
  guint64 unreadable;  /* … that can't be read, which somebody has to mend */
  const char *problem; /* what was wrong with one of those */
} SupportRequestReminders;

/* Those that are due at `now` and whose calendar is open then, at most `limit`; such that nobody can be told of only where there is a `fallback` for them. Owned by `owner`. */
SupportRequestReminders *support_request_reminder_due(Database *database, void *owner, gint64 now, unsigned limit, bool fallback, GError **error);

/* Makes one this caller's for ten minutes; false in `mine` when somebody else is sending it, or has. */
bool support_request_reminder_claim(Database *database, gint64 id, gint64 now, bool *mine, GError **error);
/* A reminder was sent at `now`: none follows for these deadlines. `lead` as for support_request_count. */
bool support_request_reminder_sent(Database *database, gint64 id, gint64 now, gint64 lead, GError **error);
/* It couldn't be sent: the next run may try again. */
bool support_request_reminder_release(Database *database, gint64 id, GError **error);

#endif
