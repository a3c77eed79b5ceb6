#include "domain/day.h"

#include <string.h>
#include <talloc.h>

static bool year_known(int year) { return year >= 1000 && year <= 9999; }

Day day_never(void) { return day_make(9999, 12, 31); }

Day day_make(int year, int month, int day_of_month) {
  GDate date;
  if (!year_known(year) || month < 1 || month > 12 || day_of_month < 1 || day_of_month > 31) return DAY_NONE;
  if (!g_date_valid_dmy((GDateDay)day_of_month, (GDateMonth)month, (GDateYear)year)) return DAY_NONE;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, (GDateDay)day_of_month, (GDateMonth)month, (GDateYear)year);
  return (Day)g_date_get_julian(&date);
}

void day_parts(Day day, int *year, int *month, int *day_of_month) {
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32)day);
  *year = g_date_get_year(&date);
  *month = (int)g_date_get_month(&date);
  *day_of_month = g_date_get_day(&date);
}

/* Reads up to `most` digits; returns how many there were. */
static int read_digits(const char **text, int most, int *number) {
  int digits = 0;
  *number = 0;
  while (digits < most && g_ascii_isdigit(**text)) {
    *number = *number * 10 + g_ascii_digit_value(**text);
    (*text)++;
    digits++;
  }
  return digits;
}

Day day_parse_iso(const char *text) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (read_digits(&text, 4, &year) != 4 || *text++ != '-') return DAY_NONE;
  if (read_digits(&text, 2, &month) != 2 || *text++ != '-') return DAY_NONE;
  if (read_digits(&text, 2, &day) != 2 || *text != '\0') return DAY_NONE;
  return day_make(year, month, day);
}

Day day_parse_month(const char *text) {
  int year = 0;
  int month = 0;
  if (read_digits(&text, 4, &year) != 4 || *text++ != '-') return DAY_NONE;
  if (read_digits(&text, 2, &month) != 2 || *text != '\0') return DAY_NONE;
  return year >= 1900 && year <= 9998 ? day_make(year, month, 1) : DAY_NONE;
}

/* "Dec", "Dezember", "december" -> 12; 0 for none. Three letters are enough, in German or English. */
static int month_by_name(const char **text) {
  static const char *const NAMES[12][3] = {{"jan", "jän", "jan"}, {"feb", "feb", "feb"}, {"mar", "mär", "mrz"}, {"apr", "apr", "apr"},
                                           {"may", "mai", "mai"}, {"jun", "jun", "jun"}, {"jul", "jul", "jul"}, {"aug", "aug", "aug"},
                                           {"sep", "sep", "sep"}, {"oct", "okt", "okt"}, {"nov", "nov", "nov"}, {"dec", "dez", "dez"}};
  const char *end = *text;
  while (g_unichar_isalpha(g_utf8_get_char(end))) end = g_utf8_next_char(end);
  char *word = g_utf8_strdown(*text, end - *text);
  int found = 0;
  for (int month = 0; month < 12 && found == 0; month++) {
    for (int name = 0; name < 3; name++) {
      if (g_str_has_prefix(word, NAMES[month][name])) found = month + 1;
    }
  }
  g_free(word);
  if (found > 0) *text = *end == '.' ? end + 1 : end;
  return found;
}

static void skip_blanks(const char **text) {
  while (**text == ' ') (*text)++;
}

Day day_parse_typed(const char *text) {
  int year = 0;
  int month = 0;
  int day = 0;
  Day iso = day_parse_iso(text);
  if (iso != DAY_NONE) return iso;
  skip_blanks(&text);
  if (read_digits(&text, 2, &day) == 0) return DAY_NONE;
  char separator = *text;
  if (separator == '.' || separator == '/' || separator == ' ') text++;
  else return DAY_NONE;
  skip_blanks(&text);
  if (read_digits(&text, 2, &month) > 0) {
    if (*text != '.' && *text != '/') return DAY_NONE;
    text++;
  } else {
    month = month_by_name(&text);
    if (month == 0) return DAY_NONE;
  }
  skip_blanks(&text);
  int digits = read_digits(&text, 4, &year);
  skip_blanks(&text);
  if (*text != '\0' || (digits != 2 && digits != 4)) return DAY_NONE;
  if (digits == 2) year += year < 70 ? 2000 : 1900;
  return day_make(year, month, day);
}

Day day_parse_relative(const char *text, Day today) {
  int number = 0;
  if (strcmp(text, "today") == 0) return today;
  if (text[0] != '+' && text[0] != '-' && text[0] != ' ') return day_parse_iso(text);
  int sign = text[0] == '-' ? -1 : 1;
  text++;
  if (read_digits(&text, 5, &number) == 0 || *text == '\0' || text[1] != '\0') return DAY_NONE;
  number *= sign;
  switch (*text) {
    case 'd': return day_add_days(today, number);
    case 'w': return day_add_days(today, number * 7);
    case 'm': return day_add_months(today, number);
    case 'y': return ABS(number) < 10000 ? day_add_months(today, number * 12) : DAY_NONE;
    default: return DAY_NONE;
  }
}

/* Written by hand, here and where a day is shown: a page has hundreds of them, and printf takes ten times as long. */
static char *put_digits(char *text, unsigned number, unsigned digits) {
  for (unsigned i = digits; i > 0; i--, number /= 10) text[i - 1] = (char)('0' + number % 10);
  return text + digits;
}

char *day_put(int year, int month, int day_of_month, char text[DAY_TEXT_SIZE]) {
  char *at = put_digits(text, (unsigned)year, 4);
  *at++ = '-';
  at = put_digits(at, (unsigned)month, 2);
  *at++ = '-';
  *put_digits(at, (unsigned)day_of_month, 2) = '\0';
  return text;
}

char *day_put_german(int year, int month, int day_of_month, char text[DAY_TEXT_SIZE]) {
  char *at = put_digits(text, (unsigned)day_of_month, 2);
  *at++ = '.';
  at = put_digits(at, (unsigned)month, 2);
  *at++ = '.';
  *put_digits(at, (unsigned)year, 4) = '\0';
  return text;
}

char *day_format_iso(Day day, char text[DAY_TEXT_SIZE]) {
  int year = 0;
  int month = 0;
  int day_of_month = 0;
  text[0] = '\0';
  if (day == DAY_NONE) return text;
  day_parts(day, &year, &month, &day_of_month);
  return day_put(year, month, day_of_month, text);
}

const char *day_text_iso(void *owner, Day day) { return day_format_iso(day, talloc_array(owner, char, DAY_TEXT_SIZE)); }

Day day_add_months(Day first, int months) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (first == DAY_NONE) return DAY_NONE;
  day_parts(first, &year, &month, &day);
  int count = year * 12 + month - 1 + months;
  if (count < 12000 || count >= 120000) return DAY_NONE;
  year = count / 12;
  month = count % 12 + 1;
  int last = g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);
  return day_make(year, month, MIN(day, last));
}

Day day_add_days(Day day, int days) {
  if (day == DAY_NONE) return DAY_NONE;
  gint64 sum = (gint64)day + days;
  return sum < day_make(1000, 1, 1) || sum > day_never() ? DAY_NONE : (Day)sum;
}

Day day_end_of_month(Day day) {
  int year = 0;
  int month = 0;
  int day_of_month = 0;
  day_parts(day, &year, &month, &day_of_month);
  return day_make(year, month, g_date_get_days_in_month((GDateMonth)month, (GDateYear)year));
}

/* Julian day 1 of GDate, 0001-01-01, was a Monday. */
int day_weekday(Day day) { return (day - 1) % 7 + 1; }

Day day_working(Day day) { return day_add_days(day, -MAX(0, day_weekday(day) - 5)); }

Day day_at(const char *time_zone, gint64 moment) {
  GTimeZone *zone = g_time_zone_new_identifier(time_zone);
  if (zone == NULL) zone = g_time_zone_new_utc();
  GDateTime *utc = g_date_time_new_from_unix_utc(moment);
  GDateTime *local = g_date_time_to_timezone(utc, zone);
  Day day = day_make(g_date_time_get_year(local), g_date_time_get_month(local), g_date_time_get_day_of_month(local));
  g_date_time_unref(local);
  g_date_time_unref(utc);
  g_time_zone_unref(zone);
  return day;
}

Day day_today(const char *time_zone, Day fixed) { return fixed != DAY_NONE ? fixed : day_at(time_zone, g_get_real_time() / G_USEC_PER_SEC); }
