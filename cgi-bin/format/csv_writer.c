#include "format/csv_writer.h"

#include <string.h>

#include "domain/moment.h"
#include "format/csv_formula.h"

static const char SEPARATORS[] = {[CSV_RFC4180] = ',', [CSV_EXCEL] = ';'};
static const char *const QUOTED[] = {[CSV_RFC4180] = "\",\r\n", [CSV_EXCEL] = "\";\r\n"};

/* Blanks at the ends are quoted too: some readers take them off otherwise. A lone empty cell would be an empty line. */
static bool needs_quotes(const char *text, CsvDialect style, bool alone) {
  gsize length = strlen(text);
  if (length == 0) return alone;
  return text[strcspn(text, QUOTED[style])] != '\0' || text[0] == ' ' || text[0] == '\t' || text[length - 1] == ' ' || text[length - 1] == '\t';
}

static void add_cell(GString *csv, CsvDialect style, const char *text, bool alone) {
  bool formula = csv_is_formula(text);
  if (!formula && !needs_quotes(text, style, alone)) {
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

static void end_row(GString *csv) { g_string_append_len(csv, "\r\n", 2); }

void csv_write_row(GString *csv, CsvDialect style, const char *const *cells, unsigned count) {
  for (unsigned cell = 0; cell < count; cell++) {
    if (cell > 0) g_string_append_c(csv, SEPARATORS[style]);
    add_cell(csv, style, cells[cell], count == 1);
  }
  end_row(csv);
}

/* ---- for programs ---- */

void csv_write_contract_head(GString *csv, const ContractColumns *columns) {
  const char *heads[CONTRACT_COLUMN_COUNT];
  for (unsigned i = 0; i < columns->count; i++) heads[i] = contract_column_name(columns->items[i]);
  csv_write_row(csv, CSV_RFC4180, heads, columns->count);
}

void csv_write_contract(GString *csv, const Contract *contract, const ContractColumns *columns) {
  char room[CELL_SIZE];
  bool alone = columns->count == 1;
  for (unsigned i = 0; i < columns->count; i++) {
    unsigned column = columns->items[i];
    const char *text = contract_column_text(contract, column, room);
    if (i > 0) g_string_append_c(csv, ',');
    /* Days, numbers and codes hold nothing that would have to be quoted or defused. */
    if (alone || contract_column_kind(column) == COLUMN_IS_TEXT) add_cell(csv, CSV_RFC4180, text, alone);
    else g_string_append(csv, text);
  }
  end_row(csv);
}

/* ---- for Excel ---- */

void csv_write_excel_head(GString *csv, const ContractColumns *columns) {
  const char *heads[CONTRACT_COLUMN_COUNT];
  for (unsigned i = 0; i < columns->count; i++) heads[i] = contract_column(columns->items[i])->german;
  g_string_append(csv, "\xEF\xBB\xBF");
  csv_write_row(csv, CSV_EXCEL, heads, columns->count);
}

/* 2026-12-31 as 31.12.2026. */
static void add_day(GString *csv, const char *iso) { g_string_append_printf(csv, "%.2s.%.2s.%.4s", iso + 8, iso + 5, iso); }

static void add_moment(GString *csv, const char *iso, const char *time_zone) {
  char local[MOMENT_TEXT_SIZE];
  if (moment_local(iso, time_zone, local)[0] == '\0') return;
  add_day(csv, local);
  g_string_append_printf(csv, " %.5s", local + 11);
}

/* 1234.50 as 1234,50: thousands stay together, so that nothing is left to guess. */
static void add_money(GString *csv, const char *decimal) {
  gsize whole = strcspn(decimal, ".");
  g_string_append_len(csv, decimal, (gssize)whole);
  if (decimal[whole] == '.') g_string_append_printf(csv, ",%s", decimal + whole + 1);
}

void csv_write_excel_contract(GString *csv, const Contract *contract, const ContractColumns *columns, const ContractWords *words) {
  char room[CELL_SIZE];
  for (unsigned i = 0; i < columns->count; i++) {
    unsigned column = columns->items[i];
    const char *text = contract_column_text(contract, column, room);
    ColumnKind kind = text[0] == '\0' ? COLUMN_IS_TEXT : contract_column_kind(column);
    if (i > 0) g_string_append_c(csv, ';');
    if (kind == COLUMN_IS_DAY) add_day(csv, text);
    else if (kind == COLUMN_IS_MOMENT) add_moment(csv, text, words->time_zone);
    else if (kind == COLUMN_IS_MONEY) add_money(csv, text);
    else add_cell(csv, CSV_EXCEL, contract_column_word(words, column, text), columns->count == 1);
  }
  end_row(csv);
}
