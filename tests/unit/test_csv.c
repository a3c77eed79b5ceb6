/* CSV: what is written can be read again, what others write can be read, and no file does harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <talloc.h>

#include "domain/contract_import.h"
#include "format/csv_formula.h"
#include "format/csv_reader.h"
#include "format/csv_writer.h"

/* A temporary file: fmemopen takes text only up to its first NUL. */
static FILE *file_of(const char *bytes, size_t length) {
  FILE *file = tmpfile();
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, length, file), length);
  return file;
}

/* All rows as text: cells separated by |, rows as LINE:cells and a line end, a problem as LINE!reason. */
static char *read_all(const char *bytes, size_t length) {
  FILE *file = file_of(bytes, length);
  CsvReader *reader = csv_reader_new(NULL, file, &(CsvStyle){0, NULL});
  GString *text = g_string_new("");
  for (const CsvRow *row; (row = csv_reader_next(reader)) != NULL;) {
    g_string_append_printf(text, "%d:", (int)row->line);
    for (unsigned cell = 0; cell < row->count; cell++) g_string_append_printf(text, "%s%s", cell > 0 ? "|" : "", row->cells[cell]);
    g_string_append_c(text, '\n');
  }
  const CsvProblem *problem = csv_reader_problem(reader);
  if (problem != NULL) g_string_append_printf(text, "%d!%s", (int)problem->line, problem->reason);
  talloc_free(reader);
  fclose(file);
  return g_string_free(text, FALSE);
}

static void assert_reads(const char *bytes, size_t length, const char *expected) {
  char *text = read_all(bytes, length);
  assert_string_equal(text, expected);
  g_free(text);
}
#define ASSERT_READS(csv, expected) assert_reads(csv, sizeof(csv) - 1, expected)

static void separator_is_what_the_first_line_has_most_of(void **state) {
  (void)state;
  ASSERT_READS("a,b\n1,2\n", "1:a|b\n2:1|2\n");
  ASSERT_READS("a;b\n1,5;2\n", "1:a|b\n2:1,5|2\n");
  ASSERT_READS("a\tb\n1;2\t3\n", "1:a|b\n2:1;2|3\n");
  ASSERT_READS("\"a,b,c,d\";b;c\n1;2;3\n", "1:a,b,c,d|b|c\n2:1|2|3\n");
  ASSERT_READS("alone\n1\n", "1:alone\n2:1\n");
}

static void lines_end_in_any_way(void **state) {
  (void)state;
  ASSERT_READS("a,b\r\n1,2\r\n3,4", "1:a|b\n2:1|2\n3:3|4\n");
  ASSERT_READS("a,b\r1,2\r3,4\r", "1:a|b\n2:1|2\n3:3|4\n");
  ASSERT_READS("\r\n\na,b\n\n1,2\n", "3:a|b\n5:1|2\n");
}

static void a_row_is_named_by_the_line_it_begins_on(void **state) {
  (void)state;
  ASSERT_READS("a,b\n\"x\ny\",1\nz,2\n", "1:a|b\n2:x\ny|1\n4:z|2\n");
  ASSERT_READS("a,b\r\n\"x\r\ny\r\n\",1\r\nz,2\r\n", "1:a|b\n2:x\r\ny\r\n|1\n5:z|2\n");
}

static void encodings_are_recognised(void **state) {
  (void)state;
  ASSERT_READS("\xEF\xBB\xBFStra\xC3\x9F" "e,b\n", "1:Stra\xC3\x9F" "e|b\n");
  ASSERT_READS("Stra\xC3\x9F" "e,b\n", "1:Stra\xC3\x9F" "e|b\n");
  ASSERT_READS("Stra\xDF" "e;\x80\n", "1:Stra\xC3\x9F" "e|\xE2\x82\xAC\n");
  ASSERT_READS("a,b\n\xFC,\x81\n", "2!csv_encoding");
  ASSERT_READS("\xFF\xFE" "a\0,\0b\0\n\0", "1!csv_encoding");
}

static void a_character_across_two_chunks_is_still_utf8(void **state) {
  (void)state;
  for (size_t before = 65530; before < 65540; before++) {
    GString *csv = g_string_new("a\n");
    while (csv->len < before) g_string_append(csv, csv->len % 60 == 59 ? "\n" : "x");
    g_string_append(csv, "\xE2\x82\xAC\n");
    char *text = read_all(csv->str, csv->len);
    assert_non_null(strstr(text, "\xE2\x82\xAC\n"));
    g_free(text);
    g_string_free(csv, TRUE);
  }
}

static void broken_quotes_are_told_with_their_line(void **state) {
  (void)state;
  ASSERT_READS("a,b\n1,x\"y\n", "1:a|b\n2!csv_quotes");
  ASSERT_READS("a,b\n1,\"x\"y\n", "1:a|b\n2!csv_quotes");
  ASSERT_READS("a,b\n1,2\n\n3,\"never\nends,\n", "1:a|b\n2:1|2\n4!csv_quotes");
}

static void hostile_files_end_early(void **state) {
  (void)state;
  ASSERT_READS("", "");
  ASSERT_READS("a,b\n1,\0\n", "2!csv_null");
  GString *wide = g_string_new("");
  for (int column = 0; column < 10000; column++) g_string_append(wide, "x,");
  assert_reads(wide->str, wide->len, "1!csv_columns");
  g_string_free(wide, TRUE);

  char *cell = g_malloc(CSV_CELL_MAX + 100000);
  memset(cell, 'x', CSV_CELL_MAX + 100000);
  assert_reads(cell, CSV_CELL_MAX + 100000, "1!csv_cell");
  memcpy(cell, "a\n\"", 3);
  assert_reads(cell, CSV_CELL_MAX + 100000, "1:a\n2!csv_cell");
  g_free(cell);
}

static void many_long_cells_make_no_endless_row(void **state) {
  (void)state;
  GString *csv = g_string_new("a\n");
  for (int i = 0; i < 100; i++) {
    for (int byte = 0; byte < 100000; byte++) g_string_append_c(csv, 'x');
    g_string_append_c(csv, ',');
  }
  assert_reads(csv->str, csv->len, "1:a\n2!csv_cell");
  g_string_free(csv, TRUE);
}

static const char *const FORMULAS[] = {"=1+1", "+49 211 1", "-", "@x", "\tx", "-1-2", "'=x", "''@x", "+", "=", "-1."};
static const char *const HARMLESS[] = {"", "a=b", "-5", "+5", "-1.234,56", "'", "'-5", "'x", "L1", "1=1", "\xC3\xA4"};

static void only_what_a_spreadsheet_would_run_is_a_formula(void **state) {
  (void)state;
  for (size_t i = 0; i < G_N_ELEMENTS(FORMULAS); i++) assert_true(csv_is_formula(FORMULAS[i]));
  for (size_t i = 0; i < G_N_ELEMENTS(HARMLESS); i++) assert_false(csv_is_formula(HARMLESS[i]));
}

static void cells_are_quoted_where_needed(void **state) {
  (void)state;
  static const char *const CELLS[] = {"a", "", "b,c", "d\"e", "f\r\ng", " h", "=1", "-1.50"};
  GString *csv = g_string_new("");
  csv_write_row(csv, CSV_RFC4180, CELLS, G_N_ELEMENTS(CELLS));
  assert_string_equal(csv->str, "a,,\"b,c\",\"d\"\"e\",\"f\r\ng\",\" h\",\"'=1\",-1.50\r\n");
  g_string_free(csv, TRUE);
}

static Contract *example(void *owner) {
  Contract *contract = contract_new(owner);
  contract->values[CONTRACT_NUMBER] = "V;1";
  contract->values[CONTRACT_TITLE] = "a, \"b\"";
  contract->values[CONTRACT_STARTS_ON] = "2026-01-31";
  contract->values[CONTRACT_NOTICE_TO] = "half";
  contract->values[CONTRACT_AMOUNT] = "1234567.50";
  contract->values[CONTRACT_REFERENCE] = "=1;2";
  contract->terms = (ContractTerms){.status = STATUS_ACTIVE, .term_ends_on = day_never(), .notice_by = day_parse_iso("2026-06-30"), .monthly_value = -5};
  return contract;
}

static void a_contract_is_written_for_programs_and_for_excel(void **state) {
  (void)state;
  void *owner = talloc_new(NULL);
  GString *csv = g_string_new("");
  const ContractWords words = {.statuses = {"upcoming", "a;ktiv", "cancelled", "ended"}, .notice_to = {"term", "month", "quarter", "Halbjahresende", "year"}};
  csv_write_contract(csv, example(owner), contract_columns_of_files());
  assert_string_equal(csv->str, "V;1,\"a, \"\"b\"\"\",,,,,2026-01-31,,0,,half,,,1234567.50,1,EUR,,\"'=1;2\",,active,,2026-06-30,-0.05\r\n");
  g_string_truncate(csv, 0);
  csv_write_excel_contract(csv, example(owner), contract_columns_of_files(), &words);
  assert_string_equal(csv->str, "\"V;1\";\"a, \"\"b\"\"\";;;;;31.01.2026;;0;;Halbjahresende;;;1234567,50;1;EUR;;\"'=1;2\";;\"a;ktiv\";;30.06.2026;-0,05\r\n");
  g_string_free(csv, TRUE);
  talloc_free(owner);
}

static void chosen_columns_are_written_in_their_order(void **state) {
  (void)state;
  static const struct {
    const char *columns, *csv, *excel;
  } CASES[] = {
      {"updated,monthly_value,title", "2026-07-01T22:05:00Z,-0.05,\"a, \"\"b\"\"\"\r\n", "02.07.2026 00:05;-0,05;\"a, \"\"b\"\"\"\r\n"},
      {"status", "active\r\n", "aktiv\r\n"},
      {"note", "\"\"\r\n", "\"\"\r\n"},
      {"ends_on", "\"\"\r\n", "\"\"\r\n"},
      {"ends_on,term_ends_on", ",\r\n", ";\r\n"},
  };
  const ContractWords words = {.statuses = {"künftig", "aktiv", "gekündigt", "beendet"}, .time_zone = "Europe/Berlin"};
  for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
    void *owner = talloc_new(NULL);
    GString *csv = g_string_new("");
    ContractColumns columns = {0};
    Contract *contract = example(owner);
    contract->updated_at = "2026-07-01 22:05:00.123456";
    contract_columns_read(&columns, "cols", CASES[i].columns, field_errors_new(owner));
    csv_write_contract(csv, contract, &columns);
    assert_string_equal(csv->str, CASES[i].csv);
    g_string_truncate(csv, 0);
    csv_write_excel_contract(csv, contract, &columns, &words);
    assert_string_equal(csv->str, CASES[i].excel);
    g_string_free(csv, TRUE);
    talloc_free(owner);
  }
}

/* Every head that an export has is one that the import knows: a field, or a derived value. */
static void heads_are_known_to_the_import(void **state) {
  (void)state;
  void *owner = talloc_new(NULL);
  const char *heads[CONTRACT_COLUMN_COUNT];
  for (int german = 0; german < 2; german++) {
    FieldErrors *errors = field_errors_new(owner);
    for (unsigned column = 0; column < CONTRACT_COLUMN_COUNT; column++) heads[column] = german ? contract_column(column)->german : contract_column(column)->name;
    const ImportColumns *columns = contract_import_columns(owner, heads, NULL, CONTRACT_COLUMN_COUNT, errors);
    assert_false(field_errors_any(errors));
    for (int column = 0; column < CONTRACT_COLUMN_COUNT; column++) assert_int_equal(columns->fields[column], column < CONTRACT_FIELD_COUNT ? column : IMPORT_DERIVED);
  }
  talloc_free(owner);
}

/* Cells put together from everything that has a meaning in CSV. The first column keeps a row from being empty. */
static void fill_cells(GRand *rand, GPtrArray *cells) {
  static const char *const PIECES[] = {"a", ",", ";", "\t", "\"", "'", "=", "+", "-", "@", "\r", "\n", " ", "1", ".5", "\xC3\xA4", "\xE2\x82\xAC"};
  g_ptr_array_add(cells, g_strdup("first"));
  for (gint left = g_rand_int_range(rand, 1, 6); left > 0; left--) {
    GString *cell = g_string_new("");
    for (gint piece = g_rand_int_range(rand, 0, 6); piece > 0; piece--) g_string_append(cell, PIECES[g_rand_int_range(rand, 0, G_N_ELEMENTS(PIECES))]);
    g_ptr_array_add(cells, g_string_free(cell, FALSE));
  }
}

static void what_is_written_is_read_unchanged(void **state) {
  (void)state;
  GRand *rand = g_rand_new_with_seed(20261124);
  for (int round = 0; round < 1000; round++) {
    CsvDialect style = round % 2 == 0 ? CSV_RFC4180 : CSV_EXCEL;
    GPtrArray *cells = g_ptr_array_new_with_free_func(g_free);
    GString *csv = g_string_new(style == CSV_RFC4180 ? "one,two,three,four,five,six,seven\r\n" : "one;two;three;four;five;six;seven\r\n");
    fill_cells(rand, cells);
    csv_write_row(csv, style, (const char *const *)cells->pdata, cells->len);
    FILE *file = file_of(csv->str, csv->len);
    CsvReader *reader = csv_reader_new(NULL, file, &(CsvStyle){0, NULL});
    assert_non_null(csv_reader_next(reader));
    const CsvRow *row = csv_reader_next(reader);
    assert_non_null(row);
    assert_int_equal(row->count, cells->len);
    for (unsigned cell = 0; cell < row->count; cell++) assert_string_equal(row->cells[cell], cells->pdata[cell]);
    assert_null(csv_reader_next(reader));
    assert_null(csv_reader_problem(reader));
    talloc_free(reader);
    fclose(file);
    g_string_free(csv, TRUE);
    g_ptr_array_free(cells, TRUE);
  }
  g_rand_free(rand);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(separator_is_what_the_first_line_has_most_of),
      cmocka_unit_test(lines_end_in_any_way),
      cmocka_unit_test(a_row_is_named_by_the_line_it_begins_on),
      cmocka_unit_test(encodings_are_recognised),
      cmocka_unit_test(a_character_across_two_chunks_is_still_utf8),
      cmocka_unit_test(broken_quotes_are_told_with_their_line),
      cmocka_unit_test(hostile_files_end_early),
      cmocka_unit_test(many_long_cells_make_no_endless_row),
      cmocka_unit_test(only_what_a_spreadsheet_would_run_is_a_formula),
      cmocka_unit_test(cells_are_quoted_where_needed),
      cmocka_unit_test(a_contract_is_written_for_programs_and_for_excel),
      cmocka_unit_test(chosen_columns_are_written_in_their_order),
      cmocka_unit_test(heads_are_known_to_the_import),
      cmocka_unit_test(what_is_written_is_read_unchanged),
  };
  return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
