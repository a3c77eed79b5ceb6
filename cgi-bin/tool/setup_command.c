/* setup-link: the address at which the first administrator creates the own account, where nobody can sign in yet. */
#include <stdio.h>
#include <talloc.h>

#include "domain/secret.h"
#include "repository/setup_repository.h"
#include "tool/command.h"

/* Where the web server says who somebody is, a password would sign nobody in. */
static bool refuse_remote_user(GError **error) {
  return error_set(error, ERROR_CONFLICT, "with remote_user=1 people sign in at the web server; the first one is made known by: supportlevel user add NAME --role admin");
}

bool setup_link_command(Tool *tool, char **words, GError **error) {
  unsigned char hash[SECRET_HASH_SIZE];
  char **rest = NULL;
  if (!command_options(words, NULL, 0, 0, &rest, error)) return false;
  g_strfreev(rest);
  if (settings_on(tool->settings, SETTING_REMOTE_USER)) return refuse_remote_user(error);
  void *owner = talloc_new(NULL);
  const char *path = talloc_asprintf(owner, "/setup?token=%s", secret_new(owner, hash));
  const char *address = settings_address(owner, tool->settings, path);
  bool done = setup_repository_make_link(tool->database, hash, error);
  if (done) {
    printf("There is no user yet. The first administrator opens, once and within %d hours:\n%s\n", SETUP_LINK_HOURS, address[0] != '\0' ? address : path);
    if (address[0] == '\0') printf("behind the application's own address, which the setting base_url would name.\n");
  }
  talloc_free(owner);
  return done;
}
