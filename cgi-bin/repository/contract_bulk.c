/* Changing many contracts at once: everything works in pieces along the primary key, so that neither a worker's memory nor a statement's time grows with
 * their number, and two who change the same contracts meet in the same order. */
#include "repository/contract_bulk.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "repository/contract_selection.h"
#include "repository/contract_write.h"

#define BULK_PIECE 1000       /* contracts of one statement */
#define OWN_SLOT_ABOVE 1000   /* contracts whose change takes long enough to be waited for */

const ContractFieldId bulk_fields[BULK_FIELD_COUNT] = {CONTRACT_LEVEL, CONTRACT_TYPE, CONTRACT_RESPONSIBLE};

static const char *column_of(int field) { return contract_fields[bulk_fields[field]].column; }

/* ---- which contracts ---- */

static int by_number(const void *a, const void *b) {
  guint32 one = *(const guint32 *)a;
  guint32 other = *(const guint32 *)b;
  return one < other ? -1 : one > other;
}

BulkSet *contract_bulk_set(void *owner, const guint32 *ids, unsigned count) {
  BulkSet *set = talloc_zero(owner, BulkSet);
  set->ids = talloc_array(set, guint32, count + 1);
  if (count > 0) memcpy(set->ids, ids, count * sizeof *ids);
  qsort(set->ids, count, sizeof *set->ids, by_number);
  for (unsigned i = 0; i < count; i++) {
    if (set->count == 0 || set->ids[set->count - 1] != set->ids[i]) set->ids[set->count++] = set->ids[i];
  }
  set->more = set->count > BULK_LIMIT;
  return set;
}

static bool take_id(void *context, const SqlRows *row) {
  guint32 id = (guint32)sql_cell_integer(row, 0, 0);
  g_array_append_val((GArray *)context, id);
  return true;
}

/* The order is of no matter: that of a range which narrows the selection makes it a piece of that range's index. */
static ContractSort cheapest_sort(const ContractFilter *filter) {
  for (int range = 0; range < RANGE_COUNT; range++) {
    if (filter->ranges[range].from_text != NULL || filter->ranges[range].to_text != NULL) return contract_range_sort((ContractRange)range);
  }
  return SORT_NUMBER;
}

BulkSet *contract_bulk_collect(Database *database, void *owner, const ContractSelection *selection, GError **error) {
  void *scratch = talloc_new(NULL);
  ContractFilter filter = *selection->filter;
  ContractSelection whole = *selection;
  BulkSet *set = NULL;
  filter.cursor = NULL;
  filter.sort = cheapest_sort(&filter);
  filter.descending = false;
  filter.per = BULK_LIMIT + 1;
  whole.filter = &filter;
  ContractPlan *plan = contract_plan_new(database, scratch, &whole, error);
  if (plan != NULL) {
    contract_plan_complete(plan);
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(guint32));
    Statement *statement = statement_new(scratch);
    statement_add(statement, "SELECT page.id FROM (");
    contract_plan_page(plan, statement, BULK_LIMIT + 1);
    statement_add(statement, ") AS page");
    if (statement_each(statement, database, take_id, ids, error)) {
      set = contract_bulk_set(owner, (const guint32 *)(void *)ids->data, ids->len);
    }
    g_array_free(ids, TRUE);
  }
  talloc_free(scratch);
  return set;
}

/* ---- pieces ---- */

/* The ids of a piece as one value: a statement's text stays the same however many they are. */
static const char *ids_json(void *owner, const BulkSet *set, unsigned from, unsigned count) {
  GString *json = g_string_sized_new(count * 9 + 3);
  for (unsigned i = 0; i < count; i++) g_string_append_printf(json, "%c%u", i == 0 ? '[' : ',', set->ids[from + i]);
  g_string_append(json, count == 0 ? "[]" : "]");
  const char *text = talloc_strndup(owner, json->str, json->len);
  g_string_free(json, TRUE);
  return text;
}

static void add_piece(Statement *statement, const BulkSet *set, unsigned from, unsigned count) {
  statement_add(statement, "JSON_TABLE(");
  statement_bind(statement, sql_text(ids_json(statement, set, from, count)));
  statement_add(statement, ", '$[*]' COLUMNS (id INT UNSIGNED PATH '$')) AS wanted STRAIGHT_JOIN contract ON contract.id = wanted.id");
}

static SqlValue key_value(gint64 id) { return id == 0 ? SQL_NULL : SQL_INTEGER(id); }

/* The contracts that get another value. */
static void add_differs(Statement *statement, const BulkValues *values) {
  const char *separator = " WHERE NOT (";
  for (int field = 0; field < BULK_FIELD_COUNT; field++) {
    if (!values->set[field]) continue;
    statement_add(statement, "%scontract.%s <=> ", separator, column_of(field));
    statement_bind(statement, key_value(values->ids[field]));
    separator = " AND ";
  }
  statement_add(statement, ")");
}

/* ---- what they have now ---- */

enum { COUNT_ID, COUNT_VERSION, COUNT_STATUS, COUNT_FIRST_VALUE };

static int count_free(BulkCount *count) {
  for (int field = 0; field < BULK_FIELD_COUNT; field++) g_hash_table_unref(count->by_value[field]);
  return 0;
}

static void count_value(GHashTable *by_value, gint64 id) {
  gpointer key = GUINT_TO_POINTER((guint)id);
  g_hash_table_insert(by_value, key, GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(by_value, key)) + 1));
}

static void count_row(BulkCount *count, const SqlRows *rows, unsigned row, const BulkValues *values, GChecksum *checksum) {
  bool changed = false;
  for (int field = 0; field < BULK_FIELD_COUNT; field++) {
    gint64 id = sql_cell_integer(rows, row, COUNT_FIRST_VALUE + (unsigned)field);
    count_value(count->by_value[field], id);
    changed = changed || (values->set[field] && values->ids[field] != id);
  }
  for (unsigned column = 0; column < rows->column_count; column++) {
    const char *cell = sql_cell(rows, row, column);
    if (column != COUNT_STATUS) g_checksum_update(checksum, (const guchar *)(cell != NULL ? cell : "-"), -1);
    g_checksum_update(checksum, (const guchar *)" ", 1);
  }
  count->contracts++;
  count->changed += changed;
  count->ended += sql_cell_integer(rows, row, COUNT_STATUS) == STATUS_ENDED;
}

static SqlRows *count_rows(Database *database, void *owner, const BulkSet *set, unsigned from, unsigned size, bool lock, GError **error) {
  Statement *statement = statement_new(owner);
  statement_add(statement, "SELECT contract.id, contract.version, contract.status");
  for (int field = 0; field < BULK_FIELD_COUNT; field++) statement_add(statement, ", contract.%s", column_of(field));
  statement_add(statement, " FROM ");
  add_piece(statement, set, from, size);
  statement_add(statement, " ORDER BY contract.id%s", lock ? " FOR UPDATE" : "");
  return statement_query(statement, database, owner, error);
}

BulkCount *contract_bulk_count(Database *database, void *owner, const BulkSet *set, const BulkValues *values, bool lock, GError **error) {
  BulkCount *count = talloc_zero(owner, BulkCount);
  GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
  bool done = true;
  for (int field = 0; field < BULK_FIELD_COUNT; field++) count->by_value[field] = g_hash_table_new(NULL, NULL);
  talloc_set_destructor(count, count_free);
  for (unsigned from = 0; done && from < set->count; from += BULK_PIECE) {
    void *piece = talloc_new(NULL);
    SqlRows *rows = count_rows(database, piece, set, from, MIN(BULK_PIECE, set->count - from), lock, error);
    done = rows != NULL;
    for (unsigned row = 0; done && row < rows->row_count; row++) count_row(count, rows, row, values, checksum);
    talloc_free(piece);
  }
  count->fingerprint = talloc_strdup(count, g_checksum_get_string(checksum));
  g_checksum_free(checksum);
  if (done) return count;
  talloc_free(count);
  return NULL;
}

const char *contract_bulk_user_name(Database *database, void *owner, gint64 id, GError **error) {
  SqlRows *rows = database_query(database, owner, "SELECT IF(display_name = '', name, display_name) FROM user WHERE id = ?", SQL_VALUES(SQL_INTEGER(id)), error);
  if (rows == NULL) return NULL;
  return rows->row_count > 0 ? sql_cell(rows, 0, 0) : "";
}

/* ---- the slot ---- */

bool contract_bulk_count_slot(Database *database, gint64 contracts, GError **error) {
  if (contracts <= OWN_SLOT_ABOVE) return true;
  return database_execute(database, "SET @count_slot = 10 + CONNECTION_ID() MOD 4", SQL_NO_VALUES, NULL, NULL, error);
}

/* A lost connection has lost the slot too: nothing to be told. */
void contract_bulk_count_slot_back(Database *database, gint64 contracts) {
  if (contracts > OWN_SLOT_ABOVE) database_execute(database, "SET @count_slot = NULL", SQL_NO_VALUES, NULL, NULL, NULL);
}

/* ---- the change ---- */

typedef struct {
  const BulkOrder *order;
  gint64 id;
  gint64 contracts;
  void *scratch;
} Applying;

/* Held until the transaction ends: what is set stays offered until then. */
static bool lock_keys(Database *database, const Applying *applying, GError **error) {
  const BulkValues *values = &applying->order->values;
  for (int field = 0; field < BULK_FIELD_COUNT; field++) {
    const Field *fact = &contract_fields[bulk_fields[field]];
    if (!values->set[field] || values->ids[field] == 0) continue;
    const char *sql = talloc_asprintf(applying->scratch, "SELECT %s FROM %s WHERE id = ? LOCK IN SHARE MODE", contract_key_retired(fact), fact->key_table);
    SqlRows *rows = database_query(database, applying->scratch, sql, SQL_VALUES(SQL_INTEGER(values->ids[field])), error);
    if (rows == NULL) return false;
    if (rows->row_count > 0 && sql_cell_integer(rows, 0, 0) == 0) continue;
    g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_FIELD, fact->name);
    return false;
  }
  return true;
}

static SqlValue code_value(const BulkValues *values, BulkField field) { return values->set[field] ? sql_text(values->codes[field]) : SQL_NULL; }

static bool insert_record(Database *database, Applying *applying, const BulkCount *count, GError **error) {
  const BulkValues *values = &applying->order->values;
  return database_execute(database, "INSERT INTO bulk_change (user_id, set_level, set_type, set_responsible, contracts) VALUES (?, ?, ?, ?, ?)",
                          SQL_VALUES(SQL_INTEGER(applying->order->user_id), code_value(values, BULK_LEVEL), code_value(values, BULK_TYPE),
                                     code_value(values, BULK_RESPONSIBLE), SQL_INTEGER(count->changed)),
                          NULL, &applying->id, error);
}

static bool record_piece(Database *database, const Applying *applying, const BulkSet *set, unsigned from, unsigned size, GError **error) {
  Statement *statement = statement_new(applying->scratch);
  statement_add(statement, "INSERT INTO bulk_change_row (bulk_change_id, contract_id, level_id, type_id, responsible_id, version) SELECT ");
  statement_bind(statement, SQL_INTEGER(applying->id));
  statement_add(statement, ", contract.id, contract.level_id, contract.type_id, contract.responsible_id, contract.version + 1 FROM ");
  add_piece(statement, set, from, size);
  add_differs(statement, &applying->order->values);
  bool done = statement_execute(statement, database, NULL, NULL, error);
  talloc_free(statement);
  return done;
}

static bool change_piece(Database *database, const Applying *applying, guint32 first, guint32 last, GError **error) {
  const BulkValues *values = &applying->order->values;
  Statement *statement = statement_new(applying->scratch);
  statement_add(statement, "UPDATE bulk_change_row AS changed STRAIGHT_JOIN contract ON contract.id = changed.contract_id SET ");
  for (int field = 0; field < BULK_FIELD_COUNT; field++) {
    if (!values->set[field]) continue;
    statement_add(statement, "contract.%s = ", column_of(field));
    statement_bind(statement, key_value(values->ids[field]));
    statement_add(statement, ", ");
  }
  statement_add(statement, "contract.version = contract.version + 1, contract.updated_at = UTC_TIMESTAMP(6) WHERE changed.bulk_change_id = ");
  statement_bind(statement, SQL_INTEGER(applying->id));
  statement_add(statement, " AND changed.contract_id BETWEEN ");
  statement_bind(statement, SQL_INTEGER(first));
  statement_add(statement, " AND ");
  statement_bind(statement, SQL_INTEGER(last));
  bool done = statement_execute(statement, database, NULL, NULL, error);
  talloc_free(statement);
  return done;
}

static bool change_all(Database *database, Applying *applying, const BulkSet *set, GError **error) {
  BulkCount *count = contract_bulk_count(database, applying->scratch, set, &applying->order->values, true, error);
  if (count == NULL) return false;
  if (strcmp(count->fingerprint, applying->order->fingerprint) != 0) return error_set(error, ERROR_CONFLICT, "bulk_changed");
  if (count->changed == 0) return error_set(error, ERROR_FIELD, "bulk_nothing");
  bool done = contract_bulk_count_slot(database, set->count, error) && insert_record(database, applying, count, error);
  for (unsigned from = 0; done && from < set->count; from += BULK_PIECE) {
    unsigned size = MIN(BULK_PIECE, set->count - from);
    done = record_piece(database, applying, set, from, size, error) && change_piece(database, applying, set->ids[from], set->ids[from + size - 1], error);
  }
  return done;
}

static bool apply(Database *database, void *context, GError **error) {
  Applying *applying = context;
  applying->scratch = talloc_new(NULL);
  const BulkSet *set = applying->order->set;
  if (applying->order->selection != NULL) set = contract_bulk_collect(database, applying->scratch, applying->order->selection, error);
  bool done = set != NULL && lock_keys(database, applying, error);
  if (done && set->more) done = error_set(error, ERROR_CONFLICT, "bulk_changed");
  if (set != NULL) applying->contracts = set->count;
  done = done && change_all(database, applying, set, error);
  talloc_free(applying->scratch);
  return done;
}

bool contract_bulk_apply(Database *database, const BulkOrder *order, gint64 *id, GError **error) {
  Applying applying = {.order = order};
  bool done = database_transaction(database, apply, &applying, error);
  contract_bulk_count_slot_back(database, applying.contracts);
  *id = done ? applying.id : 0;
  return done;
}
