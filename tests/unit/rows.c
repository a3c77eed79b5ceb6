#include "rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static unsigned compared = 0;
static unsigned differed = 0;

void row_is(unsigned row, const char *typed, const char *got, const char *expected) {
  if (got == NULL) got = "(none)";
  if (expected == NULL) expected = "(none)";
  compared++;
  if (strcmp(got, expected) == 0) return;
  differed++;
  print_error("row %u, %s\n  got      %s\n  expected %s\n", row, typed, got, expected);
}

void rows_end(void) {
  unsigned rows = compared;
  unsigned wrong = differed;
  compared = 0;
  differed = 0;
  if (rows == 0) fail_msg("no row was compared");
  if (wrong > 0) fail_msg("%u of %u rows differ", wrong, rows);
}
