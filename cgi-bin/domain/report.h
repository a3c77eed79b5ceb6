/* report.h: the level report: what stands in it for a day, and how it is added up from what starts and ends. */
#ifndef SUPPORTLEVEL_DOMAIN_REPORT_H
#define SUPPORTLEVEL_DOMAIN_REPORT_H

#include "domain/day.h"

/* What the levels are divided by. */
typedef enum { REPORT_BY_LEVEL, REPORT_BY_TYPE, REPORT_BY_CUSTOMER, REPORT_BY_RESPONSIBLE, REPORT_BY_STATUS, REPORT_BY_COUNT } ReportBy;

const char *report_by_name(ReportBy by); /* "level", "type", "customer", "responsible", "status" */
/* The dimension of this name, or -1. */
int report_by_named(const char *name);

#define REPORT_TREND 12        /* ends of months */
#define REPORT_AHEAD 90        /* days */
#define REPORT_PARTS_SHOWN 10  /* customers or persons of a level; the others are one row */

/* The days that a report for the day `on` looks at. */
typedef struct {
  Day on;
  Day year_before;             /* 12 months before `on` */
  Day ahead;                   /* 90 days after it */
  Day month_ends[REPORT_TREND]; /* the last ones up to `on`, the earliest first */
} ReportDays;

ReportDays report_days(Day on);

/* Figures, each of which is the number of a selection of contracts (but customers, which are those of the contracts in force):
 * - contracts: in force on the day: started by then, and not ended before;
 * - started: in the 12 months up to the day (year_before + 1 to on);
 * - ended: in force for the last time from year_before to the day before `on`, so that contracts in force a year before + started - ended = contracts now;
 * - ending: the current term ends from `on` to `ahead`; notice: the deadline to give notice is in that time. */
typedef enum { FIGURE_CONTRACTS, FIGURE_CUSTOMERS, FIGURE_STARTED, FIGURE_ENDED, FIGURE_ENDING, FIGURE_NOTICE, FIGURE_COUNT } ReportFigure;

const char *report_figure_name(ReportFigure figure); /* "contracts", "customers", "started", "ended", "ending", "notice" */

#define REPORT_UNKNOWN (-1) /* of customers, where counting them would need a look at too many contracts */

/* What the contracts in force are worth in one currency, in hundredths. */
typedef struct {
  char currency[4];
  gint64 contracts;
  gint64 monthly;
  gint64 yearly; /* exact amounts of a year, not twelve rounded months */
} ReportValue;

typedef struct {
  gint64 key;       /* id of the type, customer or user (0: nobody), the status' number; 0 in a level's own row */
  const char *code; /* of what the row stands for: type's code, customer's number, user's or status' name; NULL: the row of all others */
  const char *name;
  unsigned others;  /* how many the row of all others stands for */
  gint64 figures[FIGURE_COUNT];
  gint64 trend[REPORT_TREND]; /* contracts in force at the ends of months */
  GArray *values;   /* of ReportValue, by currency */
} ReportRow;

typedef struct {
  ReportRow *row;
  GPtrArray *parts; /* of ReportRow, where the report is divided further */
} ReportLevel;

/* Levels by their position in the catalogue, the last is "without". */
typedef struct {
  ReportDays days;
  ReportBy by;
  ReportLevel *levels;
  unsigned level_count; /* of the catalogue; levels has one more */
  ReportRow *total;
  bool too_many; /* contracts to divide like this: only the rows of levels or nothing is known */
} Report;

/* An empty report; belongs to `owner`. */
Report *report_new(void *owner, Day on, ReportBy by, unsigned level_count);

/* The row of a level's part, made when it isn't there. */
ReportRow *report_part(Report *report, unsigned level, gint64 key);

/* What happens on one day: */
typedef enum { EVENT_START, EVENT_LAST_DAY, EVENT_TERM_END, EVENT_NOTICE, EVENT_CUSTOMER_FIRST, EVENT_CUSTOMER_LAST, EVENT_KIND_COUNT } ReportEventKind;

typedef struct {
  ReportEventKind kind;
  Day day;
  const char *currency;
  gint64 contracts; /* of all, */
  gint64 running;   /* of those that end not before they start, with what they are worth; of customers their number */
  gint64 monthly;
  gint64 yearly;
} ReportEvent;

/* Adds an event to a row. */
void report_row_add(ReportRow *row, const ReportDays *days, const ReportEvent *event);

/* Sums parts to levels and levels to the total, puts the parts into their order and those past REPORT_PARTS_SHOWN, of customers and persons, into one row. */
void report_finish(Report *report, bool sum_parts);

/* The days after which some figure counts what came before, ascending, for each kind of event: so that what lies between two of them can be added up beforehand.
 * `cuts` takes REPORT_CUTS; returns how many. */
#define REPORT_CUTS (REPORT_TREND + 2)
unsigned report_cuts(const ReportDays *days, ReportEventKind kind, Day *cuts);

/* A stretch of years, months or days, as counts are kept. */
typedef enum { PERIOD_YEAR, PERIOD_MONTH, PERIOD_DAY } PeriodUnit;
typedef struct {
  PeriodUnit unit;
  Day from; /* the first day of the first period */
  Day to;   /* the first day of the last one */
} PeriodSpan;

/* The fewest years, months and days that are the days from `from` to `to`; `spans` takes PERIOD_SPANS; returns how many. */
#define PERIOD_SPANS 5
unsigned period_cover(Day from, Day to, PeriodSpan *spans);

/* The share of `part` in `whole` in thousandths, rounded half up; 0 of nothing. */
gint64 report_share(gint64 part, gint64 whole);

#endif
