/* service_clock.h: arithmetic in service time: the time that passes while a calendar is open. It stands still over nights, lunch breaks, weekends and holidays;
 * on the days that clocks are changed a span lasts as long as it really does. Moments are seconds since 1970, UTC. */
#ifndef SUPPORTLEVEL_DOMAIN_SERVICE_CLOCK_H
#define SUPPORTLEVEL_DOMAIN_SERVICE_CLOCK_H

#include "domain/service_calendar.h"

#define SERVICE_NEVER ((gint64)0) /* of a moment: there is none */
#define SERVICE_NO_PROMISE (-1)   /* of minutes */

typedef struct service_clock ServiceClock;

/* A clock of a calendar, which must outlive it. Goes with `owner`. */
ServiceClock *service_clock_new(void *owner, const ServiceCalendar *calendar);

/* The hours of a day as they are in the end: an own day's, none on a holiday, else the weekday's. */
const ServiceHours *service_clock_hours(ServiceClock *clock, Day day);

bool service_clock_open(ServiceClock *clock, gint64 moment);

/* From when on it is open: `moment` itself where it is open then. False when it isn't within ten years. */
bool service_clock_opening(ServiceClock *clock, gint64 moment, gint64 *opening);

/* Until when it stays open that is open at `moment`; over midnight where hours continue there. False when it isn't open, or stays so for a month and more. */
bool service_clock_closing(ServiceClock *clock, gint64 moment, gint64 *closing);

/* The seconds of service time between two moments. */
gint64 service_clock_elapsed(ServiceClock *clock, gint64 from, gint64 to);

/* A time in which a clock waits for the customer. */
typedef struct {
  gint64 from;
  gint64 to; /* SERVICE_WAITING: it still waits */
} ServiceWait;

#define SERVICE_WAITING G_MAXINT64

/* The moment by which `minutes` of service time have passed since `taken`, those left out in which the clock waited (`waits` in order of their beginning). A request
 * taken while it is closed counts from the next opening. False when that moment isn't within ten years, or not known yet as the clock still waits. */
bool service_clock_deadline(ServiceClock *clock, gint64 taken, gint64 minutes, const ServiceWait *waits, unsigned wait_count, gint64 *deadline);

/* The same of what was promised: SERVICE_NEVER where that is nothing (SERVICE_NO_PROMISE), where no clock says (NULL), or where there is no such moment. */
gint64 service_clock_due(ServiceClock *clock, gint64 taken, gint64 minutes, const ServiceWait *waits, unsigned wait_count);

#endif
