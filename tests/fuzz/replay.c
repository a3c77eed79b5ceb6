/* Reads every file of corpus/NAME once, where NAME is what the program is called; prints TAP, as cmocka's programs do. */
#include <stdlib.h>

#include "fuzz.h"

static void read_input(const char *directory, const char *name) {
  char *path = g_build_filename(directory, name, NULL);
  char *bytes = NULL;
  gsize size = 0;
  GError *error = NULL;
  fprintf(stderr, "# %s\n", path); /* whoever breaks is named last */
  if (!g_file_get_contents(path, &bytes, &size, &error)) g_error("%s", error->message);
  LLVMFuzzerTestOneInput((const uint8_t *)bytes, size);
  g_free(bytes);
  g_free(path);
}

int main(int argument_count, char **arguments) {
  (void)argument_count;
  char *own = g_path_get_basename(arguments[0]);
  char *directory = g_build_filename("tests", "fuzz", "corpus", own, NULL);
  GError *error = NULL;
  GDir *files = g_dir_open(directory, 0, &error);
  if (files == NULL) g_error("%s", error->message);
  unsigned count = 0;
  for (const char *name; (name = g_dir_read_name(files)) != NULL;) {
    read_input(directory, name);
    printf("ok %u - %s %s\n", ++count, own, name);
    fflush(stdout);
  }
  g_dir_close(files);
  g_free(directory);
  g_free(own);
  return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
