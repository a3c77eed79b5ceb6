/* service_hours.h: the hours of a day at which help is there, and the days that differ, as people type them. */
#ifndef SUPPORTLEVEL_DOMAIN_SERVICE_HOURS_H
#define SUPPORTLEVEL_DOMAIN_SERVICE_HOURS_H

#include "domain/day.h"
#include "domain/language.h"

#define DAY_MINUTES 1440
#define SERVICE_SPANS_MAX 12
#define SERVICE_DAYS_MAX 200

typedef struct {
  int from; /* minutes of the day, by the clock on the wall */
  int to;   /* the first minute no more; up to DAY_MINUTES */
} ServiceSpan;

/* The hours of one day: in order, apart from each other; none: closed. */
typedef struct {
  ServiceSpan spans[SERVICE_SPANS_MAX];
  unsigned count;
} ServiceHours;

/* Reads "8:00–12:00, 13:00–17:00", also "8-12 Uhr und 13 bis 17.30 Uhr", "8am to 5pm", "0-24", "rund um die Uhr", "geschlossen" or "". Spans that touch become
 * one. NULL when it could be read, else the reason as a key below Lang.error: `not_hours`, `hours_backwards`, `hours_overlap`, `hours_many`. */
const char *service_hours_read(const char *text, ServiceHours *hours);

/* "08:00–12:00, 13:00–17:00"; "" for none. Owned by `owner`. */
const char *service_hours_text(void *owner, const ServiceHours *hours);

bool service_hours_equal(const ServiceHours *one, const ServiceHours *other);

/* A day of the company's own, or several: closed, or open at other hours than on other days. */
typedef struct {
  bool yearly;  /* `from` and `to` lie in the year 2000 and mean every year; `to` before `from`: over the turn of the year */
  Day from;
  Day to;
  ServiceHours hours;
  const char *name; /* or "" */
} ServiceDay;

typedef struct {
  ServiceDay *items;
  unsigned count;
} ServiceDays;

/* Reads a line per day: "24.12.2026 Heiligabend", "24.12. 8:00–12:00 Heiligabend" (every year), "21.12.2026 – 31.12.2026 Betriebsferien", "2026-12-24", "*-12-24".
 * Owned by `owner`. NULL with `bad_line` when a line cannot be read, or only in a way that its stored form doesn't have, or when there are too many. */
ServiceDays *service_days_read(void *owner, const char *text, const char **bad_line);

/* The lines again; days in ISO 8601 ("*-12-24" every year), as they are stored. Owned by `owner`. */
const char *service_days_text(void *owner, const ServiceDays *days);
/* The day, or days, of one, as people write them in a language: "24.12.", "21.12.2026 – 31.12.2026". Owned by `owner`. */
const char *service_day_when(void *owner, const ServiceDay *day, Language language);
/* The lines as people write them in a language, but for one that would be read otherwise then: that as it is stored. Owned by `owner`. */
const char *service_days_shown(void *owner, const ServiceDays *days, Language language);

/* The own day that a day is, or NULL; one of that very date goes before one of every year. */
const ServiceDay *service_days_find(const ServiceDays *days, Day day);

#endif
