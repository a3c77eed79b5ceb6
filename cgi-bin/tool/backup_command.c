/* `supportlevel backup`: the whole database, with its history, as of one moment, while people go on writing.
 *
 * mariadb-dump rather than mariadb-backup: by --single-transaction it reads all tables as they were when it began, which all being InnoDB makes enough; an account
 * that may read is enough for it, on whatever machine; and what it writes goes into any other server. Versions of rows come by --dump-history. */
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "repository/backup_repository.h"
#include "repository/migration_repository.h"
#include "tool/backup_file.h"
#include "tool/client_program.h"
#include "tool/command.h"

#define TRIGGER_BEGIN "/*!50003 CREATE*/ "
#define DEFINER_BEGIN "/*!50017 DEFINER="
#define DEFINER_END "`*/ "

/* A trigger belongs to whoever restores it: the account that made this one may not exist there, and only an administrator of the server could make one in its name. */
static const char *without_definer(char *line, gsize *length, unsigned *triggers) {
  if (!g_str_has_prefix(line, TRIGGER_BEGIN DEFINER_BEGIN)) return line;
  char *rest = strstr(line, DEFINER_END);
  if (rest == NULL) return line;
  rest += strlen(DEFINER_END) - strlen(TRIGGER_BEGIN);
  memmove(rest, TRIGGER_BEGIN, strlen(TRIGGER_BEGIN));
  *length -= (gsize)(rest - line);
  (*triggers)++;
  return rest;
}

static bool copy(FILE *dump, BackupFile *file, unsigned *triggers, GError **error) {
  char *line = NULL;
  size_t room = 0;
  bool done = true;
  for (ssize_t came = getline(&line, &room, dump); done && came >= 0; came = getline(&line, &room, dump)) {
    gsize length = (gsize)came;
    const char *kept = without_definer(line, &length, triggers);
    done = backup_file_write(file, kept, length, error);
  }
  free(line);
  return done;
}

static bool dump_into(Tool *tool, BackupFile *file, GError **error) {
  /* Bytes as hexadecimal digits: no character set can change them. Dates in UTC, as they are stored. */
  const char *arguments[] = {"--single-transaction", "--skip-lock-tables", "--dump-history", "--triggers", "--hex-blob", "--tz-utc", "--no-tablespaces", "--dump-date",
                             "--default-character-set=utf8mb4", "--max-allowed-packet=1G", "--", database_name(tool->database), NULL};
  ClientProgram dump;
  unsigned expected = 0;
  unsigned triggers = 0;
  if (!backup_repository_triggers(tool->database, &expected, error) || !client_program_start(&dump, tool->database, "mariadb-dump", arguments, CLIENT_WRITES, error)) return false;
  bool copied = copy(dump.pipe, file, &triggers, error);
  GError *reason = NULL;
  bool ended = client_program_end(&dump, &reason);
  /* When the disk is full the program ends since nobody reads on; that is not what is to be told. */
  if (copied && !ended) g_propagate_error(error, reason);
  else g_clear_error(&reason);
  if (copied && ended && triggers != expected) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "the backup has %u of the database's %u triggers", triggers, expected);
  return copied && ended && triggers == expected;
}

static bool backup(Tool *tool, const char *directory, int keep, GError **error) {
  unsigned removed = 0;
  BackupFile *file = backup_file_new(NULL, directory, database_name(tool->database), error);
  bool done = file != NULL && migration_repository_hold(tool->database, error) && dump_into(tool, file, error) && backup_file_finish(file, error);
  if (done) printf("%s: %" G_GUINT64_FORMAT " bytes\n", backup_file_path(file), backup_file_size(file));
  done = done && (keep == 0 || backup_file_prune(file, (unsigned)keep, &removed, error));
  if (removed > 0) printf("%u older ones removed\n", removed);
  talloc_free(file);
  return done;
}

bool backup_command(Tool *tool, char **words, GError **error) {
  char *directory = NULL;
  int keep = 0;
  char **rest = NULL;
  const GOptionEntry entries[] = {{"directory", 0, 0, G_OPTION_ARG_FILENAME, &directory, NULL, NULL}, {"keep", 0, 0, G_OPTION_ARG_INT, &keep, NULL, NULL}, G_OPTION_ENTRY_NULL};
  if (!command_options(words, entries, 0, 0, &rest, error)) return false;
  g_strfreev(rest);
  bool good = directory != NULL && keep >= 0;
  if (!good) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, directory == NULL ? "--directory says where the backup goes" : "--keep is a number from 1");
  bool done = good && backup(tool, directory, keep, error);
  g_free(directory);
  return done;
}
