#include "format/zip_names.h"

#include <string.h>

#define END_SIZE 22
#define END_COMMENT_MAX 65535
#define ENTRY_SIZE 46

static unsigned number16(const char *at) { return (unsigned)(unsigned char)at[0] | (unsigned)(unsigned char)at[1] << 8; }

static gsize number32(const char *at) { return (gsize)number16(at) | (gsize)number16(at + 2) << 16; }

/* The last end record whose comment ends with the file: a comment may hold what looks like one. */
static const char *find_end(const char *bytes, gsize length) {
  for (gsize back = END_SIZE; back <= length && back <= END_SIZE + END_COMMENT_MAX; back++) {
    const char *at = bytes + length - back;
    if (memcmp(at, "PK\5\6", 4) == 0 && number16(at + 20) == back - END_SIZE) return at;
  }
  return NULL;
}

bool zip_names_each(const char *bytes, gsize length, ZipName receive, void *context) {
  const char *end = find_end(bytes, length);
  if (end == NULL) return false;
  unsigned count = number16(end + 10);
  gsize at = number32(end + 16);
  for (unsigned entry = 0; entry < count; entry++) {
    if (at > length || length - at < ENTRY_SIZE || memcmp(bytes + at, "PK\1\2", 4) != 0) return false;
    gsize name = number16(bytes + at + 28);
    gsize more = (gsize)number16(bytes + at + 30) + number16(bytes + at + 32);
    if (length - at - ENTRY_SIZE < name + more) return false;
    if (!receive(context, bytes + at + ENTRY_SIZE, name)) return true;
    at += ENTRY_SIZE + name + more;
  }
  return true;
}
