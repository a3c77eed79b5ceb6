/* format: readers and writers of files. Uses domain. They stream: memory doesn't grow with the file.
 *
 * csv_writer.h: comma-separated values (RFC 4180): UTF-8, lines end with CR LF, a cell is quoted where it has to be. */
#ifndef SUPPORTLEVEL_FORMAT_CSV_WRITER_H
#define SUPPORTLEVEL_FORMAT_CSV_WRITER_H

#include "format/contract_table.h"

/* How a table is written: for programs, and for the Excel of a German Windows, which takes a comma for the decimals' and separates cells by semicolons. */
typedef enum { CSV_RFC4180, CSV_EXCEL } CsvDialect;

/* Adds one row. A cell that a spreadsheet would run as a formula gets an apostrophe in front, which csv_reader takes off again. */
void csv_write_row(GString *csv, CsvDialect style, const char *const *cells, unsigned count);

/* The row of names, and one contract: these columns, in their order. */
void csv_write_contract_head(GString *csv, const ContractColumns *columns);
void csv_write_contract(GString *csv, const Contract *contract, const ContractColumns *columns);

/* The same for Excel: the mark of UTF-8, German names, 31.12.2026 and 1234,50, codes as `words` has them. */
void csv_write_excel_head(GString *csv, const ContractColumns *columns);
void csv_write_excel_contract(GString *csv, const Contract *contract, const ContractColumns *columns, const ContractWords *words);

#endif
