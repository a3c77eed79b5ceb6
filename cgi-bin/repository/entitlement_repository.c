#include "repository/entitlement_repository.h"

#include <talloc.h>

#include "repository/service_calendar_repository.h"

enum {
  COLUMN_ID, COLUMN_NUMBER, COLUMN_TITLE, COLUMN_TYPE, COLUMN_STATUS, COLUMN_ENDS_ON, COLUMN_LEVEL_ID, COLUMN_LEVEL_CODE, COLUMN_LEVEL_NAME, COLUMN_SCOPE, COLUMN_CHANNELS,
  COLUMN_SERVICE_HOURS, COLUMN_RESPONSE, COLUMN_RESTORE, COLUMN_CALENDAR
};

static Statement *contracts_statement(void *owner, const char *index) {
  Statement *statement = statement_new(owner);
  statement_add(statement, "SELECT contract.id, contract.number, contract.title, contract_type.name, contract.status, contract.term_ends_on, support_level.id, support_level.code, "
                           "support_level.name, support_level.scope, support_level.channels, support_level.service_hours, support_level.response_minutes, support_level.restore_minutes, ");
  service_calendar_columns(statement);
  statement_add(statement, " FROM contract FORCE INDEX (%s) JOIN contract_type ON contract_type.id = contract.type_id LEFT JOIN support_level ON support_level.id = contract.level_id "
                           "LEFT JOIN service_calendar ON service_calendar.id = support_level.service_calendar_id WHERE contract.", index);
  return statement;
}

static SqlRows *read_rows(Database *database, void *owner, gint64 customer_id, GError **error) {
  Statement *statement = contracts_statement(owner, "contract_customer");
  statement_add(statement, "customer_id = ");
  statement_bind(statement, SQL_INTEGER(customer_id));
  statement_add(statement, " AND contract.status IN (%d, %d) ORDER BY support_level.level_rank DESC, support_level.id DESC, contract.number LIMIT %d", STATUS_ACTIVE, STATUS_CANCELLED,
                ENTITLEMENT_CONTRACTS_MAX + 1);
  return statement_query(statement, database, owner, error);
}

static gint64 minutes(const SqlRows *rows, unsigned row, unsigned column) {
  return sql_cell(rows, row, column) != NULL ? sql_cell_integer(rows, row, column) : SERVICE_NO_PROMISE;
}

static bool read_level(void *owner, const SqlRows *rows, unsigned row, EntitledLevel **level, GError **error) {
  ServiceCalendar *calendar = NULL;
  *level = NULL;
  if (sql_cell(rows, row, COLUMN_LEVEL_ID) == NULL) return true;
  if (!service_calendar_row(owner, rows, row, COLUMN_CALENDAR, &calendar, error)) return false;
  *level = talloc_zero(owner, EntitledLevel);
  **level = (EntitledLevel){.id = sql_cell_integer(rows, row, COLUMN_LEVEL_ID),
                            .code = sql_cell(rows, row, COLUMN_LEVEL_CODE),
                            .name = sql_cell(rows, row, COLUMN_LEVEL_NAME),
                            .scope = sql_cell(rows, row, COLUMN_SCOPE),
                            .channels = sql_cell(rows, row, COLUMN_CHANNELS),
                            .service_hours = sql_cell(rows, row, COLUMN_SERVICE_HOURS),
                            .response_minutes = minutes(rows, row, COLUMN_RESPONSE),
                            .restore_minutes = minutes(rows, row, COLUMN_RESTORE),
                            .calendar = calendar};
  return true;
}

/* Contracts of one level follow each other: it is read once. */
static bool read_contracts(Entitlement *entitlement, const SqlRows *rows, GError **error) {
  gint64 level_id = 0;
  EntitledLevel *level = NULL;
  for (unsigned row = 0; row < entitlement->count; row++) {
    gint64 id = sql_cell_integer(rows, row, COLUMN_LEVEL_ID);
    if (id != level_id && !read_level(entitlement, rows, row, &level, error)) return false;
    level_id = id;
    entitlement->contracts[row] = (EntitledContract){.id = sql_cell_integer(rows, row, COLUMN_ID),
                                                     .number = sql_cell(rows, row, COLUMN_NUMBER),
                                                     .title = sql_cell(rows, row, COLUMN_TITLE),
                                                     .type = sql_cell(rows, row, COLUMN_TYPE),
                                                     .status = (ContractStatus)sql_cell_integer(rows, row, COLUMN_STATUS),
                                                     .ends_on = day_parse_iso(sql_cell(rows, row, COLUMN_ENDS_ON)),
                                                     .level = level};
  }
  return true;
}

static bool read_others(Database *database, Entitlement *entitlement, GError **error) {
  SqlRows *rows = database_query(database, entitlement, "SELECT status, COUNT(*), MAX(term_ends_on), MIN(starts_on) FROM contract FORCE INDEX (contract_customer) WHERE customer_id = ? GROUP BY status",
                                 SQL_VALUES(SQL_INTEGER(entitlement->customer_id)), error);
  for (unsigned row = 0; rows != NULL && row < rows->row_count; row++) {
    if (sql_cell_integer(rows, row, 0) == STATUS_ENDED) {
      entitlement->ended = sql_cell_integer(rows, row, 1);
      entitlement->ended_on = day_parse_iso(sql_cell(rows, row, 2));
    } else if (sql_cell_integer(rows, row, 0) == STATUS_UPCOMING) {
      entitlement->upcoming = sql_cell_integer(rows, row, 1);
      entitlement->begins_on = day_parse_iso(sql_cell(rows, row, 3));
    }
  }
  return rows != NULL;
}

Entitlement *entitlement_repository_contract(Database *database, void *owner, const char *number, GError **error) {
  Entitlement *entitlement = talloc_zero(owner, Entitlement);
  SqlRows *customer = database_query(database, entitlement, "SELECT customer.id, customer.number, customer.name FROM contract JOIN customer ON customer.id = contract.customer_id WHERE contract.number = ?",
                                     SQL_VALUES(sql_text(number)), error);
  if (customer == NULL || customer->row_count == 0) return customer != NULL ? entitlement : NULL;
  Statement *statement = contracts_statement(entitlement, "contract_number");
  statement_add(statement, "number = ");
  statement_bind(statement, sql_text(number));
  SqlRows *rows = statement_query(statement, database, entitlement, error);
  if (rows == NULL) return NULL;
  entitlement->customer_id = sql_cell_integer(customer, 0, 0);
  entitlement->customer_number = sql_cell(customer, 0, 1);
  entitlement->customer_name = sql_cell(customer, 0, 2);
  entitlement->count = rows->row_count;
  entitlement->contracts = talloc_zero_array(entitlement, EntitledContract, entitlement->count + 1);
  return read_contracts(entitlement, rows, error) ? entitlement : NULL;
}

Entitlement *entitlement_repository_read(Database *database, void *owner, const CustomerRow *customer, GError **error) {
  Entitlement *entitlement = talloc_zero(owner, Entitlement);
  SqlRows *rows = read_rows(database, entitlement, customer->id, error);
  if (rows == NULL) return NULL;
  entitlement->customer_id = customer->id;
  entitlement->customer_number = customer->number;
  entitlement->customer_name = customer->name;
  entitlement->count = MIN(rows->row_count, ENTITLEMENT_CONTRACTS_MAX);
  entitlement->more = rows->row_count > ENTITLEMENT_CONTRACTS_MAX;
  entitlement->contracts = talloc_zero_array(entitlement, EntitledContract, entitlement->count + 1);
  if (!read_contracts(entitlement, rows, error)) return NULL;
  return entitlement->count > 0 || read_others(database, entitlement, error) ? entitlement : NULL;
}
