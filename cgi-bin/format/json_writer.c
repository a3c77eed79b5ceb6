#include "format/json_writer.h"

#include <string.h>
#include <talloc.h>

#include "domain/money.h"
#include "format/json_field.h"
#include "format/json_value.h"

static json_t *day_or_null(Day day) {
  char iso[DAY_TEXT_SIZE];
  return day == DAY_NONE || day == day_never() ? json_null() : json_string(day_format_iso(day, iso));
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

static void dump(GString *json, json_t *object) {
  json_value_append(json, object, 0);
}

void json_write_contract(GString *json, const Contract *contract) {
  const ContractTerms *terms = &contract->terms;
  char *monthly_value = money_decimal(NULL, terms->monthly_value);
  json_t *object = json_object();
  json_object_set_new(object, "id", json_integer(contract->id));
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    json_object_set_new(object, contract_fields[field].name, json_field_value(&contract_fields[field], contract->values[field]));
  }
  json_object_set_new(object, "status", json_string(contract_status_name(terms->status)));
  json_object_set_new(object, "term_ends_on", day_or_null(terms->term_ends_on));
  json_object_set_new(object, "notice_by", day_or_null(terms->notice_by));
  json_object_set_new(object, "monthly_value", json_string(monthly_value));
  json_object_set_new(object, "version", json_integer(contract->version));
  json_object_set_new(object, "updated_at", moment(contract->updated_at));
  dump(json, object);
  talloc_free(monthly_value);
}

void json_write_record(GString *json, const Record *record) {
  json_t *object = json_object();
  json_object_set_new(object, "id", json_integer(record->id));
  for (unsigned field = 0; field < record->kind->field_count; field++) {
    json_object_set_new(object, record->kind->fields[field].name, json_field_value(&record->kind->fields[field], record->values[field]));
  }
  json_object_set_new(object, "version", json_integer(record->version));
  json_object_set_new(object, "updated_at", moment(record->updated_at));
  dump(json, object);
}

void json_write_document(GString *json, const Document *document, const char *address) {
  dump(json, json_pack("{s:I, s:s, s:s, s:I, s:s, s:s, s:o, s:s}", "id", (json_int_t)document->id, "name", document->name, "content_type", document->content_type, "size",
                       (json_int_t)document->size, "sha256", document->hash, "uploaded_by", document->uploaded_by, "uploaded_at", moment(document->uploaded_at), "address", address));
}

void json_write_text(GString *json, const char *text) {
  json_t *value = json_string(text);
  json_value_append(json, value, JSON_ENCODE_ANY);
}
