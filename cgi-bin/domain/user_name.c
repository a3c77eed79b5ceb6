#include "domain/user_name.h"

#include <glib.h>
#include <string.h>

bool user_name_valid(const char *name) {
  if (name[0] == '\0' || !g_utf8_validate(name, -1, NULL) || g_utf8_strlen(name, -1) > USER_NAME_LIMIT || strcmp(name, "me") == 0 || strcmp(name, "none") == 0) return false;
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char(at);
    if (!g_unichar_isalnum(character) && (character > 127 || strchr("._-@+\\", (int)character) == NULL)) return false;
  }
  return true;
}
