/* xlsx_sheet.h: what all workbooks have in common: a file without a name, sheets for A4, texts that stay texts, days that are days. */
#ifndef SUPPORTLEVEL_FORMAT_XLSX_SHEET_H
#define SUPPORTLEVEL_FORMAT_XLSX_SHEET_H

#include <stdio.h>
#include <xlsxwriter.h>

#include "domain/day.h"

#define XLSX_NAME_SIZE 32

/* A temporary file that is gone when it's closed, and the name by which the library writes into it. NULL: see errno. */
FILE *xlsx_file(char name[XLSX_NAME_SIZE]);

lxw_format *xlsx_head_format(lxw_workbook *workbook);
/* How Excel shows a number: "#,##0.00". */
lxw_format *xlsx_number_format(lxw_workbook *workbook, const char *pattern);

/* A4, wide, with the first row on every page and `columns` of it always in sight. */
void xlsx_set_paper(lxw_worksheet *sheet, lxw_col_t columns);

/* A text, whatever it looks like. `format` NULL: none. */
void xlsx_write_text(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format);

/* "2026-12-31", or with a time "2026-12-31 14:05:00". What is older than Excel's days stays a text. */
void xlsx_write_day(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *iso, lxw_format *format);

#endif
