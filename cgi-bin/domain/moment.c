#include "domain/moment.h"

#include <string.h>
#include <talloc.h>

static GTimeZone *zone_of(const char *time_zone) {
  GTimeZone *zone = g_time_zone_new_identifier(time_zone);
  return zone != NULL ? zone : g_time_zone_new_utc();
}

/* The moment itself in UTC, its day in the zone. */
static void take(GDateTime *time, GTimeZone *zone, Moment *moment) {
  GDateTime *local = g_date_time_to_timezone(time, zone);
  GDateTime *universal = g_date_time_to_utc(time);
  char *seconds = g_date_time_format(universal, "%Y-%m-%d %H:%M:%S");
  g_snprintf(moment->utc, sizeof moment->utc, "%s.%06d", seconds, g_date_time_get_microsecond(universal));
  moment->day = day_make(g_date_time_get_year(local), g_date_time_get_month(local), g_date_time_get_day_of_month(local));
  g_free(seconds);
  g_date_time_unref(universal);
  g_date_time_unref(local);
}

static GDateTime *begin_of_day(Day day, GTimeZone *zone) {
  int year = 0;
  int month = 0;
  int day_of_month = 0;
  day_parts(day, &year, &month, &day_of_month);
  return g_date_time_new(zone, year, month, day_of_month, 0, 0, 0);
}

/* A microsecond before the next day begins, however many hours the day has. */
static GDateTime *end_of_day(Day day, GTimeZone *zone) {
  GDateTime *next = begin_of_day(day_add_days(day, 1), zone);
  GDateTime *end = next != NULL ? g_date_time_add(next, -1) : NULL;
  if (next != NULL) g_date_time_unref(next);
  return end;
}

static GDateTime *read_instant(const char *text, GTimeZone *zone) {
  char *written = g_strdup(text);
  char *blank = strlen(written) > 11 ? strchr(written + 11, ' ') : NULL;
  if (blank != NULL) *blank = '+';
  GDateTime *time = strchr(written, 'T') != NULL ? g_date_time_new_from_iso8601(written, zone) : NULL;
  g_free(written);
  return time;
}

bool moment_read(const char *text, const char *time_zone, Moment *moment) {
  GTimeZone *zone = zone_of(time_zone);
  Day day = day_parse_iso(text);
  bool far = day != DAY_NONE && (day < day_make(1971, 1, 1) || day > day_make(2037, 12, 31));
  GDateTime *time = far ? NULL : day != DAY_NONE ? end_of_day(day, zone) : read_instant(text, zone);
  bool read = time != NULL && g_date_time_get_year(time) >= 1971 && g_date_time_get_year(time) <= 2037;
  if (read) take(time, zone, moment);
  if (time != NULL) g_date_time_unref(time);
  g_time_zone_unref(zone);
  return read;
}

void moment_now(const char *time_zone, Moment *moment) {
  GTimeZone *zone = zone_of(time_zone);
  GDateTime *time = g_date_time_new_now_utc();
  take(time, zone, moment);
  g_date_time_unref(time);
  g_time_zone_unref(zone);
}

const char *moment_address(void *owner, const char *utc) {
  char *address = talloc_asprintf(owner, "%sZ", utc);
  char *blank = strchr(address, ' ');
  if (blank != NULL) *blank = 'T';
  return address;
}

const char *moment_local(const char *iso, const char *time_zone, char local[MOMENT_TEXT_SIZE]) {
  GTimeZone *zone = zone_of(time_zone);
  GDateTime *time = g_date_time_new_from_iso8601(iso, NULL);
  GDateTime *there = time != NULL ? g_date_time_to_timezone(time, zone) : NULL;
  char *text = there != NULL ? g_date_time_format(there, "%Y-%m-%d %H:%M:%S") : NULL;
  g_strlcpy(local, text != NULL ? text : "", MOMENT_TEXT_SIZE);
  g_free(text);
  if (there != NULL) g_date_time_unref(there);
  if (time != NULL) g_date_time_unref(time);
  g_time_zone_unref(zone);
  return local;
}

bool moment_seconds(const char *text, const char *time_zone, gint64 *seconds) {
  GTimeZone *zone = zone_of(time_zone);
  bool to_the_minute = strlen(text) == strlen("2026-02-11T10:15");
  char *whole = g_strconcat(text, to_the_minute ? ":00" : NULL, NULL);
  GDateTime *time = read_instant(whole, zone);
  if (time != NULL) *seconds = g_date_time_to_unix(time);
  bool read = time != NULL;
  if (time != NULL) g_date_time_unref(time);
  g_free(whole);
  g_time_zone_unref(zone);
  return read;
}

gint64 moment_day_begin(const char *time_zone, Day day) {
  GTimeZone *zone = zone_of(time_zone);
  GDateTime *begin = begin_of_day(day, zone);
  gint64 seconds = g_date_time_to_unix(begin);
  g_date_time_unref(begin);
  g_time_zone_unref(zone);
  return seconds;
}

static GDateTime *local_time(const char *time_zone, gint64 seconds) {
  GTimeZone *zone = zone_of(time_zone);
  GDateTime *universal = g_date_time_new_from_unix_utc(seconds);
  GDateTime *local = g_date_time_to_timezone(universal, zone);
  g_date_time_unref(universal);
  g_time_zone_unref(zone);
  return local;
}

WallTime moment_wall_time(const char *time_zone, gint64 seconds) {
  WallTime wall;
  GDateTime *local = local_time(time_zone, seconds);
  wall.day = day_make(g_date_time_get_year(local), g_date_time_get_month(local), g_date_time_get_day_of_month(local));
  g_snprintf(wall.time, sizeof wall.time, "%02d:%02d", g_date_time_get_hour(local) % 24, g_date_time_get_minute(local) % 60);
  g_date_time_unref(local);
  return wall;
}

const char *moment_iso(void *owner, const char *time_zone, gint64 seconds) {
  GDateTime *local = local_time(time_zone, seconds);
  char *text = g_date_time_format(local, "%Y-%m-%dT%H:%M:%S%:z");
  const char *kept = talloc_strdup(owner, text);
  g_free(text);
  g_date_time_unref(local);
  return kept;
}
