/* day.h: calendar days without time of day, and month arithmetic as contracts mean it. */
#ifndef SUPPORTLEVEL_DOMAIN_DAY_H
#define SUPPORTLEVEL_DOMAIN_DAY_H

#include <glib.h>
#include <stdbool.h>

/* A day as GDate's Julian day number (1 = 0001-01-01). */
typedef gint32 Day;
#define DAY_NONE ((Day)0)
#define DAY_TEXT_SIZE 11 /* "2026-12-31" and its end */

/* The farthest day that the product knows; in the database it stands for "never" in columns that are sorted by. */
Day day_never(void); /* 9999-12-31 */

/* The day of year (1000..9999), month and day of month, or DAY_NONE when there is no such day. */
Day day_make(int year, int month, int day_of_month);
void day_parts(Day day, int *year, int *month, int *day_of_month);

/* ISO 8601 `YYYY-MM-DD`; DAY_NONE when the text is no such day (years 1000 to 9999). */
Day day_parse_iso(const char *text);
/* The first day of a month YYYY-MM of the years 1900 to 9998; DAY_NONE otherwise. */
Day day_parse_month(const char *text);

/* What people type: ISO, or German `31.12.2026`, `1.2.26` (00-69 = 2000-2069), or English `31 Dec 2026`, `31/12/2026`. DAY_NONE when it is none of them. */
Day day_parse_typed(const char *text);

/* A filter's day: ISO, `today`, or `+90d` `-1m` `+1y` `+6w` counted from `today`. A leading blank counts as `+`, which a query string
 * turns into one (WHATWG URL, application/x-www-form-urlencoded). Source: product.md, parameters of /contracts. */
Day day_parse_relative(const char *text, Day today);

/* Writes ISO 8601 into `text`; "" for DAY_NONE. Returns `text`. */
char *day_format_iso(Day day, char text[DAY_TEXT_SIZE]);
/* The same as a text that belongs to `owner`. */
const char *day_text_iso(void *owner, Day day);
/* A day of known parts as "2026-12-31" and as "31.12.2026". */
char *day_put(int year, int month, int day_of_month, char text[DAY_TEXT_SIZE]);
char *day_put_german(int year, int month, int day_of_month, char text[DAY_TEXT_SIZE]);

/* `months` (may be negative) after `first`, on the same day of month or, where that month is shorter, on its last day
 * (product.md: 31 Jan -> 28/29 Feb -> 31 Mar, always counted from the first date). DAY_NONE outside the years 1000 to 9999. */
Day day_add_months(Day first, int months);
Day day_add_days(Day day, int days);
Day day_end_of_month(Day day);
/* 1 = Monday … 7 = Sunday (ISO 8601). */
int day_weekday(Day day);
/* The last day from Monday to Friday that is not after `day`. */
Day day_working(Day day);

/* The day that it is at a moment (seconds since 1970, UTC) in an IANA time zone, UTC where there is no such zone. */
Day day_at(const char *time_zone, gint64 moment);
/* The current day in an IANA time zone such as "Europe/Berlin"; `fixed` when that isn't DAY_NONE (the setting `today`). */
Day day_today(const char *time_zone, Day fixed);

#endif
