/* The chart of the level report: stacked bars, one for each of the last ends of months. Its measures are in the units of the picture. */
#include <talloc.h>

#include "pages/report.h"

#define PLOT_LEFT 64
#define PLOT_TOP 12
#define PLOT_HEIGHT 220
#define BAR_STEP 54
#define BAR_WIDTH 34
#define FACES 8 /* patterns and colours, after which they come again */

static void set_number(HDF *node, const char *name, gint64 number) {
  char text[24];
  g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, number);
  page_value(node, name, text);
}

/* The next of 1, 2, 5, 10, 20, 50 … of which at most five cover the highest bar. */
static gint64 axis_step(gint64 highest) {
  static const int FACTORS[] = {1, 2, 5};
  for (gint64 magnitude = 1;; magnitude *= 10) {
    for (unsigned i = 0; i < G_N_ELEMENTS(FACTORS); i++) {
      if (magnitude * FACTORS[i] * 5 >= highest) return magnitude * FACTORS[i];
    }
  }
}

static void fill_axis(const ReportPage *page, HDF *chart, gint64 step, gint64 top) {
  HDF *lines = page_node(chart, "Line");
  for (gint64 value = 0; value <= top; value += step) {
    HDF *line = page_row(lines, (unsigned)(value / step));
    set_number(line, "y", PLOT_TOP + PLOT_HEIGHT - value * PLOT_HEIGHT / top);
    page_value(line, "text", language_number(page->exchange, page->exchange->language, value));
  }
}

/* Pieces are rounded where they end, so that they fill the bar without gaps. */
static void fill_bar(const ReportPage *page, HDF *bar, unsigned month, gint64 top) {
  const Report *report = page->report;
  gint64 below = 0;
  unsigned count = 0;
  for (unsigned level = 0; level <= report->level_count; level++) {
    gint64 contracts = report->levels[level].row->trend[month];
    gint64 from = below * PLOT_HEIGHT / top;
    below += contracts;
    gint64 to = below * PLOT_HEIGHT / top;
    if (to <= from) continue;
    HDF *piece = page_row(page_node(bar, "Piece"), count++);
    set_number(piece, "y", PLOT_TOP + PLOT_HEIGHT - to);
    set_number(piece, "height", to - from);
    set_number(piece, "face", level % FACES);
  }
}

static void fill_month(const ReportPage *page, HDF *chart, unsigned month, gint64 top) {
  Exchange *exchange = page->exchange;
  const Report *report = page->report;
  HDF *bar = page_row(page_node(chart, "Bar"), month);
  HDF *cells = page_node(bar, "Cell");
  unsigned count = 0;
  Day day = report->days.month_ends[month];
  int year = 0;
  int number = 0;
  int day_of_month = 0;
  day_parts(day, &year, &number, &day_of_month);
  set_number(bar, "x", PLOT_LEFT + (BAR_STEP - BAR_WIDTH) / 2 + (gint64)month * BAR_STEP);
  set_number(bar, "middle", PLOT_LEFT + BAR_STEP / 2 + (gint64)month * BAR_STEP);
  page_value(bar, "label", talloc_asprintf(exchange, "%02d/%02d", number, year % 100));
  page_value(bar, "day", language_day(exchange, exchange->language, day));
  page_value(bar, "total", language_number(exchange, exchange->language, report->total->trend[month]));
  page_value(bar, "total_url", report_page_url_on(page, REPORT_ALL_LEVELS, day));
  fill_bar(page, bar, month, top);
  for (unsigned level = 0; level <= report->level_count; level++) {
    if (!report_page_shows(page, level)) continue;
    HDF *cell = page_row(cells, count++);
    page_value(cell, "text", language_number(exchange, exchange->language, report->levels[level].row->trend[month]));
    page_value(cell, "url", report_page_url_on(page, level, day));
  }
}

static void fill_legend(const ReportPage *page, HDF *chart) {
  HDF *legend = page_node(chart, "Legend");
  unsigned count = 0;
  for (unsigned level = 0; level <= page->report->level_count; level++) {
    if (!report_page_shows(page, level)) continue;
    const char *code = report_page_level_code(page, level);
    HDF *entry = page_row(legend, count++);
    page_value(entry, "text", code != NULL ? code : page_text(page->exchange, "common.no_level", NULL));
    set_number(entry, "face", level % FACES);
  }
}

void report_page_fill_chart(const ReportPage *page) {
  const Report *report = page->report;
  gint64 highest = 0;
  for (unsigned month = 0; month < REPORT_TREND; month++) highest = MAX(highest, report->total->trend[month]);
  if (highest <= 0) return;
  HDF *chart = page_node(page->exchange->data, "Chart");
  Exchange *exchange = page->exchange;
  gint64 step = axis_step(highest);
  gint64 top = (highest + step - 1) / step * step;
  fill_axis(page, chart, step, top);
  fill_legend(page, chart);
  for (unsigned month = 0; month < REPORT_TREND; month++) fill_month(page, chart, month, top);
  set_number(chart, "left", PLOT_LEFT);
  set_number(chart, "right", PLOT_LEFT + REPORT_TREND * BAR_STEP);
  set_number(chart, "bottom", PLOT_TOP + PLOT_HEIGHT);
  set_number(chart, "bar_width", BAR_WIDTH);
  page_value(chart, "text", page_text(exchange, "report.chart_text", language_day(exchange, exchange->language, report->days.month_ends[0]),
                                      language_number(exchange, exchange->language, report->total->trend[0]),
                                      language_day(exchange, exchange->language, report->days.month_ends[REPORT_TREND - 1]),
                                      language_number(exchange, exchange->language, report->total->trend[REPORT_TREND - 1]), NULL));
}
