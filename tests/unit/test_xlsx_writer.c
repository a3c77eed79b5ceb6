/* Workbooks: further sheets, and files that go with the writer or can't be written. What one holds is read back in tests/http/export.test.mjs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>
#include <glib.h>
#include <talloc.h>

#include "format/xlsx_writer.h"

static Contract *example(void *owner) {
  Contract *contract = contract_new(owner);
  contract->values[CONTRACT_NUMBER] = "V-1";
  contract->values[CONTRACT_TITLE] = "=1+1";
  contract->values[CONTRACT_STARTS_ON] = "2026-01-31";
  contract->values[CONTRACT_NOTE] = "a long text, so that the file of rows outgrows the stream's own buffer soon";
  return contract;
}

static const ContractWords *words(void *owner) {
  ContractWords *all = talloc_zero(owner, ContractWords);
  for (unsigned column = 0; column < CONTRACT_COLUMN_COUNT; column++) all->heads[column] = contract_column(column)->german;
  for (int status = 0; status < STATUS_COUNT; status++) all->statuses[status] = contract_status_name((ContractStatus)status);
  return all;
}

static XlsxWriter *writer_of(void *owner, unsigned row_max) {
  const XlsxLook look = {contract_columns_of_files(), words(owner), "Table", "yyyy-mm-dd", row_max};
  GError *error = NULL;
  XlsxWriter *writer = xlsx_writer_new(owner, &look, &error);
  assert_null(error);
  assert_non_null(writer);
  return writer;
}

static unsigned open_files(void) {
  GDir *directory = g_dir_open("/proc/self/fd", 0, NULL);
  unsigned count = 0;
  while (g_dir_read_name(directory) != NULL) count++;
  g_dir_close(directory);
  return count;
}

static bool holds(FILE *file, const char *name) {
  GString *bytes = g_string_new(NULL);
  char piece[4096];
  rewind(file);
  for (size_t length; (length = fread(piece, 1, sizeof piece, file)) > 0;) g_string_append_len(bytes, piece, (gssize)length);
  bool found = memmem(bytes->str, bytes->len, name, strlen(name)) != NULL;
  g_string_free(bytes, TRUE);
  return found;
}

static void a_full_sheet_is_followed_by_another(void **state) {
  (void)state;
  static const struct {
    int rows;
    const char *last, *missing;
  } CASES[] = {{0, "sheet1.xml", "sheet2.xml"}, {3, "sheet1.xml", "sheet2.xml"}, {4, "sheet2.xml", "sheet3.xml"}, {6, "sheet2.xml", "sheet3.xml"}, {7, "sheet3.xml", "sheet4.xml"}};
  for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
    void *owner = talloc_new(NULL);
    XlsxWriter *writer = writer_of(owner, 3);
    for (int row = 0; row < CASES[i].rows; row++) assert_true(xlsx_writer_add(writer, example(owner), NULL));
    FILE *file = xlsx_writer_finish(writer, NULL);
    assert_non_null(file);
    assert_true(holds(file, CASES[i].last));
    assert_false(holds(file, CASES[i].missing));
    talloc_free(owner);
  }
}

/* Given up empty, half-way over several sheets, and finished. */
static void files_go_with_the_writer(void **state) {
  (void)state;
  unsigned before = open_files();
  for (int rows = 0; rows < 10; rows++) {
    void *owner = talloc_new(NULL);
    XlsxWriter *writer = writer_of(owner, 3);
    for (int row = 0; row < rows; row++) assert_true(xlsx_writer_add(writer, example(owner), NULL));
    if (rows % 2 == 1) assert_non_null(xlsx_writer_finish(writer, NULL));
    talloc_free(owner);
    assert_int_equal(open_files(), before);
  }
}

/* A limit of a file's size fails as a full disk does. */
static bool writes_within(rlim_t bytes, int rows) {
  struct rlimit old;
  void *owner = talloc_new(NULL);
  GError *error = NULL;
  XlsxWriter *writer = writer_of(owner, XLSX_ROW_MAX);
  getrlimit(RLIMIT_FSIZE, &old);
  signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &(struct rlimit){bytes, old.rlim_max});
  bool good = true;
  for (int row = 0; good && row < rows; row++) good = xlsx_writer_add(writer, example(owner), &error);
  good = good && xlsx_writer_finish(writer, &error) != NULL;
  setrlimit(RLIMIT_FSIZE, &old);
  assert_true(good == (error == NULL));
  if (!good) assert_true(error_is(error, ERROR_PASSING));
  g_clear_error(&error);
  talloc_free(owner);
  return good;
}

static void a_full_disk_is_told(void **state) {
  (void)state;
  unsigned before = open_files();
  assert_true(writes_within(10 << 20, 1000));
  assert_false(writes_within(100000, 1000)); /* while rows are added */
  assert_false(writes_within(1000, 1));      /* when they are put together */
  assert_int_equal(open_files(), before);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_full_sheet_is_followed_by_another),
      cmocka_unit_test(files_go_with_the_writer),
      cmocka_unit_test(a_full_disk_is_told),
  };
  return cmocka_run_group_tests_name("xlsx", tests, NULL, NULL);
}
