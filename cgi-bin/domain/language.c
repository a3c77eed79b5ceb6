#include "domain/language.h"

#include <string.h>
#include <talloc.h>

static const char *const CODES[LANGUAGE_COUNT] = {"de", "en"};

const char *language_code(Language language) { return CODES[language]; }

int language_by_code(const char *code) {
  for (int i = 0; i < LANGUAGE_COUNT; i++) {
    if (code != NULL && strcmp(code, CODES[i]) == 0) return i;
  }
  return -1;
}

/* ---- Accept-Language ---- */

/* The weight in thousandths of "de-AT;q=0.8" (RFC 9110, 12.4.2); 0 when it can't be read. */
static int weight_of(const char *parameters) {
  const char *text = parameters + strspn(parameters, " \t");
  if (*text == '\0') return 1000;
  text += text[0] == ';' ? 1 : 0;
  text += strspn(text, " \t");
  if ((text[0] != 'q' && text[0] != 'Q') || text[1] != '=' || !g_ascii_isdigit(text[2])) return 0;
  int weight = (text[2] - '0') * 1000;
  if (text[3] == '.') {
    for (int digit = 0, unit = 100; digit < 3 && g_ascii_isdigit(text[4 + digit]); digit++, unit /= 10) weight += (text[4 + digit] - '0') * unit;
  }
  return MIN(weight, 1000);
}

Language language_from_header(const char *accept_language) {
  Language best = LANGUAGE_GERMAN;
  int best_weight = 0;
  char **items = g_strsplit(accept_language != NULL ? accept_language : "", ",", 100);
  for (int i = 0; items[i] != NULL; i++) {
    const char *item = items[i] + strspn(items[i], " \t");
    gsize primary = strcspn(item, "-; \t");
    int weight = weight_of(item + strcspn(item, "; \t"));
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
      if (primary != strlen(CODES[language]) || g_ascii_strncasecmp(item, CODES[language], primary) != 0 || weight <= best_weight) continue;
      best = (Language)language;
      best_weight = weight;
    }
  }
  g_strfreev(items);
  return best;
}

/* ---- days and moments ---- */

/* The months' short names are those of the C locale, in which the program runs: English. */
static const char *month_name(int month, char name[8]) {
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, 1, (GDateMonth)month, 2000);
  g_date_strftime(name, 8, "%b", &date);
  return name;
}

static const char *day_text(void *owner, Language language, int year, int month, int day_of_month) {
  char name[8];
  if (language == LANGUAGE_GERMAN) return talloc_asprintf(owner, "%02d.%02d.%04d", day_of_month, month, year);
  return talloc_asprintf(owner, "%d %s %04d", day_of_month, month_name(month, name), year);
}

const char *language_day(void *owner, Language language, Day day) {
  int year = 0;
  int month = 0;
  int day_of_month = 0;
  if (day == DAY_NONE || day == day_never()) return "";
  day_parts(day, &year, &month, &day_of_month);
  return day_text(owner, language, year, month, day_of_month);
}

const char *language_moment(void *owner, Language language, const char *utc, const char *time_zone) {
  if (utc == NULL) return "";
  GTimeZone *zone = g_time_zone_new_identifier(time_zone);
  GTimeZone *universal = g_time_zone_new_utc();
  GDateTime *moment = g_date_time_new_from_iso8601(utc, universal);
  const char *text = "";
  if (moment != NULL) {
    GDateTime *local = g_date_time_to_timezone(moment, zone != NULL ? zone : universal);
    const char *day = day_text(owner, language, g_date_time_get_year(local), g_date_time_get_month(local), g_date_time_get_day_of_month(local));
    text = talloc_asprintf(owner, "%s, %02d:%02d", day, g_date_time_get_hour(local), g_date_time_get_minute(local));
    g_date_time_unref(local);
    g_date_time_unref(moment);
  }
  if (zone != NULL) g_time_zone_unref(zone);
  g_time_zone_unref(universal);
  return text;
}

/* ---- numbers ---- */

static char group_mark(Language language) { return language == LANGUAGE_GERMAN ? '.' : ','; }
char language_decimal_mark(Language language) { return language == LANGUAGE_GERMAN ? ',' : '.'; }

/* The digits of a number in groups of three. */
static char *grouped(void *owner, Language language, guint64 number) {
  char *digits = talloc_asprintf(owner, "%" G_GUINT64_FORMAT, number);
  gsize length = strlen(digits);
  char *text = talloc_size(owner, length + length / 3 + 1);
  gsize used = 0;
  for (gsize i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0) text[used++] = group_mark(language);
    text[used++] = digits[i];
  }
  text[used] = '\0';
  talloc_free(digits);
  return text;
}

static guint64 magnitude(gint64 number) { return number < 0 ? (guint64)0 - (guint64)number : (guint64)number; }

const char *language_number(void *owner, Language language, gint64 number) {
  char *text = grouped(owner, language, magnitude(number));
  return number < 0 ? talloc_asprintf(owner, "-%s", text) : text;
}

const char *language_size(void *owner, Language language, gint64 bytes) {
  static const char *const UNITS[] = {"KB", "MB", "GB"};
  static const char *const BYTES[] = {"Bytes", "bytes"};
  gint64 tenths = bytes * 10;
  int unit = -1;
  for (; unit + 1 < (int)G_N_ELEMENTS(UNITS) && tenths >= 10240; unit++) tenths = (tenths + 512) / 1024;
  if (unit < 0) return talloc_asprintf(owner, "%s %s", language_number(owner, language, bytes), BYTES[language]);
  const char *tenth = tenths % 10 != 0 && tenths < 1000 ? talloc_asprintf(owner, "%c%d", language_decimal_mark(language), (int)(tenths % 10)) : "";
  return talloc_asprintf(owner, "%s%s %s", language_number(owner, language, tenths / 10), tenth, UNITS[unit]);
}

const char *language_money(void *owner, Language language, gint64 hundredths, const char *currency) {
  guint64 amount = magnitude(hundredths);
  const char *sign = hundredths < 0 ? "-" : "";
  const char *whole = grouped(owner, language, amount / 100);
  const char *text = talloc_asprintf(owner, "%s%c%02u", whole, language_decimal_mark(language), (unsigned)(amount % 100));
  bool euro = currency == NULL || currency[0] == '\0' || strcmp(currency, "EUR") == 0;
  if (language == LANGUAGE_GERMAN) return talloc_asprintf(owner, "%s%s %s", sign, text, euro ? "€" : currency);
  return euro ? talloc_asprintf(owner, "%s€%s", sign, text) : talloc_asprintf(owner, "%s %s%s", currency, sign, text);
}

const char *language_decimal(void *owner, Language language, const char *decimal) {
  char *text = talloc_strdup(owner, decimal);
  char *point = strchr(text, '.');
  if (point != NULL) *point = language_decimal_mark(language);
  return text;
}
