#include <stdlib.h>
#include <sys/mman.h>

#include "domain/text.h"
#include "fuzz.h"

void fuzz_broken(const char *condition, const char *file, int line) {
  fprintf(stderr, "%s:%d: doesn't hold: %s\n", file, line, condition);
  abort();
}

const char *fuzz_text(void *owner, const uint8_t *bytes, size_t size) {
  TextFault fault = TEXT_GOOD;
  return text_clean(owner, (const char *)bytes, size, false, true, &fault);
}

FILE *fuzz_file(const uint8_t *bytes, size_t size) {
  FILE *file = fdopen(memfd_create("fuzz", MFD_CLOEXEC), "w+b");
  holds(file != NULL);
  holds(fwrite(bytes, 1, size, file) == size && fflush(file) == 0);
  rewind(file);
  return file;
}
