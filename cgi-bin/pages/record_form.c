#include "pages/record_form.h"

#include <string.h>
#include <talloc.h>

#include "domain/password.h"
#include "domain/service_hours.h"
#include "pages/service_text.h"

#define MARK_LENGTH 8 /* hexadecimal digits by which a form remembers what it showed in a field */

RecordForm *record_form_new(Exchange *exchange, const Field *fields, unsigned field_count, const char *const *values, const Catalogue *catalogue) {
  RecordForm *form = talloc_zero(exchange, RecordForm);
  form->exchange = exchange;
  form->fields = fields;
  form->field_count = field_count;
  form->catalogue = catalogue;
  form->errors = field_errors_new(form);
  form->values = talloc_array(form, const char *, field_count);
  for (unsigned field = 0; field < field_count; field++) form->values[field] = values[field];
  return form;
}

/* ---- reading ---- */

/* The names that a form has beside its fields; version and id are members of a record too. */
static bool is_form_name(const RecordForm *form, const char *name) {
  static const char *const OWN[] = {"csrf", "version", "shown"};
  if (form->more != NULL && strcmp(name, form->more) == 0) return true;
  if (form->exchange->request->is_json) return strcmp(name, "csrf") == 0;
  for (unsigned i = 0; i < G_N_ELEMENTS(OWN); i++) {
    if (strcmp(name, OWN[i]) == 0) return true;
  }
  return false;
}

static bool is_written(const Field *field) { return field->kind != FIELD_LOOKED_UP && field->kind != FIELD_YES; }

static const Field *field_named(const RecordForm *form, const char *name) {
  for (unsigned field = 0; field < form->field_count; field++) {
    if (strcmp(name, form->fields[field].name) == 0) return &form->fields[field];
  }
  return NULL;
}

/* Whether a name that was sent is one of the form's, or of what is known of the record and is sent back as it is. */
static bool check_name(const RecordForm *form, const Parameter *sent, GError **error) {
  const Field *field = field_named(form, sent->name);
  bool json = form->exchange->request->is_json;
  if (is_form_name(form, sent->name) || (field != NULL && (!json || is_written(field)))) return true;
  const char *known = form->known != NULL ? parameters_get(form->known, sent->name) : NULL;
  if (known == NULL && field == NULL) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "unknown_field: %s", sent->name);
    return false;
  }
  if (known == NULL || strcmp(known, sent->value) != 0) field_errors_add(form->errors, sent->name, "read_only", NULL);
  return true;
}

bool record_form_read(RecordForm *form, GError **error) {
  const Parameters *sent = form->exchange->request->form;
  char decimal = page_is_json(form->exchange) ? '.' : language_decimal_mark(form->exchange->language);
  for (unsigned i = 0; i < sent->count; i++) {
    if (!check_name(form, &sent->items[i], error)) return false;
  }
  for (unsigned field = 0; field < form->field_count; field++) {
    const Field *fact = &form->fields[field];
    const char *typed = parameters_get(sent, fact->name);
    if (typed == NULL || !is_written(fact)) continue;
    const char *value = field_value_read_typed(form, fact, typed, decimal, form->errors);
    form->values[field] = value != NULL ? value : typed;
    if (value != NULL && value[0] == '\0' && !fact->required) form->values[field] = fact->fallback;
  }
  return true;
}

/* ---- two people ---- */

/* A short mark of a value, the same for the same text. */
static void value_mark(const char *value, char mark[MARK_LENGTH + 1]) {
  char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, value, -1);
  memcpy(mark, digest, MARK_LENGTH);
  mark[MARK_LENGTH] = '\0';
  g_free(digest);
}

/* The marks of all values: so the next request knows which fields its user changed. */
static const char *values_marks(const RecordForm *form, const char *const *values) {
  char *marks = talloc_zero_array(form, char, form->field_count * MARK_LENGTH + 1);
  for (unsigned field = 0; field < form->field_count; field++) value_mark(values[field], marks + field * MARK_LENGTH);
  return marks;
}

bool record_form_untouched(const RecordForm *form, unsigned field) {
  char mine[MARK_LENGTH + 1];
  const char *shown = parameters_get(form->exchange->request->form, "shown");
  if (shown == NULL || strlen(shown) != form->field_count * MARK_LENGTH) return false;
  value_mark(form->values[field], mine);
  return memcmp(mine, shown + field * MARK_LENGTH, MARK_LENGTH) == 0;
}

unsigned record_form_merge(RecordForm *form, const char *const *theirs) {
  unsigned both = 0;
  form->theirs = theirs;
  for (unsigned field = 0; field < form->field_count; field++) {
    bool untouched = record_form_untouched(form, field);
    if (untouched || form->fields[field].kind == FIELD_LOOKED_UP || form->fields[field].kind == FIELD_YES) form->values[field] = theirs[field];
    else if (strcmp(form->values[field], theirs[field]) != 0) both++;
  }
  return both;
}

/* ---- showing ---- */

static const char *field_text_key(Exchange *exchange, const Field *field, const char *value) {
  return page_text(exchange, talloc_asprintf(exchange, "%s.%s", field->name, value), NULL);
}

static const CatalogueEntry *key_entries(const Field *field, const Catalogue *catalogue, unsigned *count) {
  *count = 0;
  if (field->kind != FIELD_KEY || catalogue == NULL) return NULL;
  if (strcmp(field->key_table, "support_level") == 0) {
    *count = catalogue->level_count;
    return catalogue->levels;
  }
  if (strcmp(field->key_table, "contract_type") == 0) {
    *count = catalogue->type_count;
    return catalogue->types;
  }
  if (strcmp(field->key_table, "user") == 0) {
    *count = catalogue->user_count;
    return catalogue->users;
  }
  if (strcmp(field->key_table, "service_calendar") == 0) {
    *count = catalogue->calendar_count;
    return catalogue->calendars;
  }
  return NULL;
}

/* "L1 Help Desk"; types and users by their name alone. */
static const char *entry_text(Exchange *exchange, const Field *field, const CatalogueEntry *entry) {
  const char *text = entry->name[0] != '\0' ? entry->name : entry->code;
  if (strcmp(field->key_table, "support_level") == 0) text = talloc_asprintf(exchange, "%s %s", entry->code, entry->name);
  return entry->retired ? page_text(exchange, strcmp(field->key_table, "user") == 0 ? "common.disabled" : "common.retired", text, NULL) : text;
}

static const char *period_text(Exchange *exchange, const char *value) {
  char *number = talloc_strndup(exchange, value, strlen(value) - 1);
  const char *key = talloc_asprintf(exchange, "period.%c%s", value[strlen(value) - 1], strcmp(number, "1") == 0 ? "_one" : "");
  return page_text(exchange, key, number, NULL);
}

static const char *own_days_text(Exchange *exchange, const char *value) {
  const char *bad_line = NULL;
  const ServiceDays *days = service_days_read(exchange, value, &bad_line);
  return days != NULL ? service_days_shown(exchange, days, exchange->language) : value;
}

const char *record_value_text(Exchange *exchange, const Field *field, const char *value, const Catalogue *catalogue) {
  unsigned count = 0;
  const CatalogueEntry *entries = key_entries(field, catalogue, &count);
  if (value[0] == '\0') return "";
  for (unsigned entry = 0; entry < count; entry++) {
    if (strcmp(entries[entry].code, value) == 0) return entry_text(exchange, field, &entries[entry]);
  }
  switch (field->kind) {
    case FIELD_DAY: return language_day(exchange, exchange->language, day_parse_iso(value));
    case FIELD_MONEY: return language_decimal(exchange, exchange->language, value);
    case FIELD_PERIOD: return period_text(exchange, value);
    case FIELD_MINUTES: return service_text_minutes(exchange, g_ascii_strtoll(value, NULL, 10));
    case FIELD_CHOICE: return field_text_key(exchange, field, value);
    case FIELD_OWN_DAYS: return own_days_text(exchange, value);
    default: return value;
  }
}

static void fill_option(HDF *node, unsigned *index, const char *value, const char *text, bool selected) {
  page_option(page_node(node, "Option"), (*index)++, value, text, selected);
}

/* A retired entry is offered only where it is already set. */
static void fill_key_options(const RecordForm *form, unsigned field, HDF *node) {
  const Field *fact = &form->fields[field];
  unsigned count = 0;
  unsigned index = 0;
  bool found = form->values[field][0] == '\0';
  const CatalogueEntry *entries = key_entries(fact, form->catalogue, &count);
  if (!fact->required || found) {
    fill_option(node, &index, "", page_text(form->exchange, fact->required ? "form.choose" : "form.none", NULL), found);
  }
  for (unsigned entry = 0; entry < count; entry++) {
    bool selected = strcmp(entries[entry].code, form->values[field]) == 0;
    bool was = form->stored != NULL && strcmp(entries[entry].code, form->stored[field]) == 0;
    if (entries[entry].retired && !selected && !was) continue;
    found = found || selected;
    fill_option(node, &index, entries[entry].code, entry_text(form->exchange, fact, &entries[entry]), selected);
  }
  if (!found) fill_option(node, &index, form->values[field], form->values[field], true);
}

static void fill_choices(const RecordForm *form, unsigned field, HDF *node) {
  const Field *fact = &form->fields[field];
  unsigned index = 0;
  bool found = form->values[field][0] == '\0';
  if (fact->fallback[0] == '\0') fill_option(node, &index, "", page_text(form->exchange, "form.none", NULL), found);
  char **choices = g_strsplit(fact->choices, " ", -1);
  for (unsigned choice = 0; choices[choice] != NULL; choice++) {
    const char *value = talloc_strdup(form->exchange, choices[choice]);
    bool selected = strcmp(value, form->values[field]) == 0;
    found = found || selected;
    fill_option(node, &index, value, field_text_key(form->exchange, fact, value), selected);
  }
  g_strfreev(choices);
  if (!found) fill_option(node, &index, form->values[field], form->values[field], true);
}

/* Short, as it is read again in any language. */
static const char *minutes_input(Exchange *exchange, const char *value) {
  gint64 minutes = g_ascii_strtoll(value, NULL, 10);
  bool whole = minutes > 0 && minutes % 60 == 0;
  return talloc_asprintf(exchange, whole ? "%" G_GINT64_FORMAT " h" : "%" G_GINT64_FORMAT " min", whole ? minutes / 60 : minutes);
}

/* What an input shows: as typed where it cannot be read, else as people write it. */
static const char *input_text(const RecordForm *form, unsigned field) {
  const Field *fact = &form->fields[field];
  const char *value = form->values[field];
  if (fact->kind == FIELD_PASSWORD) return "";
  bool unreadable = field_errors_find(form->errors, fact->name) != NULL && (fact->kind != FIELD_DAY || day_parse_iso(value) == DAY_NONE);
  if (unreadable || value[0] == '\0') return value;
  if (fact->kind == FIELD_MINUTES) return minutes_input(form->exchange, value);
  return fact->kind == FIELD_DAY || fact->kind == FIELD_MONEY || fact->kind == FIELD_OWN_DAYS ? record_value_text(form->exchange, fact, value, form->catalogue) : value;
}

static const char *control_name(const Field *field, const Catalogue *catalogue) {
  unsigned count = 0;
  switch (field->kind) {
    case FIELD_LONG_TEXT:
    case FIELD_OWN_DAYS: return "long";
    case FIELD_CHOICE: return "select";
    case FIELD_KEY: return key_entries(field, catalogue, &count) != NULL ? "select" : "text";
    case FIELD_DAY: return "day";
    case FIELD_NUMBER: return "number";
    case FIELD_MONEY: return "money";
    case FIELD_PASSWORD: return "password";
    default: return "text";
  }
}

static void fill_theirs(const RecordForm *form, unsigned field, HDF *node) {
  if (form->theirs == NULL || strcmp(form->theirs[field], form->values[field]) == 0) return;
  const char *text = record_value_text(form->exchange, &form->fields[field], form->theirs[field], form->catalogue);
  page_value(node, "theirs", text[0] != '\0' ? text : page_text(form->exchange, "form.empty", NULL));
}

static const char *field_label(const RecordForm *form, const char *name) {
  const Field *field = field_named(form, name);
  const char *key = form->labels != NULL && field != NULL ? form->labels[field - form->fields] : name;
  return page_field_label(form->exchange, key);
}

static const char *field_help(Exchange *exchange, const Field *field) {
  const char *key = talloc_asprintf(exchange, "help.%s", field->name);
  const char *text = page_text_or_null(exchange, key);
  return text != NULL && field->kind == FIELD_PASSWORD ? page_text(exchange, key, password_limit("password_short"), NULL) : text;
}

static void fill_field(const RecordForm *form, unsigned field, HDF *node) {
  Exchange *exchange = form->exchange;
  const Field *fact = &form->fields[field];
  const FieldError *error = field_errors_find(form->errors, fact->name);
  const char *control = control_name(fact, form->catalogue);
  page_value(node, "name", fact->name);
  page_value(node, "label", field_label(form, fact->name));
  page_value(node, "help", field_help(exchange, fact));
  page_value(node, "control", control);
  page_value(node, "value", input_text(form, field));
  if (form->purposes != NULL) page_value(node, "autocomplete", form->purposes[field]);
  if (fact->required) page_value(node, "required", "1");
  if (fact->kind == FIELD_TEXT || fact->kind == FIELD_LONG_TEXT || fact->kind == FIELD_CODE || fact->kind == FIELD_OWN_DAYS || fact->kind == FIELD_USER_NAME || fact->kind == FIELD_MAIL_ADDRESS) page_value(node, "limit", talloc_asprintf(exchange, "%u", fact->limit));
  if (strcmp(control, "select") == 0) {
    if (fact->kind == FIELD_CHOICE) fill_choices(form, field, node);
    else fill_key_options(form, field, node);
  }
  if (error != NULL) page_value(node, "error", page_error_text(exchange, error));
  fill_theirs(form, field, node);
}

static void fill_problem(Exchange *exchange, unsigned row, const char *name, const char *label, const char *text) {
  HDF *node = page_row(page_node(exchange->data, "Errors"), row);
  page_value(node, "name", name);
  page_value(node, "label", label);
  page_value(node, "text", text);
}

/* In the order in which the fields stand, whoever found the errors; then what belongs to none of them. */
static void fill_summary(const RecordForm *form) {
  Exchange *exchange = form->exchange;
  unsigned row = 0;
  for (unsigned field = 0; field < form->field_count; field++) {
    const FieldError *error = field_errors_find(form->errors, form->fields[field].name);
    if (error != NULL) fill_problem(exchange, row++, error->field, field_label(form, error->field), page_error_text(exchange, error));
  }
  for (unsigned i = 0; i < form->errors->items->len; i++) {
    const FieldError *error = &g_array_index(form->errors->items, FieldError, i);
    if (field_named(form, error->field) == NULL) fill_problem(exchange, row++, error->field, field_label(form, error->field), page_error_text(exchange, error));
  }
}

void record_form_fill(RecordForm *form, const char *action, guint version) {
  Exchange *exchange = form->exchange;
  HDF *node = page_node(exchange->data, "Form");
  const char *shown = parameters_get(exchange->request->form, "shown");
  bool keep = shown != NULL && form->theirs == NULL && field_errors_any(form->errors);
  unsigned row = 0;
  page_value(node, "action", action);
  if (version > 0) page_value(node, "version", talloc_asprintf(exchange, "%u", version));
  if (form->stored != NULL) page_value(node, "shown", keep ? shown : values_marks(form, form->theirs != NULL ? form->theirs : form->stored));
  for (unsigned field = 0; field < form->field_count; field++) {
    if (form->fields[field].kind == FIELD_LOOKED_UP || form->fields[field].kind == FIELD_YES) continue;
    fill_field(form, field, page_row(page_node(node, "Field"), row++));
  }
  fill_summary(form);
}

HDF *record_form_fill_input(Exchange *exchange, unsigned row, const char *name, const char *control, const char *label, const char *help, const char *error) {
  HDF *node = page_row(page_node(page_node(exchange->data, "Form"), "Field"), row);
  page_value(node, "name", name);
  page_value(node, "control", control);
  page_value(node, "label", label);
  page_value(node, "help", help);
  page_value(node, "error", error);
  if (error != NULL) fill_problem(exchange, row, name, label, error);
  return node;
}
