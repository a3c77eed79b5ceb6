/* Settings: where each comes from, what is refused, and that no secret is shown. Source: settings.h; product.md ("Today" can be fixed by the setting `today`). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <talloc.h>

#include "domain/settings.h"
#include "rows.h"

#define NO_FILE NULL

/* Nothing of the environment that the tests are run in counts; `state` gets the name of an empty key file. */
static int setup(void **state) {
  char **names = g_listenv();
  char *file_name = NULL;
  for (unsigned i = 0; names[i] != NULL; i++) {
    if (g_str_has_prefix(names[i], "SUPPORTLEVEL_")) g_unsetenv(names[i]);
  }
  g_strfreev(names);
  int file = g_file_open_tmp("settings-XXXXXX", &file_name, NULL);
  if (file < 0) return -1;
  close(file);
  *state = file_name;
  return 0;
}

static int teardown(void **state) {
  g_unlink(*state);
  g_free(*state);
  return 0;
}

/* Settings from a key file of this content (NO_FILE: without one), and from the environment as it is. */
static Settings *read_settings(void *owner, const char *file_name, const char *content, GError **error) {
  if (content != NO_FILE) {
    assert_true(g_file_set_contents(file_name, content, -1, NULL));
    g_setenv("SUPPORTLEVEL_CONFIG", file_name, TRUE);
  }
  Settings *settings = settings_read(owner, error);
  g_unsetenv("SUPPORTLEVEL_CONFIG");
  return settings;
}

/* ---- defaults, and where values come from ---- */

static void every_setting_has_a_default(void **state) {
  void *owner = talloc_new(NULL);
  Settings *settings = read_settings(owner, *state, NO_FILE, NULL);
  assert_non_null(settings);
  for (unsigned i = 0; i < SETTING_COUNT; i++) {
    row_is(i, setting_facts[i].name, settings_text(settings, (SettingId)i), setting_facts[i].fallback);
    row_is(i, setting_facts[i].name, settings_source(settings, (SettingId)i), "default");
    row_is(i, setting_facts[i].name, setting_facts[i].help[0] != '\0' ? "help" : "no help", "help");
  }
  rows_end();
  talloc_free(owner);
}

static void defaults_are_sensible(void **state) {
  void *owner = talloc_new(NULL);
  Settings *settings = read_settings(owner, *state, NO_FILE, NULL);
  assert_non_null(settings);
  assert_string_equal(settings_text(settings, SETTING_TIME_ZONE), "Europe/Berlin");
  assert_int_equal(settings_number(settings, SETTING_BODY_LIMIT), 1048576);
  assert_int_equal(settings_number(settings, SETTING_UPLOAD_LIMIT), 64 * 1048576);
  assert_false(settings_on(settings, SETTING_DEVELOPMENT));
  assert_false(settings_on(settings, SETTING_REMOTE_USER));
  assert_string_equal(settings_text(settings, SETTING_TODAY), "");
  talloc_free(owner);
}

static void the_file_wins_over_the_default_and_the_environment_over_the_file(void **state) {
  void *owner = talloc_new(NULL);
  const char *file_name = *state;
  const char *content = "# comment\n[supportlevel]\nbody_limit = 1000\ntime_zone=UTC\ndevelopment=1\n";
  g_setenv("SUPPORTLEVEL_TIME_ZONE", "Asia/Kathmandu", TRUE);
  g_setenv("SUPPORTLEVEL_DEVELOPMENT", "", TRUE); /* an empty value counts as none */
  Settings *settings = read_settings(owner, file_name, content, NULL);
  g_unsetenv("SUPPORTLEVEL_TIME_ZONE");
  g_unsetenv("SUPPORTLEVEL_DEVELOPMENT");
  assert_non_null(settings);
  assert_int_equal(settings_number(settings, SETTING_BODY_LIMIT), 1000);
  assert_string_equal(settings_source(settings, SETTING_BODY_LIMIT), file_name);
  assert_string_equal(settings_text(settings, SETTING_TIME_ZONE), "Asia/Kathmandu");
  assert_string_equal(settings_source(settings, SETTING_TIME_ZONE), "environment");
  assert_true(settings_on(settings, SETTING_DEVELOPMENT));
  assert_string_equal(settings_source(settings, SETTING_DEVELOPMENT), file_name);
  assert_string_equal(settings_source(settings, SETTING_TEMPLATES), "default");
  talloc_free(owner);
}

static void an_empty_file_name_is_none(void **state) {
  void *owner = talloc_new(NULL);
  g_setenv("SUPPORTLEVEL_CONFIG", "", TRUE);
  assert_non_null(settings_read(owner, NULL));
  g_unsetenv("SUPPORTLEVEL_CONFIG");
  talloc_free(owner);
  (void)state;
}

/* ---- values ---- */

static const struct {
  const char *name;
  const char *value;
  bool good;
} VALUES[] = {
    {"database_url", "mariadb://user:secret@db.example:3307/supportlevel", true},
    {"database_url", "mariadb://user@localhost/supportlevel?socket=/run/mysqld.sock", true},
    {"database_url", "mariadb://user:secret@db1:3307,db2,[::1]:3308/supportlevel", true},
    {"database_url", "mariadb://user:secret@db1,db2:port/supportlevel", false},
    {"database_url", "mysql://user:secret@db1,db2/supportlevel", false},
    {"database_url", "mysql://user@localhost/supportlevel", false},
    {"database_url", "localhost", false},
    {"database_url", "mariadb", false},
    {"database_url", "mariadb://user@localhost:port/supportlevel", false},
    {"base_url", "https://intranet.example/supportlevel/", true},
    {"base_url", "http://127.0.0.1:8080", true},
    {"base_url", "intranet.example", false},
    {"base_url", "ftp://intranet.example/", false},
    {"base_url", "https:///supportlevel", false},
    {"base_url", "https://intranet.example/?a=b", false},
    {"mail_from", "fristen@example.org", true},
    {"mail_from", "fristen", false},
    {"mail_fallback", "a@example.org, b@example.org", false},
    {"today", "2026-02-11", true},
    {"today", "11.02.2026", false},
    {"today", "2026-02-30", false},
    {"today", "today", false},
    {"holiday_region", "de_by", true},
    {"holiday_region", "de_xx", false},
    {"holiday_region", "DE", false},
    {"now", "2026-02-11T10:15", true},
    {"now", "2026-02-11T10:15:30", true},
    {"now", "2026-02-11T10:15:00+02:00", true},
    {"now", "2026-02-11", false},
    {"now", "10:15", false},
    {"now", "2026-02-30T10:15", false},
    {"time_zone", "Europe/Berlin", true},
    {"time_zone", "UTC", true},
    {"time_zone", "Europe/Atlantis", false},
    {"time_zone", "Berlin", false},
    {"templates", "/usr/share/supportlevel/templates", true},
    {"development", "0", true},
    {"development", "1", true},
    {"development", "2", false},
    {"development", "-1", false},
    {"development", "yes", false},
    {"development", "true", false},
    {"remote_user", "1", true},
    {"remote_user", "on", false},
    {"body_limit", "1", true},
    {"body_limit", "2147483647", true},
    {"body_limit", "2147483648", false},
    {"body_limit", "18446744073709551617", false},
    {"body_limit", "0", false},
    {"body_limit", "-1", false},
    {"body_limit", "+1", false},
    {"body_limit", "1M", false},
    {"body_limit", "1.5", false},
    {"body_limit", "0x10", false},
    {"log", "faults", true},
    {"log", "requests", true},
    {"log", "Requests", false},
    {"log", "1", false},
    {"slow_query_ms", "0", true},
    {"slow_query_ms", "250", true},
    {"slow_query_ms", "-1", false},
    {"slow_query_ms", "off", false},
    {"metrics_file", "/run/supportlevel/metrics", true},
};

/* "good", or "bad" when the error is ours and names the setting. */
static const char *outcome(const Settings *settings, const char *name, GError *error) {
  const char *text = settings != NULL ? "good" : !error_is(error, ERROR_INTERNAL) ? "another error" : strstr(error->message, name) != NULL ? "bad" : error->message;
  return settings != NULL && error != NULL ? "settings and an error" : text;
}

static void values_of_the_environment_are_checked(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(VALUES); i++) {
    void *owner = talloc_new(NULL);
    GError *error = NULL;
    char *upper = g_ascii_strup(VALUES[i].name, -1);
    const char *variable = talloc_asprintf(owner, "SUPPORTLEVEL_%s", upper);
    g_setenv(variable, VALUES[i].value, TRUE);
    const Settings *settings = read_settings(owner, *state, NO_FILE, &error);
    g_unsetenv(variable);
    row_is(i, talloc_asprintf(owner, "%s=%s", VALUES[i].name, VALUES[i].value), outcome(settings, VALUES[i].name, error), VALUES[i].good ? "good" : "bad");
    g_clear_error(&error);
    g_free(upper);
    talloc_free(owner);
  }
  rows_end();
}

static void values_of_the_file_are_checked(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(VALUES); i++) {
    void *owner = talloc_new(NULL);
    GError *error = NULL;
    const char *content = talloc_asprintf(owner, "[supportlevel]\n%s=%s\n", VALUES[i].name, VALUES[i].value);
    const Settings *settings = read_settings(owner, *state, content, &error);
    row_is(i, content, outcome(settings, VALUES[i].name, error), VALUES[i].good ? "good" : "bad");
    g_clear_error(&error);
    talloc_free(owner);
  }
  rows_end();
}

/* ---- key files ---- */

static const struct {
  const char *content;
  const char *named; /* what the error names; NULL: good */
} FILES[] = {
    {"[supportlevel]\n", NULL},
    {"[supportlevel]\ntoday=\n", NULL},
    {"# comment\n\n[supportlevel]\n  time_zone = UTC  \n", NULL},
    {"[supportlevel]\ntime_zones=UTC\n", "time_zones"},
    {"[supportlevel]\nTime_Zone=UTC\n", "Time_Zone"},
    {"[supportlevel]\nconfig=x\n", "config"},
    {"[supportlevel]\ntime_zone=UTC\nxyz=1\n", "xyz"},
    {"[supportlevel]\ndatabase_url=\n", "database_url"},
    {"[supportlevel]\ntime_zone=\n", "time_zone"},
    {"[supportlevel]\ntemplates=  \n", "templates"},
    {"[other]\ntime_zone=UTC\n", "[supportlevel]"},
    {"", "[supportlevel]"},
    {"time_zone=UTC\n", "cannot be read"},
    {"[supportlevel]\nnonsense\n", "cannot be read"},
    {"[supportlevel\n", "cannot be read"},
};

static void files_are_read_or_refused_by_name(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(FILES); i++) {
    void *owner = talloc_new(NULL);
    GError *error = NULL;
    const Settings *settings = read_settings(owner, *state, FILES[i].content, &error);
    row_is(i, FILES[i].content, outcome(settings, FILES[i].named != NULL ? FILES[i].named : "", error), FILES[i].named != NULL ? "bad" : "good");
    g_clear_error(&error);
    talloc_free(owner);
  }
  rows_end();
}

static void a_missing_file_is_named(void **state) {
  void *owner = talloc_new(NULL);
  GError *error = NULL;
  g_setenv("SUPPORTLEVEL_CONFIG", "/no/such/file.conf", TRUE);
  assert_null(settings_read(owner, &error));
  g_unsetenv("SUPPORTLEVEL_CONFIG");
  assert_true(error_is(error, ERROR_INTERNAL));
  assert_non_null(strstr(error->message, "/no/such/file.conf"));
  g_error_free(error);
  talloc_free(owner);
  (void)state;
}

/* ---- secrets ---- */

#define SECRET "geheim"

static const struct {
  const char *url;
  const char *shown;
} SHOWN[] = {
    {"mariadb://user:geheim@db.example:3307/name", "mariadb://user@db.example:3307/name"},
    {"mariadb://user@db.example/name", "mariadb://user@db.example/name"},
    {"mariadb://user:geheim@localhost/name?socket=/run/x.sock", "mariadb://user@localhost/name?socket=/run/x.sock"},
    {"mariadb://user:ge:heim:geheim@localhost/name", "mariadb://user@localhost/name"},
    {"mariadb://user:%40geheim@localhost/name", "mariadb://user@localhost/name"},
};

static void the_password_of_an_address_is_not_shown(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(SHOWN); i++) {
    void *owner = talloc_new(NULL);
    g_setenv("SUPPORTLEVEL_DATABASE_URL", SHOWN[i].url, TRUE);
    Settings *settings = read_settings(owner, *state, NO_FILE, NULL);
    g_unsetenv("SUPPORTLEVEL_DATABASE_URL");
    assert_non_null(settings);
    row_is(i, SHOWN[i].url, settings_shown(owner, settings, SETTING_DATABASE_URL), SHOWN[i].shown);
    row_is(i, SHOWN[i].url, settings_text(settings, SETTING_DATABASE_URL), SHOWN[i].url);
    talloc_free(owner);
  }
  rows_end();
}

static void what_is_no_secret_is_shown(void **state) {
  void *owner = talloc_new(NULL);
  Settings *settings = read_settings(owner, *state, NO_FILE, NULL);
  assert_non_null(settings);
  assert_string_equal(settings_shown(owner, settings, SETTING_TIME_ZONE), "Europe/Berlin");
  talloc_free(owner);
}

/* An error goes to a log: whatever is wrong with the line of the password, the password isn't in it. */
static const char *const MISTAKES[] = {
    "[supportlevel]\ndatabase_url=mysql://user:geheim@localhost/name\n",
    "[supportlevel]\ndatabase_url=mariadb://user:geheim@localhost:x/name\n",
    "[supportlevel]\ndatabase_url=geheim\n",
    "[supportlevel]\ndatabase_url: mariadb://user:geheim@localhost/name\n",
    "[supportlevel]\ndatabase_url mariadb://user:geheim@localhost/name\n",
    "[supportlevel]\nmariadb://user:geheim@localhost/name\n",
    "[supportlevel]\nmariadb://user:geheim@localhost/name?socket=/run/x.sock\n",
    "database_url=mariadb://user:geheim@localhost/name\n",
    "[supportlevel]\ndatabase_url[x=mariadb://user:geheim@localhost/name\n",
    "[supportlevel]\n[mariadb://user:geheim@localhost/name\n",
};

static void no_error_repeats_a_secret(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(MISTAKES); i++) {
    void *owner = talloc_new(NULL);
    GError *error = NULL;
    assert_null(read_settings(owner, *state, MISTAKES[i], &error));
    assert_true(error_is(error, ERROR_INTERNAL));
    row_is(i, MISTAKES[i], strstr(error->message, SECRET) != NULL ? error->message : "no secret", "no secret");
    g_clear_error(&error);
    talloc_free(owner);
  }
  rows_end();
}

/* ---- today ---- */

static void today_is_the_setting_or_the_real_one(void **state) {
  void *owner = talloc_new(NULL);
  Settings *settings = read_settings(owner, *state, "[supportlevel]\ntoday=2026-02-11\n", NULL);
  assert_non_null(settings);
  assert_int_equal(settings_today(settings), day_make(2026, 2, 11));
  Settings *west = read_settings(owner, *state, "[supportlevel]\ntime_zone=Pacific/Pago_Pago\n", NULL);
  Settings *east = read_settings(owner, *state, "[supportlevel]\ntime_zone=Pacific/Kiritimati\n", NULL);
  assert_non_null(west);
  assert_non_null(east);
  Day first = settings_today(west);
  assert_true(settings_today(east) > first); /* 25 hours lie between them */
  talloc_free(owner);
}

static void now_is_the_setting_or_the_real_time_of_today(void **state) {
  void *owner = talloc_new(NULL);
  Settings *fixed = read_settings(owner, *state, "[supportlevel]\nnow=2026-02-11T10:15\n", NULL);
  assert_non_null(fixed);
  assert_int_equal(settings_now(fixed), 1770801300); /* 09:15 in UTC */
  assert_int_equal(settings_today(fixed), day_make(2026, 2, 11));
  Settings *abroad = read_settings(owner, *state, "[supportlevel]\nnow=2026-02-11T23:15\ntime_zone=America/New_York\n", NULL);
  assert_non_null(abroad);
  assert_int_equal(settings_today(abroad), day_make(2026, 2, 11));
  Settings *day = read_settings(owner, *state, "[supportlevel]\ntoday=2026-02-11\n", NULL);
  assert_non_null(day);
  assert_int_equal(day_at("Europe/Berlin", settings_now(day)), day_make(2026, 2, 11));
  Settings *real = read_settings(owner, *state, "[supportlevel]\ntime_zone=UTC\n", NULL);
  assert_non_null(real);
  gint64 before = g_get_real_time() / G_USEC_PER_SEC;
  gint64 now = settings_now(real);
  assert_true(now >= before && now <= g_get_real_time() / G_USEC_PER_SEC);
  talloc_free(owner);
}

/* A key file writes a blank as \s and a backslash twice; what is no such code counts as it stands, rather than as no value. */
static void escapes_of_the_file_are_undone(void **state) {
  void *owner = talloc_new(NULL);
  Settings *settings = read_settings(owner, *state, "[supportlevel]\ntemplates=/a\\sb\\\\c\n", NULL);
  assert_non_null(settings);
  assert_string_equal(settings_text(settings, SETTING_TEMPLATES), "/a b\\c");
  settings = read_settings(owner, *state, "[supportlevel]\ntemplates=/a\\qb\n", NULL);
  assert_non_null(settings);
  assert_string_equal(settings_text(settings, SETTING_TEMPLATES), "/a\\qb");
  talloc_free(owner);
}

#define SETTINGS_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      SETTINGS_TEST(every_setting_has_a_default),
      SETTINGS_TEST(defaults_are_sensible),
      SETTINGS_TEST(the_file_wins_over_the_default_and_the_environment_over_the_file),
      SETTINGS_TEST(an_empty_file_name_is_none),
      SETTINGS_TEST(values_of_the_environment_are_checked),
      SETTINGS_TEST(values_of_the_file_are_checked),
      SETTINGS_TEST(files_are_read_or_refused_by_name),
      SETTINGS_TEST(a_missing_file_is_named),
      SETTINGS_TEST(the_password_of_an_address_is_not_shown),
      SETTINGS_TEST(what_is_no_secret_is_shown),
      SETTINGS_TEST(no_error_repeats_a_secret),
      SETTINGS_TEST(today_is_the_setting_or_the_real_one),
      SETTINGS_TEST(now_is_the_setting_or_the_real_time_of_today),
      SETTINGS_TEST(escapes_of_the_file_are_undone),
  };
  return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
