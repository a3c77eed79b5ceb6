#include "format/json_writer.h"

#include <jansson.h>
#include <string.h>
#include <talloc.h>

#include "domain/money.h"

static int append(const char *text, size_t length, void *json) {
  g_string_append_len(json, text, (gssize)length);
  return 0;
}

/* Jansson refuses text that isn't UTF-8, which none of ours is: all of it was checked on its way in. */
static json_t *text_or_null(const char *text) { return text == NULL || text[0] == '\0' ? json_null() : json_string(text); }

static json_t *day_or_null(Day day) {
  char iso[DAY_TEXT_SIZE];
  return text_or_null(day_format_iso(day == day_never() ? DAY_NONE : day, iso));
}

static json_t *whole_number(const char *text) { return text[0] == '\0' ? json_null() : json_integer((json_int_t)g_ascii_strtoll(text, NULL, 10)); }

/* A key without a value, such as no level, is null; an empty text is an empty text. */
static json_t *field_value(const Contract *contract, int field) {
  const char *text = contract->values[field];
  switch (contract_fields[field].kind) {
    case FIELD_NUMBER: return whole_number(text);
    case FIELD_CHOICE: return field == CONTRACT_BILLING_MONTHS ? whole_number(text) : text_or_null(text);
    case FIELD_DAY:
    case FIELD_KEY:
    case FIELD_PERIOD: return text_or_null(text);
    default: return json_string(text);
  }
}

/* "2026-11-24 13:05:00.123456" as the database writes it, in UTC. */
static json_t *moment(const char *updated_at) {
  if (updated_at == NULL) return json_null();
  char *text = g_strconcat(updated_at, g_str_has_suffix(updated_at, "Z") ? NULL : "Z", NULL);
  char *blank = strchr(text, ' ');
  if (blank != NULL) *blank = 'T';
  json_t *value = json_string(text);
  g_free(text);
  return value;
}

void json_write_contract(GString *json, const Contract *contract) {
  const ContractTerms *terms = &contract->terms;
  char *monthly_value = money_decimal(NULL, terms->monthly_value);
  json_t *object = json_object();
  json_object_set_new(object, "id", json_integer(contract->id));
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) json_object_set_new(object, contract_fields[field].name, field_value(contract, field));
  json_object_set_new(object, "status", json_string(contract_status_name(terms->status)));
  json_object_set_new(object, "term_ends_on", day_or_null(terms->term_ends_on));
  json_object_set_new(object, "notice_by", day_or_null(terms->notice_by));
  json_object_set_new(object, "monthly_value", json_string(monthly_value));
  json_object_set_new(object, "version", json_integer(contract->version));
  json_object_set_new(object, "updated_at", moment(contract->updated_at));
  json_dump_callback(object, append, json, 0);
  json_decref(object);
  talloc_free(monthly_value);
}

void json_write_text(GString *json, const char *text) {
  json_t *value = json_string(text);
  json_dump_callback(value, append, json, JSON_ENCODE_ANY);
  json_decref(value);
}
