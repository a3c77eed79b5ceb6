#include "tool/client_program.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <talloc.h>
#include <unistd.h>

#define ACCOUNT_FILE 3  /* descriptor in the program */
#define SAID_LIMIT 500  /* bytes of what it wrote that are repeated */

/* -1 without memory. MariaDB reads no option file that everybody could write. */
static int memory_file(const char *name, const char *text) {
  int file = memfd_create(name, MFD_CLOEXEC);
  gsize length = strlen(text);
  bool written = file >= 0 && fchmod(file, 0600) == 0 && write(file, text, length) == (gssize)length;
  if (!written && file >= 0) close(file);
  return written ? file : -1;
}

static bool fail(GError **error, const char *what, const char *why) {
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "%s: %s", what, why);
  return false;
}

static bool spawn(ClientProgram *program, char **arguments, int account, ClientDirection direction, GError **error) {
  const int target = ACCOUNT_FILE;
  GError *problem = NULL;
  int pipe = -1;
  bool reads = direction == CLIENT_READS;
  bool started = g_spawn_async_with_pipes_and_fds(NULL, (const char *const *)arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | (reads ? G_SPAWN_STDOUT_TO_DEV_NULL : 0), NULL, NULL, -1, -1,
                                                  program->said, &account, &target, 1, &program->process, reads ? &pipe : NULL, reads ? NULL : &pipe, NULL, &problem);
  if (!started) {
    fail(error, "MariaDB's client programs are needed (Debian: mariadb-client)", problem->message);
    g_error_free(problem);
    return false;
  }
  program->pipe = fdopen(pipe, reads ? "w" : "r");
  return program->pipe != NULL || fail(error, program->name, g_strerror(errno));
}

bool client_program_start(ClientProgram *program, const Database *database, const char *name, const char *const *arguments, ClientDirection direction, GError **error) {
  void *scratch = talloc_new(NULL);
  int account = memory_file("account", database_client_options(database, scratch));
  *program = (ClientProgram){.name = name, .said = memory_file("said", "")};
  GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(words, g_strdup(name));
  g_ptr_array_add(words, g_strdup_printf("--defaults-file=/dev/fd/%d", ACCOUNT_FILE));
  for (; *arguments != NULL; arguments++) g_ptr_array_add(words, g_strdup(*arguments));
  g_ptr_array_add(words, NULL);
  bool started = account >= 0 && program->said >= 0 ? spawn(program, (char **)words->pdata, account, direction, error) : fail(error, name, "there is no memory");
  g_ptr_array_unref(words);
  if (account >= 0) close(account);
  if (!started && program->said >= 0) close(program->said);
  talloc_free(scratch);
  return started;
}

/* The end of it, without the statement that it was about: that could be all of a table. */
static char *said_by(int file) {
  char said[SAID_LIMIT + 1] = "";
  off_t size = lseek(file, 0, SEEK_END);
  gssize length = pread(file, said, SAID_LIMIT, MAX(size - SAID_LIMIT, 0));
  said[MAX(length, 0)] = '\0';
  const char *reason = g_strrstr(said, "\nERROR ");
  char *line = g_strchug(g_strdup(reason != NULL ? reason : said));
  return g_strchomp(g_strdelimit(line, "\r\n", ' '));
}

bool client_program_end(ClientProgram *program, GError **error) {
  int status = 0;
  fclose(program->pipe);
  while (waitpid(program->process, &status, 0) < 0 && errno == EINTR) continue;
  char *said = said_by(program->said);
  close(program->said);
  bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  if (!good) {
    g_clear_error(error);
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_PASSING, "%s failed: %s", program->name, said[0] != '\0' ? said : "it was ended");
  }
  g_free(said);
  return good;
}
