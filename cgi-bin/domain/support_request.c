#include "domain/support_request.h"

#include <string.h>
#include <talloc.h>

#define MINUTE 60

const Field support_request_fields[REQUEST_FIELD_COUNT] = {
    [REQUEST_FIELD_CONTRACT] = {"contract", NULL, FIELD_KEY, true, 40, NULL, "", "contract_id", "contract", "number", NULL},
    [REQUEST_FIELD_SUBJECT] = {"subject", NULL, FIELD_TEXT, true, 200, NULL, "", "subject", NULL, NULL, NULL},
    [REQUEST_FIELD_CALLER] = {"caller", NULL, FIELD_TEXT, false, 200, NULL, "", "caller", NULL, NULL, NULL},
    [REQUEST_FIELD_TEXT] = {"text", NULL, FIELD_LONG_TEXT, false, 10000, NULL, "", "text", NULL, NULL, NULL},
    [REQUEST_FIELD_LEVEL] = {"queue", NULL, FIELD_KEY, true, 20, NULL, "", "level_id", "support_level", "code", NULL},
};

const Field support_request_step_text = {"text", NULL, FIELD_LONG_TEXT, false, 10000, NULL, "", "text", NULL, NULL, NULL};

const char *support_request_state_name(SupportRequestState state) {
  static const char *const NAMES[REQUEST_STATE_COUNT] = {"open", "waiting", "solved"};
  return NAMES[state];
}

/* ---- steps ---- */

#define OPEN (1u << REQUEST_OPEN)
#define WAITING (1u << REQUEST_WAITING)
#define SOLVED (1u << REQUEST_SOLVED)

static const struct {
  const char *name;
  unsigned states; /* in which it can be taken */
  bool text;       /* must have one */
} STEPS[STEP_COUNT] = {
    [STEP_TAKEN_IN] = {"taken_in", 0, false},
    [STEP_TAKEN] = {"taken", OPEN | WAITING, false},
    [STEP_RELEASED] = {"released", OPEN | WAITING, false},
    [STEP_ANSWERED] = {"answered", OPEN | WAITING, true},
    [STEP_ASKED] = {"asked", OPEN, true},
    [STEP_RESUMED] = {"resumed", WAITING, false},
    [STEP_PASSED_ON] = {"passed_on", OPEN | WAITING, true},
    [STEP_HANDED_BACK] = {"handed_back", OPEN | WAITING, true},
    [STEP_SOLVED] = {"solved", OPEN | WAITING, true},
    [STEP_REOPENED] = {"reopened", SOLVED, true},
    [STEP_NOTED] = {"noted", OPEN | WAITING | SOLVED, true},
};

const char *support_request_step_name(SupportRequestStep step) { return STEPS[step].name; }

int support_request_step_by_name(const char *name) {
  for (int step = 0; step < STEP_COUNT; step++) {
    if (strcmp(STEPS[step].name, name) == 0) return step;
  }
  return -1;
}

bool support_request_step_needs_text(SupportRequestStep step) { return STEPS[step].text; }

bool support_request_step_fits(const SupportRequest *request, SupportRequestStep step, gint64 user_id) {
  if ((STEPS[step].states >> request->state & 1) == 0) return false;
  if (step == STEP_TAKEN) return request->user_id != user_id;
  if (step == STEP_RELEASED) return request->user_id != 0;
  return true;
}

void support_request_step_take(SupportRequest *request, SupportRequestStep step, gint64 user_id, gint64 now) {
  bool responds = step == STEP_ANSWERED || step == STEP_ASKED || step == STEP_SOLVED;
  if (responds && request->responded_at == SERVICE_NEVER) request->responded_at = now;
  if (step == STEP_TAKEN || (responds && request->user_id == 0)) request->user_id = user_id;
  if (step == STEP_RELEASED || step == STEP_PASSED_ON || step == STEP_HANDED_BACK) request->user_id = 0;
  if (step == STEP_ASKED) request->state = REQUEST_WAITING;
  if (step == STEP_RESUMED || step == STEP_REOPENED) request->state = REQUEST_OPEN;
  if (step == STEP_SOLVED) request->state = REQUEST_SOLVED;
  if (step == STEP_SOLVED) request->solved_at = now;
  if (step == STEP_REOPENED) request->solved_at = request->restore_seconds = 0;
}

/* ---- the clock ---- */

unsigned support_request_waits(const SupportRequestEntry *entries, unsigned count, ServiceWait *waits) {
  unsigned found = 0;
  bool stands = false;
  for (unsigned i = 0; i < count; i++) {
    SupportRequestStep kind = entries[i].kind;
    if (!stands && (kind == STEP_ASKED || kind == STEP_SOLVED)) {
      waits[found++] = (ServiceWait){entries[i].at, SERVICE_WAITING};
      stands = true;
    } else if (stands && (kind == STEP_RESUMED || kind == STEP_REOPENED)) {
      waits[found - 1].to = entries[i].at;
      stands = false;
    }
  }
  return found;
}

/* Service time between two moments, or time on the wall where there is no calendar, without what the clock stood still. */
static gint64 used_seconds(ServiceClock *clock, gint64 from, gint64 to, const ServiceWait *waits, unsigned wait_count) {
  gint64 used = clock != NULL ? service_clock_elapsed(clock, from, to) : to - from;
  for (unsigned i = 0; i < wait_count; i++) {
    gint64 begin = MAX(waits[i].from, from);
    gint64 end = MIN(waits[i].to, to);
    if (end > begin) used -= clock != NULL ? service_clock_elapsed(clock, begin, end) : end - begin;
  }
  return MAX(used, 0);
}

/* The earlier one, where there is one. */
static gint64 earlier(gint64 one, gint64 other) { return one == SERVICE_NEVER || (other != SERVICE_NEVER && other < one) ? other : one; }

/* What still has to be kept; SERVICE_NEVER where it is done, stands still, or was never promised. */
static gint64 pending_response(const SupportRequest *request) { return request->state == REQUEST_OPEN && request->responded_at == SERVICE_NEVER ? request->respond_by : SERVICE_NEVER; }
static gint64 pending_restore(const SupportRequest *request) { return request->state == REQUEST_OPEN ? request->restore_by : SERVICE_NEVER; }

typedef struct {
  ServiceClock *clock;
  const ServiceWait *waits;
  unsigned wait_count;
  gint64 lead;
} Reminding;

static gint64 reminder(const Reminding *reminding, const SupportRequest *request, gint64 minutes) {
  return service_clock_due(reminding->clock, request->taken_at, minutes - MIN(reminding->lead, minutes / 2), reminding->waits, reminding->wait_count);
}

static gint64 response_reminder(const Reminding *reminding, const SupportRequest *request) {
  return pending_response(request) != SERVICE_NEVER && !request->respond_reminded ? reminder(reminding, request, request->response_minutes) : SERVICE_NEVER;
}

static gint64 restore_reminder(const Reminding *reminding, const SupportRequest *request) {
  gint64 pending = pending_restore(request);
  return pending != SERVICE_NEVER && pending != request->restore_reminded ? reminder(reminding, request, request->restore_minutes) : SERVICE_NEVER;
}

static bool is_due(gint64 moment, gint64 now) { return moment != SERVICE_NEVER && moment <= now; }

void support_request_note_reminder(SupportRequest *request, const ServiceWait *waits, unsigned wait_count, gint64 lead, gint64 now) {
  void *scratch = talloc_new(NULL);
  Reminding reminding = {request->calendar != NULL ? service_clock_new(scratch, request->calendar) : NULL, waits, wait_count, lead};
  bool respond = is_due(response_reminder(&reminding, request), now);
  bool restore = is_due(restore_reminder(&reminding, request), now);
  request->respond_reminded = request->respond_reminded || respond;
  if (restore) request->restore_reminded = request->restore_by;
  request->remind_at = earlier(response_reminder(&reminding, request), restore_reminder(&reminding, request));
  talloc_free(scratch);
}

/* What waits has its end in the moment of the solution, for the times that were used. */
static unsigned waits_until(const ServiceWait *waits, unsigned count, gint64 end, ServiceWait *cut) {
  unsigned kept = 0;
  for (unsigned i = 0; i < count; i++) {
    if (waits[i].from < end) cut[kept++] = (ServiceWait){waits[i].from, MIN(waits[i].to, end)};
  }
  return kept;
}

void support_request_count(SupportRequest *request, const ServiceWait *waits, unsigned wait_count, gint64 lead) {
  void *scratch = talloc_new(NULL);
  ServiceClock *clock = request->calendar != NULL ? service_clock_new(scratch, request->calendar) : NULL;
  if (request->respond_by == SERVICE_NEVER) request->respond_by = service_clock_due(clock, request->taken_at, request->response_minutes, NULL, 0);
  if (request->responded_at != SERVICE_NEVER) request->response_seconds = used_seconds(clock, request->taken_at, request->responded_at, NULL, 0);
  if (request->state == REQUEST_SOLVED) {
    ServiceWait *cut = talloc_array(scratch, ServiceWait, wait_count + 1);
    unsigned count = waits_until(waits, wait_count, request->solved_at, cut);
    request->restore_seconds = used_seconds(clock, request->taken_at, request->solved_at, cut, count);
    request->restore_by = service_clock_due(clock, request->taken_at, request->restore_minutes, cut, count);
    request->queue_at = request->solved_at;
  } else if (request->state == REQUEST_WAITING) {
    request->restore_by = service_clock_due(clock, request->taken_at, request->restore_minutes, waits, wait_count); /* one that had passed before */
    request->queue_at = wait_count > 0 ? waits[wait_count - 1].from : request->taken_at;
  } else {
    request->restore_by = service_clock_due(clock, request->taken_at, request->restore_minutes, waits, wait_count);
    request->queue_at = earlier(pending_response(request), pending_restore(request));
    if (request->queue_at == SERVICE_NEVER) request->queue_at = REQUEST_FAR;
  }
  Reminding reminding = {clock, waits, wait_count, lead};
  request->remind_at = earlier(response_reminder(&reminding, request), restore_reminder(&reminding, request));
  talloc_free(scratch);
}

gint64 support_request_left(const SupportRequest *request, const ServiceWait *waits, unsigned wait_count, gint64 now) {
  void *scratch = talloc_new(NULL);
  ServiceClock *clock = service_clock_new(scratch, request->calendar);
  gint64 left = request->restore_minutes * MINUTE - used_seconds(clock, request->taken_at, now, waits, wait_count);
  talloc_free(scratch);
  return left;
}

/* ---- promises ---- */

static PromiseState promise(const SupportRequest *request, gint64 minutes, gint64 by, gint64 done_at, gint64 now) {
  bool stands = request->state == REQUEST_WAITING && done_at == SERVICE_NEVER;
  if (minutes == SERVICE_NO_PROMISE || (by == SERVICE_NEVER && !stands)) return PROMISE_NONE;
  if (done_at != SERVICE_NEVER) return done_at <= by ? PROMISE_KEPT : PROMISE_BROKEN;
  return by != SERVICE_NEVER && by < now ? PROMISE_OVERDUE : PROMISE_RUNNING;
}

PromiseState support_request_response(const SupportRequest *request, gint64 now) {
  return promise(request, request->response_minutes, request->respond_by, request->responded_at, now);
}

PromiseState support_request_restore(const SupportRequest *request, gint64 now) {
  return promise(request, request->restore_minutes, request->restore_by, request->solved_at, now);
}
