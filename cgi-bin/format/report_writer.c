#include "format/report_writer.h"

#include <talloc.h>

#include "domain/money.h"
#include "format/csv_writer.h"
#include "format/json_value.h"

static const char *level_code(const ReportDocument *document, unsigned level) {
  return level < document->report->level_count ? document->catalogue->levels[level].code : NULL;
}

/* ---- JSON ---- */

static json_t *money(gint64 hundredths) {
  char *text = money_decimal(NULL, hundredths);
  json_t *value = json_string(text);
  talloc_free(text);
  return value;
}

static json_t *day_value(Day day) {
  char iso[DAY_TEXT_SIZE];
  return json_string(day_format_iso(day, iso));
}

/* Of one currency the values stand in the object itself; of several there is no sum to stand there. */
static void set_values(json_t *object, const ReportRow *row) {
  json_t *values = json_array();
  for (guint i = 0; i < row->values->len; i++) {
    const ReportValue *value = &g_array_index(row->values, ReportValue, i);
    json_array_append_new(values, json_pack("{s:s, s:I, s:o, s:o}", "currency", value->currency, "contracts", (json_int_t)value->contracts, "monthly_value", money(value->monthly), "yearly_value",
                                            money(value->yearly)));
  }
  bool single = row->values->len <= 1;
  const ReportValue *only = row->values->len == 1 ? &g_array_index(row->values, ReportValue, 0) : NULL;
  json_object_set_new(object, "monthly_value", single ? money(only != NULL ? only->monthly : 0) : json_null());
  json_object_set_new(object, "yearly_value", single ? money(only != NULL ? only->yearly : 0) : json_null());
  json_object_set_new(object, "values", values);
}

static void set_figures(json_t *object, const ReportDocument *document, const ReportRow *row) {
  for (int figure = 0; figure < FIGURE_COUNT; figure++) {
    bool known = row->figures[figure] != REPORT_UNKNOWN;
    json_object_set_new(object, report_figure_name((ReportFigure)figure), known ? json_integer(row->figures[figure]) : json_null());
  }
  json_object_set_new(object, "share_percent", json_real((double)report_share(row->figures[FIGURE_CONTRACTS], document->report->total->figures[FIGURE_CONTRACTS]) / 10));
  set_values(object, row);
}

static json_t *part_object(const ReportDocument *document, const ReportRow *part) {
  json_t *object = json_object();
  const char *name = report_by_name(document->report->by);
  bool someone = part->others == 0 && part->code != NULL && part->code[0] != '\0';
  json_object_set_new(object, name, someone ? json_string(part->code) : json_null());
  if (part->others > 0) json_object_set_new(object, "others", json_integer(part->others));
  set_figures(object, document, part);
  return object;
}

static json_t *levels_array(const ReportDocument *document) {
  const Report *report = document->report;
  json_t *levels = json_array();
  for (unsigned level = 0; level <= report->level_count; level++) {
    const char *code = level_code(document, level);
    if (!document->shown[level]) continue;
    json_t *object = json_object();
    json_object_set_new(object, "level", code != NULL ? json_string(code) : json_null());
    set_figures(object, document, report->levels[level].row);
    if (report->by != REPORT_BY_LEVEL) {
      json_t *parts = json_array();
      for (guint i = 0; i < report->levels[level].parts->len; i++) json_array_append_new(parts, part_object(document, report->levels[level].parts->pdata[i]));
      json_object_set_new(object, "parts", parts);
    }
    json_array_append_new(levels, object);
  }
  return levels;
}

static json_t *months_array(const ReportDocument *document) {
  const Report *report = document->report;
  json_t *months = json_array();
  for (unsigned month = 0; month < REPORT_TREND; month++) {
    json_t *levels = json_array();
    for (unsigned level = 0; level <= report->level_count; level++) {
      const char *code = level_code(document, level);
      if (!document->shown[level]) continue;
      json_array_append_new(levels, json_pack("{s:o, s:I}", "level", code != NULL ? json_string(code) : json_null(), "contracts", (json_int_t)report->levels[level].row->trend[month]));
    }
    json_array_append_new(months, json_pack("{s:o, s:I, s:o}", "on", day_value(report->days.month_ends[month]), "contracts", (json_int_t)report->total->trend[month], "levels", levels));
  }
  return months;
}

void report_write_json(GString *json, const ReportDocument *document) {
  json_t *total = json_object();
  set_figures(total, document, document->report->total);
  json_t *object = json_object();
  json_object_set_new(object, "on", day_value(document->report->days.on));
  json_object_set_new(object, "by", json_string(report_by_name(document->report->by)));
  json_object_set_new(object, "levels", levels_array(document));
  json_object_set_new(object, "total", total);
  json_object_set_new(object, "months", months_array(document));
  json_value_append(json, object, JSON_REAL_PRECISION(4));
  g_string_append_c(json, '\n');
}

/* ---- CSV ---- */

enum {
  CELL_ROW, CELL_LEVEL, CELL_PART, CELL_NAME, CELL_CONTRACTS, CELL_SHARE, CELL_CUSTOMERS, CELL_CURRENCY, CELL_MONTHLY, CELL_YEARLY, CELL_STARTED, CELL_ENDED, CELL_ENDING, CELL_NOTICE, CELL_COUNT
};

static const char *number_text(void *owner, gint64 number) { return number == REPORT_UNKNOWN ? "" : talloc_asprintf(owner, "%" G_GINT64_FORMAT, number); }

/* `cells` hold what the row is called; its figures are put into them. */
static void write_row(GString *csv, const ReportDocument *document, const char **cells, const ReportRow *row) {
  static const int PLACES[FIGURE_COUNT] = {CELL_CONTRACTS, CELL_CUSTOMERS, CELL_STARTED, CELL_ENDED, CELL_ENDING, CELL_NOTICE};
  void *scratch = talloc_new(NULL);
  gint64 share = report_share(row->figures[FIGURE_CONTRACTS], document->report->total->figures[FIGURE_CONTRACTS]);
  for (guint line = 0; line < MAX(row->values->len, 1); line++) {
    const ReportValue *value = line < row->values->len ? &g_array_index(row->values, ReportValue, line) : NULL;
    for (int figure = 0; figure < FIGURE_COUNT; figure++) cells[PLACES[figure]] = line == 0 ? number_text(scratch, row->figures[figure]) : "";
    cells[CELL_SHARE] = line == 0 ? talloc_asprintf(scratch, "%d.%d", (int)(share / 10), (int)(share % 10)) : "";
    cells[CELL_CURRENCY] = value != NULL ? value->currency : "";
    cells[CELL_MONTHLY] = value != NULL ? money_decimal(scratch, value->monthly) : "0.00";
    cells[CELL_YEARLY] = value != NULL ? money_decimal(scratch, value->yearly) : "0.00";
    csv_write_row(csv, CSV_RFC4180, cells, CELL_COUNT);
  }
  talloc_free(scratch);
}

void report_write_csv(GString *csv, const ReportDocument *document) {
  static const char *const HEADS[CELL_COUNT] = {"row", "level", "part", "name", "contracts", "share_percent", "customers", "currency", "monthly_value", "yearly_value", "started", "ended", "ending", "notice"};
  const Report *report = document->report;
  csv_write_row(csv, CSV_RFC4180, HEADS, CELL_COUNT);
  for (unsigned level = 0; level <= report->level_count; level++) {
    GPtrArray *parts = report->levels[level].parts;
    const char *code = level_code(document, level);
    const char *cells[CELL_COUNT] = {"level", code != NULL ? code : "", "", code != NULL ? document->catalogue->levels[level].name : ""};
    if (!document->shown[level]) continue;
    write_row(csv, document, cells, report->levels[level].row);
    for (guint i = 0; i < parts->len; i++) {
      const ReportRow *part = parts->pdata[i];
      cells[CELL_ROW] = part->others > 0 ? "others" : "part";
      cells[CELL_PART] = part->others > 0 || part->code == NULL ? "" : part->code;
      cells[CELL_NAME] = document->part_text(document->context, part);
      write_row(csv, document, cells, part);
    }
  }
  const char *cells[CELL_COUNT] = {"total", "", "", ""};
  write_row(csv, document, cells, report->total);
}
