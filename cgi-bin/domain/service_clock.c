#include "domain/service_clock.h"

#include <talloc.h>

#include "domain/holiday.h"

#define DAY_SECONDS 86400
#define FARTHEST_OFFSET (15 * 3600) /* no zone is farther from UTC */
#define DAYS_AHEAD 3653
#define DAYS_OPEN 31 /* at a stretch; what is open for longer counts as always open */
#define UNIX_EPOCH 719163 /* 1970-01-01 as a Day */
#define PIECES_MAX (2 * SERVICE_SPANS_MAX)

struct service_clock {
  const ServiceCalendar *calendar;
  int year; /* of the holidays; 0: none read yet */
  Holiday holidays[HOLIDAYS_MAX];
  unsigned holiday_count;
};

ServiceClock *service_clock_new(void *owner, const ServiceCalendar *calendar) {
  ServiceClock *clock = talloc_zero(owner, ServiceClock);
  clock->calendar = calendar;
  return clock;
}

/* ---- the hours of a day ---- */

static bool is_holiday(ServiceClock *clock, Day day) {
  int year = 0;
  int month = 0;
  int day_of_month = 0;
  if (clock->calendar->region[0] == '\0') return false;
  day_parts(day, &year, &month, &day_of_month);
  if (year != clock->year) {
    clock->holiday_count = holiday_list(clock->calendar->region, year, clock->holidays);
    clock->year = year;
  }
  for (unsigned i = 0; i < clock->holiday_count; i++) {
    if (clock->holidays[i].day == day) return true;
  }
  return false;
}

const ServiceHours *service_clock_hours(ServiceClock *clock, Day day) {
  static const ServiceHours NONE = {.count = 0};
  const ServiceDay *own = service_days_find(clock->calendar->own_days, day);
  if (own != NULL) return &own->hours;
  return is_holiday(clock, day) ? &NONE : &clock->calendar->week[day_weekday(day) - 1];
}

/* ---- a day's open spans as moments ---- */

static int offset_at(const ServiceClock *clock, gint64 moment) {
  GTimeZone *zone = clock->calendar->zone;
  return g_time_zone_get_offset(zone, g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, moment));
}

/* The moment between two, of different offsets, at which the clocks are changed. */
static gint64 change_between(const ServiceClock *clock, gint64 low, gint64 high) {
  int before = offset_at(clock, low);
  while (high - low > 1) {
    gint64 middle = low + (high - low) / 2;
    if (offset_at(clock, middle) == before) low = middle;
    else high = middle;
  }
  return high;
}

typedef struct {
  gint64 from;
  gint64 to;
} Piece;

/* The spans of a day while `offset` holds, which is from `first` until `last`. */
static unsigned add_pieces(const ServiceHours *hours, gint64 midnight, int offset, gint64 first, gint64 last, Piece *pieces) {
  unsigned count = 0;
  for (unsigned i = 0; i < hours->count; i++) {
    gint64 from = MAX(first, midnight + hours->spans[i].from * 60 - offset);
    gint64 to = MIN(last, midnight + hours->spans[i].to * 60 - offset);
    if (from < to) pieces[count++] = (Piece){from, to};
  }
  return count;
}

/* By the clock on the wall: an hour that is left out has no moment, one that comes twice has two. */
static unsigned day_pieces(ServiceClock *clock, Day day, Piece pieces[PIECES_MAX]) {
  const ServiceHours *hours = service_clock_hours(clock, day);
  gint64 midnight = ((gint64)day - UNIX_EPOCH) * DAY_SECONDS;
  if (hours->count == 0) return 0;
  gint64 low = midnight - FARTHEST_OFFSET;
  gint64 high = midnight + DAY_SECONDS + FARTHEST_OFFSET;
  int before = offset_at(clock, low);
  int after = offset_at(clock, high);
  if (before == after) return add_pieces(hours, midnight, before, low, high, pieces);
  gint64 change = change_between(clock, low, high);
  unsigned count = add_pieces(hours, midnight, before, low, change, pieces);
  return count + add_pieces(hours, midnight, after, change, high, pieces + count);
}

/* ---- a walk over open spans ---- */

typedef struct {
  ServiceClock *clock;
  gint64 from; /* nothing before this moment */
  Day day;
  Day last;
  Piece pieces[PIECES_MAX];
  unsigned count;
  unsigned place;
} Walk;

static Walk walk_from(ServiceClock *clock, gint64 moment) {
  gint64 local = moment + offset_at(clock, moment);
  Day day = (Day)((local >= 0 ? local / DAY_SECONDS : -((-local + DAY_SECONDS - 1) / DAY_SECONDS)) + UNIX_EPOCH);
  Walk walk = {.clock = clock, .from = moment, .day = day, .last = MIN(day + DAYS_AHEAD, day_never())};
  walk.count = day_pieces(clock, day, walk.pieces);
  return walk;
}

/* The next open span, from `from` on; false at the end of what is looked at. */
static bool walk_next(Walk *walk, Piece *piece) {
  while (true) {
    while (walk->place < walk->count) {
      *piece = walk->pieces[walk->place++];
      piece->from = MAX(piece->from, walk->from);
      if (piece->from < piece->to) return true;
    }
    if (walk->day >= walk->last) return false;
    walk->day++;
    walk->count = day_pieces(walk->clock, walk->day, walk->pieces);
    walk->place = 0;
  }
}

bool service_clock_opening(ServiceClock *clock, gint64 moment, gint64 *opening) {
  Piece piece;
  Walk walk = walk_from(clock, moment);
  if (!walk_next(&walk, &piece)) return false;
  *opening = piece.from;
  return true;
}

bool service_clock_open(ServiceClock *clock, gint64 moment) {
  Piece piece;
  Walk walk = walk_from(clock, moment);
  /* Only that day: an opening far ahead isn't looked for. */
  walk.last = walk.day;
  return walk_next(&walk, &piece) && piece.from == moment;
}

bool service_clock_closing(ServiceClock *clock, gint64 moment, gint64 *closing) {
  Piece piece;
  Walk walk = walk_from(clock, moment);
  if (!service_clock_open(clock, moment)) return false;
  gint64 end = moment;
  walk.last = walk.day + DAYS_OPEN;
  bool more = walk_next(&walk, &piece);
  for (; more && piece.from <= end; more = walk_next(&walk, &piece)) end = piece.to;
  /* Open to the end of what was looked at, or followed by a closed time? */
  if (!more && service_clock_open(clock, end)) return false;
  *closing = end;
  return true;
}

gint64 service_clock_elapsed(ServiceClock *clock, gint64 from, gint64 to) {
  gint64 sum = 0;
  Piece piece;
  Walk walk = walk_from(clock, from);
  while (walk_next(&walk, &piece) && piece.from < to) sum += MIN(piece.to, to) - piece.from;
  return sum;
}

/* Takes what is left from an open span, but for the waits in it; true when that was all, and `deadline` is where. */
static bool pass(Piece piece, gint64 *left, const ServiceWait *waits, unsigned wait_count, gint64 *deadline) {
  gint64 at = piece.from;
  for (unsigned i = 0; i <= wait_count && at < piece.to; i++) {
    gint64 until = i < wait_count ? CLAMP(waits[i].from, at, piece.to) : piece.to;
    if (until > at && *left <= until - at) {
      *deadline = at + *left;
      return true;
    }
    *left -= until - at;
    at = i < wait_count ? MAX(until, MIN(MAX(waits[i].to, waits[i].from), piece.to)) : until;
  }
  return false;
}

bool service_clock_deadline(ServiceClock *clock, gint64 taken, gint64 minutes, const ServiceWait *waits, unsigned wait_count, gint64 *deadline) {
  Piece piece;
  gint64 left = minutes * 60;
  Walk walk = walk_from(clock, taken);
  while (walk_next(&walk, &piece)) {
    if (pass(piece, &left, waits, wait_count, deadline)) return true;
    /* What still waits has no deadline yet. */
    if (wait_count > 0 && waits[wait_count - 1].to == SERVICE_WAITING && waits[wait_count - 1].from <= piece.to) return false;
  }
  return false;
}

gint64 service_clock_due(ServiceClock *clock, gint64 taken, gint64 minutes, const ServiceWait *waits, unsigned wait_count) {
  gint64 moment = SERVICE_NEVER;
  return clock != NULL && minutes != SERVICE_NO_PROMISE && service_clock_deadline(clock, taken, minutes, waits, wait_count, &moment) ? moment : SERVICE_NEVER;
}
