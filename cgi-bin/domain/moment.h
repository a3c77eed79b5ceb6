/* moment.h: moments as the database keeps them, in UTC to the microsecond, and what people name them by. */
#ifndef SUPPORTLEVEL_DOMAIN_MOMENT_H
#define SUPPORTLEVEL_DOMAIN_MOMENT_H

#include "domain/day.h"

#define MOMENT_TEXT_SIZE 27 /* "2026-11-24 13:05:00.123456" and its end */

typedef struct {
  char utc[MOMENT_TEXT_SIZE]; /* as SQL writes it */
  Day day;                    /* in the time zone it was read for */
} Moment;

/* Reads `YYYY-MM-DD`, which is that day's last moment in `time_zone` (IANA name), or an instant of ISO 8601, which is one of `time_zone` where it names no offset
 * itself. A blank counts as the `+` of an offset, which a query string turns into one. False when the text is neither, or lies outside of the years 1971 to 2037. */
bool moment_read(const char *text, const char *time_zone, Moment *moment);

/* The current moment in `time_zone`. */
void moment_now(const char *time_zone, Moment *moment);

/* "2026-11-24 13:05:00.123456" as an address has it: "2026-11-24T13:05:00.123456Z". Owned by `owner`. */
const char *moment_address(void *owner, const char *utc);

/* The time on the wall in `time_zone` at a moment of ISO 8601, as "2026-11-24 14:05:00"; "" where the text is none. */
const char *moment_local(const char *iso, const char *time_zone, char local[MOMENT_TEXT_SIZE]);

/* Reads "2026-02-11T10:15", with or without seconds and offset, as seconds since 1970 (UTC); one of `time_zone` where it names no offset itself. */
bool moment_seconds(const char *text, const char *time_zone, gint64 *seconds);

/* The moment (seconds since 1970) at which a day begins in a time zone. */
gint64 moment_day_begin(const char *time_zone, Day day);

/* What the clock on the wall shows in a time zone at a moment (seconds since 1970): the day, and "10:15". */
typedef struct {
  Day day;
  char time[6];
} WallTime;
WallTime moment_wall_time(const char *time_zone, gint64 seconds);

/* ISO 8601 with the offset that holds there then: "2026-02-11T10:15:00+01:00". Owned by `owner`. */
const char *moment_iso(void *owner, const char *time_zone, gint64 seconds);

#endif
