#include "tool/import_mapping.h"

#include <string.h>
#include <talloc.h>

#include "repository/catalogue_repository.h"
#include "repository/import_unknown.h"

void import_mapping_free(ImportMapping *mapping) {
  g_strfreev(mapping->columns);
  g_strfreev(mapping->levels);
  g_strfreev(mapping->types);
  g_strfreev(mapping->responsibles);
  g_free(mapping->separator);
  g_free(mapping->encoding);
  g_free(mapping->decimal);
  g_free(mapping->days);
}

static bool refuse(GError **error, const char *option, const char *value, const char *why) {
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "--%s %s: %s", option, value, why);
  return false;
}

static bool is_one_of(const char *option, const char *value, const char *one, const char *other, GError **error) {
  if (value == NULL || strcmp(value, one) == 0 || strcmp(value, other) == 0) return true;
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "--%s %s: it is %s or %s", option, value, one, other);
  return false;
}

bool import_mapping_style(const ImportMapping *mapping, TableStyle *style, GError **error) {
  *style = (TableStyle){{0, NULL}, mapping->sheet > 0 ? (unsigned)mapping->sheet - 1 : 0};
  const char *separator = g_strcmp0(mapping->separator, "tab") == 0 ? "\t" : mapping->separator;
  if (separator != NULL) {
    if (strlen(separator) != 1 || strchr(csv_separators, separator[0]) == NULL) return refuse(error, "separator", separator, "it is one of , ; | and tab");
    style->csv.separator = separator[0];
  }
  for (unsigned i = 0; mapping->encoding != NULL && csv_encodings[i] != NULL; i++) {
    if (g_ascii_strcasecmp(csv_encodings[i], mapping->encoding) == 0) style->csv.encoding = csv_encodings[i];
  }
  if (mapping->encoding != NULL && style->csv.encoding == NULL) {
    char *known = g_strjoinv(", ", (char **)(gsize)csv_encodings);
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "--encoding %s: it is one of %s", mapping->encoding, known);
    g_free(known);
    return false;
  }
  return is_one_of("decimal", mapping->decimal, "comma", "point", error) && is_one_of("days", mapping->days, "day-first", "month-first", error);
}

/* ---- LEFT=RIGHT ---- */

/* A head or a word may have the sign itself; a field or a code has none. */
static const char *right_of(const char *pair, const char *option, GError **error) {
  const char *sign = strrchr(pair, '=');
  if (sign == NULL) refuse(error, option, pair, "there is no = in it");
  return sign != NULL ? sign + 1 : NULL;
}

static bool is_left(const char *pair, const char *text) {
  char *left = g_utf8_casefold(pair, strrchr(pair, '=') - pair);
  char *folded = g_utf8_casefold(text, -1);
  bool same = strcmp(g_strstrip(left), g_strstrip(folded)) == 0;
  g_free(left);
  g_free(folded);
  return same;
}

/* ---- columns ---- */

static bool choose_column(const char *pair, const ImportRow *head, int *chosen, FieldErrors *errors, GError **error) {
  const char *name = right_of(pair, "column", error);
  if (name == NULL) return false;
  int field = name[0] == '\0' ? IMPORT_DERIVED : contract_field_by_header(name);
  if (field < 0 && name[0] != '\0') return refuse(error, "column", pair, "there is no such field");
  bool found = false;
  for (unsigned column = 0; column < head->count; column++) {
    if (!is_left(pair, head->cells[column])) continue;
    chosen[column] = field;
    found = true;
  }
  const char *left = talloc_strndup(errors, pair, (gsize)(name - pair) - 1);
  if (!found) field_errors_add(errors, left, "header_missing", left);
  return true;
}

/* What somebody chose in the browser for a head that is no field's name: what is a field's name keeps its meaning here, whatever one file was given there. */
static bool remembered_columns(Database *database, const ImportRow *head, int *chosen, GError **error) {
  bool done = true;
  for (unsigned column = 0; done && column < head->count; column++) {
    char *name = g_strstrip(g_strdup(head->cells[column]));
    chosen[column] = IMPORT_BY_NAME;
    if (contract_field_by_header(name) < 0) done = import_known_header(database, name, &chosen[column], error);
    g_free(name);
  }
  return done;
}

ImportColumns *import_mapping_columns(const ImportMapping *mapping, Database *database, void *owner, const ImportRow *head, FieldErrors *errors, GError **error) {
  int chosen[CSV_COLUMN_MAX];
  bool done = remembered_columns(database, head, chosen, error);
  for (char **pair = mapping->columns; done && pair != NULL && *pair != NULL; pair++) done = choose_column(*pair, head, chosen, errors, error);
  return done ? contract_import_columns(owner, head->cells, chosen, head->count, errors) : NULL;
}

ImportStyle import_mapping_values(const ImportMapping *mapping, const ImportColumns *columns, TableReader *rows) {
  ImportStyle style = contract_import_style(columns, table_reader_row, rows, 0);
  if (mapping->decimal != NULL) style.decimal = mapping->decimal[0] == 'c' ? ',' : '.';
  if (mapping->days != NULL) style.month_first = mapping->days[0] == 'm';
  return style;
}

/* ---- words ---- */

typedef struct {
  const char *option;
  char **pairs;
  int field;
  const CatalogueEntry *entries;
  unsigned count;
} Words;

static const char *code_of(const Words *words, const char *name) {
  for (unsigned i = 0; i < words->count; i++) {
    if (g_ascii_strcasecmp(words->entries[i].code, name) == 0) return words->entries[i].code;
  }
  return NULL;
}

static bool check_words(const Words *words, GError **error) {
  for (char **pair = words->pairs; pair != NULL && *pair != NULL; pair++) {
    const char *name = right_of(*pair, words->option, error);
    if (name == NULL) return false;
    if (name[0] == '\0' && contract_fields[words->field].required) return refuse(error, words->option, *pair, "a contract has to have one");
    if (name[0] != '\0' && code_of(words, name) == NULL) return refuse(error, words->option, *pair, "there is no such code");
  }
  return true;
}

static void choose_word(const ImportMapping *mapping, const Words *words, ImportChoice *choice) {
  /* That somebody created one on that day doesn't mean that every later table may. */
  if (choice->kind == IMPORT_CREATE) choice->kind = IMPORT_UNDECIDED;
  if (mapping->create && choice->kind == IMPORT_UNDECIDED && choice->field != CONTRACT_RESPONSIBLE) choice->kind = IMPORT_CREATE;
  for (char **pair = words->pairs; pair != NULL && *pair != NULL; pair++) {
    if (!is_left(*pair, choice->value)) continue;
    const char *name = strrchr(*pair, '=') + 1;
    choice->kind = name[0] == '\0' ? IMPORT_EMPTY : IMPORT_TAKE;
    choice->code = name[0] == '\0' ? NULL : code_of(words, name);
  }
}

ImportChoice *import_mapping_choices(const ImportMapping *mapping, Database *database, void *owner, const ImportColumns *columns, TableReader *rows, unsigned *count,
                                     GError **error) {
  const Catalogue *catalogue = catalogue_repository_read(database, owner, error);
  if (catalogue == NULL) return NULL;
  const Words all[] = {{"level", mapping->levels, CONTRACT_LEVEL, catalogue->levels, catalogue->level_count},
                       {"type", mapping->types, CONTRACT_TYPE, catalogue->types, catalogue->type_count},
                       {"responsible", mapping->responsibles, CONTRACT_RESPONSIBLE, catalogue->users, catalogue->user_count}};
  for (unsigned i = 0; i < G_N_ELEMENTS(all); i++) {
    if (!check_words(&all[i], error)) return NULL;
  }
  unsigned found = 0;
  ImportChoice *choices = import_unknown_find(database, owner, columns, table_reader_row, rows, IMPORT_CHOICES_MAX, &found, error);
  *count = 0;
  for (unsigned i = 0; choices != NULL && i < found; i++) {
    ImportChoice choice = choices[i];
    for (unsigned j = 0; j < G_N_ELEMENTS(all); j++) {
      if (all[j].field == choice.field) choose_word(mapping, &all[j], &choice);
    }
    if (choice.kind != IMPORT_UNDECIDED) choices[(*count)++] = choice;
  }
  return choices;
}
