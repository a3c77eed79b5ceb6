#include "format/xlsx_sheet.h"

#include <string.h>

#define FIRST_EXCEL_YEAR 1900 /* earlier days are no numbers in Excel: they stay text */

FILE *xlsx_file(char name[XLSX_NAME_SIZE]) {
  FILE *file = tmpfile();
  /* The library wants a name; this one leads to the file without one. */
  if (file != NULL) g_snprintf(name, XLSX_NAME_SIZE, "/proc/self/fd/%d", fileno(file));
  return file;
}

lxw_format *xlsx_head_format(lxw_workbook *workbook) {
  lxw_format *format = workbook_add_format(workbook);
  format_set_bold(format);
  return format;
}

lxw_format *xlsx_number_format(lxw_workbook *workbook, const char *pattern) {
  lxw_format *format = workbook_add_format(workbook);
  format_set_num_format(format, pattern);
  return format;
}

void xlsx_set_paper(lxw_worksheet *sheet, lxw_col_t columns) {
  worksheet_freeze_panes(sheet, 1, columns);
  worksheet_repeat_rows(sheet, 0, 0);
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, 9); /* A4 */
}

/* Excel reads _x0041_ as A: where a text has such a thing, its first _ is written as one (ECMA-376, part 1, 22.9.2.19). */
static bool is_escape(const char *text) {
  if (text[0] != '_' || text[1] != 'x') return false;
  for (int digit = 2; digit < 6; digit++) {
    if (!g_ascii_isxdigit(text[digit])) return false;
  }
  return text[6] == '_';
}

void xlsx_write_text(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format) {
  if (strstr(text, "_x") == NULL) {
    worksheet_write_string(sheet, row, column, text, format);
    return;
  }
  GString *written = g_string_new(NULL);
  for (const char *at = text; *at != '\0'; at++) {
    if (is_escape(at)) g_string_append(written, "_x005F");
    g_string_append_c(written, *at);
  }
  worksheet_write_string(sheet, row, column, written->str, format);
  g_string_free(written, TRUE);
}

void xlsx_write_day(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *iso, lxw_format *format) {
  char day[DAY_TEXT_SIZE];
  lxw_datetime moment = {0};
  g_strlcpy(day, iso, sizeof day);
  day_parts(day_parse_iso(day), &moment.year, &moment.month, &moment.day);
  if (strlen(iso) >= strlen("2026-12-31 14:05:00")) {
    moment.hour = atoi(iso + 11);
    moment.min = atoi(iso + 14);
    moment.sec = atoi(iso + 17);
  }
  if (moment.year < FIRST_EXCEL_YEAR) worksheet_write_string(sheet, row, column, iso, NULL);
  else worksheet_write_datetime(sheet, row, column, &moment, format);
}
