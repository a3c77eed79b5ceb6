#include "domain/report.h"

#include <string.h>
#include <talloc.h>

static const char *const BY_NAMES[REPORT_BY_COUNT] = {"level", "type", "customer", "responsible", "status"};
static const char *const FIGURE_NAMES[FIGURE_COUNT] = {"contracts", "customers", "started", "ended", "ending", "notice"};

const char *report_by_name(ReportBy by) { return BY_NAMES[by]; }
const char *report_figure_name(ReportFigure figure) { return FIGURE_NAMES[figure]; }

int report_by_named(const char *name) {
  for (int by = 0; by < REPORT_BY_COUNT; by++) {
    if (strcmp(BY_NAMES[by], name) == 0) return by;
  }
  return -1;
}

/* ---- days ---- */

ReportDays report_days(Day on) {
  ReportDays days = {.on = on};
  Day year_before = day_add_months(on, -12);
  Day ahead = day_add_days(on, REPORT_AHEAD);
  days.year_before = year_before != DAY_NONE ? year_before : day_make(1000, 1, 1) - 1;
  days.ahead = ahead != DAY_NONE ? MIN(ahead, day_never() - 1) : day_never() - 1;
  /* The month of `on` counts when that is its last day. */
  Day end = day_end_of_month(on) == on ? on : on - 1;
  for (int i = REPORT_TREND - 1; i >= 0; i--) {
    int year = 0;
    int month = 0;
    int day = 0;
    day_parts(end, &year, &month, &day);
    if (end != day_end_of_month(end)) end -= day;
    days.month_ends[i] = end;
    day_parts(end, &year, &month, &day);
    end -= day;
  }
  return days;
}

static void insert_cut(Day *cuts, unsigned *count, Day day) {
  unsigned place = *count;
  while (place > 0 && cuts[place - 1] > day) place--;
  if (place > 0 && cuts[place - 1] == day) return;
  memmove(cuts + place + 1, cuts + place, (*count - place) * sizeof *cuts);
  cuts[place] = day;
  (*count)++;
}

unsigned report_cuts(const ReportDays *days, ReportEventKind kind, Day *cuts) {
  unsigned count = 0;
  /* What ends on a day is in force on it: it is gone on the day after. */
  Day shift = kind == EVENT_LAST_DAY || kind == EVENT_CUSTOMER_LAST ? 1 : 0;
  switch (kind) {
    case EVENT_START:
    case EVENT_LAST_DAY:
      insert_cut(cuts, &count, days->on - shift);
      insert_cut(cuts, &count, days->year_before - shift);
      for (int i = 0; i < REPORT_TREND; i++) insert_cut(cuts, &count, days->month_ends[i] - shift);
      break;
    case EVENT_TERM_END:
    case EVENT_NOTICE:
      insert_cut(cuts, &count, days->on - 1);
      insert_cut(cuts, &count, days->ahead);
      break;
    default: insert_cut(cuts, &count, days->on - shift); break;
  }
  return count;
}

static Day period_start(Day day, bool of_year) {
  int year = 0;
  int month = 0;
  int day_of_month = 0;
  day_parts(day, &year, &month, &day_of_month);
  return day_make(year, of_year ? 1 : month, 1);
}

/* The first day after the period that `day` lies in. */
static Day period_next(Day day, PeriodUnit unit) {
  int year = 0;
  int month = 0;
  int day_of_month = 0;
  if (unit == PERIOD_DAY) return day + 1;
  day_parts(day, &year, &month, &day_of_month);
  return day_end_of_month(day_make(year, unit == PERIOD_YEAR ? 12 : month, 1)) + 1;
}

static PeriodUnit widest_unit(Day from, Day to) {
  if (from == period_start(from, true) && period_next(from, PERIOD_YEAR) <= to + 1) return PERIOD_YEAR;
  if (from == period_start(from, false) && period_next(from, PERIOD_MONTH) <= to + 1) return PERIOD_MONTH;
  return PERIOD_DAY;
}

unsigned period_cover(Day from, Day to, PeriodSpan *spans) {
  unsigned count = 0;
  from = MAX(from, day_make(1000, 1, 1));
  to = MIN(to, day_never());
  while (from <= to) {
    PeriodUnit unit = widest_unit(from, to);
    if (count == 0 || spans[count - 1].unit != unit) spans[count++] = (PeriodSpan){unit, from, from};
    spans[count - 1].to = from;
    from = period_next(from, unit);
  }
  return count;
}

/* ---- rows ---- */

static int row_free(ReportRow *row) {
  g_array_free(row->values, TRUE);
  return 0;
}

static ReportRow *row_new(void *owner, gint64 key) {
  ReportRow *row = talloc_zero(owner, ReportRow);
  row->key = key;
  row->values = g_array_new(FALSE, TRUE, sizeof(ReportValue));
  talloc_set_destructor(row, row_free);
  return row;
}

static int report_free(Report *report) {
  for (unsigned level = 0; level <= report->level_count; level++) g_ptr_array_free(report->levels[level].parts, TRUE);
  return 0;
}

Report *report_new(void *owner, Day on, ReportBy by, unsigned level_count) {
  Report *report = talloc_zero(owner, Report);
  report->days = report_days(on);
  report->by = by;
  report->level_count = level_count;
  report->levels = talloc_zero_array(report, ReportLevel, level_count + 1);
  report->total = row_new(report, 0);
  for (unsigned level = 0; level <= level_count; level++) report->levels[level] = (ReportLevel){row_new(report, 0), g_ptr_array_new()};
  talloc_set_destructor(report, report_free);
  return report;
}

/* Parts stand by their keys until the report is finished. */
ReportRow *report_part(Report *report, unsigned level, gint64 key) {
  GPtrArray *parts = report->levels[level].parts;
  guint low = 0;
  guint high = parts->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (((ReportRow *)parts->pdata[middle])->key < key) low = middle + 1;
    else high = middle;
  }
  if (low < parts->len && ((ReportRow *)parts->pdata[low])->key == key) return parts->pdata[low];
  ReportRow *row = row_new(report, key);
  g_ptr_array_insert(parts, (gint)low, row);
  return row;
}

static ReportValue *value_of(ReportRow *row, const char *currency) {
  guint place = 0;
  for (; place < row->values->len; place++) {
    ReportValue *value = &g_array_index(row->values, ReportValue, place);
    int order = strcmp(value->currency, currency);
    if (order == 0) return value;
    if (order > 0) break;
  }
  ReportValue value = {0};
  g_strlcpy(value.currency, currency, sizeof value.currency);
  g_array_insert_val(row->values, place, value);
  return &g_array_index(row->values, ReportValue, place);
}

/* What runs begins with its first day and is gone after its last: `sign` is 1 and -1. */
static void add_running(ReportRow *row, const ReportDays *days, const ReportEvent *event, Day from, int sign) {
  if (event->running == 0 && event->monthly == 0 && event->yearly == 0) return;
  for (int i = 0; i < REPORT_TREND; i++) {
    if (from <= days->month_ends[i]) row->trend[i] += sign * event->running;
  }
  if (from > days->on) return;
  ReportValue *value = value_of(row, event->currency);
  row->figures[FIGURE_CONTRACTS] += sign * event->running;
  value->contracts += sign * event->running;
  value->monthly += sign * event->monthly;
  value->yearly += sign * event->yearly;
}

static bool within(Day day, Day from, Day to) { return day >= from && day <= to; }

void report_row_add(ReportRow *row, const ReportDays *days, const ReportEvent *event) {
  gint64 *figures = row->figures;
  switch (event->kind) {
    case EVENT_START:
      add_running(row, days, event, event->day, 1);
      if (within(event->day, days->year_before + 1, days->on)) figures[FIGURE_STARTED] += event->contracts;
      break;
    case EVENT_LAST_DAY:
      add_running(row, days, event, event->day + 1, -1);
      if (within(event->day, days->year_before, days->on - 1)) figures[FIGURE_ENDED] += event->contracts;
      break;
    case EVENT_TERM_END:
      if (within(event->day, days->on, days->ahead)) figures[FIGURE_ENDING] += event->contracts;
      break;
    case EVENT_NOTICE:
      if (within(event->day, days->on, days->ahead)) figures[FIGURE_NOTICE] += event->contracts;
      break;
    case EVENT_CUSTOMER_FIRST:
      if (event->day <= days->on) figures[FIGURE_CUSTOMERS] += event->running;
      break;
    default:
      if (event->day < days->on) figures[FIGURE_CUSTOMERS] -= event->running;
      break;
  }
}

static void sum_row(ReportRow *row, const ReportRow *other) {
  for (int figure = 0; figure < FIGURE_COUNT; figure++) {
    if (figure != FIGURE_CUSTOMERS) row->figures[figure] += other->figures[figure];
  }
  for (int i = 0; i < REPORT_TREND; i++) row->trend[i] += other->trend[i];
  for (guint i = 0; i < other->values->len; i++) {
    const ReportValue *from = &g_array_index(other->values, ReportValue, i);
    ReportValue *to = value_of(row, from->currency);
    to->contracts += from->contracts;
    to->monthly += from->monthly;
    to->yearly += from->yearly;
  }
}

/* ---- finishing ---- */

static void drop_empty_values(ReportRow *row) {
  for (guint i = row->values->len; i > 0; i--) {
    const ReportValue *value = &g_array_index(row->values, ReportValue, i - 1);
    if (value->contracts == 0 && value->monthly == 0 && value->yearly == 0) g_array_remove_index(row->values, i - 1);
  }
}

static bool is_empty(const ReportRow *row) {
  for (int figure = 0; figure < FIGURE_COUNT; figure++) {
    if (row->figures[figure] > 0) return false;
  }
  for (int i = 0; i < REPORT_TREND; i++) {
    if (row->trend[i] != 0) return false;
  }
  return true;
}

static int most_first(gconstpointer a, gconstpointer b) {
  const ReportRow *one = *(const ReportRow *const *)a;
  const ReportRow *other = *(const ReportRow *const *)b;
  if (one->figures[FIGURE_CONTRACTS] != other->figures[FIGURE_CONTRACTS]) return one->figures[FIGURE_CONTRACTS] > other->figures[FIGURE_CONTRACTS] ? -1 : 1;
  return one->key < other->key ? -1 : one->key > other->key;
}

static int by_key(gconstpointer a, gconstpointer b) {
  const ReportRow *one = *(const ReportRow *const *)a;
  const ReportRow *other = *(const ReportRow *const *)b;
  return one->key < other->key ? -1 : one->key > other->key;
}

/* Customers of the others can't be added up by what one customer's row says: of customers each row is one. */
static void merge_others(Report *report, GPtrArray *parts) {
  if (parts->len <= REPORT_PARTS_SHOWN + 1) return;
  ReportRow *others = row_new(report, 0);
  others->others = parts->len - REPORT_PARTS_SHOWN;
  others->figures[FIGURE_CUSTOMERS] = report->by == REPORT_BY_CUSTOMER ? 0 : REPORT_UNKNOWN;
  for (guint i = REPORT_PARTS_SHOWN; i < parts->len; i++) {
    const ReportRow *row = parts->pdata[i];
    sum_row(others, row);
    if (report->by == REPORT_BY_CUSTOMER) others->figures[FIGURE_CUSTOMERS] += row->figures[FIGURE_CUSTOMERS];
  }
  g_ptr_array_set_size(parts, REPORT_PARTS_SHOWN);
  g_ptr_array_add(parts, others);
}

static void finish_parts(Report *report, GPtrArray *parts) {
  bool ranked = report->by == REPORT_BY_CUSTOMER || report->by == REPORT_BY_RESPONSIBLE;
  for (guint i = parts->len; i > 0; i--) {
    drop_empty_values(parts->pdata[i - 1]);
    if (is_empty(parts->pdata[i - 1])) g_ptr_array_remove_index(parts, i - 1);
  }
  g_ptr_array_sort(parts, ranked ? most_first : by_key);
  if (ranked) merge_others(report, parts);
}

void report_finish(Report *report, bool sum_parts) {
  for (unsigned level = 0; level <= report->level_count; level++) {
    ReportLevel *of = &report->levels[level];
    for (guint i = 0; sum_parts && i < of->parts->len; i++) sum_row(of->row, of->parts->pdata[i]);
    drop_empty_values(of->row);
    finish_parts(report, of->parts);
    sum_row(report->total, of->row);
  }
  drop_empty_values(report->total);
}

gint64 report_share(gint64 part, gint64 whole) { return whole > 0 ? (2000 * part + whole) / (2 * whole) : 0; }
