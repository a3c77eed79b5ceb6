/* xlsx_writer.h: a workbook of contracts (Office Open XML, by libxlsxwriter): real days and numbers, a head that stays and filters. Memory doesn't grow with the
 * rows: they go to temporary files without a name, which are gone with the writer, whatever happens. */
#ifndef SUPPORTLEVEL_FORMAT_XLSX_WRITER_H
#define SUPPORTLEVEL_FORMAT_XLSX_WRITER_H

#include <stdio.h>

#include "domain/error.h"
#include "format/contract_table.h"

#define XLSX_ROW_MAX 1048575 /* rows of a sheet below its head; further ones go to a further sheet */

typedef struct xlsx_writer XlsxWriter;

typedef struct {
  const ContractColumns *columns; /* like all of these they live as long as the writer */
  const ContractWords *words;
  const char *sheet;      /* name of the first sheet; " 2" … behind it of the further ones */
  const char *day_format; /* as Excel writes it: dd\.mm\.yyyy */
  unsigned row_max;       /* XLSX_ROW_MAX, or fewer */
} XlsxLook;

/* An empty workbook with its head. ERROR_PASSING: no temporary file can be made. Free with talloc_free, at any time. */
XlsxWriter *xlsx_writer_new(void *owner, const XlsxLook *look, GError **error);

/* Adds a row. Texts are texts, whatever they begin with: none is run as a formula. ERROR_PASSING: the temporary file can't be written. */
bool xlsx_writer_add(XlsxWriter *writer, const Contract *contract, GError **error);

/* Completes the workbook: the file to read it from, which stays the writer's; nothing can be added any more. ERROR_PASSING: a file can't be written. */
FILE *xlsx_writer_finish(XlsxWriter *writer, GError **error);

#endif
