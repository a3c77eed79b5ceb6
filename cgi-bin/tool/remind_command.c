/* remind: e-mails each responsible user the notice deadlines that come up, 90, 30 and 7 days before, and the queues of support requests theirs. */
#include <stdio.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

#include "domain/contract_terms.h"
#include "repository/reminder_repository.h"
#include "tool/command.h"
#include "tool/post.h"
#include "tool/remind_requests.h"
#include "tool/texts.h"

typedef struct {
  Tool *tool;
  Day today;
  const Post *post;
  guint64 orphans;
  guint64 mails;
  guint64 deadlines;
  guint64 failed; /* e-mails that could not be handed over */
} Reminding;

/* ---- the e-mail ---- */

typedef struct {
  Reminding *reminding;
  void *owner;
  Language language;
  GString *text;
} Letter;

#define TEXT(letter, ...) texts_in((letter)->owner, (letter)->reminding->tool->settings, (letter)->language, __VA_ARGS__)

static const char *weekday_text(const Letter *letter, Day day) {
  return TEXT(letter, talloc_asprintf(letter->owner, "weekday.%d", day_weekday(day)), NULL);
}

static const char *day_text(const Letter *letter, Day day) { return language_day(letter->owner, letter->language, day); }

static void add_line(const Letter *letter, const char *line) { g_string_append_printf(letter->text, "  %s\n", line); }

static void add_deadline(const Letter *letter, Day deadline) {
  Day working = settings_working_day(letter->reminding->tool->settings, deadline);
  int left = deadline - letter->reminding->today;
  const char *key = left == 0 ? "remind.deadline_today" : left == 1 ? "remind.deadline_one" : "remind.deadline";
  add_line(letter, TEXT(letter, key, weekday_text(letter, deadline), day_text(letter, deadline), talloc_asprintf(letter->owner, "%d", left), NULL));
  if (working != deadline) add_line(letter, TEXT(letter, "remind.weekend", weekday_text(letter, working), day_text(letter, working), NULL));
}

static void add_contract(const Letter *letter, const Contract *contract) {
  const char *const *values = contract->values;
  Day deadline = contract->terms.notice_by;
  TermFacts facts = contract_term_facts(contract);
  const char *path = talloc_asprintf(letter->owner, "/contracts/%" G_GINT64_FORMAT, contract->id);
  const char *address = settings_address(letter->owner, letter->reminding->tool->settings, path);
  g_string_append_printf(letter->text, "%s\n", TEXT(letter, "remind.contract", values[CONTRACT_NUMBER], values[CONTRACT_TITLE], NULL));
  add_line(letter, TEXT(letter, "remind.customer", values[CONTRACT_CUSTOMER_NAME], values[CONTRACT_CUSTOMER_NUMBER], NULL));
  add_deadline(letter, deadline);
  add_line(letter, TEXT(letter, "remind.otherwise", day_text(letter, contract_notice_end(&facts, deadline + 1)), day_text(letter, contract_notice_end(&facts, deadline)), NULL));
  if (address[0] != '\0') add_line(letter, address);
  g_string_append_c(letter->text, '\n');
}

static const char *subject_of(const Letter *letter, const ReminderBatch *batch) {
  const Contract *first = batch->contracts[0];
  const char *day = day_text(letter, first->terms.notice_by);
  if (batch->count == 1) return TEXT(letter, "remind.subject_one", day, first->values[CONTRACT_NUMBER], NULL);
  return TEXT(letter, "remind.subject", talloc_asprintf(letter->owner, "%u", batch->count), day, NULL);
}

static void write_letter(const Letter *letter, const UserRow *recipient, const ReminderBatch *batch) {
  bool named = recipient->id != 0;
  g_string_append_printf(letter->text, "%s\n\n", named ? TEXT(letter, "remind.greeting", recipient->display_name, NULL) : TEXT(letter, "remind.greeting_fallback", NULL));
  g_string_append_printf(letter->text, "%s\n\n", TEXT(letter, named ? "remind.intro" : "remind.intro_fallback", NULL));
  for (unsigned i = 0; i < batch->count; i++) add_contract(letter, batch->contracts[i]);
  g_string_append_printf(letter->text, "%s\n", TEXT(letter, "remind.outro", NULL));
}

/* ---- handing over ---- */

/* False only when the database fails; an e-mail that isn't taken is counted and tried again by the next run. */
static bool send_batch(Reminding *reminding, void *owner, const UserRow *recipient, const ReminderBatch *batch, bool *accepted, GError **error) {
  GError *problem = NULL;
  int language = language_by_code(recipient->language);
  Letter letter = {reminding, owner, language >= 0 ? (Language)language : LANGUAGE_GERMAN, g_string_new(NULL)};
  write_letter(&letter, recipient, batch);
  Mail mail = {.from_name = TEXT(&letter, "product", NULL),
               .to = recipient->id != 0 ? recipient->email : reminding->post->fallback,
               .to_name = recipient->id != 0 ? recipient->display_name : "",
               .subject = subject_of(&letter, batch),
               .language = language_code(letter.language),
               .text = letter.text->str};
  *accepted = post_hand_over(reminding->post, owner, &mail, &problem);
  g_string_free(letter.text, TRUE);
  if (*accepted) {
    reminding->mails++;
    reminding->deadlines += batch->count;
    return reminder_repository_sent(reminding->tool->database, batch->claim, error);
  }
  reminding->failed++;
  fprintf(stderr, "supportlevel: the reminder for %s could not be handed over: %s\n", recipient->id != 0 ? recipient->name : "mail_fallback", problem->message);
  g_error_free(problem);
  return reminder_repository_release(reminding->tool->database, batch->claim, error);
}

static bool remind_recipient(Reminding *reminding, const UserRow *recipient, GError **error) {
  bool done = true;
  for (bool more = true; done && more;) {
    void *owner = talloc_new(NULL);
    bool accepted = false;
    ReminderBatch *batch = reminder_repository_claim(reminding->tool->database, owner, recipient->id, reminding->today, error);
    done = batch != NULL && (batch->count == 0 || send_batch(reminding, owner, recipient, batch, &accepted, error));
    more = accepted;
    talloc_free(owner);
  }
  return done;
}

static bool remind(Reminding *reminding, GError **error) {
  void *owner = talloc_new(NULL);
  Database *database = reminding->tool->database;
  bool fallback = reminding->post->fallback[0] != '\0';
  bool done = reminder_repository_note(database, reminding->today, fallback, &reminding->orphans, error);
  ReminderRecipients *recipients = done ? reminder_repository_recipients(database, owner, reminding->today, error) : NULL;
  done = recipients != NULL;
  for (unsigned i = 0; done && i < recipients->count; i++) {
    if (recipients->items[i].id != 0 || fallback) done = remind_recipient(reminding, &recipients->items[i], error);
  }
  talloc_free(owner);
  return done;
}

/* Everything happens as it would, in a transaction that is taken back. */
static bool remind_dry(Database *database, void *context, GError **error) {
  Reminding *reminding = context;
  (void)database;
  reminding->mails = reminding->deadlines = 0;
  g_string_truncate(reminding->post->shown, 0);
  if (remind(reminding, error)) g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_FIELD, "dry run");
  return false;
}

static bool run_dry(Reminding *reminding, GError **error) {
  GError *problem = NULL;
  database_transaction(reminding->tool->database, remind_dry, reminding, &problem);
  bool done = error_is(problem, ERROR_FIELD);
  if (!done) g_propagate_error(error, g_steal_pointer(&problem));
  g_clear_error(&problem);
  return done;
}

static void print_sent(guint64 mails, guint64 count, const char *what, bool dry) {
  if (mails > 0) printf("%" G_GUINT64_FORMAT " e-mails with %" G_GUINT64_FORMAT " %s %s\n", mails, count, what, dry ? "would be sent" : "sent");
}

static void print_orphans(guint64 count, const char *what) {
  if (count == 0) return;
  fflush(stdout);
  fprintf(stderr, "supportlevel: %" G_GUINT64_FORMAT " %s, and mail_fallback is not set\n", count, what);
}

static bool report(const Reminding *reminding, const RequestsReminded *requests, GError **error) {
  bool dry = reminding->post->shown != NULL;
  guint64 failed = reminding->failed + requests->failed;
  if (dry) fputs(reminding->post->shown->str, stdout);
  print_sent(reminding->mails, reminding->deadlines, "deadlines", dry);
  print_sent(requests->mails, requests->requests, "support requests", dry);
  print_orphans(reminding->orphans, "deadlines have nobody to remind: no responsible user with an e-mail address");
  print_orphans(requests->orphans, "support requests have nobody to remind: nobody with an e-mail address works on them or at their level");
  if (failed == 0) return true;
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_PASSING, "%" G_GUINT64_FORMAT " reminders could not be sent; the next run tries again", failed);
  return false;
}

static bool remind_contracts(Reminding *reminding, GError **error) {
  guint64 rolled = 0;
  /* Deadlines are those of today, whether or not roll has run. */
  if (!contract_repository_roll(reminding->tool->database, reminding->today, &rolled, error)) return false;
  return reminding->post->shown != NULL ? run_dry(reminding, error) : remind(reminding, error);
}

bool remind_command(Tool *tool, char **words, GError **error) {
  gboolean dry = FALSE;
  gboolean only_requests = FALSE;
  char **rest = NULL;
  const GOptionEntry entries[] = {
      {"dry-run", 0, 0, G_OPTION_ARG_NONE, &dry, NULL, NULL}, {"requests", 0, 0, G_OPTION_ARG_NONE, &only_requests, NULL, NULL}, G_OPTION_ENTRY_NULL};
  if (!command_options(words, entries, 0, 0, &rest, error)) return false;
  g_strfreev(rest);
  void *owner = talloc_new(NULL);
  Reminding reminding = {.tool = tool, .today = settings_today(tool->settings), .post = post_new(owner, tool->settings, dry)};
  RequestsReminded requests = {0};
  bool done = (only_requests || remind_contracts(&reminding, error)) && remind_requests(tool, reminding.post, &requests, error);
  done = done && report(&reminding, &requests, error);
  talloc_free(owner);
  return done;
}
