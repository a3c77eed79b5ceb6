/* fuzz: programs that feed the readers with what nobody would send. Built by clang each is a libFuzzer (`make fuzz`); built as everything else each reads the
 * files of its directory below corpus/ once, which is a part of `make unit`. */
#ifndef SUPPORTLEVEL_FUZZ_H
#define SUPPORTLEVEL_FUZZ_H

#include <glib.h>
#include <stdint.h>
#include <stdio.h>

/* One input. What has to hold is checked by `holds`. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Ends the program, naming the place, where something doesn't hold. */
#define holds(condition) ((condition) ? (void)0 : fuzz_broken(#condition, __FILE__, __LINE__))
_Noreturn void fuzz_broken(const char *condition, const char *file, int line);

/* The bytes as a text that request_read lets through (UTF-8 in NFC, no control characters but tab and line break), or NULL. Belongs to `owner`. */
const char *fuzz_text(void *owner, const uint8_t *bytes, size_t size);

/* The bytes as a file without a name, at its beginning; the caller closes it. */
FILE *fuzz_file(const uint8_t *bytes, size_t size);

#endif
