/* `supportlevel restore`: a backup back into a database. The file is checked whole before anything is touched. MariaDB can't take back that tables were made, so a
 * restoring that breaks off drops again what it has made: all of the backup is there or nothing is. Where even that fails, a mark in the database says so. */
#include <signal.h>
#include <string.h>
#include <talloc.h>
#include <zlib.h>

#include "domain/places.h"
#include "repository/backup_repository.h"
#include "repository/migration_repository.h"
#include "tool/backup_file.h"
#include "tool/client_program.h"
#include "tool/command.h"

#define BLOCK (64 * 1024)

static bool refuse(GError **error, const char *name, const char *why) {
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_CONFLICT, "the database %s %s", name, why);
  return false;
}

static bool may_be_replaced(Tool *tool, bool overwrite, GError **error) {
  RestoreTarget target = RESTORE_INTO_USED;
  const char *name = database_name(tool->database);
  if (!backup_repository_target(tool->database, &target, error)) return false;
  if (target == RESTORE_INTO_FOREIGN) return refuse(error, name, "holds tables that are not this program's");
  if (target == RESTORE_INTO_USED && !overwrite) return refuse(error, name, "holds contracts or customers; --overwrite replaces all of it");
  return true;
}

static bool pour(const char *path, FILE *client, GError **error) {
  char block[BLOCK];
  gzFile packed = gzopen(path, "rb");
  int came = packed != NULL ? 1 : -1;
  bool taken = true;
  while (came > 0 && taken && (came = gzread(packed, block, sizeof block)) > 0) taken = fwrite(block, 1, (gsize)came, client) == (gsize)came;
  taken = taken && fflush(client) == 0;
  if (packed != NULL) gzclose(packed);
  if (came == 0 && taken) return true;
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, came < 0 ? "%s can't be read any more" : "%s was not taken whole", path);
  return false;
}

static bool load(Tool *tool, const char *path, GError **error) {
  char *database = g_strconcat("--database=", database_name(tool->database), NULL);
  const char *arguments[] = {database, "--batch", "--default-character-set=utf8mb4", "--max-allowed-packet=1G", NULL};
  ClientProgram client;
  /* A client that has ended is told by its status, not by a signal to us. */
  signal(SIGPIPE, SIG_IGN);
  bool started = client_program_start(&client, tool->database, "mariadb", arguments, CLIENT_READS, error);
  g_free(database);
  if (!started) return false;
  bool poured = pour(path, client.pipe, error);
  return client_program_end(&client, error) && poured;
}

/* Nothing of a backup is worse than a part of it that looks like all. */
static void take_back(Tool *tool, GError **error) {
  GError *problem = NULL;
  bool cleared = backup_repository_clear(tool->database, &problem) && backup_repository_unmark(tool->database, &problem);
  if (cleared) g_prefix_error(error, "nothing was restored, the database %s is empty: ", database_name(tool->database));
  else g_prefix_error(error, "the database %s holds a part of the backup, restore it again (%s): ", database_name(tool->database), problem->message);
  g_clear_error(&problem);
}

static bool replace(Tool *tool, const char *path, GError **error) {
  if (!backup_repository_clear(tool->database, error)) {
    g_prefix_error(error, "nothing was restored, and the database %s may have lost tables: ", database_name(tool->database));
    return false;
  }
  if (load(tool, path, error) && backup_repository_restored(tool->database, error)) return true;
  take_back(tool, error);
  return false;
}

static bool restore(Tool *tool, const char *path, bool overwrite, const char *migrations, GError **error) {
  bool summed = false;
  unsigned applied = 0;
  if (!backup_file_check(path, &summed, error)) return false;
  if (!summed) fprintf(stderr, "%s: there is no checksum file beside it; what it carries in itself is right\n", path);
  if (!migration_repository_hold(tool->database, error) || !may_be_replaced(tool, overwrite, error) || !replace(tool, path, error)) return false;
  printf("%s: restored into %s\n", path, database_name(tool->database));
  if (!migrate_database(tool, migrations, &applied, error)) {
    g_prefix_error(error, "all of the backup is restored, but not brought up to date (supportlevel migrate): ");
    return false;
  }
  if (applied > 0) printf("%u migrations applied\n", applied);
  return true;
}

bool restore_command(Tool *tool, char **words, GError **error) {
  gboolean overwrite = FALSE;
  char *migrations = NULL;
  char **rest = NULL;
  const GOptionEntry entries[] = {{"overwrite", 0, 0, G_OPTION_ARG_NONE, &overwrite, NULL, NULL}, {"migrations", 0, 0, G_OPTION_ARG_FILENAME, &migrations, NULL, NULL}, G_OPTION_ENTRY_NULL};
  if (!command_options(words, entries, 1, 1, &rest, error)) return false;
  bool done = restore(tool, rest[1], overwrite, migrations != NULL ? migrations : PLACE_OF_FILES "sql", error);
  g_strfreev(rest);
  g_free(migrations);
  return done;
}
