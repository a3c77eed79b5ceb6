#include "repository/support_request_repository.h"

#include <string.h>
#include <talloc.h>

#include "repository/service_calendar_repository.h"

/* ---- rows ---- */

enum {
  COLUMN_ID, COLUMN_VERSION, COLUMN_SUBJECT, COLUMN_CALLER, COLUMN_TEXT, COLUMN_TAKEN_AT, COLUMN_CONTRACT_ID, COLUMN_CONTRACT_NUMBER, COLUMN_CONTRACT_TITLE, COLUMN_CUSTOMER_ID, COLUMN_CUSTOMER_NUMBER,
  COLUMN_CUSTOMER_NAME, COLUMN_LEVEL_ID, COLUMN_LEVEL_CODE, COLUMN_LEVEL_NAME, COLUMN_USER_ID, COLUMN_USER, COLUMN_USER_NAME, COLUMN_PROMISED_CODE, COLUMN_PROMISED_NAME, COLUMN_RESPONSE, COLUMN_RESTORE,
  COLUMN_STATE, COLUMN_RESPOND_BY, COLUMN_RESPONDED_AT, COLUMN_RESPONSE_SECONDS, COLUMN_RESTORE_BY, COLUMN_SOLVED_AT, COLUMN_RESTORE_SECONDS, COLUMN_QUEUE_AT, COLUMN_REMIND_AT, COLUMN_RESPOND_REMINDED, COLUMN_RESTORE_REMINDED, COLUMN_COUNT
};
_Static_assert((int)COLUMN_COUNT == (int)SUPPORT_REQUEST_WIDTH, "the columns of a request");

const char support_request_columns[] =
    "request.id, request.version, request.subject, request.caller, request.text, " SQL_SECONDS("request.taken_at") ", contract.id, contract.number, contract.title, customer.id, customer.number, "
    "customer.name, queue.id, queue.code, queue.name, user.id, user.name, IF(user.display_name = '', user.name, user.display_name), promised.code, promised.name, "
    "COALESCE(request.response_minutes, -1), COALESCE(request.restore_minutes, -1), request.state, " SQL_SECONDS("request.respond_by") ", " SQL_SECONDS("request.responded_at") ", "
    "request.response_seconds, " SQL_SECONDS("request.restore_by") ", " SQL_SECONDS("request.solved_at") ", request.restore_seconds, " SQL_SECONDS("request.queue_at") ", "
    SQL_SECONDS("request.remind_at") ", request.respond_reminded, " SQL_SECONDS("request.restore_reminded");

const char support_request_joins[] =
    " JOIN contract ON contract.id = request.contract_id JOIN customer ON customer.id = request.customer_id JOIN support_level AS queue ON queue.id = request.level_id "
    "LEFT JOIN support_level AS promised ON promised.id = request.promised_level_id LEFT JOIN user ON user.id = request.user_id";

SupportRequest *support_request_row(void *owner, const SqlRows *rows, unsigned row) {
  SupportRequest *request = talloc_zero(owner, SupportRequest);
  *request = (SupportRequest){
      .id = sql_cell_integer(rows, row, COLUMN_ID),
      .version = (guint)sql_cell_integer(rows, row, COLUMN_VERSION),
      .subject = sql_cell(rows, row, COLUMN_SUBJECT),
      .caller = sql_cell(rows, row, COLUMN_CALLER),
      .text = sql_cell(rows, row, COLUMN_TEXT),
      .taken_at = sql_cell_integer(rows, row, COLUMN_TAKEN_AT),
      .contract_id = sql_cell_integer(rows, row, COLUMN_CONTRACT_ID),
      .contract_number = sql_cell(rows, row, COLUMN_CONTRACT_NUMBER),
      .contract_title = sql_cell(rows, row, COLUMN_CONTRACT_TITLE),
      .customer_id = sql_cell_integer(rows, row, COLUMN_CUSTOMER_ID),
      .customer_number = sql_cell(rows, row, COLUMN_CUSTOMER_NUMBER),
      .customer_name = sql_cell(rows, row, COLUMN_CUSTOMER_NAME),
      .level_id = sql_cell_integer(rows, row, COLUMN_LEVEL_ID),
      .level_code = sql_cell(rows, row, COLUMN_LEVEL_CODE),
      .level_name = sql_cell(rows, row, COLUMN_LEVEL_NAME),
      .user_id = sql_cell_integer(rows, row, COLUMN_USER_ID),
      .user = sql_cell(rows, row, COLUMN_USER),
      .user_name = sql_cell(rows, row, COLUMN_USER_NAME),
      .promised_level = sql_cell(rows, row, COLUMN_PROMISED_CODE),
      .promised_name = sql_cell(rows, row, COLUMN_PROMISED_NAME),
      .response_minutes = sql_cell_integer(rows, row, COLUMN_RESPONSE),
      .restore_minutes = sql_cell_integer(rows, row, COLUMN_RESTORE),
      .state = (SupportRequestState)sql_cell_integer(rows, row, COLUMN_STATE),
      .respond_by = sql_cell_integer(rows, row, COLUMN_RESPOND_BY),
      .responded_at = sql_cell_integer(rows, row, COLUMN_RESPONDED_AT),
      .response_seconds = sql_cell_integer(rows, row, COLUMN_RESPONSE_SECONDS),
      .restore_by = sql_cell_integer(rows, row, COLUMN_RESTORE_BY),
      .solved_at = sql_cell_integer(rows, row, COLUMN_SOLVED_AT),
      .restore_seconds = sql_cell_integer(rows, row, COLUMN_RESTORE_SECONDS),
      .queue_at = sql_cell_integer(rows, row, COLUMN_QUEUE_AT),
      .remind_at = sql_cell_integer(rows, row, COLUMN_REMIND_AT),
      .respond_reminded = sql_cell_integer(rows, row, COLUMN_RESPOND_REMINDED) != 0,
      .restore_reminded = sql_cell_integer(rows, row, COLUMN_RESTORE_REMINDED),
  };
  return request;
}

SqlValue support_request_moment(void *owner, gint64 seconds) {
  if (seconds == SERVICE_NEVER) return SQL_NULL;
  GDateTime *time = g_date_time_new_from_unix_utc(seconds);
  char *text = g_date_time_format(time, "%Y-%m-%d %H:%M:%S");
  SqlValue value = sql_text(talloc_strdup(owner, text));
  g_free(text);
  g_date_time_unref(time);
  return value;
}

/* ---- reading ---- */

/* The calendar's version that held when the request was taken in; where that is lost (a database restored without its history) the current one. */
static bool read_calendar(Database *database, SupportRequest *request, const char *id, const char *promised_at, GError **error) {
  static const char *const FROM[] = {" FROM service_calendar FOR SYSTEM_TIME AS OF TIMESTAMP ", " FROM service_calendar"};
  for (unsigned attempt = 0; id != NULL && request->calendar == NULL && attempt < G_N_ELEMENTS(FROM); attempt++) {
    ServiceCalendar *calendar = NULL;
    Statement *statement = statement_new(request);
    statement_add(statement, "SELECT ");
    service_calendar_columns(statement);
    statement_add(statement, "%s", FROM[attempt]);
    if (attempt == 0) statement_bind(statement, sql_text(promised_at));
    statement_add(statement, " WHERE service_calendar.id = ");
    statement_bind(statement, sql_text(id));
    SqlRows *rows = statement_query(statement, database, request, error);
    if (rows == NULL || (rows->row_count > 0 && !service_calendar_row(request, rows, 0, 0, &calendar, error))) return false;
    request->calendar = calendar;
  }
  return true;
}

SupportRequest *support_request_repository_find(Database *database, void *owner, gint64 id, GError **error) {
  Statement *statement = statement_new(owner);
  statement_add(statement, "SELECT %s, request.service_calendar_id, request.promised_at FROM request%s WHERE request.id = ", support_request_columns, support_request_joins);
  statement_bind(statement, SQL_INTEGER(id));
  SqlRows *rows = statement_query(statement, database, owner, error);
  if (rows == NULL) return NULL;
  if (rows->row_count == 0) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_NOT_FOUND, "request %" G_GINT64_FORMAT, id);
    return NULL;
  }
  SupportRequest *request = support_request_row(owner, rows, 0);
  return read_calendar(database, request, sql_cell(rows, 0, COLUMN_COUNT), sql_cell(rows, 0, COLUMN_COUNT + 1), error) ? request : NULL;
}

SupportRequestEntries *support_request_repository_entries(Database *database, void *owner, gint64 id, GError **error) {
  SqlRows *rows = database_query(database, owner,
                                 "SELECT step.kind, " SQL_SECONDS("step.at") ", IF(user.display_name = '', user.name, user.display_name), was.code, level.code, step.text FROM request_step AS step "
                                 "JOIN user ON user.id = step.user_id JOIN support_level AS level ON level.id = step.level_id LEFT JOIN support_level AS was ON was.id = step.from_level_id "
                                 "WHERE step.request_id = ? ORDER BY step.id",
                                 SQL_VALUES(SQL_INTEGER(id)), error);
  if (rows == NULL) return NULL;
  SupportRequestEntries *entries = talloc_zero(owner, SupportRequestEntries);
  entries->count = rows->row_count;
  entries->items = talloc_array(entries, SupportRequestEntry, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) {
    entries->items[row] = (SupportRequestEntry){.kind = (SupportRequestStep)sql_cell_integer(rows, row, 0),
                                                .at = sql_cell_integer(rows, row, 1),
                                                .by = sql_cell(rows, row, 2),
                                                .from_level = sql_cell(rows, row, 3),
                                                .level = sql_cell(rows, row, 4),
                                                .text = sql_cell(rows, row, 5)};
  }
  return entries;
}

gint64 support_request_repository_passed_by(Database *database, gint64 id, GError **error) {
  void *scratch = talloc_new(NULL);
  SqlRows *rows = database_query(database, scratch,
                                 "SELECT was.id FROM request JOIN request_step AS step ON step.request_id = request.id AND step.kind = ? AND step.level_id = request.level_id "
                                 "JOIN support_level AS was ON was.id = step.from_level_id AND NOT was.retired WHERE request.id = ? ORDER BY step.id DESC LIMIT 1",
                                 SQL_VALUES(SQL_INTEGER(STEP_PASSED_ON), SQL_INTEGER(id)), error);
  gint64 level = rows == NULL ? -1 : rows->row_count > 0 ? sql_cell_integer(rows, 0, 0) : 0;
  talloc_free(scratch);
  return level;
}

gint64 support_request_repository_id_of(Database *database, const char *table, const char *number, GError **error) {
  void *scratch = talloc_new(NULL);
  Statement *statement = statement_new(scratch);
  statement_add(statement, "SELECT id FROM %s WHERE number = ", table);
  statement_bind(statement, sql_text(number));
  SqlRows *rows = statement_query(statement, database, scratch, error);
  gint64 id = rows == NULL ? -1 : rows->row_count > 0 ? sql_cell_integer(rows, 0, 0) : 0;
  talloc_free(scratch);
  return id;
}

/* ---- writing ---- */

static bool insert_step(Database *database, void *scratch, gint64 request_id, SupportRequestStep kind, gint64 at, gint64 user_id, gint64 from_level_id, gint64 level_id, const char *text, GError **error) {
  return database_execute(database, "INSERT INTO request_step (request_id, kind, at, user_id, from_level_id, level_id, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
                          SQL_VALUES(SQL_INTEGER(request_id), SQL_INTEGER(kind), support_request_moment(scratch, at), SQL_INTEGER(user_id), from_level_id > 0 ? SQL_INTEGER(from_level_id) : SQL_NULL,
                                     SQL_INTEGER(level_id), sql_text(text)),
                          NULL, NULL, error);
}

static SqlValue minutes_value(gint64 minutes) { return minutes == SERVICE_NO_PROMISE ? SQL_NULL : SQL_INTEGER(minutes); }

static bool take_in_work(Database *database, void *context, GError **error) {
  const SupportRequestTakeIn *take_in = context;
  SupportRequest *request = take_in->request;
  void *scratch = talloc_new(NULL);
  bool done = database_execute(
      database,
      "INSERT INTO request (contract_id, customer_id, subject, caller, text, taken_at, taken_level_id, promised_level_id, response_minutes, restore_minutes, service_calendar_id, level_id, respond_by, "
      "restore_by, queue_at, remind_at, once) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT id FROM service_calendar WHERE code = ?), ?, ?, ?, ?, ?, ?)",
      SQL_VALUES(SQL_INTEGER(request->contract_id), SQL_INTEGER(request->customer_id), sql_text(request->subject), sql_text(request->caller), sql_text(request->text),
                 support_request_moment(scratch, request->taken_at), SQL_INTEGER(request->level_id), take_in->promised_level_id > 0 ? SQL_INTEGER(take_in->promised_level_id) : SQL_NULL,
                 minutes_value(request->response_minutes), minutes_value(request->restore_minutes), sql_text(take_in->calendar), SQL_INTEGER(request->level_id),
                 support_request_moment(scratch, request->respond_by), support_request_moment(scratch, request->restore_by), support_request_moment(scratch, request->queue_at),
                 support_request_moment(scratch, request->remind_at), sql_text(take_in->once)),
      NULL, &request->id, error);
  done = done && insert_step(database, scratch, request->id, STEP_TAKEN_IN, request->taken_at, take_in->user_id, 0, request->level_id, "", error);
  talloc_free(scratch);
  return done;
}

/* The same form again, or another one that was made of it? */
static bool find_once(Database *database, const SupportRequestTakeIn *take_in, GError **error) {
  SupportRequest *request = take_in->request;
  void *scratch = talloc_new(NULL);
  SqlRows *rows = database_query(database, scratch, "SELECT id, subject = ? AND caller = ? AND text = ? AND contract_id = ? AND taken_level_id = ? FROM request WHERE once = ?",
                                 SQL_VALUES(sql_text(request->subject), sql_text(request->caller), sql_text(request->text), SQL_INTEGER(request->contract_id), SQL_INTEGER(request->level_id),
                                            sql_text(take_in->once)),
                                 error);
  bool same = rows != NULL && rows->row_count > 0 && sql_cell_integer(rows, 0, 1) != 0;
  if (same) request->id = sql_cell_integer(rows, 0, 0);
  else if (rows != NULL) g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_CONFLICT, rows->row_count > 0 ? sql_cell(rows, 0, 0) : "");
  talloc_free(scratch);
  return same;
}

bool support_request_repository_take_in(Database *database, const SupportRequestTakeIn *take_in, GError **error) {
  GError *problem = NULL;
  if (database_transaction(database, take_in_work, (void *)(guintptr)take_in, &problem)) return true;
  if (error_is(problem, ERROR_CONFLICT) && strstr(problem->message, "request_once") != NULL) {
    g_error_free(problem);
    return find_once(database, take_in, error);
  }
  g_propagate_error(error, problem);
  return false;
}

static bool store(Database *database, void *scratch, const SupportRequest *request, GError **error) {
  bool responded = request->responded_at != SERVICE_NEVER;
  bool solved = request->state == REQUEST_SOLVED;
  return database_execute(
      database,
      "UPDATE request SET level_id = ?, user_id = ?, state = ?, responded_at = ?, response_seconds = ?, restore_by = ?, solved_at = ?, restore_seconds = ?, queue_at = ?, remind_at = ?, "
      "version = version + 1 WHERE id = ?",
      SQL_VALUES(SQL_INTEGER(request->level_id), request->user_id > 0 ? SQL_INTEGER(request->user_id) : SQL_NULL, SQL_INTEGER(request->state), support_request_moment(scratch, request->responded_at),
                 responded ? SQL_INTEGER(request->response_seconds) : SQL_NULL, support_request_moment(scratch, request->restore_by), support_request_moment(scratch, request->solved_at),
                 solved ? SQL_INTEGER(request->restore_seconds) : SQL_NULL, support_request_moment(scratch, request->queue_at), support_request_moment(scratch, request->remind_at),
                 SQL_INTEGER(request->id)),
      NULL, NULL, error);
}

SupportRequest *support_request_hold(Database *database, void *owner, gint64 id, GError **error) {
  SqlRows *held = database_query(database, owner, "SELECT id FROM request WHERE id = ? FOR UPDATE", SQL_VALUES(SQL_INTEGER(id)), error);
  return held != NULL ? support_request_repository_find(database, owner, id, error) : NULL;
}

ServiceWait *support_request_read_waits(Database *database, void *owner, gint64 id, unsigned *count, GError **error) {
  SupportRequestEntries *entries = support_request_repository_entries(database, owner, id, error);
  if (entries == NULL) return NULL;
  ServiceWait *waits = talloc_array(owner, ServiceWait, entries->count + 1);
  *count = support_request_waits(entries->items, entries->count, waits);
  return waits;
}

static bool is_outdated(const SupportRequest *request, const SupportRequestMove *move, GError **error) {
  if (request->version == move->version && support_request_step_fits(request, move->step, move->user_id)) return false;
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_CONFLICT, "request %" G_GINT64_FORMAT " was changed meanwhile", move->id);
  return true;
}

static bool take_step(Database *database, void *scratch, SupportRequest *request, const SupportRequestMove *move, GError **error) {
  gint64 from = move->level_id > 0 ? request->level_id : 0;
  unsigned count = 0;
  support_request_step_take(request, move->step, move->user_id, move->now);
  if (move->level_id > 0) request->level_id = move->level_id;
  if (!insert_step(database, scratch, request->id, move->step, move->now, move->user_id, from, request->level_id, move->text, error)) return false;
  const ServiceWait *waits = support_request_read_waits(database, scratch, request->id, &count, error);
  if (waits == NULL) return false;
  support_request_count(request, waits, count, move->lead);
  return store(database, scratch, request, error);
}

static bool move_work(Database *database, void *context, GError **error) {
  const SupportRequestMove *move = context;
  void *scratch = talloc_new(NULL);
  SupportRequest *request = support_request_hold(database, scratch, move->id, error);
  bool done = request != NULL && !is_outdated(request, move, error) && take_step(database, scratch, request, move, error);
  talloc_free(scratch);
  return done;
}

bool support_request_repository_move(Database *database, const SupportRequestMove *move, GError **error) {
  return database_transaction(database, move_work, (void *)(guintptr)move, error);
}
