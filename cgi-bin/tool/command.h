/* tool: the `supportlevel` command, for administrators and timers. Uses repository, domain and format; texts come from the language files.
 *
 * command.h: what main.c hands to a command. */
#ifndef SUPPORTLEVEL_TOOL_COMMAND_H
#define SUPPORTLEVEL_TOOL_COMMAND_H

#include "domain/settings.h"
#include "repository/database.h"

typedef struct {
  const Settings *settings;
  Database *database;
} Tool;

/* A command is given what stands behind its name: `words` ends with NULL. It prints what it has done to standard output; what went wrong is the error. */
typedef bool (*CommandRun)(Tool *tool, char **words, GError **error);

bool backup_command(Tool *tool, char **words, GError **error);
bool check_command(Tool *tool, char **words, GError **error);
bool config_command(Tool *tool, char **words, GError **error);
bool export_command(Tool *tool, char **words, GError **error);
bool generate_command(Tool *tool, char **words, GError **error);
bool import_command(Tool *tool, char **words, GError **error);
bool migrate_command(Tool *tool, char **words, GError **error);
bool remind_command(Tool *tool, char **words, GError **error);
bool restore_command(Tool *tool, char **words, GError **error);
bool roll_command(Tool *tool, char **words, GError **error);
bool setup_link_command(Tool *tool, char **words, GError **error);
bool user_command(Tool *tool, char **words, GError **error);

/* Brings the database's tables up to date by the migrations in a directory; `*applied` gets how many it lacked. */
bool migrate_database(Tool *tool, const char *directory, unsigned *applied, GError **error);

/* Takes the options that `entries` describe out of `words` (a new vector in `*rest`, to be freed by g_strfreev) and checks that as many words are left
 * as `least` to `most`. ERROR_BAD_REQUEST says what is wrong. */
bool command_options(char **words, const void *entries, unsigned least, unsigned most, char ***rest, GError **error);

/* How far a long command is, on a terminal only: "import: 45 %", in one line that is written over. 100 % ends the line. */
void command_progress(const char *what, guint64 done, guint64 all);

#endif
