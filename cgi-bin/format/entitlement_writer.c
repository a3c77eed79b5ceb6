#include "format/entitlement_writer.h"

#include "format/json_value.h"

static json_t *day(Day day_or_none) {
  char iso[DAY_TEXT_SIZE];
  return day_or_none == DAY_NONE || day_or_none == day_never() ? json_null() : json_string(day_format_iso(day_or_none, iso));
}

static json_t *level_object(const EntitledLevel *level) {
  if (level == NULL) return json_null();
  const ServiceCalendar *calendar = level->calendar;
  const char *zone = calendar != NULL ? calendar->time_zone : "UTC";
  json_t *object = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o}", "code", level->code, "name", level->name, "scope", level->scope, "channels", level->channels, "service_hours",
                             level->service_hours, "response_minutes", json_value_minutes(level->response_minutes), "restore_minutes", json_value_minutes(level->restore_minutes));
  json_object_set_new(object, "calendar", calendar != NULL ? json_string(calendar->code) : json_null());
  json_object_set_new(object, "time_zone", calendar != NULL ? json_string(zone) : json_null());
  json_object_set_new(object, "open", calendar != NULL ? json_boolean(level->open) : json_null());
  json_object_set_new(object, "opens_at", json_value_moment(zone, level->opens_at));
  json_object_set_new(object, "closes_at", json_value_moment(zone, level->closes_at));
  json_object_set_new(object, "respond_by", json_value_moment(zone, level->respond_by));
  json_object_set_new(object, "restore_by", json_value_moment(zone, level->restore_by));
  return object;
}

static json_t *contract_object(const EntitledContract *contract) {
  return json_pack("{s:I, s:s, s:s, s:s, s:s, s:o, s:o}", "id", (json_int_t)contract->id, "number", contract->number, "title", contract->title, "type", contract->type, "status",
                   contract_status_name(contract->status), "ends_on", day(contract->ends_on), "level", level_object(contract->level));
}

void entitlement_write(GString *json, const Entitlement *entitlement, gint64 now, const char *time_zone) {
  json_t *contracts = json_array();
  const EntitledLevel *best = entitlement_best(entitlement);
  for (unsigned i = 0; i < entitlement->count; i++) json_array_append_new(contracts, contract_object(&entitlement->contracts[i]));
  json_t *answer = json_pack("{s:o, s:{s:I, s:s, s:s}, s:b, s:o, s:o, s:b, s:o, s:o}", "at", json_value_moment(time_zone, now), "customer", "id", (json_int_t)entitlement->customer_id, "number",
                             entitlement->customer_number, "name", entitlement->customer_name, "entitled", best != NULL, "level", level_object(best), "contracts", contracts, "more",
                             entitlement->more, "ended_on", day(entitlement->ended_on), "begins_on", day(entitlement->begins_on));
  json_value_append(json, answer, 0);
}
