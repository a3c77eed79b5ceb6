/* The steps of a support request and its deadlines. "Now" is a Wednesday; the office is open from 8 to 12 and from 13 to 17. Source: support_request.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/support_request.h"

#define OFFICE "8-12, 13-17"
#define ME 7
#define COLLEAGUE 8
#define LEAD 60

static const char *const OFFICE_HOURS[SERVICE_FIELD_COUNT] = {"", "", "Europe/Berlin", "", OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, "", "", ""};

/* "11 10:15" of February 2026 by the clocks of Berlin. */
static gint64 at(const char *text) {
  char *iso = g_strdup_printf("2026-02-%.2sT%s:00+01:00", text, text + 3);
  GDateTime *time = g_date_time_new_from_iso8601(iso, NULL);
  assert_non_null(time);
  gint64 moment = g_date_time_to_unix(time);
  g_date_time_unref(time);
  g_free(iso);
  return moment;
}

/* Promised: a response within 4 hours, and to be restored within 8, of service time; taken in at 10:15. */
static SupportRequest taken(void *owner) {
  SupportRequest request = {.taken_at = at("11 10:15"), .promised_level = "L2", .response_minutes = 240, .restore_minutes = 480, .calendar = service_calendar_read(owner, OFFICE_HOURS)};
  assert_non_null(request.calendar);
  support_request_count(&request, NULL, 0, LEAD);
  return request;
}

static void deadlines_are_counted_in_service_time(void **state) {
  void *owner = talloc_new(NULL);
  SupportRequest request = taken(owner);
  assert_int_equal(request.respond_by, at("11 15:15"));
  assert_int_equal(request.restore_by, at("12 10:15"));
  assert_int_equal(request.queue_at, request.respond_by);
  assert_int_equal(request.remind_at, at("11 14:15"));
  talloc_free(owner);
  (void)state;
}

static void a_short_deadline_is_reminded_of_at_its_half(void **state) {
  void *owner = talloc_new(NULL);
  SupportRequest request = taken(owner);
  SupportRequest hasty = {.taken_at = request.taken_at, .response_minutes = 30, .restore_minutes = SERVICE_NO_PROMISE, .calendar = request.calendar};
  support_request_count(&hasty, NULL, 0, LEAD);
  assert_int_equal(hasty.respond_by, at("11 10:45"));
  assert_int_equal(hasty.remind_at, at("11 10:30"));
  assert_int_equal(hasty.restore_by, SERVICE_NEVER);
  talloc_free(owner);
  (void)state;
}

static void without_a_promise_it_stands_behind_all_deadlines(void **state) {
  SupportRequest request = {.taken_at = at("11 10:15"), .response_minutes = SERVICE_NO_PROMISE, .restore_minutes = SERVICE_NO_PROMISE};
  support_request_count(&request, NULL, 0, LEAD);
  assert_int_equal(request.queue_at, REQUEST_FAR);
  assert_int_equal(request.remind_at, SERVICE_NEVER);
  assert_int_equal(support_request_response(&request, at("20 10:00")), PROMISE_NONE);
  (void)state;
}

static void the_first_answer_is_the_response_and_the_next_deadline_follows(void **state) {
  void *owner = talloc_new(NULL);
  SupportRequest request = taken(owner);
  assert_int_equal(support_request_response(&request, at("11 15:15")), PROMISE_RUNNING);
  assert_int_equal(support_request_response(&request, at("11 15:16")), PROMISE_OVERDUE);
  support_request_step_take(&request, STEP_ANSWERED, ME, at("11 13:30"));
  support_request_count(&request, NULL, 0, LEAD);
  assert_int_equal(request.user_id, ME);
  assert_int_equal(request.responded_at, at("11 13:30"));
  assert_int_equal(request.response_seconds, (105 + 30) * 60);
  assert_int_equal(request.queue_at, request.restore_by);
  assert_int_equal(request.remind_at, at("12 09:15"));
  assert_int_equal(support_request_response(&request, at("20 10:00")), PROMISE_KEPT);
  support_request_step_take(&request, STEP_ANSWERED, COLLEAGUE, at("11 16:00"));
  assert_int_equal(request.responded_at, at("11 13:30"));
  assert_int_equal(request.user_id, ME);
  talloc_free(owner);
  (void)state;
}

static void each_deadline_is_reminded_of_once(void **state) {
  void *owner = talloc_new(NULL);
  SupportRequest request = taken(owner);
  support_request_note_reminder(&request, NULL, 0, LEAD, at("11 14:20"));
  assert_int_equal(request.remind_at, at("12 09:15")); /* nobody has answered yet, and the restoration comes nearer all the same */
  support_request_step_take(&request, STEP_TAKEN, ME, at("11 15:00"));
  support_request_count(&request, NULL, 0, LEAD);
  assert_int_equal(request.remind_at, at("12 09:15"));
  support_request_note_reminder(&request, NULL, 0, LEAD, at("12 09:15"));
  assert_int_equal(request.remind_at, SERVICE_NEVER);
  support_request_count(&request, NULL, 0, LEAD);
  assert_int_equal(request.remind_at, SERVICE_NEVER);
  talloc_free(owner);
  (void)state;
}

/* Asked and resumed while the office is closed: the deadline is the same, and it was reminded of it. */
static void a_deadline_that_waiting_left_alone_is_not_reminded_of_again(void **state) {
  void *owner = talloc_new(NULL);
  SupportRequest request = taken(owner);
  const SupportRequestEntry entries[] = {{.kind = STEP_TAKEN_IN, .at = at("11 10:15")}, {.kind = STEP_ASKED, .at = at("11 18:00")}, {.kind = STEP_RESUMED, .at = at("11 19:00")}};
  ServiceWait waits[3];
  support_request_note_reminder(&request, NULL, 0, LEAD, at("12 09:15"));
  support_request_step_take(&request, STEP_ASKED, ME, at("11 18:00"));
  support_request_count(&request, waits, support_request_waits(entries, 2, waits), LEAD);
  support_request_step_take(&request, STEP_RESUMED, ME, at("11 19:00"));
  support_request_count(&request, waits, support_request_waits(entries, 3, waits), LEAD);
  assert_int_equal(request.restore_by, at("12 10:15"));
  assert_int_equal(request.remind_at, SERVICE_NEVER);
  talloc_free(owner);
  (void)state;
}

/* Four hours from 8:00 end as the office closes at 12:00: half an hour later it is too late, though no service time has passed since. */
static void a_deadline_counts_as_it_was_shown(void **state) {
  void *owner = talloc_new(NULL);
  SupportRequest request = {.taken_at = at("11 07:30"), .response_minutes = 240, .restore_minutes = SERVICE_NO_PROMISE, .calendar = service_calendar_read(owner, OFFICE_HOURS)};
  support_request_count(&request, NULL, 0, LEAD);
  assert_int_equal(request.respond_by, at("11 12:00"));
  assert_int_equal(support_request_response(&request, at("11 12:30")), PROMISE_OVERDUE);
  support_request_step_take(&request, STEP_ANSWERED, ME, at("11 12:30"));
  support_request_count(&request, NULL, 0, LEAD);
  assert_int_equal(support_request_response(&request, at("11 12:31")), PROMISE_BROKEN);
  talloc_free(owner);
  (void)state;
}

/* Asked at 11:15, answered two days later at 9:15: 1 hour of 8 was used, so the rest ends at 8:15 of the Monday after. Only service time stands still. */
static void the_clock_waits_for_the_customer(void **state) {
  void *owner = talloc_new(NULL);
  SupportRequest request = taken(owner);
  const SupportRequestEntry entries[] = {{.kind = STEP_TAKEN_IN, .at = at("11 10:15")}, {.kind = STEP_ASKED, .at = at("11 11:15")}, {.kind = STEP_NOTED, .at = at("12 09:00")}, {.kind = STEP_RESUMED, .at = at("13 09:15")}};
  ServiceWait waits[4];
  unsigned count = support_request_waits(entries, 2, waits);
  assert_int_equal(count, 1);
  support_request_step_take(&request, STEP_ASKED, ME, at("11 11:15"));
  support_request_count(&request, waits, count, LEAD);
  assert_int_equal(request.state, REQUEST_WAITING);
  assert_int_equal(request.restore_by, SERVICE_NEVER);
  assert_int_equal(request.queue_at, at("11 11:15"));
  assert_int_equal(request.remind_at, SERVICE_NEVER);
  assert_int_equal(support_request_restore(&request, at("20 10:00")), PROMISE_RUNNING);
  assert_int_equal(support_request_left(&request, waits, count, at("13 09:00")), 7 * 3600);

  count = support_request_waits(entries, 4, waits);
  assert_int_equal(count, 1);
  assert_int_equal(waits[0].to, at("13 09:15"));
  support_request_step_take(&request, STEP_RESUMED, ME, at("13 09:15"));
  support_request_count(&request, waits, count, LEAD);
  assert_int_equal(request.state, REQUEST_OPEN);
  assert_int_equal(request.restore_by, at("16 08:15"));
  assert_int_equal(support_request_left(&request, waits, count, at("13 16:15")), 3600);
  talloc_free(owner);
  (void)state;
}

/* Waiting hides no deadline that had passed before. */
static void what_was_late_before_it_waited_stays_late(void **state) {
  void *owner = talloc_new(NULL);
  SupportRequest request = taken(owner);
  const SupportRequestEntry entries[] = {{.kind = STEP_TAKEN_IN, .at = at("11 10:15")}, {.kind = STEP_ASKED, .at = at("12 11:00")}};
  ServiceWait waits[2];
  unsigned count = support_request_waits(entries, 2, waits);
  support_request_step_take(&request, STEP_ASKED, ME, at("12 11:00"));
  support_request_count(&request, waits, count, LEAD);
  assert_int_equal(request.restore_by, at("12 10:15"));
  assert_int_equal(support_request_restore(&request, at("12 11:00")), PROMISE_OVERDUE);
  talloc_free(owner);
  (void)state;
}

static void a_solution_ends_the_clock_and_reopening_lets_it_run_on(void **state) {
  void *owner = talloc_new(NULL);
  SupportRequest request = taken(owner);
  const SupportRequestEntry entries[] = {{.kind = STEP_TAKEN_IN, .at = at("11 10:15")}, {.kind = STEP_SOLVED, .at = at("11 11:45")}, {.kind = STEP_REOPENED, .at = at("12 14:00")}};
  ServiceWait waits[3];
  unsigned count = support_request_waits(entries, 2, waits);
  support_request_step_take(&request, STEP_SOLVED, ME, at("11 11:45"));
  support_request_count(&request, waits, count, LEAD);
  assert_int_equal(request.restore_seconds, 90 * 60);
  assert_int_equal(request.response_seconds, 90 * 60);
  assert_int_equal(request.queue_at, at("11 11:45"));
  assert_int_equal(support_request_restore(&request, at("20 10:00")), PROMISE_KEPT);
  assert_int_equal(support_request_response(&request, at("20 10:00")), PROMISE_KEPT);

  count = support_request_waits(entries, 3, waits);
  support_request_step_take(&request, STEP_REOPENED, COLLEAGUE, at("12 14:00"));
  support_request_count(&request, waits, count, LEAD);
  assert_int_equal(request.state, REQUEST_OPEN);
  assert_int_equal(request.solved_at, SERVICE_NEVER);
  /* Six and a half hours of eight are left: three that day, and three and a half of the next. */
  assert_int_equal(request.restore_by, at("13 11:30"));
  talloc_free(owner);
  (void)state;
}

static void solved_too_late_or_while_it_waited(void **state) {
  void *owner = talloc_new(NULL);
  SupportRequest late = taken(owner);
  const SupportRequestEntry solved[] = {{.kind = STEP_TAKEN_IN, .at = at("11 10:15")}, {.kind = STEP_SOLVED, .at = at("12 10:16")}};
  ServiceWait waits[3];
  unsigned count = support_request_waits(solved, 2, waits);
  support_request_step_take(&late, STEP_SOLVED, ME, at("12 10:16"));
  support_request_count(&late, waits, count, LEAD);
  assert_int_equal(support_request_restore(&late, at("12 10:16")), PROMISE_BROKEN);

  SupportRequest waiting = taken(owner);
  const SupportRequestEntry asked[] = {{.kind = STEP_TAKEN_IN, .at = at("11 10:15")}, {.kind = STEP_ASKED, .at = at("11 11:15")}, {.kind = STEP_SOLVED, .at = at("20 09:00")}};
  support_request_step_take(&waiting, STEP_ASKED, ME, at("11 11:15"));
  support_request_step_take(&waiting, STEP_SOLVED, ME, at("20 09:00"));
  count = support_request_waits(asked, 3, waits);
  support_request_count(&waiting, waits, count, LEAD);
  assert_int_equal(waiting.restore_seconds, 3600);
  assert_int_equal(support_request_restore(&waiting, at("20 09:00")), PROMISE_KEPT);
  talloc_free(owner);
  (void)state;
}

/* Steps of an open, a waiting and a solved request that I work on. */
static void steps_fit_their_state(void **state) {
  static const char *const FIT[REQUEST_STATE_COUNT] = {
      "released answered asked passed_on handed_back solved noted ",
      "released answered resumed passed_on handed_back solved noted ",
      "reopened noted ",
  };
  for (int request_state = 0; request_state < REQUEST_STATE_COUNT; request_state++) {
    SupportRequest request = {.state = (SupportRequestState)request_state, .user_id = ME};
    GString *fit = g_string_new(NULL);
    for (int step = 0; step < STEP_COUNT; step++) {
      if (support_request_step_fits(&request, (SupportRequestStep)step, ME)) g_string_append_printf(fit, "%s ", support_request_step_name((SupportRequestStep)step));
    }
    assert_string_equal(fit->str, FIT[request_state]);
    g_string_free(fit, TRUE);
  }
  SupportRequest free_one = {.state = REQUEST_OPEN};
  SupportRequest theirs = {.state = REQUEST_OPEN, .user_id = COLLEAGUE};
  assert_true(support_request_step_fits(&free_one, STEP_TAKEN, ME));
  assert_false(support_request_step_fits(&free_one, STEP_RELEASED, ME));
  assert_true(support_request_step_fits(&theirs, STEP_TAKEN, ME));
  (void)state;
}

static void passing_on_frees_it_for_the_queue(void **state) {
  SupportRequest request = {.state = REQUEST_OPEN, .user_id = ME};
  support_request_step_take(&request, STEP_PASSED_ON, ME, at("11 11:00"));
  assert_int_equal(request.user_id, 0);
  assert_int_equal(request.responded_at, SERVICE_NEVER);
  assert_int_equal(support_request_step_by_name("passed_on"), STEP_PASSED_ON);
  assert_int_equal(support_request_step_by_name("gone"), -1);
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(deadlines_are_counted_in_service_time),
      cmocka_unit_test(a_short_deadline_is_reminded_of_at_its_half),
      cmocka_unit_test(without_a_promise_it_stands_behind_all_deadlines),
      cmocka_unit_test(the_first_answer_is_the_response_and_the_next_deadline_follows),
      cmocka_unit_test(each_deadline_is_reminded_of_once),
      cmocka_unit_test(a_deadline_that_waiting_left_alone_is_not_reminded_of_again),
      cmocka_unit_test(a_deadline_counts_as_it_was_shown),
      cmocka_unit_test(the_clock_waits_for_the_customer),
      cmocka_unit_test(what_was_late_before_it_waited_stays_late),
      cmocka_unit_test(a_solution_ends_the_clock_and_reopening_lets_it_run_on),
      cmocka_unit_test(solved_too_late_or_while_it_waited),
      cmocka_unit_test(steps_fit_their_state),
      cmocka_unit_test(passing_on_frees_it_for_the_queue),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
