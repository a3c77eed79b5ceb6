/* report_writer.h: the level report as JSON (product.md), CSV (RFC 4180) and XLSX. */
#ifndef SUPPORTLEVEL_FORMAT_REPORT_WRITER_H
#define SUPPORTLEVEL_FORMAT_REPORT_WRITER_H

#include "domain/catalogue.h"
#include "domain/report.h"

/* What of a report is written, and how its rows and columns are called. */
typedef struct {
  const Report *report;
  const Catalogue *catalogue;
  const bool *shown;          /* which levels, by position; the last: without */
  const char *(*text)(void *context, const char *key); /* the text of a key below Lang.report */
  const char *(*part_text)(void *context, const ReportRow *part);
  void *context;
} ReportDocument;

void report_write_json(GString *json, const ReportDocument *document);

/* One line for each level, part and currency, and the total, which `row` tells apart; an empty level is "without". Contracts and the other numbers stand in the first line
 * of a row only, so that sums over a column count nothing twice. Columns are called as in the JSON. */
void report_write_csv(GString *csv, const ReportDocument *document);

/* The levels and the ends of months as two sheets, with heads in the user's language, numbers as numbers and money in its currency. False when there is no memory for it. */
bool report_write_xlsx(GString *xlsx, const ReportDocument *document);

#endif
