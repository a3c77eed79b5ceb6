#include "domain/service_hours.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#define DASH "–"
#define YEARLY 2000 /* has a 29 February */

/* ---- hours ---- */

/* Words that stand between or behind times, and what they mean: a dash, a comma, or nothing. */
static const struct {
  const char *word;
  const char *meaning;
} WORDS[] = {{"bis", "-"}, {"to", "-"}, {"till", "-"}, {"until", "-"}, {"und", ","}, {"and", ","}, {"uhr", ""}, {"h", ""}, {"von", ""}, {"from", ""}, {"o'clock", ""}};

static const char *const CLOSED[] = {"geschlossen", "zu", "closed", "-", "–", "—"};
static const char *const ALWAYS[] = {"rund um die uhr", "durchgehend", "ganztägig", "24 stunden", "24 h", "24h", "around the clock", "all day", "24 hours"};

static bool is_one_of(const char *const *words, unsigned count, const char *text) {
  for (unsigned i = 0; i < count; i++) {
    if (strcmp(words[i], text) == 0) return true;
  }
  return false;
}

static bool is_dash(gunichar character) { return character == '-' || (character >= 0x2010 && character <= 0x2015) || character == 0x2212; }

/* Puts the meaning of the word at `at` and moves behind it; false where no word of ours stands. */
static bool take_word(const char **at, GString *plain) {
  const char *end = *at;
  while (g_ascii_isalpha(*end) || *end == '\'') end++;
  for (unsigned i = 0; i < G_N_ELEMENTS(WORDS); i++) {
    if (strlen(WORDS[i].word) != (gsize)(end - *at) || strncmp(WORDS[i].word, *at, (gsize)(end - *at)) != 0) continue;
    g_string_append(plain, WORDS[i].meaning);
    *at = end;
    return true;
  }
  return false;
}

/* Times, dashes and commas alone, without blanks: "8:00-12:00,13:00-17:00". */
static GString *plain_hours(const char *lower) {
  GString *plain = g_string_new(NULL);
  for (const char *at = lower; *at != '\0';) {
    gunichar character = g_utf8_get_char(at);
    if (g_ascii_isalpha(*at) && take_word(&at, plain)) continue;
    if (is_dash(character)) g_string_append_c(plain, '-');
    else if (*at == ';' || *at == '/' || *at == '+') g_string_append_c(plain, ',');
    else if (!g_unichar_isspace(character)) g_string_append_unichar(plain, character);
    at = g_utf8_next_char(at);
  }
  return plain;
}

static int take_digits(const char **text, int most) {
  int number = -1;
  for (; most > 0 && g_ascii_isdigit(**text); most--) number = MAX(number, 0) * 10 + g_ascii_digit_value(*(*text)++);
  return number;
}

/* "8", "8:30", "8.30", "0830", "8am", "5:30pm": minutes of the day, or -1. */
static int take_time(const char **text) {
  int minute = 0;
  int hour = take_digits(text, 2);
  if (**text == ':' || **text == '.') {
    (*text)++;
    minute = take_digits(text, 2);
  } else if (g_ascii_isdigit(**text)) {
    minute = take_digits(text, 2);
  }
  bool afternoon = strncmp(*text, "pm", 2) == 0;
  if (afternoon || strncmp(*text, "am", 2) == 0) {
    if (hour < 1 || hour > 12) return -1;
    hour = hour % 12 + (afternoon ? 12 : 0);
    *text += 2;
  }
  if (hour < 0 || minute < 0 || minute > 59) return -1;
  return hour * 60 + minute <= DAY_MINUTES ? hour * 60 + minute : -1;
}

static const char *take_spans(const char *text, ServiceHours *hours) {
  while (true) {
    ServiceSpan span = {take_time(&text), -1};
    if (*text == '-') {
      text++;
      span.to = take_time(&text);
    }
    if (span.from < 0 || span.to < 0 || (*text != ',' && *text != '\0')) return "not_hours";
    if (span.to <= span.from) return "hours_backwards";
    if (hours->count == SERVICE_SPANS_MAX) return "hours_many";
    hours->spans[hours->count++] = span;
    if (*text == '\0') return NULL;
    text++;
  }
}

static int by_from(const void *left, const void *right) { return ((const ServiceSpan *)left)->from - ((const ServiceSpan *)right)->from; }

/* In order; those that touch become one. */
static const char *join_spans(ServiceHours *hours) {
  unsigned kept = 0;
  qsort(hours->spans, hours->count, sizeof *hours->spans, by_from);
  for (unsigned i = 0; i < hours->count; i++) {
    ServiceSpan *last = kept > 0 ? &hours->spans[kept - 1] : NULL;
    if (last != NULL && hours->spans[i].from < last->to) return "hours_overlap";
    if (last != NULL && hours->spans[i].from == last->to) last->to = hours->spans[i].to;
    else hours->spans[kept++] = hours->spans[i];
  }
  hours->count = kept;
  return NULL;
}

const char *service_hours_read(const char *text, ServiceHours *hours) {
  const char *problem = NULL;
  char *lower = g_utf8_strdown(text, -1);
  g_strstrip(lower);
  *hours = (ServiceHours){0};
  if (is_one_of(ALWAYS, G_N_ELEMENTS(ALWAYS), lower)) {
    *hours = (ServiceHours){.spans = {{0, DAY_MINUTES}}, .count = 1};
  } else if (lower[0] != '\0' && !is_one_of(CLOSED, G_N_ELEMENTS(CLOSED), lower)) {
    GString *plain = plain_hours(lower);
    problem = take_spans(plain->str, hours);
    if (problem == NULL) problem = join_spans(hours);
    g_string_free(plain, TRUE);
  }
  g_free(lower);
  return problem;
}

const char *service_hours_text(void *owner, const ServiceHours *hours) {
  char *text = talloc_strdup(owner, "");
  for (unsigned i = 0; i < hours->count; i++) {
    const ServiceSpan *span = &hours->spans[i];
    text = talloc_asprintf_append(text, "%s%02d:%02d" DASH "%02d:%02d", i > 0 ? ", " : "", span->from / 60, span->from % 60, span->to / 60, span->to % 60);
  }
  return text;
}

bool service_hours_equal(const ServiceHours *one, const ServiceHours *other) {
  if (one->count != other->count) return false;
  for (unsigned i = 0; i < one->count; i++) {
    if (one->spans[i].from != other->spans[i].from || one->spans[i].to != other->spans[i].to) return false;
  }
  return true;
}

/* ---- own days ---- */

/* Words `first` to `last` (not included) with a blank between them. */
static char *joined(void *owner, char **words, unsigned first, unsigned last) {
  char *text = talloc_strdup(owner, "");
  for (unsigned i = first; i < last; i++) text = talloc_asprintf_append(text, "%s%s", i > first ? " " : "", words[i]);
  return text;
}

/* A date without a year: "24.12.", "24. Dezember", "*-12-24". */
static Day parse_yearly(void *owner, const char *text) {
  if (g_str_has_prefix(text, "*-")) return day_parse_iso(talloc_asprintf(owner, "%d-%s", YEARLY, text + 2));
  if (day_parse_iso(text) != DAY_NONE) return DAY_NONE;
  Day joined_up = day_parse_typed(talloc_asprintf(owner, "%s%d", text, YEARLY));
  if (joined_up != DAY_NONE) return joined_up;
  Day apart = day_parse_typed(talloc_asprintf(owner, "%s %d", text, YEARLY));
  return apart != DAY_NONE ? apart : day_parse_typed(talloc_asprintf(owner, "%s.%d", text, YEARLY));
}

/* Reads a date of up to three words from the front; returns how many it took, 0 for none. */
static unsigned take_date(void *owner, char **words, unsigned count, Day *day, bool *yearly) {
  for (unsigned length = MIN(count, 3); length > 0; length--) {
    const char *text = joined(owner, words, 0, length);
    *day = day_parse_typed(text);
    *yearly = *day == DAY_NONE;
    if (*yearly) *day = parse_yearly(owner, text);
    if (*day != DAY_NONE) return length;
  }
  return 0;
}

static bool is_range_word(const char *word) { return is_dash(g_utf8_get_char(word)) ? *g_utf8_next_char(word) == '\0' : strcmp(word, "bis") == 0 || strcmp(word, "to") == 0; }

/* The end of "21.12.2026 – 31.12.2026"; false when that is no possible end. */
static bool take_end(void *owner, char **words, unsigned count, unsigned *taken, ServiceDay *day) {
  bool yearly = false;
  day->to = day->from;
  if (*taken >= count || !is_range_word(words[*taken])) return true;
  unsigned length = take_date(owner, words + *taken + 1, count - *taken - 1, &day->to, &yearly);
  *taken += 1 + length;
  return length > 0 && yearly == day->yearly && (yearly || day->to >= day->from);
}

/* As many words as can be read as hours; the rest is the name. */
static void take_hours(void *owner, char **words, unsigned count, unsigned taken, ServiceDay *day) {
  for (unsigned last = count; last > taken; last--) {
    ServiceHours hours;
    if (service_hours_read(joined(owner, words, taken, last), &hours) != NULL) continue;
    day->hours = hours;
    day->name = joined(owner, words, last, count);
    return;
  }
  day->name = joined(owner, words, taken, count);
}

/* Blanks around dashes but those inside of an ISO date. */
static char **line_words(const char *line) {
  GString *apart = g_string_new(NULL);
  for (const char *at = line; *at != '\0'; at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char(at);
    bool space = g_unichar_isspace(character);
    if (space && (apart->len == 0 || apart->str[apart->len - 1] == ' ')) continue;
    if (is_dash(character) && character != '-') g_string_append(apart, apart->len > 0 && apart->str[apart->len - 1] == ' ' ? DASH " " : " " DASH " ");
    else if (space) g_string_append_c(apart, ' ');
    else g_string_append_unichar(apart, character);
  }
  if (apart->len > 0 && apart->str[apart->len - 1] == ' ') g_string_truncate(apart, apart->len - 1);
  char **words = g_strsplit(apart->str, " ", -1);
  g_string_free(apart, TRUE);
  return words;
}

static bool read_line(void *owner, const char *line, ServiceDay *day) {
  char **words = line_words(line);
  unsigned count = g_strv_length(words);
  *day = (ServiceDay){.name = ""};
  unsigned taken = take_date(owner, words, count, &day->from, &day->yearly);
  bool read = taken > 0 && take_end(owner, words, count, &taken, day);
  if (read) take_hours(owner, words, count, taken, day);
  g_strfreev(words);
  return read;
}

/* ---- own days as text ---- */

static const char *stored_day(void *owner, const ServiceDay *day, Day which) {
  char iso[DAY_TEXT_SIZE];
  day_format_iso(which, iso);
  return day->yearly ? talloc_asprintf(owner, "*%s", iso + 4) : talloc_strdup(owner, iso);
}

static const char *shown_day(void *owner, const ServiceDay *day, Day which, Language language) {
  char *text = talloc_strdup(owner, language_day(owner, language, which));
  /* The year is what stands last in both languages; German has a point before it, English a blank. */
  if (day->yearly) text[strlen(text) - (language == LANGUAGE_GERMAN ? 4 : 5)] = '\0';
  return text;
}

static const char *day_line(void *owner, const ServiceDay *day, const char *from, const char *to) {
  const char *hours = service_hours_text(owner, &day->hours);
  bool several = day->from != day->to;
  return talloc_asprintf(owner, "%s%s%s%s%s%s%s", from, several ? " " DASH " " : "", several ? to : "", hours[0] != '\0' ? " " : "", hours, day->name[0] != '\0' ? " " : "", day->name);
}

static const char *stored_line(void *owner, const ServiceDay *day) { return day_line(owner, day, stored_day(owner, day, day->from), stored_day(owner, day, day->to)); }

static bool day_equal(const ServiceDay *one, const ServiceDay *other) {
  return one->yearly == other->yearly && one->from == other->from && one->to == other->to && service_hours_equal(&one->hours, &other->hours) &&
         strcmp(one->name, other->name) == 0;
}

/* What is stored has to mean the same when it is read again: behind a day that is closed, hours can't be its name ("24.12. geschlossen 8–12"). */
static bool comes_back(void *owner, const ServiceDay *day) {
  ServiceDay again;
  return read_line(owner, stored_line(owner, day), &again) && day_equal(day, &again);
}

ServiceDays *service_days_read(void *owner, const char *text, const char **bad_line) {
  ServiceDays *days = talloc_zero(owner, ServiceDays);
  days->items = talloc_array(days, ServiceDay, SERVICE_DAYS_MAX);
  char **lines = g_strsplit(text, "\n", -1);
  *bad_line = NULL;
  for (unsigned i = 0; lines[i] != NULL && *bad_line == NULL; i++) {
    const char *line = g_strstrip(lines[i]);
    if (line[0] == '\0') continue;
    if (days->count == SERVICE_DAYS_MAX || !read_line(days, line, &days->items[days->count]) || !comes_back(days, &days->items[days->count])) *bad_line = talloc_strdup(owner, line);
    else days->count++;
  }
  g_strfreev(lines);
  return *bad_line == NULL ? days : NULL;
}

const char *service_days_text(void *owner, const ServiceDays *days) {
  char *text = talloc_strdup(owner, "");
  for (unsigned i = 0; i < days->count; i++) text = talloc_asprintf_append(text, "%s%s", i > 0 ? "\n" : "", stored_line(owner, &days->items[i]));
  return text;
}

/* What is shown gets saved again: "2 Aug" with the name "18 years" would come back as a day of 2018, so it is shown as it is stored. */
static const char *shown_line(void *owner, const ServiceDay *day, Language language) {
  ServiceDay again;
  const char *line = day_line(owner, day, shown_day(owner, day, day->from, language), shown_day(owner, day, day->to, language));
  if (read_line(owner, line, &again) && day_equal(day, &again)) return line;
  return stored_line(owner, day);
}

const char *service_days_shown(void *owner, const ServiceDays *days, Language language) {
  char *text = talloc_strdup(owner, "");
  for (unsigned i = 0; i < days->count; i++) text = talloc_asprintf_append(text, "%s%s", i > 0 ? "\n" : "", shown_line(owner, &days->items[i], language));
  return text;
}

const char *service_day_when(void *owner, const ServiceDay *day, Language language) {
  ServiceDay bare = {.from = day->from, .to = day->to, .yearly = day->yearly, .name = ""};
  return day_line(owner, &bare, shown_day(owner, day, day->from, language), shown_day(owner, day, day->to, language));
}

/* ---- finding ---- */

static Day in_yearly(Day day) {
  int year = 0;
  int month = 0;
  int day_of_month = 0;
  day_parts(day, &year, &month, &day_of_month);
  return day_make(YEARLY, month, day_of_month);
}

static bool is_on(const ServiceDay *own, Day day, Day yearly) {
  if (!own->yearly) return day >= own->from && day <= own->to;
  return own->from <= own->to ? yearly >= own->from && yearly <= own->to : yearly >= own->from || yearly <= own->to;
}

const ServiceDay *service_days_find(const ServiceDays *days, Day day) {
  const ServiceDay *found = NULL;
  Day yearly = days->count > 0 ? in_yearly(day) : DAY_NONE;
  for (unsigned i = 0; i < days->count; i++) {
    const ServiceDay *own = &days->items[i];
    if (is_on(own, day, yearly) && (found == NULL || (found->yearly && !own->yearly))) found = own;
  }
  return found;
}
