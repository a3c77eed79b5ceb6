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

static const char *const ENGLISH_MONTHS[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static const char *day_text(void *owner, Language language, int year, int month, int day_of_month) {
  char text[DAY_TEXT_SIZE];
  if (language == LANGUAGE_GERMAN) return talloc_strdup(owner, day_put_german(year, month, day_of_month, text));
  return talloc_asprintf(owner, "%d %s %04d", day_of_month, ENGLISH_MONTHS[month - 1], year);
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

#define GROUPED_SIZE 30 /* of twenty digits, six marks and a fraction */

/* Puts the digits of a number in groups of three in front of `end`; returns where they begin. */
static char *put_grouped(char *end, Language language, guint64 number) {
  unsigned digits = 0;
  do {
    if (digits > 0 && digits % 3 == 0) *--end = group_mark(language);
    *--end = (char)('0' + number % 10);
    digits++;
  } while ((number /= 10) > 0);
  return end;
}

static guint64 magnitude(gint64 number) { return number < 0 ? (guint64)0 - (guint64)number : (guint64)number; }

const char *language_number(void *owner, Language language, gint64 number) {
  char text[GROUPED_SIZE] = "";
  char *begin = put_grouped(text + sizeof text - 1, language, magnitude(number));
  if (number < 0) *--begin = '-';
  return talloc_strdup(owner, begin);
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

static const char *joined(void *owner, const char *first, const char *second, const char *third, const char *fourth) {
  const char *const parts[] = {first, second, third, fourth};
  gsize lengths[G_N_ELEMENTS(parts)];
  gsize length = 0;
  for (unsigned i = 0; i < G_N_ELEMENTS(parts); i++) length += lengths[i] = strlen(parts[i]);
  char *text = talloc_size(owner, length + 1);
  char *at = text;
  for (unsigned i = 0; i < G_N_ELEMENTS(parts); at += lengths[i++]) memcpy(at, parts[i], lengths[i]);
  *at = '\0';
  return text;
}

const char *language_money(void *owner, Language language, gint64 hundredths, const char *currency) {
  guint64 amount = magnitude(hundredths);
  const char *sign = hundredths < 0 ? "-" : "";
  char room[GROUPED_SIZE] = "";
  char *fraction = room + sizeof room - 4;
  fraction[0] = language_decimal_mark(language);
  fraction[1] = (char)('0' + amount % 100 / 10);
  fraction[2] = (char)('0' + amount % 10);
  const char *text = put_grouped(fraction, language, amount / 100);
  bool euro = currency == NULL || currency[0] == '\0' || strcmp(currency, "EUR") == 0;
  if (language == LANGUAGE_GERMAN) return joined(owner, sign, text, " ", euro ? "€" : currency);
  return euro ? joined(owner, sign, "€", text, "") : joined(owner, currency, " ", sign, text);
}

const char *language_decimal(void *owner, Language language, const char *decimal) {
  char *text = talloc_strdup(owner, decimal);
  char *point = strchr(text, '.');
  if (point != NULL) *point = language_decimal_mark(language);
  return text;
}
