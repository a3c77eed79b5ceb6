/* format: readers and writers of files. Uses domain. They stream: memory doesn't grow with the file.
 *
 * csv_writer.h: comma-separated values (RFC 4180): UTF-8, lines end with CR LF, a cell is quoted where it has to be. */
#ifndef SUPPORTLEVEL_FORMAT_CSV_WRITER_H
#define SUPPORTLEVEL_FORMAT_CSV_WRITER_H

#include "domain/contract.h"
#include "domain/contract_column.h"

/* Adds one row. A cell that a spreadsheet would run as a formula gets an apostrophe in front, which csv_reader takes off again. */
void csv_write_row(GString *csv, const char *const *cells, unsigned count);

/* The row of names, and one contract: every field by its name, then status, term_ends_on, notice_by, monthly_value. */
void csv_write_contract_head(GString *csv);
void csv_write_contract(GString *csv, const Contract *contract);

/* The same of these columns, in their order. */
void csv_write_column_head(GString *csv, const ContractColumns *columns);
void csv_write_columns(GString *csv, const Contract *contract, const ContractColumns *columns);

#endif
