/* report.h: what the parts of the level report's page share: the report as read, and what fills the data tree from it. */
#ifndef SUPPORTLEVEL_PAGES_REPORT_H
#define SUPPORTLEVEL_PAGES_REPORT_H

#include "pages/contract_list.h"
#include "repository/report_repository.h"

typedef struct {
  Exchange *exchange;
  ContractList *list;
  const Report *report;
} ReportPage;

#define REPORT_ALL_LEVELS G_MAXUINT

/* Whether a level's rows are part of the selection. */
bool report_page_shows(const ReportPage *page, unsigned level);
/* The contracts behind a figure of a row: of a level (or all), and of a part of it (or NULL). NULL where the address can't say it: of the row of all others. */
const char *report_page_url(const ReportPage *page, unsigned level, const ReportRow *part, ReportFigure figure);
/* The contracts that were in force on a day. */
const char *report_page_url_on(const ReportPage *page, unsigned level, Day day);
const char *report_page_level_code(const ReportPage *page, unsigned level);
const char *report_page_part_text(const ReportPage *page, const ReportRow *part);

/* Heads, rows and total. */
void report_page_fill_table(const ReportPage *page);
/* The last ends of months as a chart of stacked bars, and the same as a table. */
void report_page_fill_chart(const ReportPage *page);

#endif
