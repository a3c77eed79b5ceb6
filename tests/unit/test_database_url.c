/* The servers that one url names, and the url without its password. */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/database_url.h"
#include "rows.h"

static const struct {
  const char *url;
  const char *each; /* with a blank between them */
  const char *open;
} URLS[] = {
    {"mariadb://u:p@h/n", "mariadb://u:p@h/n", "mariadb://u@h/n"},
    {"mariadb://u@h/n", "mariadb://u@h/n", "mariadb://u@h/n"},
    {"mariadb://h:1/n", "mariadb://h:1/n", "mariadb://h:1/n"},
    {"mariadb://u:p@a:1,b/n", "mariadb://u:p@a:1/n mariadb://u:p@b/n", "mariadb://u@a:1,b/n"},
    {"mariadb://u:p,q@a,[::1]:2/n?x=1,2", "mariadb://u:p,q@a/n?x=1,2 mariadb://u:p,q@[::1]:2/n?x=1,2", "mariadb://u@a,[::1]:2/n?x=1,2"},
    {"mariadb://u:p@h/n?socket=/a,/b", "mariadb://u:p@h/n?socket=/a mariadb://u:p@h/n?socket=/b", "mariadb://u@h/n?socket=/a,/b"},
    {"mariadb://u:p@h/n?x=1&socket=/a,/b&y=2", "mariadb://u:p@h/n?x=1&socket=/a&y=2 mariadb://u:p@h/n?x=1&socket=/b&y=2", "mariadb://u@h/n?x=1&socket=/a,/b&y=2"},
    {"mariadb://u:p@h/n?xsocket=/a,/b", "mariadb://u:p@h/n?xsocket=/a,/b", "mariadb://u@h/n?xsocket=/a,/b"},
    {"name,other", "name,other", "name,other"},
    {"", "", ""},
};

static void each_server_has_its_url(void **state) {
  (void)state;
  for (unsigned i = 0; i < G_N_ELEMENTS(URLS); i++) {
    char **each = database_url_each(URLS[i].url);
    char *joined = g_strjoinv(" ", each);
    row_is(i, URLS[i].url, joined, URLS[i].each);
    g_free(joined);
    g_strfreev(each);
  }
  rows_end();
}

static void the_password_is_left_out(void **state) {
  (void)state;
  for (unsigned i = 0; i < G_N_ELEMENTS(URLS); i++) {
    char *open = database_url_open(URLS[i].url);
    row_is(i, URLS[i].url, open, URLS[i].open);
    g_free(open);
  }
  rows_end();
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(each_server_has_its_url), cmocka_unit_test(the_password_is_left_out)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
