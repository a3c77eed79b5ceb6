#include "domain/field.h"

#include <string.h>
#include <talloc.h>

#include "domain/currency.h"
#include "domain/day.h"
#include "domain/mail_address.h"
#include "domain/service_hours.h"
#include "domain/text.h"
#include "domain/user_name.h"

#define MONEY_DIGITS 12 /* decimal(14,2): twelve before the point */

typedef const char *(*ValueReader)(void *owner, const Field *field, const char *text, FieldErrors *errors);

static const char *refuse(FieldErrors *errors, const Field *field, const char *reason, const char *argument) {
  field_errors_add(errors, field->name, reason, argument);
  return NULL;
}

static const char *refuse_limit(FieldErrors *errors, const Field *field, const char *reason) {
  char limit[16];
  g_snprintf(limit, sizeof limit, "%u", field->limit);
  return refuse(errors, field, reason, limit);
}

static const char *read_text(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  (void)owner;
  return g_utf8_strlen(text, -1) > (glong)field->limit ? refuse_limit(errors, field, "too_long") : text;
}

static const char *read_code(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  if (!g_ascii_isalnum(text[0])) return refuse(errors, field, "not_a_code", NULL);
  for (const char *at = text; *at != '\0'; at++) {
    if (!g_ascii_isalnum(*at) && strchr("._-", *at) == NULL) return refuse(errors, field, "not_a_code", NULL);
  }
  return read_text(owner, field, text, errors);
}

static const char *read_day(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  Day day = day_parse_typed(text);
  if (day == DAY_NONE || day == day_never()) return refuse(errors, field, "not_a_day", NULL);
  return day_text_iso(owner, day);
}

static const char *read_number(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  gint64 number = 0;
  for (const char *at = text; *at != '\0'; at++) {
    if (!g_ascii_isdigit(*at)) return refuse(errors, field, "not_a_number", NULL);
    number = MIN(number * 10 + g_ascii_digit_value(*at), G_MAXUINT32);
  }
  if (number > field->limit) return refuse_limit(errors, field, "too_large");
  return talloc_asprintf(owner, "%" G_GINT64_FORMAT, number);
}

/* 60 of an hour's words, 1 of a minute's; 0: none of these. */
static guint unit_minutes(const char *word, gsize length) {
  static const char *const HOURS[] = {"h", "std", "std.", "stunde", "stunden", "hour", "hours", NULL};
  static const char *const MINUTES[] = {"", "min", "min.", "minute", "minuten", "minutes", NULL};
  char *unit = g_ascii_strdown(word, (gssize)length);
  guint minutes = g_strv_contains(HOURS, unit) ? 60 : g_strv_contains(MINUTES, unit) ? 1 : 0;
  g_free(unit);
  return minutes;
}

/* "90", "8 h", "8 Stunden", "1 h 30 min": numbers with their units, which get smaller. */
static const char *read_minutes(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  gint64 minutes = 0;
  guint last = G_MAXUINT;
  for (const char *at = text; *at != '\0'; at += strspn(at, " ")) {
    gsize digits = strspn(at, "0123456789");
    const char *word = at + digits + strspn(at + digits, " ");
    gsize length = strcspn(word, " 0123456789");
    guint unit = unit_minutes(word, length);
    if (digits == 0 || unit == 0 || unit >= last) return refuse(errors, field, "not_minutes", NULL);
    minutes += (gint64)MIN(g_ascii_strtoull(at, NULL, 10), G_MAXUINT32) * unit;
    last = unit;
    at = word + length;
  }
  return minutes > field->limit ? refuse_limit(errors, field, "too_large") : talloc_asprintf(owner, "%" G_GINT64_FORMAT, minutes);
}

/* "3m", "6 w", "30 Tage", "3 Monate", "6 weeks". */
static const char *read_period(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  static const struct {
    char unit;
    gint64 most;
    const char *words[6];
  } UNITS[] = {{'d', 999, {"d", "t", "tag", "tage", "day", "days"}}, {'w', 104, {"w", "woche", "wochen", "week", "weeks", "wo"}}, {'m', 120, {"m", "monat", "monate", "month", "months", "mon"}}};
  char *unit = NULL;
  gint64 count = g_ascii_isdigit(text[0]) ? g_ascii_strtoll(text, &unit, 10) : 0;
  if (count < 1) return refuse(errors, field, "not_a_period", NULL);
  while (*unit == ' ') unit++;
  for (unsigned i = 0; i < G_N_ELEMENTS(UNITS); i++) {
    for (unsigned word = 0; word < G_N_ELEMENTS(UNITS[i].words); word++) {
      if (g_ascii_strcasecmp(unit, UNITS[i].words[word]) != 0) continue;
      if (count > UNITS[i].most) return refuse(errors, field, "not_a_period", NULL);
      return talloc_asprintf(owner, "%" G_GINT64_FORMAT "%c", count, UNITS[i].unit);
    }
  }
  return refuse(errors, field, "not_a_period", NULL);
}

/* Words that people and other programs write for a choice. */
static const struct {
  const char *word;
  const char *value;
} CHOICE_WORDS[] = {
    {"laufzeit", "term"},         {"laufzeitende", "term"},  {"ende der laufzeit", "term"},   {"end of term", "term"},       {"monat", "month"},        {"monatsende", "month"},
    {"end of month", "month"},    {"quartal", "quarter"},    {"quartalsende", "quarter"},     {"end of quarter", "quarter"}, {"halbjahr", "half"},      {"halbjahresende", "half"},
    {"end of half-year", "half"}, {"jahr", "year"},          {"jahresende", "year"},          {"end of year", "year"},       {"monatlich", "1"},        {"monthly", "1"},
    {"vierteljährlich", "3"},     {"quartalsweise", "3"},    {"quarterly", "3"},              {"halbjährlich", "6"},         {"half-yearly", "6"},      {"jährlich", "12"},
    {"yearly", "12"},
};

static const char *read_choice(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  char *lower = g_utf8_strdown(text, -1);
  const char *value = lower;
  const char *found = NULL;
  for (unsigned i = 0; i < G_N_ELEMENTS(CHOICE_WORDS); i++) {
    if (strcmp(CHOICE_WORDS[i].word, lower) == 0) value = CHOICE_WORDS[i].value;
  }
  char **choices = g_strsplit(field->choices, " ", -1);
  if (g_strv_contains((const char *const *)choices, value)) found = talloc_strdup(owner, value);
  g_strfreev(choices);
  g_free(lower);
  return found != NULL ? found : refuse(errors, field, "not_a_choice", field->choices);
}

static const char *read_yes(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  (void)owner;
  return strcmp(text, "1") == 0 ? text : refuse(errors, field, "not_a_choice", "1");
}

static const char *read_currency(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  char *upper = g_ascii_strup(text, -1);
  const char *currency = currency_known(upper) ? talloc_strdup(owner, upper) : refuse(errors, field, "not_a_currency", NULL);
  g_free(upper);
  return currency;
}

static const char *read_country(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  if (!g_ascii_isalpha(text[0]) || !g_ascii_isalpha(text[1]) || text[2] != '\0') return refuse(errors, field, "not_a_country", NULL);
  return talloc_asprintf(owner, "%c%c", g_ascii_toupper(text[0]), g_ascii_toupper(text[1]));
}

/* ---- service hours ---- */

static const char *read_hours(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  ServiceHours hours;
  const char *problem = service_hours_read(text, &hours);
  return problem == NULL ? service_hours_text(owner, &hours) : refuse(errors, field, problem, text);
}

static const char *read_own_days(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  const char *bad_line = NULL;
  const ServiceDays *days = service_days_read(owner, text, &bad_line);
  if (days == NULL) return refuse(errors, field, "not_own_day", bad_line);
  return read_text(owner, field, service_days_text(owner, days), errors);
}

/* A name only: GLib would also read a path. */
static const char *read_time_zone(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  (void)owner;
  bool name = g_ascii_isalpha(text[0]) && text[strspn(text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "/_+-")] == '\0';
  GTimeZone *zone = name ? g_time_zone_new_identifier(text) : NULL;
  if (zone == NULL) return refuse(errors, field, "not_a_time_zone", text);
  g_time_zone_unref(zone);
  return text;
}

/* ---- money ---- */

/* The mark that separates the decimals, or 0 for none: the last of both when both occur; one that occurs several times separates thousands. */
static char decimal_mark(const char *text) {
  const char *point = strrchr(text, '.');
  const char *comma = strrchr(text, ',');
  const char *last = point > comma ? point : comma;
  if (last == NULL) return 0;
  if (point != NULL && comma != NULL) return *last;
  return strchr(text, *last) != last ? 0 : *last;
}

/* One mark between one to three digits and exactly three: thousands for some, decimals for others. */
static bool is_ambiguous(const char *text) {
  gsize before = strspn(text, "0123456789");
  if (before < 1 || before > 3 || text[0] == '0' || (text[before] != '.' && text[before] != ',')) return false;
  return strspn(text + before + 1, "0123456789") == 3 && text[before + 4] == '\0';
}

/* Groups of thousands have three digits each; `mark` separates the decimals. */
static bool read_digits(const char *text, char mark, GString *whole, GString *decimals) {
  const char *end = mark != 0 ? strrchr(text, mark) : text + strlen(text);
  unsigned group = 0;
  char separator = 0;
  for (const char *at = text; at < end; at++) {
    if (g_ascii_isdigit(*at)) {
      g_string_append_c(whole, *at);
      group++;
    } else {
      if (strchr(".,' ", *at) == NULL || *at == mark || (separator == 0 ? group < 1 || group > 3 : *at != separator || group != 3)) return false;
      separator = *at;
      group = 0;
    }
  }
  if (whole->len == 0 || (separator != 0 && (group != 3 || whole->str[0] == '0'))) return false;
  if (mark == 0) return true;
  for (const char *at = end + 1; *at != '\0'; at++) {
    if (!g_ascii_isdigit(*at)) return false;
    g_string_append_c(decimals, *at);
  }
  return decimals->len >= 1 && decimals->len <= 2;
}

static const char *read_amount(void *owner, const Field *field, const char *text, char decimal, FieldErrors *errors) {
  GString *whole = g_string_new(NULL);
  GString *decimals = g_string_new(NULL);
  const char *money = NULL;
  if (read_digits(text, decimal, whole, decimals)) {
    const char *digits = whole->str;
    while (digits[0] == '0' && digits[1] != '\0') digits++;
    while (decimals->len < 2) g_string_append_c(decimals, '0');
    if (strlen(digits) <= MONEY_DIGITS) money = talloc_asprintf(owner, "%s.%s", digits, decimals->str);
    else refuse(errors, field, "too_large", "999999999999.99");
  } else {
    refuse(errors, field, "not_money", NULL);
  }
  g_string_free(whole, TRUE);
  g_string_free(decimals, TRUE);
  return money;
}

/* 1.234,56 and 1,234.56 and 1'234.50 and 1234,5, whoever wrote it. */
static const char *read_money(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  if (is_ambiguous(text)) return refuse(errors, field, "ambiguous_money", text);
  return read_amount(owner, field, text, decimal_mark(text), errors);
}

static const char *read_mail_address(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  if (read_text(owner, field, text, errors) == NULL) return NULL;
  return mail_address_valid(text) ? text : refuse(errors, field, "not_a_mail_address", text);
}

static const char *read_user_name(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  if (read_text(owner, field, text, errors) == NULL) return NULL;
  return user_name_valid(text) ? text : refuse(errors, field, "not_a_user_name", text);
}

/* Whether it is a good one depends on whose it is: new_password_check. */
static const char *read_password(void *owner, const Field *field, const char *text, FieldErrors *errors) {
  (void)owner, (void)field, (void)errors;
  return text;
}

static const ValueReader READERS[] = {
    [FIELD_TEXT] = read_text,     [FIELD_LONG_TEXT] = read_text, [FIELD_KEY] = read_text,           [FIELD_LOOKED_UP] = read_text, [FIELD_DAY] = read_day,   [FIELD_NUMBER] = read_number, [FIELD_MINUTES] = read_minutes,
    [FIELD_PERIOD] = read_period, [FIELD_CHOICE] = read_choice,  [FIELD_MONEY] = read_money,        [FIELD_CURRENCY] = read_currency, [FIELD_CODE] = read_code, [FIELD_YES] = read_yes,
    [FIELD_HOURS] = read_hours,   [FIELD_OWN_DAYS] = read_own_days, [FIELD_TIME_ZONE] = read_time_zone, [FIELD_USER_NAME] = read_user_name, [FIELD_PASSWORD] = read_password,
    [FIELD_COUNTRY] = read_country, [FIELD_MAIL_ADDRESS] = read_mail_address,
};

/* The text without what may not be in it, or NULL with an error. */
static const char *cleaned(void *owner, const Field *field, const char *typed, FieldErrors *errors) {
  TextFault fault = TEXT_GOOD;
  const char *text = text_clean(owner, typed, strlen(typed), field->kind != FIELD_PASSWORD, field->kind == FIELD_LONG_TEXT || field->kind == FIELD_OWN_DAYS, &fault);
  if (fault == TEXT_NOT_UTF8) return refuse(errors, field, "not_utf8", NULL);
  return fault == TEXT_CONTROL ? refuse(errors, field, "control_character", NULL) : text;
}

const char *field_value_read(void *owner, const Field *field, const char *typed, FieldErrors *errors) {
  const char *text = cleaned(owner, field, typed, errors);
  return text == NULL || text[0] == '\0' ? text : READERS[field->kind](owner, field, text, errors);
}

const char *field_value_read_typed(void *owner, const Field *field, const char *typed, char decimal, FieldErrors *errors) {
  const char *text = cleaned(owner, field, typed, errors);
  if (text == NULL || field->kind != FIELD_MONEY || !is_ambiguous(text)) return text == NULL ? NULL : field_value_read(owner, field, text, errors);
  /* The mark that isn't the decimals' separates thousands. */
  return read_amount(owner, field, text, strchr(text, decimal) != NULL ? decimal : 0, errors);
}

void fields_check_required(const Field *fields, unsigned count, const char *const *values, FieldErrors *errors) {
  for (unsigned field = 0; field < count; field++) {
    if (fields[field].required && values[field][0] == '\0') field_errors_add(errors, fields[field].name, "required", NULL);
  }
}
