/* Workbooks: what libxlsxwriter writes can be read, and what no program writes does no harm. Source: xlsx_reader.h; ECMA-376. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>
#include <talloc.h>
#include <xlsxwriter.h>

#include "format/table_reader.h"
#include "format/xlsx_part.h"
#include "rows.h"

/* All rows as text: LINE:cells separated by |, a problem as LINE!reason. */
static const char *read_sheet(void *owner, FILE *file, unsigned sheet) {
  TableReader *reader = table_reader_new(owner, file, &(TableStyle){{0, NULL}, sheet});
  GString *text = g_string_new(NULL);
  for (const ImportRow *row; (row = table_reader_next(reader)) != NULL;) {
    g_string_append_printf(text, "%d:", (int)row->line);
    for (unsigned cell = 0; cell < row->count; cell++) g_string_append_printf(text, "%s%s", cell > 0 ? "|" : "", row->cells[cell]);
    g_string_append_c(text, ' ');
  }
  const CsvProblem *problem = table_reader_problem(reader);
  if (problem != NULL) g_string_append_printf(text, "%d!%s", (int)problem->line, problem->reason);
  const char *all = talloc_strdup(owner, g_strchomp(text->str));
  g_string_free(text, TRUE);
  return all;
}

/* ---- what a program writes ---- */

static FILE *written(void) {
  char name[] = "/tmp/supportlevel-test-XXXXXX";
  int made = mkstemp(name);
  assert_true(made >= 0);
  close(made);
  lxw_workbook *book = workbook_new(name);
  lxw_worksheet *first = workbook_add_worksheet(book, "Eins");
  lxw_worksheet *hidden = workbook_add_worksheet(book, "Versteckt");
  lxw_worksheet *second = workbook_add_worksheet(book, "Zwei");
  lxw_format *day = workbook_add_format(book);
  lxw_format *money = workbook_add_format(book);
  format_set_num_format(day, "dd/mm/yyyy");
  format_set_num_format(money, "#,##0.00 [$EUR];[Red]-#,##0.00");
  worksheet_write_string(first, 0, 0, "Kopf", NULL);
  worksheet_write_string(first, 0, 1, "Zweiter & <dritter>", NULL);
  worksheet_write_string(first, 0, 3, "Vierter", NULL);
  worksheet_write_number(first, 2, 0, 1234.5, money);
  worksheet_write_number(first, 2, 1, 0.1 + 0.2, NULL);
  lxw_datetime moment = {2024, 2, 29, 13, 5, 0};
  worksheet_write_datetime(first, 2, 2, &moment, day);
  worksheet_write_number(first, 2, 3, 12345678901.0, NULL);
  worksheet_write_formula_num(first, 3, 0, "=1+1", NULL, 2);
  worksheet_write_formula_str(first, 3, 1, "=\"a\"", NULL, "a");
  worksheet_write_boolean(first, 3, 2, 1, NULL);
  worksheet_write_number(first, 3, 3, 1.234, NULL);
  worksheet_hide(hidden);
  worksheet_write_string(second, 4, 2, "tief", NULL);
  assert_int_equal(workbook_close(book), LXW_NO_ERROR);
  FILE *file = fopen(name, "rb");
  assert_non_null(file);
  unlink(name);
  return file;
}

static void what_a_program_wrote_is_read(void **state) {
  void *owner = talloc_new(NULL);
  FILE *file = written();
  unsigned count = 0;
  row_is(0, "the first sheet", read_sheet(owner, file, 0), "1:Kopf|Zweiter & <dritter>||Vierter 3:1234.5|0.3|2024-02-29|12345678901 4:2|a|1|1.2340");
  row_is(1, "the second one that is shown", read_sheet(owner, file, 1), "5:||tief");
  row_is(2, "one that isn't there", read_sheet(owner, file, 2), "1!xlsx_no_sheet");
  TableReader *reader = table_reader_new(owner, file, &(TableStyle){{0, NULL}, 0});
  const char *const *sheets = table_reader_sheets(reader, &count);
  assert_int_equal(count, 2);
  assert_string_equal(sheets[1], "Zwei");
  fclose(file);
  talloc_free(owner);
  rows_end();
  (void)state;
}

/* ---- what none writes ---- */

#define BOOK "<workbook><sheets><sheet name='S' r:id='r1' xmlns:r='x'/></sheets></workbook>"
#define RELATIONS "<Relationships><Relationship Id='r1' Target='/xl/s.xml'/></Relationships>"
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"
#define STYLES "<styleSheet><numFmts><numFmt numFmtId='200' formatCode='\"day \"0'/><numFmt numFmtId='201' formatCode='[$-407]TT.MM.JJJJ'/></numFmts>" \
               "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='200'/><xf numFmtId='201'/></cellXfs></styleSheet>"

typedef struct {
  const char *name;
  const char *text;
} Part;

static FILE *packed(const Part *parts, unsigned count) {
  FILE *file = tmpfile();
  assert_non_null(file);
  struct archive *archive = archive_write_new();
  archive_write_set_format_zip(archive);
  assert_int_equal(archive_write_open_FILE(archive, file), ARCHIVE_OK);
  for (unsigned i = 0; i < count; i++) {
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, parts[i].name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)strlen(parts[i].text));
    archive_write_header(archive, entry);
    archive_write_data(archive, parts[i].text, strlen(parts[i].text));
    archive_entry_free(entry);
  }
  archive_write_free(archive);
  fflush(file);
  return file;
}

static const struct {
  const char *sheet;
  const char *read;
} SHEETS[] = {
    {SHEET("<row r='1'><c r='A1'><v>1</v></c></row>"), "1:1"},
    {SHEET("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"), "1:1|2 2:3|"},
    {SHEET("<row r='0'><c><v>1</v></c></row>"), "1:1"},
    {SHEET("<row r='5'/><row r='3'><c><v>1</v></c></row>"), "6:1"},
    {SHEET("<row r='7'><c r='B7'><v>1</v></c></row><row r='9'/>"), "7:|1"},
    {SHEET("<row r='1'><c s='1'><v>45323</v></c><c s='2'><v>45323</v></c><c s='3'><v>45323.75</v></c><c s='9'><v>45323</v></c></row>"), "1:2024-02-01|45323|2024-02-01|45323"},
    {SHEET("<row r='1'><c s='1'><v>-1</v></c><c s='1'><v>1e300</v></c><c><v>1E3</v></c><c><v>nan</v></c></row>"), "1:-1|1e+300|1000|nan"},
    {SHEET("<row r='1'><c t='s'><v>99999999999999999999</v></c><c><v>1</v></c></row>"), "1!xlsx_unreadable"},
    {SHEET("<row r='1'><c t='inlineStr'><is><r><t>a</t></r><r><t>b</t></r><rPh><t>x</t></rPh></is></c></row>"), "1:ab"},
    {SHEET("<row r='1'><c t='d'><v>2024-02-01</v></c><c t='e'><v>#REF!</v></c></row>"), "1:2024-02-01|#REF!"},
    {SHEET("<row r='1'><c><f>NOW()</f></c></row>"), "1!xlsx_formula"},
    {SHEET("<row r='1'><c t='str'><f>A1</f><v></v></c><c><v>1</v></c></row>"), "1:|1"},
    {SHEET("<row r='1'><c r='B1'><v>1</v></c><c r='A1'><v>2</v></c></row>"), "1!xlsx_unreadable"},
    {SHEET("<row r='1'><c r='XFD1'><v>1</v></c></row>"), "1!csv_columns"},
    {SHEET("<row r='1'><c r='ZZZZZZZZZZZZZZ1'><v>1</v></c></row>"), "1!csv_columns"},
    {SHEET("<row r='1'><c><v>1</v></c></row>") "<more/>", "1:1 1!xlsx_unreadable"},
    {"<worksheet>", "1!xlsx_unreadable"},
    {"", "1!xlsx_unreadable"},
    {"<!DOCTYPE worksheet><worksheet/>", "1!xlsx_unreadable"},
    {"\xFF\xFE", "1!xlsx_unreadable"},
};

static void sheets_are_read_or_refused(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(SHEETS); i++) {
    void *owner = talloc_new(NULL);
    const Part parts[] = {{"xl/workbook.xml", BOOK}, {"xl/_rels/workbook.xml.rels", RELATIONS}, {"xl/styles.xml", STYLES}, {"xl/s.xml", SHEETS[i].sheet}};
    FILE *file = packed(parts, G_N_ELEMENTS(parts));
    row_is(i, SHEETS[i].sheet, read_sheet(owner, file, 0), SHEETS[i].read);
    fclose(file);
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void what_grows_when_unpacked_is_refused(void **state) {
  void *owner = talloc_new(NULL);
  gsize length = 48u << 20;
  char *blanks = talloc_size(owner, length + 1);
  memset(blanks, ' ', length);
  blanks[length] = '\0';
  const Part parts[] = {{"xl/workbook.xml", BOOK}, {"xl/_rels/workbook.xml.rels", RELATIONS}, {"xl/s.xml", talloc_asprintf(owner, "<worksheet><sheetData>%s</sheetData></worksheet>", blanks)}};
  FILE *file = packed(parts, G_N_ELEMENTS(parts));
  assert_string_equal(read_sheet(owner, file, 0), "1!xlsx_too_large");
  fclose(file);
  Part many[XLSX_ENTRIES_MAX + 2];
  for (unsigned i = 0; i < G_N_ELEMENTS(many); i++) many[i] = (Part){talloc_asprintf(owner, "%u", i), "x"};
  file = packed(many, G_N_ELEMENTS(many));
  assert_string_equal(read_sheet(owner, file, 0), "1!xlsx_too_large");
  fclose(file);
  talloc_free(owner);
  (void)state;
}

static void whatever_is_cut_off_is_refused(void **state) {
  void *owner = talloc_new(NULL);
  FILE *file = written();
  char bytes[32768];
  gsize length = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  for (gsize cut = 4; cut < length; cut += 97) {
    FILE *part = tmpfile();
    assert_non_null(part);
    fwrite(bytes, 1, cut, part);
    fflush(part);
    const char *got = read_sheet(owner, part, 0);
    const char *problem = strchr(got, '!');
    row_is((unsigned)cut, "cut", problem, "!xlsx_unreadable");
    fclose(part);
  }
  rows_end();
  talloc_free(owner);
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_a_program_wrote_is_read),
      cmocka_unit_test(sheets_are_read_or_refused),
      cmocka_unit_test(what_grows_when_unpacked_is_refused),
      cmocka_unit_test(whatever_is_cut_off_is_refused),
  };
  return cmocka_run_group_tests_name("xlsx", tests, NULL, NULL);
}
