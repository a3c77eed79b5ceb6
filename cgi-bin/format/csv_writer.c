#include "format/csv_writer.h"

#include <string.h>
#include <talloc.h>

#include "domain/money.h"
#include "format/csv_formula.h"

static const char *const DERIVED_HEADS[] = {"status", "term_ends_on", "notice_by", "monthly_value"};

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

void csv_write_contract_head(GString *csv) {
  const char *heads[CONTRACT_FIELD_COUNT + G_N_ELEMENTS(DERIVED_HEADS)];
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) heads[field] = contract_fields[field].name;
  memcpy(heads + CONTRACT_FIELD_COUNT, DERIVED_HEADS, sizeof DERIVED_HEADS);
  csv_write_row(csv, heads, G_N_ELEMENTS(heads));
}

void csv_write_contract(GString *csv, const Contract *contract) {
  const char *cells[CONTRACT_FIELD_COUNT + G_N_ELEMENTS(DERIVED_HEADS)];
  char term_ends_on[DAY_TEXT_SIZE];
  char notice_by[DAY_TEXT_SIZE];
  const ContractTerms *terms = &contract->terms;
  char *monthly_value = money_decimal(NULL, terms->monthly_value);
  memcpy(cells, contract->values, sizeof contract->values);
  cells[CONTRACT_FIELD_COUNT] = contract_status_name(terms->status);
  cells[CONTRACT_FIELD_COUNT + 1] = day_format_iso(terms->term_ends_on == day_never() ? DAY_NONE : terms->term_ends_on, term_ends_on);
  cells[CONTRACT_FIELD_COUNT + 2] = day_format_iso(terms->notice_by == day_never() ? DAY_NONE : terms->notice_by, notice_by);
  cells[CONTRACT_FIELD_COUNT + 3] = monthly_value;
  csv_write_row(csv, cells, G_N_ELEMENTS(cells));
  talloc_free(monthly_value);
}
