#include "domain/money.h"

#include <stdbool.h>
#include <talloc.h>

gint64 money_hundredths(const char *decimal) {
  bool negative = decimal[0] == '-';
  const char *point = NULL;
  gint64 hundredths = g_ascii_strtoll(decimal + (negative ? 1 : 0), (char **)&point, 10) * 100;
  if (*point == '.' && g_ascii_isdigit(point[1])) {
    hundredths += g_ascii_digit_value(point[1]) * 10;
    if (g_ascii_isdigit(point[2])) hundredths += g_ascii_digit_value(point[2]);
  }
  return negative ? -hundredths : hundredths;
}

char *money_format(gint64 hundredths, char text[MONEY_TEXT_SIZE]) {
  gint64 size = ABS(hundredths);
  g_snprintf(text, MONEY_TEXT_SIZE, "%s%" G_GINT64_FORMAT ".%02d", hundredths < 0 ? "-" : "", size / 100, (int)(size % 100));
  return text;
}

char *money_decimal(void *owner, gint64 hundredths) {
  char text[MONEY_TEXT_SIZE];
  return talloc_strdup(owner, money_format(hundredths, text));
}
