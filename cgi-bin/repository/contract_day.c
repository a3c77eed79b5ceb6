/* Reading the counts kept per year, month and day. */
#include "repository/contract_day.h"

#include <talloc.h>

#include "domain/money.h"

#define ANY_LEVEL_ID 65535

/* ---- the statement ---- */

static const char *key_column(ReportBy by) { return by == REPORT_BY_TYPE ? "type_id" : by == REPORT_BY_STATUS ? "status" : "0"; }

static SqlValue day_value(void *owner, Day day) {
  char *iso = talloc_array(owner, char, DAY_TEXT_SIZE);
  return sql_text(day_format_iso(day, iso));
}

static void add_selected(const ContractPlan *plan, Statement *statement) {
  if (plan_filter(plan)->statuses != 0) {
    statement_add(statement, " AND ");
    plan_add_statuses(plan, statement);
  }
  if (plan->used[CONDITION_TYPE]) {
    statement_add(statement, " AND ");
    plan_add_condition(plan, statement, CONDITION_TYPE);
  }
}

static void add_piece(const ContractPlan *plan, Statement *statement, ReportBy by, const ContractDaySpan *span, const PeriodSpan *period) {
  const char *key = span->kind < EVENT_CUSTOMER_FIRST ? key_column(by) : "0";
  statement_add(statement, " UNION ALL (SELECT %d, ", (int)span->kind);
  statement_bind(statement, day_value(statement, span->to));
  statement_add(statement, ", level_id, %s AS k, currency, SUM(contracts), SUM(running), SUM(monthly_value), SUM(yearly_value) FROM contract_day WHERE kind = %d AND unit = %d AND begins BETWEEN ",
                key, (int)span->kind, (int)period->unit);
  statement_bind(statement, day_value(statement, period->from));
  statement_add(statement, " AND ");
  statement_bind(statement, day_value(statement, period->to));
  if (span->kind < EVENT_CUSTOMER_FIRST) add_selected(plan, statement);
  statement_add(statement, " GROUP BY level_id, k, currency)");
}

/* What isn't folded yet. */
static void add_changes(const ContractPlan *plan, Statement *statement, ReportBy by, ReportEventKind kind, const char *separator) {
  static const char *const COLUMNS[] = {"starts_on", "last_day", "term_ends_on", "notice_by"};
  bool runs = kind == EVENT_START || kind == EVENT_LAST_DAY;
  statement_add(statement, "%s(SELECT %d, %s AS happens_on, level_id, %s AS k, currency, SUM(sign), %s FROM contract_change WHERE TRUE", separator, (int)kind, COLUMNS[kind], key_column(by),
                runs ? "SUM(sign * (last_day >= starts_on)), SUM(sign * (last_day >= starts_on) * monthly_value), SUM(sign * (last_day >= starts_on) * yearly_value)" : "0, 0, 0");
  add_selected(plan, statement);
  statement_add(statement, " GROUP BY happens_on, level_id, k, currency)");
}

/* Of customers whose contracts have changed since: those that have contracts in force now, without those that were counted. */
static void add_customers(Statement *statement, Day on) {
  static const char CHANGED[] = "(SELECT DISTINCT customer_id FROM contract_change) AS changed STRAIGHT_JOIN";
  static const char IN_FORCE[] = "contract FORCE INDEX (contract_customer) ON contract.customer_id = changed.customer_id WHERE starts_on <= ";
  const char *levels[] = {"COALESCE(level_id, 0)", G_STRINGIFY(ANY_LEVEL_ID)};
  for (unsigned i = 0; i < G_N_ELEMENTS(levels); i++) {
    statement_add(statement, " UNION ALL (SELECT %d, '1000-01-01', %s AS l, 0, '', 0, COUNT(DISTINCT contract.customer_id), 0, 0 FROM %s %s", (int)EVENT_CUSTOMER_FIRST, levels[i], CHANGED, IN_FORCE);
    statement_bind(statement, day_value(statement, on));
    statement_add(statement, " AND last_day >= ");
    statement_bind(statement, day_value(statement, on));
    statement_add(statement, " GROUP BY l)");
  }
  statement_add(statement, " UNION ALL (SELECT %d, '1000-01-01', level_id, 0, '', 0, -COUNT(*), 0, 0 FROM %s customer_span ON customer_span.customer_id = changed.customer_id WHERE begins <= ",
                (int)EVENT_CUSTOMER_FIRST, CHANGED);
  statement_bind(statement, day_value(statement, on));
  statement_add(statement, " AND ends >= ");
  statement_bind(statement, day_value(statement, on));
  statement_add(statement, " GROUP BY level_id)");
}

/* ---- its rows ---- */

enum { ROW_KIND, ROW_DAY, ROW_LEVEL, ROW_KEY, ROW_CURRENCY, ROW_CONTRACTS, ROW_RUNNING, ROW_MONTHLY, ROW_YEARLY };

/* False: of a level that there is no more. */
static bool level_position(const Catalogue *catalogue, gint64 id, unsigned *level) {
  *level = id == ANY_LEVEL_ID ? CONTRACT_DAY_ANY_LEVEL : catalogue->level_count;
  if (id == 0 || id == ANY_LEVEL_ID) return true;
  for (unsigned i = 0; i < catalogue->level_count; i++) {
    if (catalogue->levels[i].id != id) continue;
    *level = i;
    return true;
  }
  return false;
}

static void hand_over(const ContractPlan *plan, const SqlRows *rows, ContractDayReceive receive, void *context) {
  for (unsigned row = 0; row < rows->row_count; row++) {
    unsigned level = 0;
    if (!level_position(plan_catalogue(plan), sql_cell_integer(rows, row, ROW_LEVEL), &level)) continue;
    ReportEvent event = {
        .kind = (ReportEventKind)sql_cell_integer(rows, row, ROW_KIND),
        .day = day_parse_iso(sql_cell(rows, row, ROW_DAY)),
        .currency = sql_cell(rows, row, ROW_CURRENCY),
        .contracts = sql_cell_integer(rows, row, ROW_CONTRACTS),
        .running = sql_cell_integer(rows, row, ROW_RUNNING),
        .monthly = money_hundredths(sql_cell(rows, row, ROW_MONTHLY)),
        .yearly = money_hundredths(sql_cell(rows, row, ROW_YEARLY)),
    };
    receive(context, level, sql_cell_integer(rows, row, ROW_KEY), &event);
  }
}

bool contract_day_each(Database *database, const ContractPlan *plan, ReportBy by, const ContractDaySpan *spans, unsigned count, Day customers_on, ContractDayReceive receive,
                       void *context, GError **error) {
  void *scratch = talloc_new(NULL);
  Statement *statement = statement_new(scratch);
  unsigned kinds = 0;
  const char *separator = "";
  for (unsigned i = 0; i < count; i++) kinds |= 1u << spans[i].kind;
  for (unsigned kind = EVENT_START; kind <= EVENT_NOTICE; kind++) {
    if ((kinds >> kind & 1) == 0) continue;
    add_changes(plan, statement, by, (ReportEventKind)kind, separator);
    separator = " UNION ALL ";
  }
  for (unsigned i = 0; i < count; i++) {
    PeriodSpan periods[PERIOD_SPANS];
    unsigned parts = period_cover(spans[i].from, spans[i].to, periods);
    for (unsigned part = 0; part < parts; part++) add_piece(plan, statement, by, &spans[i], &periods[part]);
  }
  if (customers_on != DAY_NONE) add_customers(statement, customers_on);
  /* The report of all contracts, which the overview shows too, is asked for again and again. */
  SqlRows *rows = customers_on != DAY_NONE ? statement_query_kept(statement, database, scratch, KEPT_REPORT, error) : statement_query(statement, database, scratch, error);
  if (rows != NULL) hand_over(plan, rows, receive, context);
  talloc_free(scratch);
  return rows != NULL;
}

/* ---- totals of the contract list ---- */

bool contract_day_counts(const ContractPlan *plan) {
  unsigned ranges = 0;
  for (int condition = 0; condition < CONDITION_COUNT; condition++) {
    bool half = condition == CONDITION_NOT_ENDED_ON;
    bool kept = condition != CONDITION_VALUE && condition >= CONDITION_STARTS && condition < CONDITION_TYPE;
    if (!plan->used[condition] || condition == CONDITION_TYPE || half) continue;
    if (!kept) return false;
    ranges++;
  }
  return ranges == 1;
}

typedef struct {
  const ContractDaySpan *spans;
  unsigned count;
  bool on; /* started by a day, without those ended before: of contracts in force at all */
  unsigned level_count;
  gint64 *counts;
} Counting;

static void count_event(void *context, unsigned level, gint64 key, const ReportEvent *event) {
  Counting *counting = context;
  (void)key;
  for (unsigned i = 0; i < counting->count; i++) {
    const ContractDaySpan *span = &counting->spans[i];
    if (event->kind != span->kind || event->day < span->from || event->day > span->to || level > counting->level_count) continue;
    gint64 number = counting->on ? event->running : event->contracts;
    counting->counts[level] += counting->on && event->kind == EVENT_LAST_DAY ? -number : number;
  }
}

static const ReportEventKind RANGE_KINDS[RANGE_COUNT] = {EVENT_START, EVENT_TERM_END, EVENT_NOTICE, EVENT_KIND_COUNT, EVENT_LAST_DAY};

bool contract_day_totals(Database *database, const ContractPlan *plan, gint64 *counts, GError **error) {
  const ContractFilter *filter = plan_filter(plan);
  Day first = day_make(1000, 1, 1);
  ContractDaySpan spans[2] = {{EVENT_START, first, filter->on}, {EVENT_LAST_DAY, first, filter->on - 1}};
  Counting counting = {spans, 2, filter->on_text != NULL, plan_catalogue(plan)->level_count, counts};
  for (int range = 0; range < RANGE_COUNT && !counting.on; range++) {
    const FilterRange *bounds = &filter->ranges[range];
    if (!plan->used[CONDITION_STARTS + range]) continue;
    counting.count = 1;
    /* A contract without that day, which is kept as the farthest day, is in no range of it. */
    Day last = range == RANGE_STARTS ? day_never() : day_never() - 1;
    spans[0] = (ContractDaySpan){RANGE_KINDS[range], bounds->from_text != NULL ? (Day)bounds->from : first, bounds->to_text != NULL ? MIN((Day)bounds->to, last) : last};
  }
  return contract_day_each(database, plan, REPORT_BY_LEVEL, spans, counting.count, DAY_NONE, count_event, &counting, error);
}
