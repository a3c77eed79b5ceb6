/* Query strings and forms: flat, in their order, bounded, and only text. Source: parameter.h; WHATWG URL, application/x-www-form-urlencoded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "domain/parameter.h"
#include "rows.h"

/* All parameters as [name][value], or the reason why there are none. */
static char *read_all(const char *text, gsize length) {
  void *owner = talloc_new(NULL);
  GError *error = NULL;
  GString *all = g_string_new(NULL);
  Parameters *parameters = parameters_parse(owner, text, length, &error);
  if (parameters != NULL) {
    for (unsigned i = 0; i < parameters->count; i++) g_string_append_printf(all, "[%s][%s]", parameters->items[i].name, parameters->items[i].value);
  } else {
    g_string_append_printf(all, "%s%s", error_is(error, ERROR_BAD_REQUEST) ? "" : "not a bad request: ", error->message);
    g_error_free(error);
  }
  talloc_free(owner);
  return g_string_free(all, FALSE);
}

#define BYTES(text) text, sizeof(text) - 1
#define BAD_CODE "bad_percent_code"
#define NOT_UTF8 "not_utf8"
#define CONTROL "control_character"

static const struct {
  const char *text;
  gsize length;
  const char *read;
} READ[] = {
    {BYTES(""), ""},
    {BYTES("a=1"), "[a][1]"},
    {BYTES("a=1&b=2&a=3"), "[a][1][b][2][a][3]"},
    /* Without a value, without a name, without either. */
    {BYTES("a"), "[a][]"},
    {BYTES("a="), "[a][]"},
    {BYTES("=1"), "[][1]"},
    {BYTES("="), "[][]"},
    {BYTES("a=b=c"), "[a][b=c]"},
    {BYTES("&"), ""},
    {BYTES("&&a=1&&b=2&&"), "[a][1][b][2]"},
    {BYTES("a=1;b=2"), "[a][1;b=2]"},
    /* Percent codes are bytes, plus is a blank. */
    {BYTES("q=a+b"), "[q][a b]"},
    {BYTES("q=a%20b"), "[q][a b]"},
    {BYTES("q=a%2Bb"), "[q][a+b]"},
    {BYTES("q=%26%3d%25"), "[q][&=%]"},
    {BYTES("q=%2541"), "[q][%41]"},
    {BYTES("a%3D=1"), "[a=][1]"},
    {BYTES("q=+%20+"), "[q][   ]"},
    {BYTES("q=M%C3%BCller"), "[q][M\xC3\xBCller]"},
    {BYTES("q=M\xC3\xBCller"), "[q][M\xC3\xBCller]"},
    {BYTES("q=%f0%9F%98%80"), "[q][\xF0\x9F\x98\x80]"},
    {BYTES("q=%"), BAD_CODE},
    {BYTES("q=%4"), BAD_CODE},
    {BYTES("q=%41"), "[q][A]"},
    {BYTES("q=%&b=41"), BAD_CODE},
    {BYTES("q=%4&b=1"), BAD_CODE},
    {BYTES("q=%g1"), BAD_CODE},
    {BYTES("q=%1g"), BAD_CODE},
    {BYTES("q=%%41"), BAD_CODE},
    {BYTES("q=%u00fc"), BAD_CODE},
    {BYTES("%=1"), BAD_CODE},
    {BYTES("%4=1"), BAD_CODE},
    /* Control characters, in names as in values. */
    {BYTES("q=%00"), CONTROL},
    {BYTES("q=a%00b"), CONTROL},
    {BYTES("q=a\0b"), CONTROL},
    {BYTES("a%00=1"), CONTROL},
    {BYTES("q=%01"), CONTROL},
    {BYTES("q=%1B"), CONTROL},
    {BYTES("q=%7F"), CONTROL},
    {BYTES("q=%C2%85"), CONTROL},
    {BYTES("q=%EF%BB%BF"), CONTROL},
    {BYTES("q=a%09b"), "[q][a\tb]"},
    /* Not UTF-8: a lone byte, cut short, overlong, a surrogate, beyond the last character. */
    {BYTES("q=M%FCller"), NOT_UTF8},
    {BYTES("q=%C3"), NOT_UTF8},
    {BYTES("q=%C3&b=%BC"), NOT_UTF8},
    {BYTES("q=%C0%AF"), NOT_UTF8},
    {BYTES("q=%C0%80"), NOT_UTF8},
    {BYTES("q=%E0%80%AF"), NOT_UTF8},
    {BYTES("q=%ED%A0%80"), NOT_UTF8},
    {BYTES("q=%ED%A0%BD%ED%B8%80"), NOT_UTF8},
    {BYTES("q=%F4%90%80%80"), NOT_UTF8},
    {BYTES("%FF=1"), NOT_UTF8},
    /* Composed, and lines ended with \n. */
    {BYTES("q=u%CC%88"), "[q][\xC3\xBC]"},
    {BYTES("u%CC%88=1"), "[\xC3\xBC][1]"},
    {BYTES("note=a%0D%0Ab%0Dc%0Ad"), "[note][a\nb\nc\nd]"},
    /* Flat: a name is a name, whatever a data tree makes of dots. */
    {BYTES("a.b.c=1&a=2"), "[a.b.c][1][a][2]"},
    {BYTES("hdf.loadpaths.0=%2Fetc"), "[hdf.loadpaths.0][/etc]"},
    {BYTES("a[]=1&a[]=2"), "[a[]][1][a[]][2]"},
    {BYTES("a[b]=1"), "[a[b]][1]"},
    /* One bad pair spoils all of them. */
    {BYTES("a=1&b=%zz&c=3"), BAD_CODE},
};

static void parameters_are_read_or_refused(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(READ); i++) {
    char *read = read_all(READ[i].text, READ[i].length);
    row_is(i, READ[i].text, read, READ[i].read);
    g_free(read);
  }
  rows_end();
  (void)state;
}

static void length_ends_the_text(void **state) {
  char *read = read_all("a=1&b=%41", strlen("a=1&b=%4"));
  assert_string_equal(read, BAD_CODE);
  g_free(read);
  read = read_all("a=1&b=2", 3);
  assert_string_equal(read, "[a][1]");
  g_free(read);
  (void)state;
}

static void a_thousand_parameters_are_enough(void **state) {
  void *owner = talloc_new(NULL);
  GString *text = g_string_new("p=0");
  GError *error = NULL;
  for (int i = 1; i < PARAMETER_MAX; i++) g_string_append_printf(text, "&p=%d", i);
  Parameters *parameters = parameters_parse(owner, text->str, text->len, &error);
  assert_non_null(parameters);
  assert_int_equal(parameters->count, 1000);
  assert_string_equal(parameters->items[999].value, "999");
  g_string_append(text, "&p=1000");
  assert_null(parameters_parse(owner, text->str, text->len, &error));
  assert_true(error_is(error, ERROR_BAD_REQUEST));
  g_error_free(error);
  g_string_free(text, TRUE);
  talloc_free(owner);
  (void)state;
}

static void the_first_of_a_name_is_got(void **state) {
  void *owner = talloc_new(NULL);
  Parameters *parameters = parameters_parse(owner, BYTES("a=1&b=&a=2"), NULL);
  assert_string_equal(parameters_get(parameters, "a"), "1");
  assert_string_equal(parameters_get(parameters, "b"), "");
  assert_null(parameters_get(parameters, "c"));
  assert_null(parameters_get(parameters, "A"));
  assert_null(parameters_get(parameters, ""));
  talloc_free(owner);
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(parameters_are_read_or_refused),
      cmocka_unit_test(length_ends_the_text),
      cmocka_unit_test(a_thousand_parameters_are_enough),
      cmocka_unit_test(the_first_of_a_name_is_got),
  };
  return cmocka_run_group_tests_name("parameter", tests, NULL, NULL);
}
