/* Commands about the database as a whole: check, config, migrate, roll. */
#include <stdio.h>
#include <string.h>
#include <talloc.h>

#include "domain/places.h"
#include "repository/contract_day.h"
#include "repository/contract_repository.h"
#include "repository/migration_repository.h"
#include "repository/setup_repository.h"
#include "tool/command.h"

bool check_command(Tool *tool, char **words, GError **error) {
  char **rest = NULL;
  if (!command_options(words, NULL, 0, 0, &rest, error)) return false;
  g_strfreev(rest);
  void *scratch = talloc_new(NULL);
  const char *version = database_server_version(tool->database, scratch, error);
  bool answers = version != NULL;
  if (answers) printf("MariaDB %s\n", version);
  talloc_free(scratch);
  return answers;
}

/* A settings file in which nothing is set yet. */
static void print_settings_file(void) {
  puts("# Settings of Supportlevel. Each line shows a default: take the # away and change it. Workers read this file at their start.\n\n[supportlevel]");
  for (const SettingFact *fact = setting_facts; fact < setting_facts + SETTING_COUNT; fact++) printf("\n# %s\n#%s=%s\n", fact->help, fact->name, fact->fallback);
}

static void print_settings(const Settings *settings) {
  void *scratch = talloc_new(NULL);
  for (unsigned setting = 0; setting < SETTING_COUNT; setting++) {
    const SettingFact *fact = &setting_facts[setting];
    printf("# %s\n%s=%s\t(%s)\n", fact->help, fact->name, settings_shown(scratch, settings, (SettingId)setting), settings_source(settings, (SettingId)setting));
  }
  talloc_free(scratch);
}

bool config_command(Tool *tool, char **words, GError **error) {
  gboolean file = FALSE;
  char **rest = NULL;
  const GOptionEntry entries[] = {{"file", 0, 0, G_OPTION_ARG_NONE, &file, NULL, NULL}, G_OPTION_ENTRY_NULL};
  if (!command_options(words, entries, 0, 0, &rest, error)) return false;
  g_strfreev(rest);
  if (file) print_settings_file();
  else print_settings(tool->settings);
  return true;
}

bool roll_command(Tool *tool, char **words, GError **error) {
  char **rest = NULL;
  guint64 rolled = 0;
  if (!command_options(words, NULL, 0, 0, &rest, error)) return false;
  g_strfreev(rest);
  if (!contract_repository_roll(tool->database, settings_today(tool->settings), &rolled, error) || !contract_day_fold(tool->database, error)) return false;
  if (rolled > 0) printf("%" G_GUINT64_FORMAT " contracts brought up to today\n", rolled);
  return true;
}

/* ---- migrate ---- */

static int by_name(gconstpointer a, gconstpointer b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* Names of the files `NNNN_….sql`, in their order. */
static GPtrArray *migration_files(const char *directory, GError **error) {
  GError *problem = NULL;
  GDir *listing = g_dir_open(directory, 0, &problem);
  if (listing == NULL) {
    g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, problem->message);
    g_error_free(problem);
    return NULL;
  }
  GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
  for (const char *name = g_dir_read_name(listing); name != NULL; name = g_dir_read_name(listing)) {
    if (strspn(name, "0123456789") == 4 && name[4] == '_' && g_str_has_suffix(name, ".sql")) g_ptr_array_add(files, g_strdup(name));
  }
  g_dir_close(listing);
  g_ptr_array_sort(files, by_name);
  return files;
}

static bool read_migration(void *owner, const char *directory, const char *file, Migration *migration, GError **error) {
  GError *problem = NULL;
  char *text = NULL;
  char *path = g_build_filename(directory, file, NULL);
  bool read = g_file_get_contents(path, &text, NULL, &problem);
  if (read) *migration = (Migration){talloc_strndup(owner, file, strlen(file) - strlen(".sql")), talloc_strdup(owner, text)};
  else g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, problem->message);
  g_clear_error(&problem);
  g_free(text);
  g_free(path);
  return read;
}

bool migrate_database(Tool *tool, const char *directory, unsigned *applied, GError **error) {
  GPtrArray *files = migration_files(directory, error);
  bool done = files != NULL;
  *applied = 0;
  Migration *migrations = talloc_zero_array(NULL, Migration, done ? files->len + 1 : 1);
  for (unsigned i = 0; done && i < files->len; i++) done = read_migration(migrations, directory, files->pdata[i], &migrations[i], error);
  if (done && files->len == 0) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "there are no migrations in %s", directory);
    done = false;
  }
  done = done && migration_repository_apply(tool->database, migrations, files->len, applied, error) && contract_day_fold(tool->database, error);
  talloc_free(migrations);
  if (files != NULL) g_ptr_array_unref(files);
  return done;
}

static bool tell_of_setup(Tool *tool, GError **error) {
  SetupState state = SETUP_DONE;
  if (!setup_repository_find(tool->database, NULL, &state, error)) return false;
  if (state != SETUP_DONE) puts("There is no user yet: supportlevel setup-link prints the address at which the first administrator creates the own account.");
  return true;
}

bool migrate_command(Tool *tool, char **words, GError **error) {
  char *directory = NULL;
  char **rest = NULL;
  unsigned applied = 0;
  const GOptionEntry entries[] = {{"directory", 0, 0, G_OPTION_ARG_FILENAME, &directory, NULL, NULL}, G_OPTION_ENTRY_NULL};
  if (!command_options(words, entries, 0, 0, &rest, error)) return false;
  g_strfreev(rest);
  bool done = migrate_database(tool, directory != NULL ? directory : PLACE_OF_FILES "sql", &applied, error);
  if (applied > 0) printf("%u migrations applied\n", applied);
  done = done && tell_of_setup(tool, error);
  g_free(directory);
  return done;
}
