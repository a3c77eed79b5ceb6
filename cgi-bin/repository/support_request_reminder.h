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
  SupportRequestRecipient *recipients; /* who works on it, or else whoever works at its level; only those with an e-mail address */
  unsigned recipient_count;
} SupportRequestReminder;

typedef struct {
  SupportRequestReminder *items; /* the next deadline first */
  unsigned count;
} SupportRequestReminders;

/* Those that are due at `now`, at most `limit`, and that nobody else is sending: with `claim` they are this caller's for ten minutes. Such whose calendar is closed
 * at `now` are left for later. Owned by `owner`. */
SupportRequestReminders *support_request_reminder_due(Database *database, void *owner, gint64 now, unsigned limit, bool claim, GError **error);

/* A reminder was sent: none follows for this deadline. */
bool support_request_reminder_sent(Database *database, gint64 id, gint64 now, GError **error);
/* It couldn't be sent: the next run may try again. */
bool support_request_reminder_release(Database *database, gint64 id, GError **error);

#endif
