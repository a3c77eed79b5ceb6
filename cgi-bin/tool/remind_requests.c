#include "tool/remind_requests.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>

#include "domain/moment.h"
#include "repository/support_request_reminder.h"
#include "tool/texts.h"

#define MOST 500 /* requests of one run */

/* Of a request that is due: nobody's yet, this run's, told somebody of, or another run's. */
typedef enum { DUE_FREE, DUE_MINE, DUE_TOLD, DUE_OTHERS } DueState;

typedef struct {
  Tool *tool;
  const Post *post;
  void *owner;
  gint64 now;
  const SupportRequestReminders *due;
  DueState *states; /* by place in `due` */
  RequestsReminded *reminded;
} Run;

typedef struct {
  const Run *run;
  Language language;
  GString *text;
} Letter;

#define TEXT(letter, ...) texts_in((letter)->run->owner, (letter)->run->tool->settings, (letter)->language, __VA_ARGS__)

/* ---- the e-mail ---- */

static const char *moment_text(const Letter *letter, const SupportRequest *request, gint64 moment) {
  const char *zone = request->calendar != NULL ? request->calendar->time_zone : settings_text(letter->run->tool->settings, SETTING_TIME_ZONE);
  WallTime wall = moment_wall_time(zone, moment);
  const char *weekday = TEXT(letter, talloc_asprintf(letter->run->owner, "weekday.%d", day_weekday(wall.day)), NULL);
  return talloc_asprintf(letter->run->owner, "%s, %s, %s", weekday, language_day(letter->run->owner, letter->language, wall.day), wall.time);
}

static void add_line(const Letter *letter, const char *line) { g_string_append_printf(letter->text, "  %s\n", line); }

static void add_request(const Letter *letter, const SupportRequest *request) {
  const char *number = talloc_asprintf(letter->run->owner, "%" G_GINT64_FORMAT, request->id);
  const char *address = settings_address(letter->run->owner, letter->run->tool->settings, talloc_asprintf(letter->run->owner, "/requests/%s", number));
  g_string_append_printf(letter->text, "%s\n", TEXT(letter, "remind_requests.request", number, request->subject, NULL));
  add_line(letter, TEXT(letter, "remind.customer", request->customer_name, request->customer_number, NULL));
  if (request->responded_at == SERVICE_NEVER && request->respond_by != SERVICE_NEVER) add_line(letter, TEXT(letter, "remind_requests.respond", moment_text(letter, request, request->respond_by), NULL));
  if (request->restore_by != SERVICE_NEVER) add_line(letter, TEXT(letter, "remind_requests.restore", moment_text(letter, request, request->restore_by), NULL));
  add_line(letter, TEXT(letter, "remind_requests.queue", request->level_code, request->user_name != NULL ? request->user_name : TEXT(letter, "request.nobody", NULL), NULL));
  if (address[0] != '\0') add_line(letter, address);
  g_string_append_c(letter->text, '\n');
}

typedef struct {
  const char *email;
  const char *name; /* "": the fallback's */
  const char *language;
  GArray *places; /* in `due` */
} Recipient;

static SupportRequest *request_of(const Run *run, const Recipient *recipient, unsigned i) { return run->due->items[g_array_index(recipient->places, unsigned, i)].request; }

/* The next deadline of all that a recipient is told of. */
static const SupportRequest *most_urgent(const Run *run, const Recipient *recipient) {
  const SupportRequest *first = request_of(run, recipient, 0);
  for (unsigned i = 1; i < recipient->places->len; i++) {
    if (request_of(run, recipient, i)->queue_at < first->queue_at) first = request_of(run, recipient, i);
  }
  return first;
}

static bool send_letter(Run *run, const Recipient *recipient) {
  GError *problem = NULL;
  int known = language_by_code(recipient->language);
  bool named = recipient->name[0] != '\0';
  unsigned count = recipient->places->len;
  Letter letter = {run, known >= 0 ? (Language)known : LANGUAGE_GERMAN, g_string_new(NULL)};
  const SupportRequest *first = most_urgent(run, recipient);
  g_string_append_printf(letter.text, "%s\n\n", named ? TEXT(&letter, "remind.greeting", recipient->name, NULL) : TEXT(&letter, "remind.greeting_fallback", NULL));
  g_string_append_printf(letter.text, "%s\n\n", TEXT(&letter, named ? "remind_requests.intro" : "remind_requests.intro_fallback", NULL));
  for (unsigned i = 0; i < count; i++) add_request(&letter, request_of(run, recipient, i));
  Mail mail = {.from_name = TEXT(&letter, "product", NULL),
               .to = recipient->email,
               .to_name = recipient->name,
               .subject = TEXT(&letter, count == 1 ? "remind_requests.subject_one" : "remind_requests.subject", talloc_asprintf(run->owner, "%u", count), moment_text(&letter, first, first->queue_at), NULL),
               .language = language_code(letter.language),
               .text = letter.text->str};
  bool accepted = post_hand_over(run->post, run->owner, &mail, &problem);
  g_string_free(letter.text, TRUE);
  if (accepted) {
    run->reminded->mails++;
    return true;
  }
  run->reminded->failed++;
  fprintf(stderr, "supportlevel: the reminder for %s could not be handed over: %s\n", recipient->email, problem->message);
  g_error_free(problem);
  return false;
}

/* ---- all of them ---- */

static void recipient_free(gpointer recipient) {
  g_array_free(((Recipient *)recipient)->places, TRUE);
  g_free(recipient);
}

/* Several people may share a mailbox: it gets each request once. */
static void add_place(GPtrArray *recipients, const char *email, const char *name, const char *language, unsigned place) {
  Recipient *recipient = NULL;
  for (unsigned i = 0; i < recipients->len && recipient == NULL; i++) {
    Recipient *one = g_ptr_array_index(recipients, i);
    if (strcmp(one->email, email) == 0) recipient = one;
  }
  if (recipient == NULL) {
    recipient = g_new0(Recipient, 1);
    *recipient = (Recipient){email, name, language, g_array_new(FALSE, FALSE, sizeof(unsigned))};
    g_ptr_array_add(recipients, recipient);
  }
  guint count = recipient->places->len;
  if (count == 0 || g_array_index(recipient->places, unsigned, count - 1) != place) g_array_append_val(recipient->places, place);
}

static GPtrArray *recipients_of(const Run *run) {
  GPtrArray *recipients = g_ptr_array_new_with_free_func(recipient_free);
  for (unsigned place = 0; place < run->due->count; place++) {
    const SupportRequestReminder *reminder = &run->due->items[place];
    for (unsigned i = 0; i < reminder->recipient_count; i++) add_place(recipients, reminder->recipients[i].email, reminder->recipients[i].name, reminder->recipients[i].language, place);
    if (reminder->recipient_count == 0) add_place(recipients, run->post->fallback, "", "", place);
  }
  return recipients;
}

/* Makes a recipient's requests this run's, and takes those out that another run has. */
static bool claim(Run *run, const Recipient *recipient, GError **error) {
  for (unsigned i = 0; i < recipient->places->len;) {
    unsigned place = g_array_index(recipient->places, unsigned, i);
    bool mine = run->post->shown != NULL || run->states[place] == DUE_MINE || run->states[place] == DUE_TOLD;
    if (!mine && run->states[place] == DUE_FREE && !support_request_reminder_claim(run->tool->database, run->due->items[place].request->id, run->now, &mine, error)) return false;
    if (run->states[place] == DUE_FREE) run->states[place] = mine ? DUE_MINE : DUE_OTHERS;
    if (mine) i++;
    else g_array_remove_index(recipient->places, i);
  }
  return true;
}

/* Noted at once, so that what ends this run makes nobody be told twice. */
static bool note_told(Run *run, const Recipient *recipient, GError **error) {
  gint64 lead = settings_number(run->tool->settings, SETTING_REQUEST_LEAD);
  for (unsigned i = 0; i < recipient->places->len; i++) {
    DueState *state = &run->states[g_array_index(recipient->places, unsigned, i)];
    run->reminded->requests += *state != DUE_TOLD;
    if (*state != DUE_TOLD && run->post->shown == NULL && !support_request_reminder_sent(run->tool->database, request_of(run, recipient, i)->id, run->now, lead, error)) return false;
    *state = DUE_TOLD;
  }
  return true;
}

static bool tell_all(Run *run, GError **error) {
  GPtrArray *recipients = recipients_of(run);
  bool done = true;
  for (unsigned i = 0; i < recipients->len && done; i++) {
    const Recipient *recipient = g_ptr_array_index(recipients, i);
    done = claim(run, recipient, error);
    if (done && recipient->places->len > 0 && send_letter(run, recipient)) done = note_told(run, recipient, error);
  }
  g_ptr_array_unref(recipients);
  for (unsigned place = 0; done && place < run->due->count; place++) {
    if (run->states[place] == DUE_MINE && run->post->shown == NULL) done = support_request_reminder_release(run->tool->database, run->due->items[place].request->id, error);
  }
  return done;
}

bool remind_requests(Tool *tool, const Post *post, RequestsReminded *reminded, GError **error) {
  void *owner = talloc_new(NULL);
  Run run = {.tool = tool, .post = post, .owner = owner, .now = settings_now(tool->settings), .reminded = reminded};
  run.due = support_request_reminder_due(tool->database, owner, run.now, MOST, post->fallback[0] != '\0', error);
  bool done = run.due != NULL;
  if (done) {
    run.states = talloc_zero_array(owner, DueState, run.due->count + 1);
    reminded->orphans = run.due->orphans;
    reminded->failed = run.due->unreadable;
    if (run.due->unreadable > 0) fprintf(stderr, "supportlevel: %s\n", run.due->problem);
    done = tell_all(&run, error);
  }
  talloc_free(owner);
  return done;
}
