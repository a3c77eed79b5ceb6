#include "repository/report_repository.h"

#include <talloc.h>

#include "domain/money.h"
#include "repository/contract_day.h"

typedef struct {
  Database *database;
  void *owner;
  ContractPlan *plan;
  Report *report;
  GArray *customers; /* of CustomerSeen */
} Reading;

static bool is_selected(const Reading *reading, unsigned level) { return plan_level_selected(reading->plan, level); }

/* ---- from kept counts ---- */

static bool all_levels_selected(const Reading *reading) {
  for (unsigned level = 0; level <= reading->report->level_count; level++) {
    if (!is_selected(reading, level)) return false;
  }
  return true;
}

static void take_event(void *context, unsigned level, gint64 key, const ReportEvent *event) {
  Reading *reading = context;
  Report *report = reading->report;
  bool of_customers = event->kind >= EVENT_CUSTOMER_FIRST;
  if (level == CONTRACT_DAY_ANY_LEVEL) {
    report_row_add(report->total, &report->days, event);
    return;
  }
  if (!is_selected(reading, level)) return;
  bool divided = report->by != REPORT_BY_LEVEL && !of_customers;
  report_row_add(divided ? report_part(report, level, key) : report->levels[level].row, &report->days, event);
}

static unsigned list_spans(const ReportDays *days, bool customers, ContractDaySpan *spans) {
  unsigned count = 0;
  for (int kind = EVENT_START; kind <= (customers ? EVENT_CUSTOMER_LAST : EVENT_NOTICE); kind++) {
    Day cuts[REPORT_CUTS];
    unsigned cut_count = report_cuts(days, (ReportEventKind)kind, cuts);
    bool ahead = kind == EVENT_TERM_END || kind == EVENT_NOTICE; /* what was before is of no interest */
    for (unsigned i = ahead ? 1 : 0; i < cut_count; i++) spans[count++] = (ContractDaySpan){(ReportEventKind)kind, i > 0 ? cuts[i - 1] + 1 : day_make(1000, 1, 1), cuts[i]};
  }
  return count;
}

static void set_customers(const Reading *reading, bool counted) {
  Report *report = reading->report;
  gint64 *total = &report->total->figures[FIGURE_CUSTOMERS];
  unsigned selected = 0;
  unsigned last = 0;
  for (unsigned level = 0; level <= report->level_count; level++) {
    GPtrArray *parts = report->levels[level].parts;
    if (!counted) report->levels[level].row->figures[FIGURE_CUSTOMERS] = REPORT_UNKNOWN;
    for (guint i = 0; i < parts->len; i++) ((ReportRow *)parts->pdata[i])->figures[FIGURE_CUSTOMERS] = REPORT_UNKNOWN;
    if (!is_selected(reading, level)) continue;
    selected++;
    last = level;
  }
  if (!counted) *total = REPORT_UNKNOWN;
  else if (selected == 1) *total = report->levels[last].row->figures[FIGURE_CUSTOMERS];
  else if (!all_levels_selected(reading)) *total = REPORT_UNKNOWN;
}

static bool read_kept(Reading *reading, GError **error) {
  const ContractFilter *filter = plan_filter(reading->plan);
  Report *report = reading->report;
  bool customers = filter->types == 0 && filter->statuses == 0;
  ContractDaySpan spans[EVENT_KIND_COUNT * REPORT_CUTS];
  unsigned count = list_spans(&report->days, customers, spans);
  if (!contract_day_each(reading->database, reading->plan, report->by, spans, count, customers ? report->days.on : DAY_NONE, take_event, reading, error)) return false;
  set_customers(reading, customers);
  return true;
}

/* ---- from the contracts themselves ---- */

typedef struct {
  unsigned level;
  gint64 key;
  gint64 customer;
} CustomerSeen;

enum { ROW_LEVEL, ROW_KEY, ROW_CURRENCY, ROW_CUSTOMER, ROW_STARTS_ON, ROW_LAST_DAY, ROW_TERM_ENDS_ON, ROW_NOTICE_BY, ROW_MONTHLY, ROW_YEARLY };

static const char *key_column(ReportBy by) {
  static const char *const COLUMNS[REPORT_BY_COUNT] = {"0", "type_id", "customer_id", "COALESCE(responsible_id, 0)", "status"};
  return COLUMNS[by];
}

static SqlRows *contract_rows(const Reading *reading, void *owner, GError **error) {
  const ContractPlan *plan = reading->plan;
  Statement *statement = statement_new(owner);
  statement_add(statement, "SELECT COALESCE(level_id, 0), %s, currency, customer_id, starts_on, last_day, term_ends_on, notice_by, monthly_value, amount * (12 DIV billing_months) FROM ",
                key_column(reading->report->by));
  if (plan->collected != CONDITION_NONE) plan_add_source(plan, statement, plan->collected, 0);
  else statement_add(statement, "contract FORCE INDEX (contract_by_number)");
  statement_add(statement, " WHERE ");
  plan_add_levels(plan, statement, false);
  statement_add(statement, " AND ");
  plan_add_statuses(plan, statement);
  plan_add_conditions(plan, statement, " AND ", CONDITION_NONE);
  statement_add(statement, " LIMIT %d", NARROW_LIMIT + 1);
  return statement_query(statement, reading->database, owner, error);
}

static unsigned level_of(const Catalogue *catalogue, gint64 id) {
  unsigned level = 0;
  while (level < catalogue->level_count && catalogue->levels[level].id != id) level++;
  return level;
}

static Day row_day(const SqlRows *rows, unsigned row, unsigned column) { return day_parse_iso(sql_cell(rows, row, column)); }

static void take_contract(Reading *reading, const SqlRows *rows, unsigned row) {
  Report *report = reading->report;
  unsigned level = level_of(plan_catalogue(reading->plan), sql_cell_integer(rows, row, ROW_LEVEL));
  gint64 key = sql_cell_integer(rows, row, ROW_KEY);
  ReportRow *target = report->by == REPORT_BY_LEVEL ? report->levels[level].row : report_part(report, level, key);
  ReportEvent event = {.currency = sql_cell(rows, row, ROW_CURRENCY), .contracts = 1};
  Day starts_on = row_day(rows, row, ROW_STARTS_ON);
  Day last_day = row_day(rows, row, ROW_LAST_DAY);
  event.running = last_day >= starts_on;
  event.monthly = event.running * money_hundredths(sql_cell(rows, row, ROW_MONTHLY));
  event.yearly = event.running * money_hundredths(sql_cell(rows, row, ROW_YEARLY));
  for (int kind = EVENT_START; kind <= EVENT_NOTICE; kind++) {
    event.kind = (ReportEventKind)kind;
    event.day = row_day(rows, row, (unsigned)(ROW_STARTS_ON + kind));
    if (event.day != day_never()) report_row_add(target, &report->days, &event);
  }
  if (starts_on <= report->days.on && last_day >= report->days.on) {
    CustomerSeen seen = {level, key, sql_cell_integer(rows, row, ROW_CUSTOMER)};
    g_array_append_val(reading->customers, seen);
  }
}

static int order(gint64 a, gint64 b) { return a < b ? -1 : a > b; }

static int by_customer(gconstpointer a, gconstpointer b) { return order(((const CustomerSeen *)a)->customer, ((const CustomerSeen *)b)->customer); }

static int by_level(gconstpointer a, gconstpointer b) {
  int levels = order(((const CustomerSeen *)a)->level, ((const CustomerSeen *)b)->level);
  return levels != 0 ? levels : by_customer(a, b);
}

static int by_part(gconstpointer a, gconstpointer b) {
  int levels = order(((const CustomerSeen *)a)->level, ((const CustomerSeen *)b)->level);
  int keys = order(((const CustomerSeen *)a)->key, ((const CustomerSeen *)b)->key);
  return levels != 0 ? levels : keys != 0 ? keys : by_customer(a, b);
}

/* Sorted by one of the orders above, each customer of a row begins where the one before is another or of another row. */
static void count_customers(Reading *reading) {
  GCompareFunc orders[] = {by_customer, by_level, by_part};
  Report *report = reading->report;
  for (unsigned i = 0; i < (report->by == REPORT_BY_LEVEL ? 2 : 3); i++) {
    g_array_sort(reading->customers, orders[i]);
    for (guint at = 0; at < reading->customers->len; at++) {
      const CustomerSeen *seen = &g_array_index(reading->customers, CustomerSeen, at);
      if (at > 0 && orders[i](&g_array_index(reading->customers, CustomerSeen, at - 1), seen) == 0) continue;
      ReportRow *row = i == 0 ? report->total : i == 1 ? report->levels[seen->level].row : report_part(report, seen->level, seen->key);
      row->figures[FIGURE_CUSTOMERS]++;
    }
  }
}

static bool read_contracts(Reading *reading, GError **error) {
  void *scratch = talloc_new(NULL);
  SqlRows *rows = contract_rows(reading, scratch, error);
  reading->report->too_many = rows != NULL && rows->row_count > NARROW_LIMIT;
  if (rows != NULL && !reading->report->too_many) {
    reading->customers = g_array_new(FALSE, FALSE, sizeof(CustomerSeen));
    for (unsigned row = 0; row < rows->row_count; row++) take_contract(reading, rows, row);
    count_customers(reading);
    g_array_free(reading->customers, TRUE);
  }
  bool done = rows != NULL;
  talloc_free(scratch);
  return done;
}

/* ---- names of parts ---- */

static const CatalogueEntry *entry_of(const CatalogueEntry *entries, unsigned count, gint64 id) {
  for (unsigned i = 0; i < count; i++) {
    if (entries[i].id == id) return &entries[i];
  }
  return NULL;
}

static bool name_customers(const Reading *reading, ReportRow **rows, unsigned count, GError **error) {
  Statement *statement = statement_new(reading->owner);
  statement_add(statement, "SELECT id, number, name FROM customer WHERE id IN (0");
  for (unsigned i = 0; i < count; i++) {
    statement_add(statement, ", ");
    statement_bind(statement, SQL_INTEGER(rows[i]->key));
  }
  statement_add(statement, ")");
  SqlRows *found = statement_query(statement, reading->database, reading->owner, error);
  for (unsigned i = 0; found != NULL && i < count; i++) {
    for (unsigned row = 0; row < found->row_count; row++) {
      if (sql_cell_integer(found, row, 0) != rows[i]->key) continue;
      rows[i]->code = sql_cell(found, row, 1);
      rows[i]->name = sql_cell(found, row, 2);
    }
  }
  return found != NULL;
}

/* A row whose type or user is no longer in the catalogue has no contracts left; it keeps an empty name. */
static void name_row(const Reading *reading, ReportRow *row) {
  const Catalogue *catalogue = plan_catalogue(reading->plan);
  const CatalogueEntry *entry = NULL;
  row->code = row->name = "";
  switch (reading->report->by) {
    case REPORT_BY_STATUS: row->code = contract_status_name((ContractStatus)row->key); break;
    case REPORT_BY_TYPE: entry = entry_of(catalogue->types, catalogue->type_count, row->key); break;
    default: entry = entry_of(catalogue->users, catalogue->user_count, row->key); break;
  }
  if (entry == NULL) return;
  row->code = entry->code;
  row->name = entry->name;
}

static bool name_parts(const Reading *reading, GError **error) {
  Report *report = reading->report;
  unsigned count = 0;
  ReportRow **customers = talloc_array(reading->owner, ReportRow *, (report->level_count + 1) * (REPORT_PARTS_SHOWN + 1));
  for (unsigned level = 0; level <= report->level_count; level++) {
    GPtrArray *parts = report->levels[level].parts;
    for (guint i = 0; i < parts->len; i++) {
      ReportRow *row = parts->pdata[i];
      if (row->others > 0) continue;
      if (report->by == REPORT_BY_CUSTOMER) customers[count++] = row;
      else name_row(reading, row);
    }
  }
  return count == 0 || name_customers(reading, customers, count, error);
}

/* ---- the report ---- */

static bool read_report(Reading *reading, GError **error) {
  Report *report = reading->report;
  const ContractFilter *filter = plan_filter(reading->plan);
  bool only_kept = plan_only_kept(reading->plan);
  bool narrow = only_kept ? plan_kept_of_selection(reading->plan) <= NARROW_LIMIT : reading->plan->collected != CONDITION_NONE;
  bool by_kept = report->by == REPORT_BY_LEVEL || report->by == REPORT_BY_TYPE || report->by == REPORT_BY_STATUS;
  bool everything = only_kept && report->by == REPORT_BY_LEVEL && filter->levels == 0 && filter->statuses == 0 && filter->types == 0;
  if (narrow && !everything) return read_contracts(reading, error);
  report->too_many = !only_kept || !by_kept;
  if (!only_kept) return true;
  if (!by_kept) report->by = REPORT_BY_LEVEL;
  return read_kept(reading, error);
}

Report *report_repository_read(Database *database, void *owner, const ContractSelection *selection, ReportBy by, GError **error) {
  ContractFilter filter = *selection->filter;
  ContractSelection others = *selection;
  Reading reading = {.database = database, .owner = owner};
  filter.on_text = NULL;
  others.filter = &filter;
  reading.plan = contract_plan_new(database, owner, &others, error);
  if (reading.plan == NULL) return NULL;
  reading.report = report_new(owner, selection->filter->on, by, selection->catalogue->level_count);
  if (!read_report(&reading, error)) return NULL;
  bool divided = reading.report->by != REPORT_BY_LEVEL;
  report_finish(reading.report, divided);
  reading.report->by = by;
  if (divided && !name_parts(&reading, error)) return NULL;
  return reading.report;
}
