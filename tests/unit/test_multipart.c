/* Forms with files: what is read, what is refused, and that it comes the same in whatever pieces. Source: multipart.h; RFC 7578, RFC 2046. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <talloc.h>

#include "rows.h"
#include "web/multipart.h"

#define TYPE "multipart/form-data; boundary=XX"
#define FIELD_LIMIT 100
#define FIELD(name, value) "--XX\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(name, file, value) "--XX\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\nContent-Type: text/csv\r\n\r\n" value "\r\n"
#define END "--XX--\r\n"

typedef struct {
  const char *bytes;
  gsize left;
  gsize piece; /* 0: all that is asked for */
} Sent;

static gsize sent_body(void *context, char *buffer, gsize size) {
  Sent *sent = context;
  gsize came = MIN(size, sent->left);
  if (sent->piece > 0) came = MIN(came, sent->piece);
  if (came > 0) memcpy(buffer, sent->bytes, came);
  sent->bytes += came;
  sent->left -= came;
  return came;
}

static char *file_text(void *owner, const UploadedFile *file) {
  char *text = talloc_zero_size(owner, file->size + 1);
  assert_int_equal(read(file->file, text, file->size + 1), file->size);
  return text;
}

/* "name=value" for each field, "name=<file: content>" for each file, or status and reason. */
static const char *read_as_text(void *owner, const char *type, const char *bytes, gsize length, gsize announced, gsize piece) {
  Sent sent = {bytes, length, piece};
  Parameters *form = NULL;
  UploadedFiles *files = NULL;
  GError *error = NULL;
  char *text = talloc_strdup(owner, "");
  if (!multipart_read(owner, type, sent_body, &sent, announced, FIELD_LIMIT, &form, &files, &error)) {
    text = talloc_asprintf(owner, "%d %s", error_http_status(error->code), error->message);
    g_error_free(error);
    return text;
  }
  for (unsigned i = 0; i < form->count; i++) text = talloc_asprintf_append(text, "%s=%s ", form->items[i].name, form->items[i].value);
  for (unsigned i = 0; i < files->count; i++) text = talloc_asprintf_append(text, "%s=<%s: %s> ", files->items[i].field, files->items[i].name, file_text(owner, &files->items[i]));
  return g_strchomp(text);
}

static const struct {
  const char *type; /* NULL: TYPE */
  const char *body;
  const char *read;
} FORMS[] = {
    {NULL, FIELD("csrf", "abc") FILE_PART("file", "list.csv", "a;b\r\n1;2\r\n") END, "csrf=abc file=<list.csv: a;b\r\n1;2\r\n>"},
    {NULL, FIELD("a", "") FIELD("a", "2\r\n3") END, "a= a=2\n3"},
    {NULL, FIELD("a", "ä") "--XX--", "a=ä"},
    {NULL, END, ""},
    {NULL, "before\r\n" FIELD("a", "1") END "behind", "a=1"},
    {NULL, FIELD("a", "--XX") END, "a=--XX"},
    {NULL, FIELD("a", "\r\n-\r\n--X\r\n.") END, "a=\n-\n--X\n."},
    {NULL, FILE_PART("f", "", "") FILE_PART("g", "x", "") END, "g=<x: >"},
    {NULL, "--XX  \r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XX-- ", "a=1"},
    {"Multipart/Form-Data;Boundary=\"XX\"", FIELD("a", "1") END, "a=1"},
    /* Names of files: the last part only, nothing that isn't seen. */
    {NULL, FILE_PART("f", "C:/a/b.csv", "1") END, "f=<b.csv: 1>"},
    {NULL, FILE_PART("f", "../../etc/passwd", "1") END, "f=<passwd: 1>"},
    {NULL, FILE_PART("f", "C:\\\\a\\\\b.csv", "1") END, "f=<b.csv: 1>"},
    {NULL, FILE_PART("f", "..", "1") END, "f=<-: 1>"},
    {NULL, FILE_PART("f", "a/", "1") END, "f=<-: 1>"},
    {NULL, FILE_PART("f", "fdp\xE2\x80\xAEvsc.exe", "1") END, "f=<fdpvsc.exe: 1>"},
    /* What browsers write for a quote and for line breaks; any other % is one. */
    {NULL, FILE_PART("f", "a %22b%22.csv", "1") END, "f=<a \"b\".csv: 1>"},
    {NULL, FILE_PART("f", "a%0D%0Ab%0Ac.csv", "1") END, "f=<a b c.csv: 1>"},
    {NULL, FILE_PART("f", "100%25 %2F%zz%.csv", "1") END, "f=<100%25 %2F%zz%.csv: 1>"},
    {NULL, FILE_PART("f", "%22%22%2", "1") END, "f=<\"\"%2: 1>"},
    {NULL, FILE_PART("f", "\xC3\x9C" "bersicht.csv", "1") END, "f=<\xC3\x9C" "bersicht.csv: 1>"},
    /* What is no such form. */
    {"multipart/form-data", FIELD("a", "1") END, "400 bad_multipart"},
    {"multipart/form-data; boundary=\"\"", FIELD("a", "1") END, "400 bad_multipart"},
    {"multipart/form-data; boundary=1234567890123456789012345678901234567890123456789012345678901234567890x", FIELD("a", "1") END, "400 bad_multipart"},
    {"multipart/form-data; boundary=YY", FIELD("a", "1") END, "400 bad_multipart"},
    {NULL, "", "400 bad_multipart"},
    {NULL, FIELD("a", "1"), "400 bad_multipart"},
    {NULL, FIELD("a", "1") "--XX", "400 bad_multipart"},
    {NULL, FIELD("a", "1") "--XXX\r\n", "400 bad_multipart"},
    {NULL, "--XX\r\n\r\n1\r\n" END, "400 bad_multipart"},
    {NULL, "--XX\r\nContent-Type: text/plain\r\n\r\n1\r\n" END, "400 bad_multipart"},
    {NULL, "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n" END, "400 bad_multipart"},
    {NULL, "--XX\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n" END, "400 bad_multipart"},
    {NULL, FIELD("a", "\xFF") END, "400 not_utf8"},
    {NULL, FIELD("a", "\x1B") END, "400 control_character"},
    {NULL, FIELD("a", "12345678901234567890123456789012345678901234567890") FIELD("b", "123456789012345678901234567890123456789012345678901") END, "413 fields of a form with files"},
};

static void forms_are_read_in_whatever_pieces(void **state) {
  static const gsize PIECES[] = {0, 1, 7};
  for (unsigned i = 0; i < G_N_ELEMENTS(FORMS); i++) {
    for (unsigned piece = 0; piece < G_N_ELEMENTS(PIECES); piece++) {
      void *owner = talloc_new(NULL);
      gsize length = strlen(FORMS[i].body);
      row_is(i, FORMS[i].body, read_as_text(owner, FORMS[i].type != NULL ? FORMS[i].type : TYPE, FORMS[i].body, length, length, PIECES[piece]), FORMS[i].read);
      talloc_free(owner);
    }
  }
  rows_end();
  (void)state;
}

static void a_cut_form_is_refused_wherever_it_is_cut(void **state) {
  static const char BODY[] = FIELD("a", "1") FILE_PART("f", "x.csv", "1;2") "--XX--";
  for (unsigned length = 0; length < strlen(BODY); length++) {
    void *owner = talloc_new(NULL);
    row_is(length, "cut", read_as_text(owner, TYPE, BODY, length, strlen(BODY), 0), "400 body_incomplete");
    talloc_free(owner);
  }
  rows_end();
  (void)state;
}

static void nul_bytes_belong_into_files_only(void **state) {
  static const char FILES[] = FILE_PART("f", "x", "a\0b") END;
  static const char FIELDS[] = FIELD("f", "a\0b") END;
  static const char NAMES[] = FILE_PART("f", "x\0.csv", "1") END;
  void *owner = talloc_new(NULL);
  assert_string_equal(read_as_text(owner, TYPE, FILES, sizeof FILES - 1, sizeof FILES - 1, 0), "f=<x: a>"); /* as far as a C string shows it */
  assert_string_equal(read_as_text(owner, TYPE, FIELDS, sizeof FIELDS - 1, sizeof FIELDS - 1, 0), "400 control_character");
  assert_string_equal(read_as_text(owner, TYPE, NAMES, sizeof NAMES - 1, sizeof NAMES - 1, 0), "400 control_character");
  talloc_free(owner);
  (void)state;
}

static const char *repeated(void *owner, const char *part, unsigned count, const char *end) {
  GString *body = g_string_new(NULL);
  for (unsigned i = 0; i < count; i++) g_string_append(body, part);
  g_string_append(body, end);
  const char *text = talloc_strndup(owner, body->str, body->len);
  g_string_free(body, TRUE);
  return text;
}

static void parts_files_and_headers_are_bounded(void **state) {
  static const struct {
    const char *part;
    unsigned count;
    const char *end;
    const char *read;
  } CASES[] = {
      {FIELD("a", ""), MULTIPART_PARTS_MAX, END, NULL},
      {FIELD("a", ""), MULTIPART_PARTS_MAX + 1, END, "400 too_many_parameters"},
      {FIELD("a", ""), 100000, END, "400 too_many_parameters"},
      {FILE_PART("f", "x", "1"), MULTIPART_FILES_MAX, END, NULL},
      {FILE_PART("f", "x", "1"), MULTIPART_FILES_MAX + 1, END, "400 too_many_files"},
      {"--XX\r\nX-", 1, "a: b\r\n", "400 bad_multipart"},
  };
  for (unsigned i = 0; i < G_N_ELEMENTS(CASES); i++) {
    void *owner = talloc_new(NULL);
    const char *body = repeated(owner, CASES[i].part, CASES[i].count, CASES[i].end);
    const char *read_text = read_as_text(owner, TYPE, body, strlen(body), strlen(body), 0);
    row_is(i, CASES[i].part, CASES[i].read != NULL || read_text[0] == '4' ? read_text : NULL, CASES[i].read);
    talloc_free(owner);
  }
  void *owner = talloc_new(NULL);
  const char *body = talloc_asprintf(owner, "--XX\r\n%s", repeated(owner, "a: b\r\n", 100000, "\r\n\r\n"));
  row_is(0, "100,000 headers", read_as_text(owner, TYPE, body, strlen(body), strlen(body), 0), "400 bad_multipart");
  talloc_free(owner);
  rows_end();
  (void)state;
}

/* Longer than the reader's buffer, with what looks like the beginning of a delimiter everywhere. */
static void a_large_file_comes_whole(void **state) {
  void *owner = talloc_new(NULL);
  const char *content = repeated(owner, "\r\n--X", 100000, "");
  const char *body = talloc_asprintf(owner, "--XX\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\n%s\r\n%s", content, END);
  Sent sent = {body, strlen(body), 0};
  Parameters *form = NULL;
  UploadedFiles *files = NULL;
  assert_true(multipart_read(owner, TYPE, sent_body, &sent, strlen(body), FIELD_LIMIT, &form, &files, NULL));
  assert_int_equal(files->count, 1);
  assert_int_equal(files->items[0].size, strlen(content));
  assert_string_equal(file_text(owner, &files->items[0]), content);
  int file = files->items[0].file;
  struct stat facts;
  assert_int_equal(fstat(file, &facts), 0);
  assert_int_equal(facts.st_nlink, 0); /* nobody finds it by a name, and nothing is left when the worker dies */
  assert_int_equal(facts.st_mode & 0777, 0600);
  assert_int_equal(fcntl(file, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
  talloc_free(owner);
  assert_int_equal(lseek(file, 0, SEEK_SET), -1); /* closed with its owner */
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(forms_are_read_in_whatever_pieces),
      cmocka_unit_test(a_cut_form_is_refused_wherever_it_is_cut),
      cmocka_unit_test(nul_bytes_belong_into_files_only),
      cmocka_unit_test(parts_files_and_headers_are_bounded),
      cmocka_unit_test(a_large_file_comes_whole),
  };
  return cmocka_run_group_tests_name("multipart", tests, NULL, NULL);
}
