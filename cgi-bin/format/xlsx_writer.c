#include "format/xlsx_writer.h"

#include <errno.h>
#include <string.h>
#include <talloc.h>
#include <xlsxwriter.h>

#include "domain/money.h"

#define FIRST_EXCEL_YEAR 1900 /* earlier days are no numbers in Excel: they stay text */

struct xlsx_writer {
  XlsxLook look;
  FILE *file; /* the workbook, once it's finished */
  lxw_workbook *workbook;
  lxw_worksheet *sheet;
  lxw_format *head;
  lxw_format *day;
  lxw_format *money;
  unsigned sheet_count;
  lxw_row_t row; /* the last one written of this sheet */
};

static bool fail(GError **error, const char *why) {
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_PASSING, "a workbook's temporary file cannot be written: %s", why);
  return false;
}

static int writer_free(XlsxWriter *writer) {
  if (writer->workbook != NULL) {
    /* The library closes a sheet's file of rows only where it puts the workbook together. */
    lxw_worksheet *sheet;
    STAILQ_FOREACH(sheet, writer->workbook->worksheets, list_pointers) {
      if (sheet->optimize_tmpfile != NULL) fclose(sheet->optimize_tmpfile);
    }
    lxw_workbook_free(writer->workbook);
  }
  if (writer->file != NULL) fclose(writer->file);
  return 0;
}

/* ---- sheets ---- */

static double column_width(const Field *column, const char *head) {
  double least = (double)g_utf8_strlen(head, -1) + 4; /* the button of the filter */
  double usual = 10;
  if (column->kind == FIELD_LONG_TEXT) usual = 60;
  else if (column->kind == FIELD_LOOKED_UP || column->limit >= 200) usual = 36;
  else if (column->kind == FIELD_MONEY || column->kind == FIELD_DAY) usual = 13;
  else if (column->kind == FIELD_TEXT || column->kind == FIELD_KEY) usual = 18;
  return MAX(least, usual);
}

static bool add_sheet(XlsxWriter *writer, GError **error) {
  char *name = writer->sheet_count == 0 ? g_strdup(writer->look.sheet) : g_strdup_printf("%s %u", writer->look.sheet, writer->sheet_count + 1);
  writer->sheet = workbook_add_worksheet(writer->workbook, name);
  g_free(name);
  if (writer->sheet == NULL) return fail(error, "sheet");
  writer->sheet_count++;
  writer->row = 0;
  for (unsigned column = 0; column < CONTRACT_COLUMN_COUNT; column++) {
    const char *head = writer->look.words->heads[column];
    worksheet_set_column(writer->sheet, (lxw_col_t)column, (lxw_col_t)column, column_width(contract_column(column), head), NULL);
    worksheet_write_string(writer->sheet, 0, (lxw_col_t)column, head, writer->head);
  }
  worksheet_freeze_panes(writer->sheet, 1, 0);
  worksheet_repeat_rows(writer->sheet, 0, 0);
  worksheet_set_landscape(writer->sheet);
  worksheet_set_paper(writer->sheet, 9); /* A4 */
  return true;
}

static void end_sheet(XlsxWriter *writer) { worksheet_autofilter(writer->sheet, 0, 0, writer->row, CONTRACT_COLUMN_COUNT - 1); }

/* A full disk shows at the sheet's file of rows, which the library doesn't look at. */
static bool rows_are_written(const XlsxWriter *writer, bool all, GError **error) {
  lxw_worksheet *sheet;
  STAILQ_FOREACH(sheet, writer->workbook->worksheets, list_pointers) {
    FILE *rows = sheet->optimize_tmpfile;
    if (rows != NULL && ((all && fflush(rows) != 0) || ferror(rows))) return fail(error, g_strerror(errno));
  }
  return true;
}

/* ---- the workbook ---- */

static void make_formats(XlsxWriter *writer) {
  writer->head = workbook_add_format(writer->workbook);
  format_set_bold(writer->head);
  writer->day = workbook_add_format(writer->workbook);
  format_set_num_format(writer->day, writer->look.day_format);
  writer->money = workbook_add_format(writer->workbook);
  format_set_num_format(writer->money, "#,##0.00");
}

XlsxWriter *xlsx_writer_new(void *owner, const XlsxLook *look, GError **error) {
  XlsxWriter *writer = talloc_zero(owner, XlsxWriter);
  writer->look = *look;
  talloc_set_destructor(writer, writer_free);
  writer->file = tmpfile();
  if (writer->file == NULL) {
    fail(error, g_strerror(errno));
    talloc_free(writer);
    return NULL;
  }
  /* The library wants a name; this one leads to the file without one. */
  char name[64];
  g_snprintf(name, sizeof name, "/proc/self/fd/%d", fileno(writer->file));
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  writer->workbook = workbook_new_opt(name, &options);
  if (writer->workbook == NULL) fail(error, "workbook");
  else make_formats(writer);
  if (writer->workbook != NULL && add_sheet(writer, error)) return writer;
  talloc_free(writer);
  return NULL;
}

static void write_day(XlsxWriter *writer, lxw_col_t column, const char *iso) {
  lxw_datetime moment = {0};
  day_parts(day_parse_iso(iso), &moment.year, &moment.month, &moment.day);
  if (moment.year < FIRST_EXCEL_YEAR) worksheet_write_string(writer->sheet, writer->row, column, iso, NULL);
  else worksheet_write_datetime(writer->sheet, writer->row, column, &moment, writer->day);
}

/* Excel reads _x0041_ as A: where a text has such a thing, its first _ is written as one (ECMA-376, part 1, 22.9.2.19). */
static bool is_escape(const char *text) {
  if (text[0] != '_' || text[1] != 'x') return false;
  for (int digit = 2; digit < 6; digit++) {
    if (!g_ascii_isxdigit(text[digit])) return false;
  }
  return text[6] == '_';
}

static void write_text(XlsxWriter *writer, lxw_col_t column, const char *text) {
  if (strstr(text, "_x") == NULL) {
    worksheet_write_string(writer->sheet, writer->row, column, text, NULL);
    return;
  }
  GString *written = g_string_new(NULL);
  for (const char *at = text; *at != '\0'; at++) {
    if (is_escape(at)) g_string_append(written, "_x005F");
    g_string_append_c(written, *at);
  }
  worksheet_write_string(writer->sheet, writer->row, column, written->str, NULL);
  g_string_free(written, TRUE);
}

static void write_cell(XlsxWriter *writer, unsigned column, const char *text) {
  lxw_col_t place = (lxw_col_t)column;
  if (text[0] == '\0') return;
  switch (contract_column(column)->kind) {
    case FIELD_DAY: write_day(writer, place, text); break;
    case FIELD_MONEY: worksheet_write_number(writer->sheet, writer->row, place, g_ascii_strtod(text, NULL), writer->money); break;
    case FIELD_NUMBER: worksheet_write_number(writer->sheet, writer->row, place, g_ascii_strtod(text, NULL), NULL); break;
    default:
      if (column == CONTRACT_BILLING_MONTHS) worksheet_write_number(writer->sheet, writer->row, place, g_ascii_strtod(text, NULL), NULL);
      else write_text(writer, place, contract_column_word(writer->look.words, column, text));
  }
}

bool xlsx_writer_add(XlsxWriter *writer, const Contract *contract, GError **error) {
  char room[CELL_SIZE];
  if (writer->row == writer->look.row_max) {
    end_sheet(writer);
    if (!add_sheet(writer, error)) return false;
  }
  writer->row++;
  for (unsigned column = 0; column < CONTRACT_COLUMN_COUNT; column++) write_cell(writer, column, contract_column_text(contract, column, room));
  return rows_are_written(writer, false, error);
}

FILE *xlsx_writer_finish(XlsxWriter *writer, GError **error) {
  end_sheet(writer);
  if (!rows_are_written(writer, true, error)) return NULL;
  lxw_error failure = workbook_close(writer->workbook);
  writer->workbook = NULL; /* freed, also after a failure */
  if (failure != LXW_NO_ERROR) {
    fail(error, lxw_strerror(failure));
    return NULL;
  }
  return writer->file;
}
