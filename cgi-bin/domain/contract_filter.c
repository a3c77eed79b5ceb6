#include "domain/contract_filter.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "domain/money.h"
#include "domain/text.h"

static const char *const SORT_NAMES[SORT_COUNT] = {"number", "title",  "customer", "level",  "type",   "status",
                                                   "starts", "ends",   "notice",   "value",  "updated"};
static const char *const RANGE_NAMES[RANGE_COUNT] = {"starts", "ends", "notice", "value", "ended"};
static const char *const RANGE_FROM[RANGE_COUNT] = {"starts_from", "ends_from", "notice_from", "value_from", "ended_from"};
static const char *const RANGE_TO[RANGE_COUNT] = {"starts_to", "ends_to", "notice_to", "value_to", "ended_to"};

#define PER_DEFAULT 50
#define QUERY_TEXT_MAX 200
#define PLACE "place_"
#define PLACE_MAX 99

const char *contract_sort_name(ContractSort sort) { return SORT_NAMES[sort]; }
const char *contract_range_name(ContractRange range) { return RANGE_NAMES[range]; }

/* What the readers of single parameters share. */
typedef struct {
  void *owner;
  ContractFilter *filter;
  const Catalogue *catalogue;
  Day today;
  FieldErrors *errors;
  unsigned places[CONTRACT_COLUMN_COUNT];
} Reading;

typedef void (*ParameterReader)(Reading *reading, const char *name, const char *value);

static void read_level(Reading *reading, const char *name, const char *value) {
  if (strcmp(value, "none") == 0) {
    reading->filter->levels |= G_GUINT64_CONSTANT(1) << LEVEL_NONE_BIT;
    return;
  }
  int position = catalogue_level(reading->catalogue, value);
  if (position < 0) field_errors_add(reading->errors, name, "unknown", value);
  else reading->filter->levels |= G_GUINT64_CONSTANT(1) << position;
}

static void read_status(Reading *reading, const char *name, const char *value) {
  int status = contract_status_by_name(value);
  if (status < 0) field_errors_add(reading->errors, name, "unknown", value);
  else reading->filter->statuses |= 1u << status;
}

static void read_type(Reading *reading, const char *name, const char *value) {
  int position = catalogue_type(reading->catalogue, value);
  if (position < 0) field_errors_add(reading->errors, name, "unknown", value);
  else reading->filter->types |= G_GUINT64_CONSTANT(1) << position;
}

static void read_customer(Reading *reading, const char *name, const char *value) {
  if (g_utf8_strlen(value, -1) > contract_fields[CONTRACT_CUSTOMER_NUMBER].limit) {
    field_errors_add(reading->errors, name, "too_long", "40");
  } else {
    reading->filter->customer = value;
  }
}

static void read_responsible(Reading *reading, const char *name, const char *value) {
  if (strcmp(value, "me") != 0 && strcmp(value, "none") != 0 && catalogue_user(reading->catalogue, value) < 0) {
    field_errors_add(reading->errors, name, "unknown", value);
  } else {
    reading->filter->responsible = value;
  }
}

static void read_text(Reading *reading, const char *name, const char *value) {
  unsigned words = 0;
  if (g_utf8_strlen(value, -1) > QUERY_TEXT_MAX) {
    field_errors_add(reading->errors, name, "too_long", G_STRINGIFY(QUERY_TEXT_MAX));
    return;
  }
  text_search_words(reading->owner, value, &words);
  if (words == 0) field_errors_add(reading->errors, name, "no_word", NULL);
  reading->filter->text = value;
}

/* One end of a range; money in hundredths, days as Day. */
static bool read_bound(Reading *reading, const char *name, const char *value, bool money, const char **text, gint64 *bound) {
  if (money) {
    FieldErrors *problems = field_errors_new(reading->owner);
    const char *decimal = contract_value_read(reading->owner, CONTRACT_AMOUNT, value, problems);
    if (decimal == NULL) {
      const FieldError *problem = &g_array_index(problems->items, FieldError, 0);
      field_errors_add(reading->errors, name, problem->reason, value);
      return false;
    }
    *text = decimal;
    *bound = money_hundredths(decimal);
    return true;
  }
  Day day = day_parse_relative(value, reading->today);
  if (day != DAY_NONE && !g_ascii_isdigit(value[0])) {
    *text = g_ascii_isspace(value[0]) ? talloc_asprintf(reading->owner, "+%s", value + 1) : value;
  } else {
    if (day == DAY_NONE) day = day_parse_typed(value);
    if (day == DAY_NONE) {
      field_errors_add(reading->errors, name, "not_a_filter_day", value);
      return false;
    }
    *text = day_text_iso(reading->owner, day);
  }
  *bound = day;
  return true;
}

static void read_range(Reading *reading, const char *name, const char *value) {
  for (int range = 0; range < RANGE_COUNT; range++) {
    FilterRange *target = &reading->filter->ranges[range];
    bool is_from = strcmp(name, RANGE_FROM[range]) == 0;
    if (!is_from && strcmp(name, RANGE_TO[range]) != 0) continue;
    const char *text = NULL;
    gint64 bound = 0;
    if (!read_bound(reading, name, value, range == RANGE_VALUE, &text, &bound)) return;
    if (is_from) {
      target->from_text = text;
      target->from = bound;
    } else {
      target->to_text = text;
      target->to = bound;
    }
  }
}

static void read_on(Reading *reading, const char *name, const char *value) {
  const char *text = NULL;
  gint64 day = 0;
  if (!read_bound(reading, name, value, false, &text, &day)) return;
  reading->filter->on_text = text;
  reading->filter->on = (Day)day;
}

static void read_sort(Reading *reading, const char *name, const char *value) {
  bool descending = value[0] == '-';
  for (int sort = 0; sort < SORT_COUNT; sort++) {
    if (strcmp(value + (descending ? 1 : 0), SORT_NAMES[sort]) == 0) {
      reading->filter->sort = (ContractSort)sort;
      reading->filter->descending = descending;
      return;
    }
  }
  field_errors_add(reading->errors, name, "unknown", value);
}

static void read_columns(Reading *reading, const char *name, const char *value) {
  contract_columns_read(&reading->filter->columns, name, value, reading->errors);
}

static void read_per(Reading *reading, const char *name, const char *value) {
  static const unsigned ALLOWED[] = {25, 50, 100, 200};
  for (unsigned i = 0; i < G_N_ELEMENTS(ALLOWED); i++) {
    char text[8];
    g_snprintf(text, sizeof text, "%u", ALLOWED[i]);
    if (strcmp(text, value) == 0) {
      reading->filter->per = ALLOWED[i];
      return;
    }
  }
  field_errors_add(reading->errors, name, "not_a_choice", "25, 50, 100, 200");
}

/* Base64 with the alphabet that needs no escaping in an address (RFC 4648, section 5), without padding. */
static char *base64url_encode(void *owner, const char *text) {
  char *standard = g_base64_encode((const guchar *)text, strlen(text));
  g_strdelimit(standard, "+", '-');
  g_strdelimit(standard, "/", '_');
  char *end = strchr(standard, '=');
  if (end != NULL) *end = '\0';
  char *result = talloc_strdup(owner, standard);
  g_free(standard);
  return result;
}

static char *base64url_decode(void *owner, const char *text) {
  GString *standard = g_string_new(text);
  g_strdelimit(standard->str, "-", '+');
  g_strdelimit(standard->str, "_", '/');
  while (standard->len % 4 != 0) g_string_append_c(standard, '=');
  gsize length = 0;
  guchar *bytes = g_base64_decode(standard->str, &length);
  char *result = talloc_strndup(owner, (const char *)bytes, length);
  bool whole = strlen(result) == length && g_utf8_validate(result, -1, NULL);
  g_free(bytes);
  g_string_free(standard, TRUE);
  return whole ? result : NULL;
}

char *contract_filter_cursor_text(void *owner, int group, const char *key, gint64 id) {
  char *plain = talloc_asprintf(owner, "%d.%" G_GINT64_FORMAT ".%s", group, id, key);
  char *text = base64url_encode(owner, plain);
  talloc_free(plain);
  return text;
}

static void read_cursor(Reading *reading, const char *name, const char *value) {
  FilterCursor *cursor = talloc_zero(reading->owner, FilterCursor);
  const char *plain = strlen(value) <= 1200 ? base64url_decode(reading->owner, value) : NULL;
  char *end = NULL;
  gint64 group = plain != NULL && g_ascii_isdigit(plain[0]) ? g_ascii_strtoll(plain, &end, 10) : -1;
  if (group < 0 || group > CATALOGUE_MAX + 1 || end == NULL || *end != '.' || !g_ascii_isdigit(end[1])) {
    field_errors_add(reading->errors, name, "bad_cursor", NULL);
    return;
  }
  cursor->id = g_ascii_strtoll(end + 1, &end, 10);
  if (*end != '.') {
    field_errors_add(reading->errors, name, "bad_cursor", NULL);
    return;
  }
  cursor->group = (int)group;
  cursor->key = end + 1;
  cursor->before = strcmp(name, "before") == 0;
  if (reading->filter->cursor != NULL) field_errors_add(reading->errors, name, "both_cursors", NULL);
  reading->filter->cursor = cursor;
}

static void read_language(Reading *reading, const char *name, const char *value) {
  if (strcmp(value, "de") == 0 || strcmp(value, "en") == 0) reading->filter->language = value;
  else field_errors_add(reading->errors, name, "not_a_choice", "de, en");
}

/* product.md, parameters of /contracts. */
static const struct {
  const char *name;
  bool repeatable;
  ParameterReader read;
} PARAMETERS[] = {
    {"level", true, read_level},        {"status", true, read_status},        {"type", true, read_type},
    {"customer", false, read_customer}, {"responsible", false, read_responsible}, {"q", false, read_text},
    {"starts_from", false, read_range}, {"starts_to", false, read_range},     {"ends_from", false, read_range},
    {"ends_to", false, read_range},     {"notice_from", false, read_range},   {"notice_to", false, read_range},
    {"value_from", false, read_range},  {"value_to", false, read_range},      {"on", false, read_on},
    {"ended_from", false, read_range},  {"ended_to", false, read_range},      {"sort", false, read_sort},
    {"cols", true, read_columns},
    {"per", false, read_per},           {"after", false, read_cursor},        {"before", false, read_cursor},
    {"lang", false, read_language},
};

/* place_<column>, from a form. */
static bool read_place(Reading *reading, const Parameter *parameter) {
  guint64 place = 0;
  int column = g_str_has_prefix(parameter->name, PLACE) ? contract_column_by_name(parameter->name + strlen(PLACE)) : -1;
  if (column < 0) return false;
  char *value = g_strstrip(talloc_strdup(reading->owner, parameter->value));
  if (value[0] == '\0') return true;
  if (!g_ascii_string_to_unsigned(value, 10, 1, PLACE_MAX, &place, NULL)) field_errors_add(reading->errors, parameter->name, "not_a_place", value);
  else if (reading->places[column] != 0) field_errors_add(reading->errors, parameter->name, "repeated", NULL);
  else reading->places[column] = (unsigned)place;
  return true;
}

static void read_parameter(Reading *reading, const Parameter *parameter, unsigned *seen) {
  for (unsigned i = 0; i < G_N_ELEMENTS(PARAMETERS); i++) {
    if (strcmp(parameter->name, PARAMETERS[i].name) != 0) continue;
    if (parameter->value[0] == '\0') return;
    /* A blank before a number is the `+` of a relative day, so ends are trimmed on the right only here. */
    char *value = g_strchomp(talloc_strdup(reading->owner, parameter->value));
    if (PARAMETERS[i].read != read_range && PARAMETERS[i].read != read_on) g_strchug(value);
    if (value[0] == '\0') return;
    if (!PARAMETERS[i].repeatable && (*seen & 1u << i) != 0) {
      field_errors_add(reading->errors, PARAMETERS[i].name, "repeated", NULL);
      return;
    }
    *seen |= 1u << i;
    PARAMETERS[i].read(reading, PARAMETERS[i].name, value);
    return;
  }
  if (!read_place(reading, parameter)) field_errors_add(reading->errors, parameter->name, "unknown_parameter", parameter->name);
}

ContractFilter *contract_filter_parse(void *owner, const Parameters *parameters, const Catalogue *catalogue, Day today, FieldErrors *errors) {
  ContractFilter *filter = talloc_zero(owner, ContractFilter);
  filter->per = PER_DEFAULT;
  Reading reading = {.owner = filter, .filter = filter, .catalogue = catalogue, .today = today, .errors = errors};
  unsigned seen = 0;
  for (unsigned i = 0; i < parameters->count; i++) read_parameter(&reading, &parameters->items[i], &seen);
  contract_columns_arrange(&filter->columns, reading.places);
  for (int range = 0; range < RANGE_COUNT; range++) {
    const FilterRange *bounds = &filter->ranges[range];
    if (bounds->from_text != NULL && bounds->to_text != NULL && bounds->from > bounds->to) {
      field_errors_add(errors, RANGE_TO[range], "before_from", bounds->from_text);
    }
  }
  return filter;
}

bool contract_filter_narrow(void *owner, ContractFilter *filter, ContractRange range, Day from, Day to) {
  FilterRange *bounds = &filter->ranges[range];
  Day first = day_make(1000, 1, 1);
  Day last = day_never();
  bounds->from = bounds->from_text != NULL ? MAX(bounds->from, from) : CLAMP(from, first, last);
  bounds->to = bounds->to_text != NULL ? MIN(bounds->to, to) : CLAMP(to, first, last);
  bounds->from_text = day_text_iso(owner, (Day)bounds->from);
  bounds->to_text = day_text_iso(owner, (Day)bounds->to);
  return bounds->from <= bounds->to;
}

void contract_filter_set_on(void *owner, ContractFilter *filter, Day day) {
  filter->on = day;
  filter->on_text = day_text_iso(owner, day);
}

const ContractColumns *contract_filter_columns(const ContractFilter *filter) {
  return filter->columns.count > 0 ? &filter->columns : contract_columns_default();
}

const ContractColumns *contract_filter_file_columns(const ContractFilter *filter) {
  return filter->columns.count > 0 ? &filter->columns : contract_columns_of_files();
}

static void add_pair(GString *query, const char *name, const char *value) {
  if (value == NULL) return;
  if (query->len > 0) g_string_append_c(query, '&');
  g_string_append_printf(query, "%s=", name);
  g_string_append_uri_escaped(query, value, NULL, FALSE);
}

static void add_keys(GString *query, const char *name, guint64 bits, const CatalogueEntry *entries, unsigned count) {
  for (unsigned i = 0; i < count; i++) {
    if ((bits >> i & 1) != 0) add_pair(query, name, entries[i].code);
  }
}

static void add_page(GString *query, void *owner, const ContractFilter *filter, const char *name, const char *cursor) {
  if (filter->sort != SORT_NUMBER || filter->descending) {
    add_pair(query, "sort", talloc_asprintf(owner, "%s%s", filter->descending ? "-" : "", SORT_NAMES[filter->sort]));
  }
  if (filter->columns.count > 0 && !contract_columns_equal(&filter->columns, contract_columns_default())) {
    g_string_append_printf(query, "%scols=%s", query->len > 0 ? "&" : "", contract_columns_text(owner, &filter->columns));
  }
  if (filter->per != PER_DEFAULT) {
    char per[16];
    g_snprintf(per, sizeof per, "%u", filter->per);
    add_pair(query, "per", per);
  }
  if (name != NULL) add_pair(query, name, cursor);
  add_pair(query, "lang", filter->language);
}

char *contract_filter_query_at(void *owner, const ContractFilter *filter, const Catalogue *catalogue, const char *name, const char *cursor) {
  GString *query = g_string_new(NULL);
  add_keys(query, "level", filter->levels, catalogue->levels, catalogue->level_count);
  if ((filter->levels >> LEVEL_NONE_BIT & 1) != 0) add_pair(query, "level", "none");
  for (int status = 0; status < STATUS_COUNT; status++) {
    if ((filter->statuses >> status & 1) != 0) add_pair(query, "status", contract_status_name((ContractStatus)status));
  }
  add_keys(query, "type", filter->types, catalogue->types, catalogue->type_count);
  add_pair(query, "customer", filter->customer);
  add_pair(query, "responsible", filter->responsible);
  add_pair(query, "q", filter->text);
  for (int range = 0; range < RANGE_COUNT; range++) {
    add_pair(query, RANGE_FROM[range], filter->ranges[range].from_text);
    add_pair(query, RANGE_TO[range], filter->ranges[range].to_text);
    if (range == RANGE_VALUE) add_pair(query, "on", filter->on_text);
  }
  add_page(query, owner, filter, name, cursor);
  char *result = talloc_strdup(owner, query->str);
  g_string_free(query, TRUE);
  return result;
}

char *contract_filter_query(void *owner, const ContractFilter *filter, const Catalogue *catalogue, bool with_cursor) {
  const FilterCursor *cursor = with_cursor ? filter->cursor : NULL;
  if (cursor == NULL) return contract_filter_query_at(owner, filter, catalogue, NULL, NULL);
  return contract_filter_query_at(owner, filter, catalogue, cursor->before ? "before" : "after",
                                  contract_filter_cursor_text(owner, cursor->group, cursor->key, cursor->id));
}
