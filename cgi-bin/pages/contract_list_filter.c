/* The filter of the contract table: its form, and the selection in words. */
#include <string.h>
#include <talloc.h>

#include "domain/contract_terms.h"
#include "domain/customer.h"
#include "pages/contract_list.h"

static const char *bounded_number(const ContractList *list, ContractTotal total) {
  const char *number = language_number(list->exchange, list->exchange->language, total.count);
  return total.exact ? number : page_text(list->exchange, "contracts.more_than", number, NULL);
}

static bool bit_set(guint64 bits, unsigned bit) { return (bits >> bit & 1) != 0; }

/* A retired level or type is offered where a contract may still have it: it stays selectable, behind its name. */
static const char *entry_text(const ContractList *list, const CatalogueEntry *entry) {
  const char *text = strcmp(entry->code, entry->name) == 0 ? entry->code : talloc_asprintf(list->exchange, "%s %s", entry->code, entry->name);
  return entry->retired ? page_text(list->exchange, "common.retired", text, NULL) : text;
}

static bool is_report(const ContractList *list) { return strcmp(list->path, "/contracts") != 0; }

/* The selection with one level more, or without it where it has it: one click instead of the form. */
static void fill_level_choice(const ContractList *list, unsigned index, const char *code, unsigned bit, ContractTotal total) {
  ContractFilter toggled = *list->filter;
  toggled.levels ^= (guint64)1 << bit;
  HDF *choice = page_row(page_node(list->exchange->data, "LevelChoice"), index);
  page_value(choice, "code", code);
  page_value(choice, "count", bounded_number(list, total));
  page_value(choice, "url", contract_list_url(list, "", contract_list_query(list, &toggled)));
  if (bit_set(list->filter->levels, bit)) page_value(choice, "chosen", "1");
}

static void fill_level_choices(const ContractList *list, const ContractTotals *totals) {
  unsigned shown = 0;
  for (unsigned level = 0; level < list->catalogue->level_count; level++) {
    const CatalogueEntry *entry = &list->catalogue->levels[level];
    if (entry->retired && totals->by_level[level].count == 0 && !bit_set(list->filter->levels, level)) continue;
    fill_level_choice(list, shown++, entry->code, level, totals->by_level[level]);
  }
  fill_level_choice(list, shown, NULL, LEVEL_NONE_BIT, totals->by_level[LEVEL_NONE_BIT]);
}

static void fill_levels(const ContractList *list, HDF *filter, const ContractTotals *totals) {
  HDF *levels = page_node(filter, "level");
  unsigned count = list->catalogue->level_count;
  for (unsigned level = 0; level <= count; level++) {
    unsigned bit = level == count ? LEVEL_NONE_BIT : level;
    const char *text = level == count ? page_text(list->exchange, "common.no_level", NULL) : entry_text(list, &list->catalogue->levels[level]);
    if (totals != NULL) text = talloc_asprintf(list->exchange, "%s (%s)", text, bounded_number(list, totals->by_level[bit]));
    page_option(levels, level, level == count ? "none" : list->catalogue->levels[level].code, text, bit_set(list->filter->levels, bit));
  }
}

static void fill_keys(const ContractList *list, HDF *filter) {
  HDF *statuses = page_node(filter, "status");
  HDF *types = page_node(filter, "type");
  HDF *responsible = page_node(filter, "responsible");
  const char *chosen = list->filter->responsible != NULL ? list->filter->responsible : "";
  for (unsigned status = 0; status < STATUS_COUNT; status++) {
    const char *name = contract_status_name((ContractStatus)status);
    page_option(statuses, status, name, page_text(list->exchange, talloc_asprintf(list->exchange, "status.%s", name), NULL), bit_set(list->filter->statuses, status));
  }
  for (unsigned type = 0; type < list->catalogue->type_count; type++) {
    page_option(types, type, list->catalogue->types[type].code, list->catalogue->types[type].name, bit_set(list->filter->types, type));
  }
  page_option(responsible, 0, "me", page_text(list->exchange, "filter.me", NULL), strcmp(chosen, "me") == 0);
  page_option(responsible, 1, "none", page_text(list->exchange, "common.no_level", NULL), strcmp(chosen, "none") == 0);
  /* Of whoever can't sign in any more only the chosen one is offered, or the list would grow for ever. */
  unsigned row = 2;
  for (unsigned user = 0; user < list->catalogue->user_count; user++) {
    const CatalogueEntry *entry = &list->catalogue->users[user];
    bool selected = strcmp(chosen, entry->code) == 0;
    if (entry->retired && !selected) continue;
    page_option(responsible, row++, entry->code, entry->retired ? page_text(list->exchange, "common.disabled", entry->name, NULL) : entry->name, selected);
  }
}

/* What was typed is kept, right or wrong. */
static const char *typed(const ContractList *list, const char *name, const char *good) {
  const char *value = parameters_get(list->exchange->request->query, name);
  return field_errors_find(list->errors, name) != NULL ? value : good;
}

/* A day stands in its field as a person writes it; what is relative stays so. */
static const char *day_input(const ContractList *list, const char *text, Day day) {
  return text != NULL && g_ascii_isdigit(text[0]) ? language_day(list->exchange, list->exchange->language, day) : text;
}

static const char *bound_input(const ContractList *list, ContractRange range, const char *text, gint64 bound) {
  return range == RANGE_VALUE ? text : day_input(list, text, (Day)bound);
}

static void fill_texts(const ContractList *list, HDF *filter) {
  page_value(filter, "customer", typed(list, "customer", list->filter->customer));
  page_value(filter, "q", typed(list, "q", list->filter->text));
  page_value(filter, "on", typed(list, "on", day_input(list, list->filter->on_text, list->filter->on)));
  for (int range = 0; range < RANGE_COUNT; range++) {
    HDF *row = page_row(page_node(filter, "range"), (unsigned)range);
    const FilterRange *bounds = &list->filter->ranges[range];
    const char *name = contract_range_name((ContractRange)range);
    const char *from = talloc_asprintf(list->exchange, "%s_from", name);
    const char *to = talloc_asprintf(list->exchange, "%s_to", name);
    page_value(row, "name", name);
    page_value(row, "label", page_text(list->exchange, talloc_asprintf(list->exchange, "filter.range.%s", name), NULL));
    page_value(row, "from", typed(list, from, bound_input(list, (ContractRange)range, bounds->from_text, bounds->from)));
    page_value(row, "to", typed(list, to, bound_input(list, (ContractRange)range, bounds->to_text, bounds->to)));
  }
}

static void fill_hidden(const ContractList *list, HDF *filter) {
  static const unsigned PERS[] = {25, 50, 100, 200};
  for (unsigned i = 0; i < G_N_ELEMENTS(PERS); i++) {
    const char *text = talloc_asprintf(list->exchange, "%u", PERS[i]);
    page_option(page_node(filter, "per"), i, text, text, list->filter->per == PERS[i]);
  }
  page_value(filter, "sort", talloc_asprintf(list->exchange, "%s%s", list->filter->descending ? "-" : "", contract_sort_name(list->filter->sort)));
  if (list->filter->columns.count > 0) page_value(filter, "cols", contract_columns_text(list->exchange, &list->filter->columns));
  page_value(filter, "lang", list->filter->language);
}

void contract_list_fill_filter(const ContractList *list, const ContractTotals *totals) {
  HDF *filter = page_node(list->exchange->data, "Filter");
  page_set(list->exchange, "Page.title", page_text(list->exchange, is_report(list) ? "report.title" : "contracts.title", NULL));
  page_value(filter, "action", page_url(list->exchange, "%s", list->path));
  fill_levels(list, filter, totals);
  if (totals != NULL && !is_report(list)) fill_level_choices(list, totals);
  fill_keys(list, filter);
  fill_texts(list, filter);
  fill_hidden(list, filter);
}

/* ---- the selection in words ---- */

/* "a, b oder c". */
static const char *join_or(const ContractList *list, char **parts, unsigned count) {
  const char *joined = count > 0 ? parts[0] : "";
  for (unsigned i = 1; i < count; i++) {
    const char *separator = i + 1 < count ? ", " : talloc_asprintf(list->exchange, " %s ", page_text(list->exchange, "selection.or", NULL));
    joined = talloc_asprintf(list->exchange, "%s%s%s", joined, separator, parts[i]);
  }
  return joined;
}

static void add_part(const ContractList *list, const char *text, const ContractFilter *without) {
  HDF *selection = page_node(list->words, "Selection");
  HDF *part = page_row(selection, page_child_count(selection));
  page_value(part, "text", text);
  page_value(part, "url", contract_list_url(list, "", contract_list_query(list, without)));
}

static void add_keys_part(const ContractList *list, guint64 bits, const char *label, const CatalogueEntry *entries, unsigned count, bool by_name, const ContractFilter *without) {
  char *parts[LEVEL_NONE_BIT + 1];
  unsigned used = 0;
  if (bits == 0) return;
  for (unsigned i = 0; i < count; i++) {
    if (bit_set(bits, i)) parts[used++] = talloc_strdup(list->exchange, by_name ? entries[i].name : entries[i].code);
  }
  if (bit_set(bits, LEVEL_NONE_BIT)) parts[used++] = talloc_strdup(list->exchange, page_text(list->exchange, "selection.without", NULL));
  add_part(list, page_text(list->exchange, label, join_or(list, parts, used), NULL), without);
}

static void add_status_part(const ContractList *list) {
  char *parts[STATUS_COUNT];
  unsigned used = 0;
  ContractFilter without = *list->filter;
  for (unsigned status = 0; status < STATUS_COUNT; status++) {
    if (!bit_set(list->filter->statuses, status)) continue;
    const char *key = talloc_asprintf(list->exchange, "status.%s", contract_status_name((ContractStatus)status));
    parts[used++] = talloc_strdup(list->exchange, page_text(list->exchange, key, NULL));
  }
  without.statuses = 0;
  if (used > 0) add_part(list, join_or(list, parts, used), &without);
}

/* A relative day is shown as the day it means now, with what was typed. */
static const char *day_text(const ContractList *list, const char *text, Day day) {
  const char *shown = language_day(list->exchange, list->exchange->language, day);
  return g_ascii_isdigit(text[0]) ? shown : talloc_asprintf(list->exchange, "%s (%s)", shown, text);
}

static const char *bound_text(const ContractList *list, ContractRange range, const char *text, gint64 bound) {
  if (range == RANGE_VALUE) return language_money(list->exchange, list->exchange->language, bound, "EUR");
  return day_text(list, text, (Day)bound);
}

static void add_range_part(const ContractList *list, ContractRange range) {
  const FilterRange *bounds = &list->filter->ranges[range];
  Exchange *exchange = list->exchange;
  if (bounds->from_text == NULL && bounds->to_text == NULL) return;
  const char *from = bounds->from_text != NULL ? bound_text(list, range, bounds->from_text, bounds->from) : NULL;
  const char *to = bounds->to_text != NULL ? bound_text(list, range, bounds->to_text, bounds->to) : NULL;
  const char *form = from != NULL && to != NULL ? "between" : from != NULL ? "from" : "to";
  const char *key = talloc_asprintf(exchange, "selection.%s_%s", contract_range_name(range), form);
  ContractFilter without = *list->filter;
  without.ranges[range] = (FilterRange){0};
  add_part(list, from != NULL ? page_text(exchange, key, from, to, NULL) : page_text(exchange, key, to, NULL), &without);
}

static void add_text_parts(const ContractList *list) {
  Exchange *exchange = list->exchange;
  ContractFilter without = *list->filter;
  if (list->filter->customer != NULL) {
    const char *name = list->customer != NULL ? list->customer->values[CUSTOMER_NAME] : page_text(exchange, "selection.no_such_customer", NULL);
    without.customer = NULL;
    add_part(list, page_text(exchange, "selection.customer", list->filter->customer, name, NULL), &without);
    without = *list->filter;
  }
  if (list->filter->responsible != NULL) {
    int user = catalogue_user(list->catalogue, list->filter->responsible);
    bool nobody = strcmp(list->filter->responsible, "none") == 0;
    const char *name = nobody ? page_text(exchange, "selection.nobody", NULL) : user < 0 ? exchange->user->display_name : list->catalogue->users[user].name;
    without.responsible = NULL;
    add_part(list, page_text(exchange, "selection.responsible", name, NULL), &without);
    without = *list->filter;
  }
  if (list->filter->text != NULL) {
    without.text = NULL;
    add_part(list, page_text(exchange, "selection.text", list->filter->text, NULL), &without);
  }
}

void contract_list_fill_selection(const ContractList *list) {
  ContractFilter without = *list->filter;
  without.levels = 0;
  add_keys_part(list, list->filter->levels, "selection.level", list->catalogue->levels, list->catalogue->level_count, false, &without);
  add_status_part(list);
  without = *list->filter;
  without.types = 0;
  add_keys_part(list, list->filter->types, "selection.type", list->catalogue->types, list->catalogue->type_count, true, &without);
  add_text_parts(list);
  for (int range = 0; range < RANGE_COUNT; range++) add_range_part(list, (ContractRange)range);
  if (list->filter->on_text != NULL && !is_report(list)) {
    without = *list->filter;
    without.on_text = NULL;
    add_part(list, page_text(list->exchange, "selection.on", day_text(list, list->filter->on_text, list->filter->on), NULL), &without);
  }
  ContractFilter everything = {.sort = list->filter->sort, .descending = list->filter->descending, .columns = list->filter->columns, .per = list->filter->per, .language = list->filter->language};
  page_set(list->exchange, "SelectionReset.url", contract_list_url(list, "", contract_list_query(list, &everything)));
}
