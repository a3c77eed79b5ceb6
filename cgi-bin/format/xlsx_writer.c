#include "format/xlsx_writer.h"

#include <errno.h>
#include <string.h>
#include <talloc.h>
#include <xlsxwriter.h>

#include "domain/moment.h"
#include "format/xlsx_sheet.h"

struct xlsx_writer {
  XlsxLook look;
  FILE *file; /* the workbook, once it's finished */
  lxw_workbook *workbook;
  lxw_worksheet *sheet;
  lxw_format *head;
  lxw_format *day;
  lxw_format *moment;
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

static double column_width(unsigned number, const char *head) {
  const Field *column = contract_column(number);
  double least = (double)g_utf8_strlen(head, -1) + 4; /* the button of the filter */
  double usual = 10;
  if (column->kind == FIELD_LONG_TEXT) usual = 60;
  else if (number == COLUMN_UPDATED) usual = 18;
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
  for (unsigned i = 0; i < writer->look.columns->count; i++) {
    unsigned column = writer->look.columns->items[i];
    const char *head = writer->look.words->heads[column];
    worksheet_set_column(writer->sheet, (lxw_col_t)i, (lxw_col_t)i, column_width(column, head), NULL);
    worksheet_write_string(writer->sheet, 0, (lxw_col_t)i, head, writer->head);
  }
  xlsx_set_paper(writer->sheet, 0);
  return true;
}

static void end_sheet(XlsxWriter *writer) { worksheet_autofilter(writer->sheet, 0, 0, writer->row, (lxw_col_t)(writer->look.columns->count - 1)); }

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
  char *moment = g_strconcat(writer->look.day_format, " hh:mm", NULL);
  writer->head = xlsx_head_format(writer->workbook);
  writer->day = xlsx_number_format(writer->workbook, writer->look.day_format);
  writer->moment = xlsx_number_format(writer->workbook, moment);
  writer->money = xlsx_number_format(writer->workbook, "#,##0.00");
  g_free(moment);
}

XlsxWriter *xlsx_writer_new(void *owner, const XlsxLook *look, GError **error) {
  XlsxWriter *writer = talloc_zero(owner, XlsxWriter);
  writer->look = *look;
  talloc_set_destructor(writer, writer_free);
  char name[XLSX_NAME_SIZE];
  writer->file = xlsx_file(name);
  if (writer->file == NULL) {
    fail(error, g_strerror(errno));
    talloc_free(writer);
    return NULL;
  }
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  writer->workbook = workbook_new_opt(name, &options);
  if (writer->workbook == NULL) fail(error, "workbook");
  else make_formats(writer);
  if (writer->workbook != NULL && add_sheet(writer, error)) return writer;
  talloc_free(writer);
  return NULL;
}

static void write_moment(XlsxWriter *writer, lxw_col_t place, const char *iso) {
  char local[MOMENT_TEXT_SIZE];
  xlsx_write_day(writer->sheet, writer->row, place, moment_local(iso, writer->look.words->time_zone, local), writer->moment);
}

static void write_cell(XlsxWriter *writer, lxw_col_t place, unsigned column, const char *text) {
  ColumnKind kind = column == CONTRACT_BILLING_MONTHS ? COLUMN_IS_NUMBER : contract_column_kind(column);
  if (text[0] == '\0') return;
  switch (kind) {
    case COLUMN_IS_DAY: xlsx_write_day(writer->sheet, writer->row, place, text, writer->day); break;
    case COLUMN_IS_MOMENT: write_moment(writer, place, text); break;
    case COLUMN_IS_MONEY: worksheet_write_number(writer->sheet, writer->row, place, g_ascii_strtod(text, NULL), writer->money); break;
    case COLUMN_IS_NUMBER: worksheet_write_number(writer->sheet, writer->row, place, g_ascii_strtod(text, NULL), NULL); break;
    case COLUMN_IS_CODE:
    case COLUMN_IS_TEXT: xlsx_write_text(writer->sheet, writer->row, place, contract_column_word(writer->look.words, column, text), NULL); break;
  }
}

bool xlsx_writer_add(XlsxWriter *writer, const Contract *contract, GError **error) {
  char room[CELL_SIZE];
  if (writer->row == writer->look.row_max) {
    end_sheet(writer);
    if (!add_sheet(writer, error)) return false;
  }
  writer->row++;
  for (unsigned i = 0; i < writer->look.columns->count; i++) {
    unsigned column = writer->look.columns->items[i];
    write_cell(writer, (lxw_col_t)i, column, contract_column_text(contract, column, room));
  }
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
