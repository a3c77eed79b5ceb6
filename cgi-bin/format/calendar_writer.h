/* calendar_writer.h: iCalendar (RFC 5545, RFC 7986), event by event; escaping and folding are libical's. */
#ifndef SUPPORTLEVEL_FORMAT_CALENDAR_WRITER_H
#define SUPPORTLEVEL_FORMAT_CALENDAR_WRITER_H

#include "domain/day.h"

/* An event of a whole day, whatever the reader's time zone. */
typedef struct {
  const char *uid;         /* the same for the same event whenever it is written */
  Day day;
  const char *summary;
  const char *description;
  const char *url;         /* "": none */
  const char *changed_at;  /* "2026-11-24 13:05:00" and more, UTC */
  guint sequence;          /* counted up by changes */
  const int *alarms;       /* days before, 0 at the end; NULL: none */
} CalendarEvent;

/* What stands before the events; `name` is what the calendar is called where it is subscribed to. */
void calendar_write_head(GString *calendar, const char *name);
void calendar_write_event(GString *calendar, const CalendarEvent *event);
/* What stands behind them. */
void calendar_write_end(GString *calendar);

#endif
