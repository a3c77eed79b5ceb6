#include "tool/sendmail.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define TIME_LIMIT 60 /* seconds */
#define SAID_LIMIT 300 /* bytes of what the program wrote that are repeated */

/* A group of its own, so that all of it can be ended, and a terminal's Ctrl-C doesn't stop it half-way. */
static void lead_group(gpointer data) {
  (void)data;
  setpgid(0, 0);
}

/* A file in memory, so that neither side waits for the other to read. */
static int memory_file(const char *text) {
  int file = memfd_create("mail", MFD_CLOEXEC);
  gsize length = strlen(text);
  for (gsize done = 0; file >= 0 && done < length;) {
    gssize written = write(file, text + done, length - done);
    if (written <= 0) {
      close(file);
      file = -1;
    } else {
      done += (gsize)written;
    }
  }
  if (file >= 0) lseek(file, 0, SEEK_SET);
  return file;
}

/* The process's wait status, or -1 when its time ran out and it was ended. */
static int await(GPid child) {
  int status = 0;
  struct pollfd ended = {.fd = pidfd_open(child, 0), .events = POLLIN};
  bool in_time = ended.fd < 0 || poll(&ended, 1, TIME_LIMIT * 1000) > 0;
  if (!in_time) kill(-child, SIGKILL);
  if (ended.fd >= 0) close(ended.fd);
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return in_time ? status : -1;
}

static bool judge(const char *program, int status, int said_file, GError **error) {
  char said[SAID_LIMIT + 1] = "";
  if (status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
  gssize length = pread(said_file, said, SAID_LIMIT, 0);
  said[MAX(length, 0)] = '\0';
  said[strcspn(said, "\r\n")] = '\0';
  char *shown = g_strescape(said, NULL);
  char *how = status < 0 ? g_strdup_printf("didn't end within %d s", TIME_LIMIT)
              : WIFEXITED(status) ? g_strdup_printf("ended with status %d", WEXITSTATUS(status)) : g_strdup_printf("was ended by signal %d", WTERMSIG(status));
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_PASSING, "%s %s%s%s", program, how, shown[0] != '\0' ? ": " : "", shown);
  g_free(how);
  g_free(shown);
  return false;
}

bool sendmail_hand_over(const char *program, const char *from, const char *to, const char *message, GError **error) {
  const char *arguments[] = {program, "-i", "-f", from, "--", to, NULL};
  GError *problem = NULL;
  GPid child = 0;
  int input = memory_file(message);
  int said = memory_file("");
  bool done = input >= 0 && said >= 0;
  if (!done) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_PASSING, "there is no memory for the message");
  if (done && !g_spawn_async_with_fds(NULL, (char **)arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, lead_group, NULL, &child, input, said, said, &problem)) {
    g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_PASSING, problem->message);
    g_error_free(problem);
    done = false;
  }
  done = done && judge(program, await(child), said, error);
  if (input >= 0) close(input);
  if (said >= 0) close(said);
  return done;
}
