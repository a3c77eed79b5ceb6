#include "format/csv_writer.h"

#include <string.h>
#include <talloc.h>

#include "domain/money.h"
#include "format/csv_formula.h"

#define MOMENT_SIZE 24

/* Blanks at the ends are quoted too: some readers take them off otherwise. A lone empty cell would be an empty line. */
static bool needs_quotes(const char *text, bool alone) {
  gsize length = strlen(text);
  if (length == 0) return alone;
  return text[strcspn(text, "\",\r\n")] != '\0' || text[0] == ' ' || text[0] == '\t' || text[length - 1] == ' ' || text[length - 1] == '\t';
}

static void add_cell(GString *csv, const char *text, bool alone) {
  bool formula = csv_is_formula(text);
  if (!formula && !needs_quotes(text, alone)) {
    g_string_append(csv, text);
    return;
  }
  g_string_append(csv, formula ? "\"'" : "\"");
  for (const char *rest = text; *rest != '\0';) {
    gsize plain = strcspn(rest, "\"");
    g_string_append_len(csv, rest, (gssize)plain);
    rest += plain;
    if (*rest == '"') {
      g_string_append(csv, "\"\"");
      rest++;
    }
  }
  g_string_append_c(csv, '"');
}

void csv_write_row(GString *csv, const char *const *cells, unsigned count) {
  for (unsigned cell = 0; cell < count; cell++) {
    if (cell > 0) g_string_append_c(csv, ',');
    add_cell(csv, cells[cell], count == 1);
  }
  g_string_append(csv, "\r\n");
}

/* What csv_write_contract writes of each contract: all columns but the last, `updated`. */
static const ContractColumns *whole_contract(void) {
  static ContractColumns columns;
  for (; columns.count < COLUMN_UPDATED; columns.count++) columns.items[columns.count] = (unsigned char)columns.count;
  return &columns;
}

void csv_write_column_head(GString *csv, const ContractColumns *columns) {
  const char *heads[CONTRACT_COLUMN_COUNT];
  for (unsigned i = 0; i < columns->count; i++) heads[i] = contract_column_name(columns->items[i]);
  csv_write_row(csv, heads, columns->count);
}

/* "2026-02-11 13:05:00.123456" of the database as ISO 8601 in UTC. */
static void moment_iso(const char *utc, char iso[MOMENT_SIZE]) {
  iso[0] = '\0';
  if (utc == NULL || strlen(utc) < strlen("2026-02-11 13:05:00")) return;
  g_snprintf(iso, MOMENT_SIZE, "%.10sT%.8sZ", utc, utc + 11);
}

void csv_write_columns(GString *csv, const Contract *contract, const ContractColumns *columns) {
  const char *all[CONTRACT_COLUMN_COUNT];
  const char *cells[CONTRACT_COLUMN_COUNT];
  char term_ends_on[DAY_TEXT_SIZE];
  char notice_by[DAY_TEXT_SIZE];
  char updated[MOMENT_SIZE];
  const ContractTerms *terms = &contract->terms;
  char *monthly_value = money_decimal(NULL, terms->monthly_value);
  moment_iso(contract->updated_at, updated);
  memcpy(all, contract->values, sizeof contract->values);
  all[COLUMN_STATUS] = contract_status_name(terms->status);
  all[COLUMN_TERM_ENDS_ON] = day_format_iso(terms->term_ends_on == day_never() ? DAY_NONE : terms->term_ends_on, term_ends_on);
  all[COLUMN_NOTICE_BY] = day_format_iso(terms->notice_by == day_never() ? DAY_NONE : terms->notice_by, notice_by);
  all[COLUMN_MONTHLY_VALUE] = monthly_value;
  all[COLUMN_UPDATED] = updated;
  for (unsigned i = 0; i < columns->count; i++) cells[i] = all[columns->items[i]];
  csv_write_row(csv, cells, columns->count);
  talloc_free(monthly_value);
}

void csv_write_contract_head(GString *csv) { csv_write_column_head(csv, whole_contract()); }
void csv_write_contract(GString *csv, const Contract *contract) { csv_write_columns(csv, contract, whole_contract()); }
