/* The level report as a workbook. */
#include <stdio.h>

#include "format/report_writer.h"
#include "format/xlsx_sheet.h"

typedef struct {
  const ReportDocument *document;
  lxw_workbook *book;
  lxw_worksheet *sheet;
  lxw_format *head;
  lxw_format *strong;
  lxw_format *share;
  lxw_format *day;
  lxw_row_t row;
} Workbook;

enum { COLUMN_LEVEL, COLUMN_PART, COLUMN_CONTRACTS, COLUMN_SHARE, COLUMN_CUSTOMERS, COLUMN_CURRENCY, COLUMN_MONTHLY, COLUMN_YEARLY, COLUMN_STARTED, COLUMN_ENDED, COLUMN_ENDING, COLUMN_NOTICE, COLUMN_COUNT };
static const char *const COLUMN_KEYS[COLUMN_COUNT] = {"level", "part", "contracts", "share", "customers", "currency", "monthly_value", "yearly_value", "started", "ended", "ending", "notice"};

static const char *text(const Workbook *workbook, const char *key) { return workbook->document->text(workbook->document->context, key); }

static const char *level_text(const Workbook *workbook, unsigned level) {
  return level < workbook->document->report->level_count ? workbook->document->catalogue->levels[level].code : text(workbook, "without");
}

static void write_text(const Workbook *workbook, int column, const char *value, lxw_format *format) {
  xlsx_write_text(workbook->sheet, workbook->row, (lxw_col_t)column, value, format);
}

static void write_number(const Workbook *workbook, int column, gint64 number) {
  if (number != REPORT_UNKNOWN) worksheet_write_number(workbook->sheet, workbook->row, (lxw_col_t)column, (double)number, NULL);
}

/* A level, or a part of it; further currencies stand in lines of their own. */
static void write_row(Workbook *workbook, const char *level, const char *part, const ReportRow *row) {
  static const int PLACES[FIGURE_COUNT] = {COLUMN_CONTRACTS, COLUMN_CUSTOMERS, COLUMN_STARTED, COLUMN_ENDED, COLUMN_ENDING, COLUMN_NOTICE};
  lxw_format *format = part[0] == '\0' ? workbook->strong : NULL;
  gint64 share = report_share(row->figures[FIGURE_CONTRACTS], workbook->document->report->total->figures[FIGURE_CONTRACTS]);
  for (int figure = 0; figure < FIGURE_COUNT; figure++) write_number(workbook, PLACES[figure], row->figures[figure]);
  worksheet_write_number(workbook->sheet, workbook->row, COLUMN_SHARE, (double)share / 1000, workbook->share);
  for (guint line = 0; line < MAX(row->values->len, 1); line++) {
    write_text(workbook, COLUMN_LEVEL, level, format);
    write_text(workbook, COLUMN_PART, part, format);
    if (line < row->values->len) {
      const ReportValue *value = &g_array_index(row->values, ReportValue, line);
      char pattern[32];
      g_snprintf(pattern, sizeof pattern, "#,##0.00 \"%s\"", value->currency);
      lxw_format *money = xlsx_number_format(workbook->book, pattern);
      write_text(workbook, COLUMN_CURRENCY, value->currency, NULL);
      worksheet_write_number(workbook->sheet, workbook->row, COLUMN_MONTHLY, (double)value->monthly / 100, money);
      worksheet_write_number(workbook->sheet, workbook->row, COLUMN_YEARLY, (double)value->yearly / 100, money);
    }
    workbook->row++;
  }
}

static void set_sheet(Workbook *workbook, const char *name, int columns) {
  workbook->sheet = workbook_add_worksheet(workbook->book, name);
  workbook->row = 0;
  xlsx_set_paper(workbook->sheet, 1);
  worksheet_set_column(workbook->sheet, 0, (lxw_col_t)(columns - 1), 16, NULL);
  worksheet_fit_to_pages(workbook->sheet, 1, 0);
}

static void write_levels(Workbook *workbook) {
  const Report *report = workbook->document->report;
  set_sheet(workbook, text(workbook, "column.level"), COLUMN_COUNT);
  worksheet_set_column(workbook->sheet, COLUMN_PART, COLUMN_PART, 32, NULL);
  for (int column = 0; column < COLUMN_COUNT; column++) {
    char key[40];
    g_snprintf(key, sizeof key, "column.%s", COLUMN_KEYS[column]);
    write_text(workbook, column, text(workbook, key), workbook->head);
  }
  workbook->row++;
  for (unsigned level = 0; level <= report->level_count; level++) {
    GPtrArray *parts = report->levels[level].parts;
    if (!workbook->document->shown[level]) continue;
    write_row(workbook, level_text(workbook, level), "", report->levels[level].row);
    for (guint i = 0; i < parts->len; i++) write_row(workbook, level_text(workbook, level), workbook->document->part_text(workbook->document->context, parts->pdata[i]), parts->pdata[i]);
  }
  write_row(workbook, text(workbook, "total"), "", report->total);
}

static void write_month(Workbook *workbook, unsigned month) {
  const Report *report = workbook->document->report;
  int column = 1;
  char iso[DAY_TEXT_SIZE];
  xlsx_write_day(workbook->sheet, workbook->row, 0, day_format_iso(report->days.month_ends[month], iso), workbook->day);
  for (unsigned level = 0; level <= report->level_count; level++) {
    if (workbook->document->shown[level]) write_number(workbook, column++, report->levels[level].row->trend[month]);
  }
  write_number(workbook, column, report->total->trend[month]);
  workbook->row++;
}

static void write_months(Workbook *workbook) {
  const Report *report = workbook->document->report;
  int column = 1;
  set_sheet(workbook, text(workbook, "column.month_end"), (int)report->level_count + 3);
  write_text(workbook, 0, text(workbook, "column.month_end"), workbook->head);
  for (unsigned level = 0; level <= report->level_count; level++) {
    if (workbook->document->shown[level]) write_text(workbook, column++, level_text(workbook, level), workbook->head);
  }
  write_text(workbook, column, text(workbook, "total"), workbook->head);
  workbook->row++;
  for (unsigned month = 0; month < REPORT_TREND; month++) write_month(workbook, month);
}

static void set_formats(Workbook *workbook) {
  workbook->head = xlsx_head_format(workbook->book);
  format_set_text_wrap(workbook->head);
  format_set_bottom(workbook->head, LXW_BORDER_THIN);
  workbook->strong = workbook_add_format(workbook->book);
  format_set_bold(workbook->strong);
  workbook->share = xlsx_number_format(workbook->book, "0.0%");
  workbook->day = xlsx_number_format(workbook->book, "yyyy-mm-dd");
}

static bool read_file(FILE *file, GString *bytes) {
  char piece[16384];
  gsize length;
  while ((length = fread(piece, 1, sizeof piece, file)) > 0) g_string_append_len(bytes, piece, (gssize)length);
  return ferror(file) == 0;
}

/* The library writes files only. */
bool report_write_xlsx(GString *xlsx, const ReportDocument *document) {
  char name[XLSX_NAME_SIZE];
  FILE *file = xlsx_file(name);
  if (file == NULL) return false;
  Workbook workbook = {.document = document, .book = workbook_new(name)};
  bool done = workbook.book != NULL;
  if (done) {
    set_formats(&workbook);
    write_levels(&workbook);
    write_months(&workbook);
    done = workbook_close(workbook.book) == LXW_NO_ERROR && read_file(file, xlsx);
  }
  fclose(file);
  return done;
}
