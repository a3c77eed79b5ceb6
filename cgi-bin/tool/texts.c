#include "tool/texts.h"

#include <ClearSilver.h>
#include <locale.h>
#include <string.h>
#include <talloc.h>

/* The file's tree, read once for the run of the command; NULL when it can't be read. */
static HDF *read_texts(const Settings *settings) {
  static HDF *texts = NULL;
  if (texts != NULL) return texts;
  const char *locale = setlocale(LC_MESSAGES, NULL);
  bool german = locale != NULL && g_str_has_prefix(locale, "de");
  char *path = g_build_filename(settings_text(settings, SETTING_TEMPLATES), german ? "lang.de.hdf" : "lang.en.hdf", NULL);
  char *text = NULL;
  HDF *tree = NULL;
  if (g_file_get_contents(path, &text, NULL, NULL)) {
    NEOERR *problem = hdf_init(&tree);
    if (problem == STATUS_OK) problem = hdf_read_string(tree, text);
    if (problem == STATUS_OK) texts = tree;
    else hdf_destroy(&tree);
    nerr_ignore(&problem);
  }
  g_free(text);
  g_free(path);
  return texts;
}

const char *texts_of_error(void *owner, const Settings *settings, const char *reason, const char *argument) {
  HDF *texts = read_texts(settings);
  char *key = g_strdup_printf("Lang.error.%s", reason);
  const char *text = texts != NULL ? hdf_get_value(texts, key, NULL) : NULL;
  g_free(key);
  if (text == NULL) return argument[0] != '\0' ? talloc_asprintf(owner, "%s: %s", reason, argument) : reason;
  const char *place = strstr(text, "{1}");
  if (place == NULL) return talloc_strdup(owner, text);
  return talloc_asprintf(owner, "%.*s%s%s", (int)(place - text), text, argument, place + strlen("{1}"));
}
