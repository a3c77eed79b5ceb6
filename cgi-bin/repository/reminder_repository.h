/* reminder_repository.h: which deadlines somebody still has to be reminded of. */
#ifndef SUPPORTLEVEL_REPOSITORY_REMINDER_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_REMINDER_REPOSITORY_H

#include "repository/contract_repository.h"
#include "repository/user_repository.h"

#define REMINDERS_PER_MAIL 200

/* Who is reminded. `id` 0: nobody responsible has an address. */
typedef struct {
  UserRow *items;
  unsigned count;
} ReminderRecipients;

/* What was taken for one e-mail. */
typedef struct {
  guint64 claim;
  Contract **contracts; /* by deadline, then number */
  unsigned count;       /* 0: nothing waits for this recipient, or somebody else is at it */
} ReminderBatch;

/* Notes every deadline that a step reminds of on `today` and that its recipient has not been reminded of by that step, and forgets those of more than a year
 * ago. A deadline that has changed is another one. Deadlines without a recipient are noted only with `fallback`; `*orphans` gets the number of them otherwise. */
bool reminder_repository_note(Database *database, Day today, bool fallback, guint64 *orphans, GError **error);

/* Who has something waiting. */
ReminderRecipients *reminder_repository_recipients(Database *database, void *owner, Day today, GError **error);

/* Takes up to REMINDERS_PER_MAIL that wait for a recipient, for ten minutes: as long no other run takes them. What no longer holds (deadline, step or responsible
 * have changed) is dropped. */
ReminderBatch *reminder_repository_claim(Database *database, void *owner, gint64 user_id, Day today, GError **error);

/* Ends a claim: what it took has been sent, or is to be tried again. */
bool reminder_repository_sent(Database *database, guint64 claim, GError **error);
bool reminder_repository_release(Database *database, guint64 claim, GError **error);

#endif
