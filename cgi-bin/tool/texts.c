#include "tool/texts.h"

#include <ClearSilver.h>
#include <locale.h>
#include <stdarg.h>
#include <string.h>
#include <talloc.h>

/* A language file's tree, read once for the run of the command; NULL when it can't be read. */
static HDF *read_texts(const Settings *settings, Language language) {
  static HDF *texts[LANGUAGE_COUNT];
  if (texts[language] != NULL) return texts[language];
  char *name = g_strdup_printf("lang.%s.hdf", language_code(language));
  char *path = g_build_filename(settings_text(settings, SETTING_TEMPLATES), name, NULL);
  char *text = NULL;
  HDF *tree = NULL;
  if (g_file_get_contents(path, &text, NULL, NULL)) {
    NEOERR *problem = hdf_init(&tree);
    if (problem == STATUS_OK) problem = hdf_read_string(tree, text);
    if (problem == STATUS_OK) texts[language] = tree;
    else hdf_destroy(&tree);
    nerr_ignore(&problem);
  }
  g_free(text);
  g_free(path);
  g_free(name);
  return texts[language];
}

static Language terminal_language(void) {
  const char *locale = setlocale(LC_MESSAGES, NULL);
  return locale != NULL && g_str_has_prefix(locale, "de") ? LANGUAGE_GERMAN : LANGUAGE_ENGLISH;
}

#define ARGUMENTS_MAX 9 /* {1} to {9} */

static unsigned take_arguments(const char *arguments[ARGUMENTS_MAX], va_list list) {
  unsigned count = 0;
  const char *argument;
  while (count < ARGUMENTS_MAX && (argument = va_arg(list, const char *)) != NULL) arguments[count++] = argument;
  return count;
}

const char *texts_in(void *owner, const Settings *settings, Language language, const char *key, ...) {
  const char *arguments[ARGUMENTS_MAX];
  va_list list;
  HDF *texts = read_texts(settings, language);
  char *path = g_strconcat("Lang.", key, NULL);
  const char *text = texts != NULL ? hdf_get_value(texts, path, key) : key;
  GString *filled = g_string_new(NULL);
  va_start(list, key);
  unsigned count = take_arguments(arguments, list);
  va_end(list);
  for (; *text != '\0'; text++) {
    unsigned number = text[0] == '{' && text[1] >= '1' && text[1] <= '9' && text[2] == '}' ? (unsigned)(text[1] - '0') : 0;
    if (number == 0 || number > count) {
      g_string_append_c(filled, *text);
      continue;
    }
    g_string_append(filled, arguments[number - 1]);
    text += 2;
  }
  const char *result = talloc_strdup(owner, filled->str);
  g_string_free(filled, TRUE);
  g_free(path);
  return result;
}

const char *texts_of_error(void *owner, const Settings *settings, const char *reason, const char *argument) {
  HDF *texts = read_texts(settings, terminal_language());
  char *key = g_strdup_printf("Lang.error.%s", reason);
  const char *text = texts != NULL ? hdf_get_value(texts, key, NULL) : NULL;
  g_free(key);
  if (text == NULL) return argument[0] != '\0' ? talloc_asprintf(owner, "%s: %s", reason, argument) : reason;
  const char *place = strstr(text, "{1}");
  if (place == NULL) return talloc_strdup(owner, text);
  return talloc_asprintf(owner, "%.*s%s%s", (int)(place - text), text, argument, place + strlen("{1}"));
}
