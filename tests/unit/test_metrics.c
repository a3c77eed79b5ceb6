/* Numbers for a Prometheus. Source: its text format 0.0.4: in a label's value backslash, quote and line feed are escaped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "format/metrics_writer.h"

static GString *metrics;

static int setup(void **state) {
  metrics = g_string_new(NULL);
  (void)state;
  return 0;
}

static int teardown(void **state) {
  g_string_free(metrics, TRUE);
  (void)state;
  return 0;
}

static void a_family_begins_with_its_help_and_type(void **state) {
  metrics_write_family(metrics, "requests_total", "counter", "Requests.");
  assert_string_equal(metrics->str, "# HELP requests_total Requests.\n# TYPE requests_total counter\n");
  (void)state;
}

static void a_sample_has_its_labels_in_their_order(void **state) {
  metrics_write_number(metrics, "workers", "", 3, NULL);
  metrics_write_number(metrics, "time", "_bucket", G_MAXUINT64, "route", "/contracts/{}", "le", "+Inf", NULL);
  assert_string_equal(metrics->str, "workers 3\ntime_bucket{route=\"/contracts/{}\",le=\"+Inf\"} 18446744073709551615\n");
  (void)state;
}

static void a_labels_value_is_escaped(void **state) {
  metrics_write_number(metrics, "contracts", "", 1, "level", "a\"b\\c\nd\xc3\xa4", NULL);
  assert_string_equal(metrics->str, "contracts{level=\"a\\\"b\\\\c\\nd\xc3\xa4\"} 1\n");
  (void)state;
}

static void a_time_is_written_in_seconds(void **state) {
  metrics_write_time(metrics, "time", "_sum", 0, NULL);
  metrics_write_time(metrics, "time", "_sum", 12000042, "route", "/", NULL);
  assert_string_equal(metrics->str, "time_sum 0.000000\ntime_sum{route=\"/\"} 12.000042\n");
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(a_family_begins_with_its_help_and_type, setup, teardown),
      cmocka_unit_test_setup_teardown(a_sample_has_its_labels_in_their_order, setup, teardown),
      cmocka_unit_test_setup_teardown(a_labels_value_is_escaped, setup, teardown),
      cmocka_unit_test_setup_teardown(a_time_is_written_in_seconds, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
