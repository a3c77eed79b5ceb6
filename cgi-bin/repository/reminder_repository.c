#include "repository/reminder_repository.h"

#include <talloc.h>

#include "domain/reminder.h"
#include "repository/contract_row.h"

#define NOTE_PIECE 500    /* deadlines of one statement */
#define FORGET_PIECE 1000 /* rows of one statement */
#define KEPT_DAYS 400

/* ---- noting ---- */

enum { DUE_ID, DUE_DEADLINE, DUE_USER };

typedef struct {
  Day last;        /* day of the step's span */
  const char *from; /* deadline and id that the next piece begins behind */
  gint64 from_id;
  int step;
} Walk;

/* The next deadlines in the order of their index that nobody has been reminded of by this step, each with whom to remind (0: nobody). */
static SqlRows *due_rows(Database *database, void *owner, const Walk *walk, GError **error) {
  static const char SQL[] =
      "SELECT due.id, due.notice_by, due.recipient FROM (SELECT contract.id, contract.notice_by, IF(user.active AND user.email <> '', user.id, 0) AS recipient "
      "FROM contract FORCE INDEX (contract_notice) LEFT JOIN user ON user.id = contract.responsible_id "
      "WHERE contract.notice_by BETWEEN ? AND ? AND (contract.notice_by > ? OR contract.id > ?) ORDER BY contract.notice_by, contract.id LIMIT ?) AS due "
      "ORDER BY due.notice_by, due.id";
  char last[DAY_TEXT_SIZE];
  return database_query(database, owner, SQL,
                        SQL_VALUES(sql_text(walk->from), sql_text(day_format_iso(walk->last, last)), sql_text(walk->from), SQL_INTEGER(walk->from_id), SQL_INTEGER(NOTE_PIECE)),
                        error);
}

typedef struct {
  SqlValue *values;
  unsigned count;
} NewReminders;

static bool insert_noted(Database *database, void *context, GError **error) {
  const NewReminders *noted = context;
  return database_execute_bulk(database, "INSERT IGNORE INTO reminder (contract_id, deadline, step, user_id) VALUES (?, ?, ?, ?)", noted->values, 4, noted->count, error);
}

static bool note_rows(Database *database, const SqlRows *rows, int step, bool fallback, guint64 *orphans, GError **error) {
  NewReminders noted = {talloc_array(NULL, SqlValue, rows->row_count * 4 + 1), 0};
  for (unsigned row = 0; row < rows->row_count; row++) {
    SqlValue *values = noted.values + (gsize)noted.count * 4;
    if (sql_cell_integer(rows, row, DUE_USER) == 0 && !fallback) {
      (*orphans)++;
      continue;
    }
    values[0] = SQL_INTEGER(sql_cell_integer(rows, row, DUE_ID));
    values[1] = sql_text(sql_cell(rows, row, DUE_DEADLINE));
    values[2] = SQL_INTEGER(step);
    values[3] = SQL_INTEGER(sql_cell_integer(rows, row, DUE_USER));
    noted.count++;
  }
  bool done = noted.count == 0 || database_transaction(database, insert_noted, &noted, error);
  talloc_free(noted.values);
  return done;
}

static bool note_step(Database *database, unsigned step, Day today, bool fallback, guint64 *orphans, GError **error) {
  char from[DAY_TEXT_SIZE];
  Day first = DAY_NONE;
  Walk walk = {.step = reminder_steps[step], .from = from};
  reminder_span(step, today, &first, &walk.last);
  day_format_iso(first, from);
  for (bool more = true; more;) {
    void *piece = talloc_new(NULL);
    SqlRows *rows = due_rows(database, piece, &walk, error);
    bool done = rows != NULL && note_rows(database, rows, walk.step, fallback, orphans, error);
    more = done && rows->row_count == NOTE_PIECE;
    if (more) {
      g_strlcpy(from, sql_cell(rows, rows->row_count - 1, DUE_DEADLINE), sizeof from);
      walk.from_id = sql_cell_integer(rows, rows->row_count - 1, DUE_ID);
    }
    talloc_free(piece);
    if (!done) return false;
  }
  return true;
}

static bool forget(Database *database, void *context, GError **error) {
  char before[DAY_TEXT_SIZE];
  guint64 *affected = context;
  day_format_iso((Day)*affected, before);
  return database_execute(database, "DELETE FROM reminder WHERE deadline < ? ORDER BY deadline LIMIT ?", SQL_VALUES(sql_text(before), SQL_INTEGER(FORGET_PIECE)), affected, NULL, error);
}

bool reminder_repository_note(Database *database, Day today, bool fallback, guint64 *orphans, GError **error) {
  *orphans = 0;
  for (unsigned step = 0; step < REMINDER_STEPS; step++) {
    if (!note_step(database, step, today, fallback, orphans, error)) return false;
  }
  for (guint64 found = FORGET_PIECE; found == FORGET_PIECE;) {
    found = (guint64)(today - KEPT_DAYS);
    if (!forget(database, &found, error)) return false;
  }
  return true;
}

/* ---- sending ---- */

ReminderRecipients *reminder_repository_recipients(Database *database, void *owner, Day today, GError **error) {
  static const char SQL[] =
      "SELECT waiting.user_id, COALESCE(user.name, ''), COALESCE(IF(user.display_name = '', user.name, user.display_name), ''), COALESCE(user.email, ''), "
      "COALESCE(user.language, '') FROM (SELECT DISTINCT user_id FROM reminder WHERE sent_at IS NULL AND deadline >= ?) AS waiting "
      "LEFT JOIN user ON user.id = waiting.user_id ORDER BY waiting.user_id";
  char iso[DAY_TEXT_SIZE];
  SqlRows *rows = database_query(database, owner, SQL, SQL_VALUES(sql_text(day_format_iso(today, iso))), error);
  if (rows == NULL) return NULL;
  ReminderRecipients *recipients = talloc_zero(owner, ReminderRecipients);
  recipients->count = rows->row_count;
  recipients->items = talloc_zero_array(recipients, UserRow, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) {
    recipients->items[row] = (UserRow){.id = sql_cell_integer(rows, row, 0), .name = sql_cell(rows, row, 1), .display_name = sql_cell(rows, row, 2),
                                       .email = sql_cell(rows, row, 3), .language = sql_cell(rows, row, 4)};
  }
  return recipients;
}

typedef struct {
  gint64 user_id;
  Day today;
  guint64 claim;
} Claiming;

/* What was noted earlier and holds no more: the deadline was moved, a later step's time has come, or somebody else is responsible now. */
static bool drop_stale(Database *database, const Claiming *claiming, GError **error) {
  void *scratch = talloc_new(NULL);
  Statement *statement = statement_new(scratch);
  statement_add(statement, "DELETE reminder FROM reminder JOIN contract ON contract.id = reminder.contract_id LEFT JOIN user ON user.id = contract.responsible_id "
                           "WHERE reminder.claim = ");
  statement_bind(statement, SQL_INTEGER(claiming->claim));
  statement_add(statement, " AND NOT (contract.notice_by = reminder.deadline AND reminder.user_id = IF(user.active AND user.email <> '', user.id, 0) AND (FALSE");
  for (unsigned step = 0; step < REMINDER_STEPS; step++) {
    Day first = DAY_NONE;
    Day last = DAY_NONE;
    reminder_span(step, claiming->today, &first, &last);
    statement_add(statement, " OR reminder.step = %d AND reminder.deadline BETWEEN ", reminder_steps[step]);
    statement_bind(statement, sql_text(day_text_iso(scratch, first)));
    statement_add(statement, " AND ");
    statement_bind(statement, sql_text(day_text_iso(scratch, last)));
  }
  statement_add(statement, "))");
  bool done = statement_execute(statement, database, NULL, NULL, error);
  talloc_free(scratch);
  return done;
}

static bool take(Database *database, void *context, GError **error) {
  static const char SQL[] = "UPDATE reminder SET claim = ?, claimed_until = UTC_TIMESTAMP() + INTERVAL 10 MINUTE WHERE sent_at IS NULL AND user_id = ? AND deadline >= ? "
                            "AND (claimed_until IS NULL OR claimed_until < UTC_TIMESTAMP()) ORDER BY deadline, contract_id LIMIT ?";
  const Claiming *claiming = context;
  char iso[DAY_TEXT_SIZE];
  return database_execute(database, SQL,
                          SQL_VALUES(SQL_INTEGER(claiming->claim), SQL_INTEGER(claiming->user_id), sql_text(day_format_iso(claiming->today, iso)), SQL_INTEGER(REMINDERS_PER_MAIL)),
                          NULL, NULL, error) &&
         drop_stale(database, claiming, error);
}

static SqlRows *claimed_rows(Database *database, void *owner, guint64 claim, GError **error) {
  Statement *statement = statement_new(owner);
  statement_add(statement, "SELECT ");
  contract_row_columns(statement);
  statement_add(statement, " FROM reminder STRAIGHT_JOIN contract ON contract.id = reminder.contract_id");
  contract_row_joins(statement);
  statement_add(statement, " WHERE reminder.claim = ");
  statement_bind(statement, SQL_INTEGER(claim));
  statement_add(statement, " ORDER BY reminder.deadline, contract.number");
  return statement_query(statement, database, owner, error);
}

ReminderBatch *reminder_repository_claim(Database *database, void *owner, gint64 user_id, Day today, GError **error) {
  /* 62 random bits: no two runs choose the same. */
  guint64 claim = ((guint64)g_random_int() << 30 ^ g_random_int()) | 1;
  Claiming claiming = {user_id, today, claim};
  if (!database_transaction(database, take, &claiming, error)) return NULL;
  SqlRows *rows = claimed_rows(database, owner, claim, error);
  if (rows == NULL) return NULL;
  ReminderBatch *batch = talloc_zero(owner, ReminderBatch);
  batch->claim = claim;
  batch->count = rows->row_count;
  batch->contracts = talloc_zero_array(batch, Contract *, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) batch->contracts[row] = contract_row_read(batch, rows, row, 0, today);
  return batch;
}

static bool mark_sent(Database *database, void *claim, GError **error) {
  return database_execute(database, "UPDATE reminder SET sent_at = UTC_TIMESTAMP(), claim = NULL, claimed_until = NULL WHERE claim = ?",
                          SQL_VALUES(SQL_INTEGER(*(guint64 *)claim)), NULL, NULL, error);
}

bool reminder_repository_sent(Database *database, guint64 claim, GError **error) {
  GError *problem = NULL;
  if (database_transaction(database, mark_sent, &claim, &problem)) return true;
  /* The e-mail is on its way, so this is tried once more, whatever it was: doing it twice does no harm. */
  g_clear_error(&problem);
  return database_transaction(database, mark_sent, &claim, error);
}

bool reminder_repository_release(Database *database, guint64 claim, GError **error) {
  return database_execute(database, "UPDATE reminder SET claim = NULL, claimed_until = NULL WHERE claim = ?", SQL_VALUES(SQL_INTEGER(claim)), NULL, NULL, error);
}
