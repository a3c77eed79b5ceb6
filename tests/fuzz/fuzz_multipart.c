/* Forms with files. Input: the value of Content-Type, a line's end, the body. */
#include <string.h>
#include <talloc.h>

#include "fuzz.h"
#include "web/multipart.h"

#define FIELD_LIMIT 2000

typedef struct {
  const char *bytes;
  gsize left;
} Body;

static gsize take(void *context, char *buffer, gsize size) {
  Body *body = context;
  gsize came = MIN(MIN(size, body->left), 37);
  if (came > 0) memcpy(buffer, body->bytes, came);
  body->bytes += came;
  body->left -= came;
  return came;
}

static void form_holds(const Parameters *form) {
  gsize length = 0;
  for (unsigned i = 0; i < form->count; i++) {
    holds(g_utf8_validate(form->items[i].name, -1, NULL));
    holds(g_utf8_validate(form->items[i].value, -1, NULL));
    length += strlen(form->items[i].value);
  }
  holds(form->count <= MULTIPART_PARTS_MAX && length <= 3 * FIELD_LIMIT); /* composing may lengthen a text threefold at most (UAX 15) */
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  const uint8_t *end = size > 0 ? memchr(bytes, '\n', size) : NULL;
  if (end == NULL) return 0;
  void *owner = talloc_new(NULL);
  const char *type = talloc_strndup(owner, (const char *)bytes, (gsize)(end - bytes));
  gsize length = size - (gsize)(end - bytes) - 1;
  Body body = {(const char *)end + 1, length};
  Parameters *form = NULL;
  UploadedFiles *files = NULL;
  GError *error = NULL;
  bool good = multipart_read(owner, type, take, &body, length, FIELD_LIMIT, &form, &files, &error);
  holds(good == (error == NULL));
  if (good) {
    holds(body.left == 0);
    form_holds(form);
    for (unsigned i = 0; i < files->count; i++) holds(files->items[i].size <= length && g_utf8_validate(files->items[i].name, -1, NULL));
  } else {
    holds(error_is(error, ERROR_BAD_REQUEST) || error_is(error, ERROR_TOO_LARGE));
  }
  g_clear_error(&error);
  talloc_free(owner);
  return 0;
}
