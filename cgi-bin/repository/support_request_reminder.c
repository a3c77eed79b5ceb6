#include "repository/support_request_reminder.h"

#include <talloc.h>

#define CLAIM_SECONDS 600

/* True when it is this caller's now: of two that run at once, one. */
static bool claim_request(Database *database, const SupportRequest *request, gint64 now, bool *mine, GError **error) {
  void *scratch = talloc_new(NULL);
  guint64 affected = 0;
  SqlValue moment = support_request_moment(scratch, now);
  bool done = database_execute(database, "UPDATE request SET claimed_until = ? WHERE id = ? AND remind_at <= ? AND (claimed_until IS NULL OR claimed_until < ?)",
                               SQL_VALUES(support_request_moment(scratch, now + CLAIM_SECONDS), SQL_INTEGER(request->id), moment, moment), &affected, NULL, error);
  *mine = affected > 0;
  talloc_free(scratch);
  return done;
}

static bool read_recipients(Database *database, SupportRequestReminder *reminder, GError **error) {
  static const char COLUMNS[] = "SELECT IF(user.display_name = '', user.name, user.display_name), user.email, user.language FROM ";
  const SupportRequest *request = reminder->request;
  Statement *statement = statement_new(reminder->request);
  statement_add(statement, "%s", COLUMNS);
  if (request->user_id > 0) {
    statement_add(statement, "user WHERE user.id = ");
    statement_bind(statement, SQL_INTEGER(request->user_id));
  } else {
    statement_add(statement, "level_staff JOIN user ON user.id = level_staff.user_id WHERE level_staff.level_id = ");
    statement_bind(statement, SQL_INTEGER(request->level_id));
  }
  statement_add(statement, " AND user.active AND user.email <> '' ORDER BY user.name");
  SqlRows *rows = statement_query(statement, database, reminder->request, error);
  if (rows == NULL) return false;
  reminder->recipient_count = rows->row_count;
  reminder->recipients = talloc_array(reminder->request, SupportRequestRecipient, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) reminder->recipients[row] = (SupportRequestRecipient){sql_cell(rows, row, 0), sql_cell(rows, row, 1), sql_cell(rows, row, 2)};
  return true;
}

static bool is_open(const SupportRequest *request, gint64 now) {
  void *scratch = talloc_new(NULL);
  bool open = request->calendar == NULL || service_clock_open(service_clock_new(scratch, request->calendar), now);
  talloc_free(scratch);
  return open;
}

static bool add_due(Database *database, SupportRequestReminders *reminders, gint64 id, gint64 now, bool claim, GError **error) {
  bool mine = true;
  SupportRequest *request = support_request_repository_find(database, reminders, id, error);
  if (request == NULL) return false;
  if (!is_open(request, now)) return true;
  if (claim && !claim_request(database, request, now, &mine, error)) return false;
  if (!mine) return true;
  SupportRequestReminder *reminder = &reminders->items[reminders->count++];
  *reminder = (SupportRequestReminder){.request = request};
  return read_recipients(database, reminder, error);
}

SupportRequestReminders *support_request_reminder_due(Database *database, void *owner, gint64 now, unsigned limit, bool claim, GError **error) {
  SupportRequestReminders *reminders = talloc_zero(owner, SupportRequestReminders);
  SqlValue moment = support_request_moment(reminders, now);
  SqlRows *rows = database_query(database, reminders, "SELECT id FROM request WHERE remind_at <= ? AND (claimed_until IS NULL OR claimed_until < ?) ORDER BY remind_at, id LIMIT ?",
                                 SQL_VALUES(moment, moment, SQL_INTEGER(limit)), error);
  if (rows == NULL) return NULL;
  reminders->items = talloc_array(reminders, SupportRequestReminder, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) {
    if (!add_due(database, reminders, sql_cell_integer(rows, row, 0), now, claim, error)) return NULL;
  }
  return reminders;
}

bool support_request_reminder_sent(Database *database, gint64 id, gint64 now, GError **error) {
  void *scratch = talloc_new(NULL);
  /* A step in the meantime may have set another deadline. */
  bool done = database_execute(database, "UPDATE request SET remind_at = NULL, claimed_until = NULL WHERE id = ? AND remind_at <= ?", SQL_VALUES(SQL_INTEGER(id), support_request_moment(scratch, now)), NULL,
                               NULL, error);
  talloc_free(scratch);
  return done;
}

bool support_request_reminder_release(Database *database, gint64 id, GError **error) {
  return database_execute(database, "UPDATE request SET claimed_until = NULL WHERE id = ?", SQL_VALUES(SQL_INTEGER(id)), NULL, NULL, error);
}
