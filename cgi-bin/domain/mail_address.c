#include "domain/mail_address.h"

#include <glib.h>
#include <string.h>

#define LENGTH_MAX 254 /* bytes: RFC 5321, 4.5.3.1.3, without the path's brackets */

static bool all_of(const char *text, gsize length, const char *marks) {
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isalnum(text[i]) && strchr(marks, text[i]) == NULL) return false;
  }
  return length > 0 && text[0] != '.' && text[length - 1] != '.';
}

bool mail_address_valid(const char *text) {
  const char *at = strrchr(text, '@');
  if (at == NULL || text[0] == '-' || strlen(text) > LENGTH_MAX || strstr(text, "..") != NULL) return false;
  return all_of(text, (gsize)(at - text), ".!#$%&'*+-/=?^_`{|}~") && all_of(at + 1, strlen(at + 1), ".-") && at[1] != '-';
}
