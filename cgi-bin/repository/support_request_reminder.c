#include "repository/support_request_reminder.h"

#include <talloc.h>

#define CLAIM_SECONDS 600
#define PIECE 200 /* requests that are looked for at once */

#define RECIPIENT "SELECT IF(user.display_name = '', user.name, user.display_name), user.email, user.language FROM "
#define REACHABLE " AND user.active AND user.email <> '' ORDER BY user.name"

/* Whoever works on it; where nobody does, or that one can't be reached, whoever works at its level. */
static bool read_recipients(Database *database, SupportRequestReminder *reminder, GError **error) {
  SupportRequest *request = reminder->request;
  SqlRows *rows = database_query(database, request, RECIPIENT "user WHERE user.id = ?" REACHABLE, SQL_VALUES(SQL_INTEGER(request->user_id)), error);
  if (rows != NULL && rows->row_count == 0) {
    rows = database_query(database, request, RECIPIENT "level_staff JOIN user ON user.id = level_staff.user_id WHERE level_staff.level_id = ?" REACHABLE, SQL_VALUES(SQL_INTEGER(request->level_id)), error);
  }
  if (rows == NULL) return false;
  reminder->recipient_count = rows->row_count;
  reminder->recipients = talloc_array(request, SupportRequestRecipient, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) reminder->recipients[row] = (SupportRequestRecipient){sql_cell(rows, row, 0), sql_cell(rows, row, 1), sql_cell(rows, row, 2)};
  return true;
}

static bool is_open(const SupportRequest *request, gint64 now) {
  void *scratch = talloc_new(NULL);
  bool open = request->calendar == NULL || service_clock_open(service_clock_new(scratch, request->calendar), now);
  talloc_free(scratch);
  return open;
}

/* Adds one that can be told of now. What can't be read is counted: it must not keep the others from being told of. */
static bool add_due(Database *database, SupportRequestReminders *reminders, gint64 id, gint64 now, bool fallback, GError **error) {
  GError *problem = NULL;
  SupportRequestReminder reminder = {.request = support_request_repository_find(database, reminders, id, &problem)};
  if (error_is(problem, ERROR_INTERNAL) || error_is(problem, ERROR_NOT_FOUND)) {
    reminders->unreadable += error_is(problem, ERROR_INTERNAL);
    reminders->problem = talloc_asprintf(reminders, "request %" G_GINT64_FORMAT ": %s", id, problem->message);
    g_error_free(problem);
    return true;
  }
  if (problem != NULL) {
    g_propagate_error(error, problem);
    return false;
  }
  bool tell = is_open(reminder.request, now);
  if (tell && !read_recipients(database, &reminder, error)) return false;
  bool orphan = tell && reminder.recipient_count == 0 && !fallback;
  reminders->orphans += orphan;
  if (tell && !orphan) reminders->items[reminders->count++] = reminder;
  else talloc_free(reminder.request);
  return true;
}

/* The next ones behind a moment and number. */
static SqlRows *due_rows(Database *database, void *owner, SqlValue now, SqlValue from, gint64 after, GError **error) {
  return database_query(database, owner,
                        "SELECT id, " SQL_SECONDS("remind_at") " FROM request WHERE remind_at <= ? AND (remind_at > ? OR (remind_at = ? AND id > ?)) AND (claimed_until IS NULL OR claimed_until < ?) "
                        "ORDER BY remind_at, id LIMIT " G_STRINGIFY(PIECE),
                        SQL_VALUES(now, from, from, SQL_INTEGER(after), now), error);
}

SupportRequestReminders *support_request_reminder_due(Database *database, void *owner, gint64 now, unsigned limit, bool fallback, GError **error) {
  SupportRequestReminders *reminders = talloc_zero(owner, SupportRequestReminders);
  reminders->items = talloc_array(reminders, SupportRequestReminder, limit + 1);
  gint64 from = 1;
  gint64 after = 0;
  for (bool more = true; more && reminders->count < limit;) {
    void *piece = talloc_new(reminders);
    SqlRows *rows = due_rows(database, piece, support_request_moment(piece, now), support_request_moment(piece, from), after, error);
    bool done = rows != NULL;
    more = done && rows->row_count == PIECE;
    for (unsigned row = 0; done && row < rows->row_count && reminders->count < limit; row++) {
      after = sql_cell_integer(rows, row, 0);
      from = sql_cell_integer(rows, row, 1);
      done = add_due(database, reminders, after, now, fallback, error);
    }
    talloc_free(piece);
    if (!done) return NULL;
  }
  return reminders;
}

bool support_request_reminder_claim(Database *database, gint64 id, gint64 now, bool *mine, GError **error) {
  void *scratch = talloc_new(NULL);
  guint64 affected = 0;
  SqlValue moment = support_request_moment(scratch, now);
  bool done = database_execute(database, "UPDATE request SET claimed_until = ? WHERE id = ? AND remind_at <= ? AND (claimed_until IS NULL OR claimed_until < ?)",
                               SQL_VALUES(support_request_moment(scratch, now + CLAIM_SECONDS), SQL_INTEGER(id), moment, moment), &affected, NULL, error);
  *mine = affected > 0;
  talloc_free(scratch);
  return done;
}

typedef struct {
  gint64 id;
  gint64 now;
  gint64 lead;
} Sent;

/* As the request is by now: somebody may have taken a step since. */
static bool note_sent(Database *database, void *context, GError **error) {
  const Sent *sent = context;
  void *scratch = talloc_new(NULL);
  unsigned count = 0;
  SupportRequest *request = support_request_hold(database, scratch, sent->id, error);
  const ServiceWait *waits = request != NULL ? support_request_read_waits(database, scratch, sent->id, &count, error) : NULL;
  bool done = waits != NULL;
  if (done) {
    support_request_note_reminder(request, waits, count, sent->lead, sent->now);
    done = database_execute(database, "UPDATE request SET remind_at = ?, respond_reminded = ?, restore_reminded = ?, claimed_until = NULL WHERE id = ?",
                            SQL_VALUES(support_request_moment(scratch, request->remind_at), SQL_INTEGER(request->respond_reminded), support_request_moment(scratch, request->restore_reminded),
                                       SQL_INTEGER(sent->id)),
                            NULL, NULL, error);
  }
  talloc_free(scratch);
  return done;
}

bool support_request_reminder_sent(Database *database, gint64 id, gint64 now, gint64 lead, GError **error) {
  Sent sent = {id, now, lead};
  return database_transaction(database, note_sent, &sent, error);
}

bool support_request_reminder_release(Database *database, gint64 id, GError **error) {
  return database_execute(database, "UPDATE request SET claimed_until = NULL WHERE id = ?", SQL_VALUES(SQL_INTEGER(id)), NULL, NULL, error);
}
