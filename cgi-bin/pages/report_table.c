/* The table of the level report: its rows, and behind each figure the address of exactly the contracts that it counts. */
#include <string.h>
#include <talloc.h>

#include "pages/report.h"

bool report_page_shows(const ReportPage *page, unsigned level) {
  guint64 bits = page->list->filter->levels;
  const CatalogueEntry *entry = level < page->report->level_count ? &page->list->catalogue->levels[level] : NULL;
  if (bits != 0) return (bits >> (entry != NULL ? level : LEVEL_NONE_BIT) & 1) != 0;
  if (entry == NULL || !entry->retired) return true;
  /* A retired level is shown as long as it has something to tell. */
  const ReportRow *row = page->report->levels[level].row;
  for (int figure = 0; figure < FIGURE_COUNT; figure++) {
    if (row->figures[figure] > 0) return true;
  }
  return row->trend[0] > 0;
}

const char *report_page_level_code(const ReportPage *page, unsigned level) {
  return level < page->report->level_count ? page->list->catalogue->levels[level].code : NULL;
}

const char *report_page_part_text(const ReportPage *page, const ReportRow *part) {
  Exchange *exchange = page->exchange;
  if (part->others > 0) return page_text(exchange, "report.others", language_number(exchange, exchange->language, part->others), NULL);
  switch (page->report->by) {
    case REPORT_BY_STATUS: return page_text(exchange, talloc_asprintf(exchange, "status.%s", part->code), NULL);
    case REPORT_BY_CUSTOMER: return talloc_asprintf(exchange, "%s %s", part->code, part->name);
    case REPORT_BY_RESPONSIBLE: return part->key == 0 ? page_text(exchange, "selection.nobody", NULL) : part->name[0] != '\0' ? part->name : part->code;
    default: return part->name;
  }
}

/* ---- addresses ---- */

/* False for what can't be said in an address. */
static bool narrow_to_part(const ReportPage *page, ContractFilter *filter, const ReportRow *part) {
  const Catalogue *catalogue = page->list->catalogue;
  if (part->others > 0 || part->code == NULL) return false;
  switch (page->report->by) {
    case REPORT_BY_TYPE: {
      int type = catalogue_type(catalogue, part->code);
      if (type >= 0) filter->types = G_GUINT64_CONSTANT(1) << type;
      return type >= 0;
    }
    case REPORT_BY_STATUS: filter->statuses = 1u << part->key; break;
    case REPORT_BY_CUSTOMER: filter->customer = part->code; break;
    default: filter->responsible = part->key == 0 ? "none" : part->code; break;
  }
  return true;
}

static ContractFilter filter_of_level(const ReportPage *page, unsigned level) {
  ContractFilter filter = *page->list->filter;
  filter.on_text = NULL;
  if (level != REPORT_ALL_LEVELS) filter.levels = G_GUINT64_CONSTANT(1) << (level < page->report->level_count ? level : LEVEL_NONE_BIT);
  return filter;
}

static const char *list_url(const ReportPage *page, const ContractFilter *filter) {
  return page_url(page->exchange, "/contracts?%s", contract_filter_query(page->exchange, filter, page->list->catalogue, false));
}

const char *report_page_url(const ReportPage *page, unsigned level, const ReportRow *part, ReportFigure figure) {
  const ReportDays *days = &page->report->days;
  ContractFilter filter = filter_of_level(page, level);
  bool possible = true;
  if (part != NULL && !narrow_to_part(page, &filter, part)) return NULL;
  switch (figure) {
    case FIGURE_STARTED: possible = contract_filter_narrow(page->exchange, &filter, RANGE_STARTS, days->year_before + 1, days->on); break;
    case FIGURE_ENDED: possible = contract_filter_narrow(page->exchange, &filter, RANGE_ENDED, days->year_before, days->on - 1); break;
    case FIGURE_ENDING: possible = contract_filter_narrow(page->exchange, &filter, RANGE_ENDS, days->on, days->ahead); break;
    case FIGURE_NOTICE: possible = contract_filter_narrow(page->exchange, &filter, RANGE_NOTICE, days->on, days->ahead); break;
    default: contract_filter_set_on(page->exchange, &filter, days->on); break;
  }
  return possible ? list_url(page, &filter) : NULL;
}

const char *report_page_url_on(const ReportPage *page, unsigned level, Day day) {
  ContractFilter filter = filter_of_level(page, level);
  contract_filter_set_on(page->exchange, &filter, day);
  return list_url(page, &filter);
}

/* ---- rows ---- */

static void fill_values(const ReportPage *page, HDF *cell, const ReportRow *row, bool yearly) {
  Exchange *exchange = page->exchange;
  HDF *lines = page_node(cell, "line");
  for (guint i = 0; i < row->values->len; i++) {
    const ReportValue *value = &g_array_index(row->values, ReportValue, i);
    page_value(page_row(lines, i), "text", language_money(exchange, exchange->language, yearly ? value->yearly : value->monthly, value->currency));
  }
  if (row->values->len == 0) page_value(page_row(lines, 0), "text", language_money(exchange, exchange->language, 0, "EUR"));
}

static HDF *add_cell(const ReportPage *page, HDF *row, const char *name, const char *url) {
  HDF *cells = page_node(row, "Cell");
  HDF *cell = page_row(cells, page_child_count(cells));
  page_value(cell, "name", name);
  page_value(cell, "label", page_text(page->exchange, talloc_asprintf(page->exchange, "report.column.%s", name), NULL));
  page_value(cell, "url", url);
  return cell;
}

static void add_text(HDF *cell, const char *text) { page_value(page_row(page_node(cell, "line"), 0), "text", text); }

static void add_figure(const ReportPage *page, HDF *node, unsigned level, const ReportRow *row, const ReportRow *part, ReportFigure figure) {
  Exchange *exchange = page->exchange;
  bool known = row->figures[figure] != REPORT_UNKNOWN;
  HDF *cell = add_cell(page, node, report_figure_name(figure), known ? report_page_url(page, level, part, figure) : NULL);
  add_text(cell, known ? language_number(exchange, exchange->language, row->figures[figure]) : "–");
  if (!known) page_set(exchange, "Report.unknown", "1");
}

static const char *share_text(const ReportPage *page, const ReportRow *row) {
  gint64 share = report_share(row->figures[FIGURE_CONTRACTS], page->report->total->figures[FIGURE_CONTRACTS]);
  return talloc_asprintf(page->exchange, "%d%c%d %%", (int)(share / 10), language_decimal_mark(page->exchange->language), (int)(share % 10));
}

static void fill_figures(const ReportPage *page, HDF *node, unsigned level, const ReportRow *row, const ReportRow *part) {
  const char *in_force = report_page_url(page, level, part, FIGURE_CONTRACTS);
  add_figure(page, node, level, row, part, FIGURE_CONTRACTS);
  add_text(add_cell(page, node, "share", NULL), share_text(page, row));
  add_figure(page, node, level, row, part, FIGURE_CUSTOMERS);
  fill_values(page, add_cell(page, node, "monthly_value", in_force), row, false);
  fill_values(page, add_cell(page, node, "yearly_value", in_force), row, true);
  for (int figure = FIGURE_STARTED; figure <= FIGURE_NOTICE; figure++) add_figure(page, node, level, row, part, (ReportFigure)figure);
}

static void fill_level(const ReportPage *page, HDF *node, unsigned level) {
  const CatalogueEntry *entry = level < page->report->level_count ? &page->list->catalogue->levels[level] : NULL;
  page_value(node, "kind", "level");
  page_value(node, "code", entry != NULL ? entry->code : "");
  page_value(node, "text", entry == NULL ? page_text(page->exchange, "common.no_level", NULL) : entry->retired ? page_text(page->exchange, "common.retired", entry->name, NULL) : entry->name);
  fill_figures(page, node, level, page->report->levels[level].row, NULL);
}

static void fill_heads(const ReportPage *page) {
  static const char *const COLUMNS[] = {"contracts", "share", "customers", "monthly_value", "yearly_value", "started", "ended", "ending", "notice"};
  for (unsigned i = 0; i < G_N_ELEMENTS(COLUMNS); i++) {
    page_value(page_row(page_node(page->exchange->data, "Column"), i), "name", COLUMNS[i]);
    page_value(page_row(page_node(page->exchange->data, "Column"), i), "text", page_text(page->exchange, talloc_asprintf(page->exchange, "report.column.%s", COLUMNS[i]), NULL));
  }
}

static bool has_contracts(const Report *report) {
  const ReportRow *row = report->total;
  for (int i = 0; i < REPORT_TREND; i++) {
    if (row->trend[i] > 0) return true;
  }
  return row->figures[FIGURE_CONTRACTS] + row->figures[FIGURE_STARTED] + row->figures[FIGURE_ENDED] + row->figures[FIGURE_ENDING] + row->figures[FIGURE_NOTICE] > 0;
}

void report_page_fill_table(const ReportPage *page) {
  Exchange *exchange = page->exchange;
  const Report *report = page->report;
  unsigned count = 0;
  if (report->too_many) page_set(exchange, "Report.too_many", "1");
  if (!has_contracts(report)) return;
  HDF *rows = page_node(exchange->data, "Row");
  fill_heads(page);
  for (unsigned level = 0; level <= report->level_count; level++) {
    GPtrArray *parts = report->levels[level].parts;
    if (!report_page_shows(page, level)) continue;
    fill_level(page, page_row(rows, count++), level);
    for (guint i = 0; i < parts->len; i++) {
      HDF *node = page_row(rows, count++);
      page_value(node, "kind", "part");
      page_value(node, "text", report_page_part_text(page, parts->pdata[i]));
      fill_figures(page, node, level, parts->pdata[i], parts->pdata[i]);
    }
  }
  fill_figures(page, page_node(exchange->data, "Sum"), REPORT_ALL_LEVELS, report->total, NULL);
  page_set(exchange, "Report.from", language_day(exchange, exchange->language, report->days.year_before + 1));
  page_set(exchange, "Report.ahead", language_day(exchange, exchange->language, report->days.ahead));
}
