#include "tool/remind_requests.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>

#include "domain/moment.h"
#include "repository/support_request_reminder.h"
#include "tool/texts.h"

#define MOST 500 /* requests of one run */

typedef struct {
  Tool *tool;
  const Post *post;
  void *owner;
  gint64 now;
  const SupportRequestReminders *due;
  bool *told; /* by place in `due` */
  RequestsReminded *reminded;
} Run;

typedef struct {
  const Run *run;
  Language language;
  GString *text;
} Letter;

#define TEXT(letter, ...) texts_in((letter)->run->owner, (letter)->run->tool->settings, (letter)->language, __VA_ARGS__)

/* ---- the e-mail ---- */

static const char *moment_text(const Letter *letter, const SupportRequest *request) {
  const char *zone = request->calendar != NULL ? request->calendar->time_zone : settings_text(letter->run->tool->settings, SETTING_TIME_ZONE);
  WallTime wall = moment_wall_time(zone, request->queue_at);
  const char *weekday = TEXT(letter, talloc_asprintf(letter->run->owner, "weekday.%d", day_weekday(wall.day)), NULL);
  return talloc_asprintf(letter->run->owner, "%s, %s, %s", weekday, language_day(letter->run->owner, letter->language, wall.day), wall.time);
}

static void add_request(const Letter *letter, const SupportRequest *request) {
  bool respond = request->responded_at == REQUEST_NEVER && request->queue_at == request->respond_by;
  const char *number = talloc_asprintf(letter->run->owner, "%" G_GINT64_FORMAT, request->id);
  const char *address = settings_address(letter->run->owner, letter->run->tool->settings, talloc_asprintf(letter->run->owner, "/requests/%s", number));
  g_string_append_printf(letter->text, "%s\n", TEXT(letter, "remind_requests.request", number, request->subject, NULL));
  g_string_append_printf(letter->text, "  %s\n", TEXT(letter, "remind.customer", request->customer_name, request->customer_number, NULL));
  g_string_append_printf(letter->text, "  %s\n", TEXT(letter, respond ? "remind_requests.respond" : "remind_requests.restore", moment_text(letter, request), NULL));
  g_string_append_printf(letter->text, "  %s\n", TEXT(letter, "remind_requests.queue", request->level_code, request->user_name != NULL ? request->user_name : TEXT(letter, "request.nobody", NULL), NULL));
  if (address[0] != '\0') g_string_append_printf(letter->text, "  %s\n", address);
  g_string_append_c(letter->text, '\n');
}

/* One e-mail with all requests of a recipient, whose places in `due` are given. */
static void send_letter(Run *run, const char *email, const char *name, const char *language, const GArray *places) {
  GError *problem = NULL;
  int known = language_by_code(language);
  Letter letter = {run, known >= 0 ? (Language)known : LANGUAGE_GERMAN, g_string_new(NULL)};
  const SupportRequest *first = run->due->items[g_array_index(places, unsigned, 0)].request;
  g_string_append_printf(letter.text, "%s\n\n", name[0] != '\0' ? TEXT(&letter, "remind.greeting", name, NULL) : TEXT(&letter, "remind.greeting_fallback", NULL));
  g_string_append_printf(letter.text, "%s\n\n", TEXT(&letter, name[0] != '\0' ? "remind_requests.intro" : "remind_requests.intro_fallback", NULL));
  for (unsigned i = 0; i < places->len; i++) add_request(&letter, run->due->items[g_array_index(places, unsigned, i)].request);
  const char *count = talloc_asprintf(run->owner, "%u", places->len);
  Mail mail = {.from_name = TEXT(&letter, "product", NULL),
               .to = email,
               .to_name = name,
               .subject = TEXT(&letter, places->len == 1 ? "remind_requests.subject_one" : "remind_requests.subject", count, moment_text(&letter, first), NULL),
               .language = language_code(letter.language),
               .text = letter.text->str};
  if (post_hand_over(run->post, run->owner, &mail, &problem)) {
    run->reminded->mails++;
    for (unsigned i = 0; i < places->len; i++) run->told[g_array_index(places, unsigned, i)] = true;
  } else {
    run->reminded->failed++;
    fprintf(stderr, "supportlevel: the reminder for %s could not be handed over: %s\n", email, problem->message);
    g_error_free(problem);
  }
  g_string_free(letter.text, TRUE);
}

/* ---- all of them ---- */

typedef struct {
  const char *email;
  const char *name;
  const char *language;
  GArray *places;
} Recipient;

static void recipient_free(gpointer recipient) {
  g_array_free(((Recipient *)recipient)->places, TRUE);
  g_free(recipient);
}

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
  g_array_append_val(recipient->places, place);
}

static void send_all(Run *run) {
  GPtrArray *recipients = g_ptr_array_new_with_free_func(recipient_free);
  for (unsigned place = 0; place < run->due->count; place++) {
    const SupportRequestReminder *reminder = &run->due->items[place];
    for (unsigned i = 0; i < reminder->recipient_count; i++) add_place(recipients, reminder->recipients[i].email, reminder->recipients[i].name, reminder->recipients[i].language, place);
    if (reminder->recipient_count > 0) continue;
    if (run->post->fallback[0] != '\0') add_place(recipients, run->post->fallback, "", "", place);
    else run->reminded->orphans++;
  }
  for (unsigned i = 0; i < recipients->len; i++) {
    const Recipient *recipient = g_ptr_array_index(recipients, i);
    send_letter(run, recipient->email, recipient->name, recipient->language, recipient->places);
  }
  g_ptr_array_unref(recipients);
}

bool remind_requests(Tool *tool, const Post *post, RequestsReminded *reminded, GError **error) {
  void *owner = talloc_new(NULL);
  bool dry = post->shown != NULL;
  Run run = {.tool = tool, .post = post, .owner = owner, .now = settings_now(tool->settings), .reminded = reminded};
  run.due = support_request_reminder_due(tool->database, owner, run.now, MOST, !dry, error);
  bool done = run.due != NULL;
  if (done) {
    run.told = talloc_zero_array(owner, bool, run.due->count + 1);
    send_all(&run);
  }
  for (unsigned place = 0; done && place < run.due->count; place++) {
    gint64 id = run.due->items[place].request->id;
    reminded->requests += run.told[place];
    if (dry) continue;
    done = run.told[place] ? support_request_reminder_sent(tool->database, id, run.now, error) : support_request_reminder_release(tool->database, id, error);
  }
  talloc_free(owner);
  return done;
}
