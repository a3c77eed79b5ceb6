#include "web/templates.h"

#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

#define LAYOUT "layout.cs"
#define LAYOUT_INCLUDE "include:\"" LAYOUT "\""
#define CONTENT "<?cs call:content() ?>"

/* What the directory held when it was read; replaced as a whole. */
typedef struct {
  HDF *settings; /* of the parser */
  HDF *texts[LANGUAGE_COUNT];
  GHashTable *pages; /* name -> CSPARSE */
  CSPARSE *head;     /* the layout around every page: once, since forty copies of it were a third of a worker's memory */
  CSPARSE *foot;
  gint64 stamp;      /* newest change of the directory's files */
} Parsed;

struct templates {
  char *directory;
  bool development;
  Parsed *parsed;
};

/* ---- ClearSilver's errors ---- */

/* True when nothing went wrong; else the error becomes one of ours. */
static bool worked(NEOERR *problem, GError **error) {
  if (problem == STATUS_OK) return true;
  STRING text;
  string_init(&text);
  nerr_error_string(problem, &text);
  nerr_ignore(&problem);
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "template: %s", text.buf != NULL ? text.buf : "out of memory");
  string_clear(&text);
  return false;
}

/* ---- reading ---- */

/* The whole text of a file of the directory; whatever the name, no other directory is reached. */
static char *read_file(const char *directory, const char *name, GError **error) {
  char *path = NULL;
  char *text = NULL;
  GError *problem = NULL;
  if (strchr(name, '/') != NULL || name[0] == '.') {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "template: not a file of the directory: %s", name);
    return NULL;
  }
  path = g_build_filename(directory, name, NULL);
  if (!g_file_get_contents(path, &text, NULL, &problem)) {
    g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, problem->message);
    g_error_free(problem);
  }
  g_free(path);
  return text;
}

/* ClearSilver reads files by this and frees what it gets; g_malloc is malloc. A page that includes the layout prints its own content: what is around is printed around it. */
static NEOERR *load_include(void *context, HDF *hdf, const char *name, char **contents) {
  GError *error = NULL;
  (void)hdf;
  *contents = strcmp(name, LAYOUT) == 0 ? g_strdup(CONTENT) : read_file(context, name, &error);
  if (error == NULL) return STATUS_OK;
  NEOERR *problem = nerr_raise(NERR_NOT_FOUND, "%s", error->message);
  g_error_free(error);
  return problem;
}

static bool read_texts(Parsed *parsed, const char *directory, GError **error) {
  for (int language = 0; language < LANGUAGE_COUNT; language++) {
    char *name = g_strdup_printf("lang.%s.hdf", language_code((Language)language));
    char *text = read_file(directory, name, error);
    bool good = text != NULL && worked(hdf_init(&parsed->texts[language]), error) && worked(hdf_read_string(parsed->texts[language], text), error);
    if (text != NULL && !good) g_prefix_error(error, "%s: ", name);
    g_free(text);
    g_free(name);
    if (!good) return false;
  }
  return true;
}

static void destroy_page(gpointer page) {
  CSPARSE *parse = page;
  cs_destroy(&parse);
}

static bool parse_page(Parsed *parsed, char *directory, const char *file, GError **error) {
  CSPARSE *parse = NULL;
  if (!worked(cs_init(&parse, parsed->settings), error)) return false;
  g_hash_table_insert(parsed->pages, g_strndup(file, strlen(file) - strlen(".cs")), parse);
  cs_register_fileload(parse, directory, load_include);
  return worked(cs_parse_file(parse, file), error);
}

static bool parse_part(Parsed *parsed, char *text, CSPARSE **part, GError **error) { return worked(cs_init(part, parsed->settings), error) && worked(cs_parse_string(*part, text, strlen(text)), error); }

/* What stands before the page's content and behind it; the parser takes the texts over. */
static bool parse_layout(Parsed *parsed, const char *directory, GError **error) {
  char *text = read_file(directory, LAYOUT, error);
  if (text == NULL) return false;
  char **parts = g_strsplit(text, CONTENT, 2);
  bool whole = parts[0] != NULL && parts[1] != NULL;
  if (!whole) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "template: %s has no " CONTENT, LAYOUT);
  bool good = whole && parse_part(parsed, g_strdup(parts[0]), &parsed->head, error) && parse_part(parsed, g_strdup(parts[1]), &parsed->foot, error);
  g_strfreev(parts);
  g_free(text);
  return good;
}

static bool is_page(const char *directory, const char *file) {
  char *text = g_str_has_suffix(file, ".cs") ? read_file(directory, file, NULL) : NULL;
  bool page = text != NULL && strstr(text, LAYOUT_INCLUDE) != NULL;
  g_free(text);
  return page;
}

static bool parse_pages(Parsed *parsed, char *directory, GError **error) {
  bool good = true;
  GError *problem = NULL;
  GDir *listing = g_dir_open(directory, 0, &problem);
  if (listing == NULL) {
    g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, problem->message);
    g_error_free(problem);
    return false;
  }
  for (const char *file = g_dir_read_name(listing); good && file != NULL; file = g_dir_read_name(listing)) {
    if (is_page(directory, file)) good = parse_page(parsed, directory, file, error);
  }
  g_dir_close(listing);
  return good;
}

/* The newest change of any file, in nanoseconds; the directory's own shows that one was deleted or came back from elsewhere. */
static gint64 newest_change(const char *directory) {
  gint64 newest = 0;
  GDir *listing = g_dir_open(directory, 0, NULL);
  const char *file = ".";
  if (listing == NULL) return 0;
  for (; file != NULL; file = g_dir_read_name(listing)) {
    struct stat status;
    char *path = g_build_filename(directory, file, NULL);
    if (stat(path, &status) == 0) newest = MAX(newest, (gint64)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec);
    g_free(path);
  }
  g_dir_close(listing);
  return newest;
}

static int destroy_parsed(Parsed *parsed) {
  g_hash_table_destroy(parsed->pages);
  if (parsed->head != NULL) cs_destroy(&parsed->head);
  if (parsed->foot != NULL) cs_destroy(&parsed->foot);
  hdf_destroy(&parsed->settings);
  for (int language = 0; language < LANGUAGE_COUNT; language++) hdf_destroy(&parsed->texts[language]);
  return 0;
}

static Parsed *parse_directory(Templates *templates, gint64 stamp, GError **error) {
  Parsed *parsed = talloc_zero(templates, Parsed);
  parsed->pages = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, destroy_page);
  parsed->stamp = stamp;
  talloc_set_destructor(parsed, destroy_parsed);
  /* Every value is escaped where it is printed; a template can't forget it. */
  bool good = worked(hdf_init(&parsed->settings), error) && worked(hdf_set_value(parsed->settings, "Config.VarEscapeMode", "html"), error) &&
              read_texts(parsed, templates->directory, error) && parse_layout(parsed, templates->directory, error) && parse_pages(parsed, templates->directory, error);
  if (good) return parsed;
  talloc_free(parsed);
  return NULL;
}

Templates *templates_load(void *owner, const char *directory, bool development, GError **error) {
  Templates *templates = talloc_zero(owner, Templates);
  nerr_init();
  templates->directory = talloc_strdup(templates, directory);
  templates->development = development;
  templates->parsed = parse_directory(templates, newest_change(directory), error);
  if (templates->parsed != NULL) return templates;
  talloc_free(templates);
  return NULL;
}

bool templates_refresh(Templates *templates, GError **error) {
  gint64 stamp = templates->development ? newest_change(templates->directory) : 0;
  if (!templates->development || stamp == templates->parsed->stamp) return true;
  Parsed *fresh = parse_directory(templates, stamp, error);
  if (fresh == NULL) return false;
  talloc_free(templates->parsed);
  templates->parsed = fresh;
  return true;
}

gint64 templates_edition(const Templates *templates) { return templates->parsed->stamp; }

/* ---- using ---- */

static NEOERR *append_output(void *context, char *text) {
  g_string_append(context, text);
  return STATUS_OK;
}

static bool render(const Parsed *parsed, CSPARSE *parse, Language language, HDF *data, GString *output, GError **error) {
  parse->hdf = data;
  parse->global_hdf = parsed->texts[language];
  bool good = worked(cs_render(parse, output, append_output), error);
  parse->hdf = parsed->settings;
  parse->global_hdf = NULL;
  parse->locals = NULL; /* after an error they would still point into the stack that is gone */
  return good;
}

bool templates_render(const Templates *templates, const char *name, Language language, HDF *data, GString *output, GError **error) {
  CSPARSE *parse = g_hash_table_lookup(templates->parsed->pages, name);
  if (parse == NULL) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "template: there is no page %s", name);
    return false;
  }
  return render(templates->parsed, templates->parsed->head, language, data, output, error) && render(templates->parsed, parse, language, data, output, error) &&
         render(templates->parsed, templates->parsed->foot, language, data, output, error);
}

const char *templates_text(const Templates *templates, Language language, const char *key) {
  HDF *texts = hdf_get_obj(templates->parsed->texts[language], "Lang");
  return texts != NULL ? hdf_get_value(texts, key, NULL) : NULL;
}
