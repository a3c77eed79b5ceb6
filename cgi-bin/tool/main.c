/* main.c: the table of commands, and how their errors are told: one line, and an exit status that isn't 0. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

#include "domain/places.h"
#include "tool/command.h"

static const struct {
  const char *name;
  CommandRun run;
  bool patient; /* may take as long as it takes */
  const char *help;
} COMMANDS[] = {
    {"backup", backup_command, true, "--directory DIR [--keep N]         the whole database with its history into a file; --keep: only so many of the newest stay"},
    {"check", check_command, false, "                                  whether the database answers"},
    {"config", config_command, false, "[--file]                         every setting, its value and where that comes from; --file: a settings file with the defaults, to be changed"},
    {"export", export_command, true, "[QUERY]                          contracts as CSV; QUERY as in the address of /contracts"},
    {"generate", generate_command, true, "--contracts N [--seed N]       a made-up company of any size, for trying and measuring"},
    {"import", import_command, true, "FILE.csv [--good-lines] [--dry-run]  contracts from a table (CSV or XLSX): all or nothing, or the good lines; --dry-run only checks\n"
                                   "                                           --rejected FILE.csv gets the bad lines to mend; --undo NUMBER takes an import back\n"
                                   "                                           --column HEAD=FIELD, --level WORD=CODE, --type WORD=CODE, --responsible WORD=NAME: what a head or a\n"
                                   "                                           word means (nothing behind the sign: passed over, none); --create: levels and types nobody knows\n"
                                   "                                           --separator , | ; | tab, --encoding, --decimal comma | point, --days day-first | month-first, --sheet N"},
    {"migrate", migrate_command, true, "[--directory DIR]               bring the database's tables up to date"},
    {"remind", remind_command, true, "[--dry-run] [--requests]         e-mail the deadlines that come up to those responsible, once for each step; --requests: only those of support requests"},
    {"restore", restore_command, true, "FILE [--overwrite] [--migrations DIR]  a backup back into an empty database, or into one whose contracts may be lost; then as migrate"},
    {"roll", roll_command, true, "                                   bring terms and deadlines up to today"},
    {"setup-link", setup_link_command, false, "                             the address at which the first administrator creates the own account, while there is no user; good once, for 24 hours"},
    {"user", user_command, false, "list | add NAME --role ROLE | password NAME | role NAME ROLE | email NAME ADDRESS | disable NAME | enable NAME | revoke NAME\n"
                                  "                                           passwords are read from standard input; add: also --display-name NAME, --email ADDRESS, and --no-password for\n"
                                  "                                           who signs in at the web server; revoke ends sessions, access tokens and calendar addresses"},
};

static void print_help(FILE *file) {
  fputs("Usage: supportlevel COMMAND …\n\n", file);
  for (unsigned i = 0; i < G_N_ELEMENTS(COMMANDS); i++) fprintf(file, "  %s %s\n", COMMANDS[i].name, COMMANDS[i].help);
  fprintf(file, "\nSettings come from the file that SUPPORTLEVEL_CONFIG names%s and from the environment (SUPPORTLEVEL_DATABASE_URL …).\n",
          PLACE_OF_SETTINGS[0] != '\0' ? ", else " PLACE_OF_SETTINGS "," : "");
}

bool command_options(char **words, const void *entries, unsigned least, unsigned most, char ***rest, GError **error) {
  GError *problem = NULL;
  GOptionContext *context = g_option_context_new(NULL);
  char *program[] = {(char[]){"supportlevel"}, NULL};
  unsigned count = g_strv_length(words);
  char **all = g_new0(char *, count + 2);
  all[0] = g_strdup(program[0]);
  for (unsigned i = 0; i < count; i++) all[i + 1] = g_strdup(words[i]);
  g_option_context_set_help_enabled(context, FALSE);
  if (entries != NULL) g_option_context_add_main_entries(context, entries, NULL);
  bool good = g_option_context_parse_strv(context, &all, &problem);
  unsigned left = good ? g_strv_length(all) - 1 : 0;
  if (!good) g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, problem->message);
  else if (left < least || left > most) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, left < least ? "something is missing behind the command" : "one word too many: %s", left > most ? all[most + 1] : "");
  g_clear_error(&problem);
  g_option_context_free(context);
  good = good && left >= least && left <= most;
  *rest = good ? all : NULL;
  if (!good) g_strfreev(all);
  return good;
}

void command_progress(const char *what, guint64 done, guint64 all) {
  static int shown = -1;
  int percent = all > 0 ? (int)(done * 100 / all) : 100;
  if (percent == shown || !isatty(STDERR_FILENO)) return;
  shown = percent;
  fprintf(stderr, "\r%s: %d %%%s", what, percent, percent >= 100 ? "\n" : "");
  if (percent >= 100) shown = -1;
}

static bool run(unsigned command, char **words, GError **error) {
  Tool tool = {0};
  void *owner = talloc_new(NULL);
  tool.settings = settings_read(owner, error);
  tool.database = tool.settings != NULL ? database_new(owner, settings_text(tool.settings, SETTING_DATABASE_URL), error) : NULL;
  if (tool.database != NULL) database_act_as(tool.database, talloc_asprintf(owner, "%s (%s)", COMMANDS[command].name, g_get_user_name()));
  if (tool.database != NULL && COMMANDS[command].patient) database_be_patient(tool.database);
  bool done = tool.database != NULL && COMMANDS[command].run(&tool, words, error);
  talloc_free(owner);
  return done;
}

int main(int argument_count, char **arguments) {
  GError *error = NULL;
  unsigned command = 0;
  setlocale(LC_CTYPE, ""); /* what stands in arguments */
  setlocale(LC_MESSAGES, "");
  bool asks = argument_count > 1 && (strcmp(arguments[1], "help") == 0 || strcmp(arguments[argument_count - 1], "--help") == 0);
  if (asks) {
    print_help(stdout);
    return EXIT_SUCCESS;
  }
  while (argument_count > 1 && command < G_N_ELEMENTS(COMMANDS) && strcmp(COMMANDS[command].name, arguments[1]) != 0) command++;
  if (argument_count < 2 || command == G_N_ELEMENTS(COMMANDS)) {
    print_help(stderr);
    return 2;
  }
  if (run(command, arguments + 2, &error)) return EXIT_SUCCESS;
  fflush(stdout);
  fprintf(stderr, "supportlevel: %s\n", error != NULL ? error->message : "failed");
  bool misused = error_is(error, ERROR_BAD_REQUEST);
  g_clear_error(&error);
  return misused ? 2 : EXIT_FAILURE;
}
