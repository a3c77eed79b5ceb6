#include "format/csv_formula.h"

#include <string.h>

/* A sign, digits, and groups of digits behind points or commas. */
static bool is_plain_number(const char *text) {
  if (*text == '-' || *text == '+') text++;
  for (;;) {
    size_t digits = strspn(text, "0123456789");
    if (digits == 0) return false;
    text += digits;
    if (*text != '.' && *text != ',') return *text == '\0';
    text++;
  }
}

bool csv_is_formula(const char *text) {
  const char *rest = text + strspn(text, "'");
  return *rest != '\0' && strchr("=+-@\t\r", *rest) != NULL && !is_plain_number(rest);
}
