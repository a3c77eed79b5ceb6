/* The schemas of the description: what a record holds, what may be written of it, lists of them, problems. */
#include <string.h>

#include "domain/contract.h"
#include "domain/customer.h"
#include "domain/report.h"
#include "domain/support_level.h"
#include "domain/support_request.h"
#include "format/json_field.h"
#include "format/openapi.h"

typedef enum { AS_READ, AS_NEW, AS_CHANGED } Purpose;

typedef struct {
  json_t *properties;
  json_t *required;
  Purpose purpose;
} Shape;

/* What the program itself sets: not in a new record, and in a changed one only as it was. */
static void add_own(Shape *shape, const char *name, json_t *schema) {
  if (shape->purpose == AS_NEW) {
    json_decref(schema);
    return;
  }
  json_object_set_new(schema, "readOnly", json_true());
  json_object_set_new(shape->properties, name, schema);
  if (shape->purpose == AS_READ) json_array_append_new(shape->required, json_string(name));
}

static void add_field(Shape *shape, const Field *field) {
  if (field->kind == FIELD_LOOKED_UP || field->kind == FIELD_YES) {
    add_own(shape, field->name, json_field_schema(field, false));
    return;
  }
  json_object_set_new(shape->properties, field->name, json_field_schema(field, shape->purpose != AS_READ));
  if (shape->purpose == AS_READ || (shape->purpose == AS_NEW && field->required)) json_array_append_new(shape->required, json_string(field->name));
}

static json_t *whole_number(int least) { return json_pack("{s:s, s:i}", "type", "integer", "minimum", least); }

static void add_derived(Shape *shape) {
  json_t *statuses = json_array();
  for (int status = 0; status < STATUS_COUNT; status++) json_array_append_new(statuses, json_string(contract_status_name((ContractStatus)status)));
  add_own(shape, "status", json_pack("{s:o}", "enum", statuses));
  add_own(shape, "term_ends_on", json_pack("{s:[s,s], s:s, s:s}", "type", "string", "null", "format", "date", "description", "null: open-ended"));
  add_own(shape, "notice_by", json_pack("{s:[s,s], s:s, s:s}", "type", "string", "null", "format", "date", "description", "null: no notice is possible or needed"));
  add_own(shape, "monthly_value", json_field_schema(&contract_fields[CONTRACT_AMOUNT], false));
}

static json_t *record_schema(const Field *fields, unsigned count, Purpose purpose, bool derived) {
  Shape shape = {json_object(), json_array(), purpose};
  add_own(&shape, "id", whole_number(1));
  for (unsigned field = 0; field < count; field++) add_field(&shape, &fields[field]);
  if (derived) add_derived(&shape);
  add_own(&shape, "version", whole_number(1));
  add_own(&shape, "updated_at", json_pack("{s:s, s:s}", "type", "string", "format", "date-time"));
  if (purpose != AS_READ) json_object_set_new(shape.properties, "csrf", json_pack("{s:s, s:s}", "type", "string", "description", "only with a session's cookie: the token of its forms"));
  return json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", shape.properties, "required", shape.required, "additionalProperties", 0);
}

static void add_record(json_t *schemas, const char *name, const Field *fields, unsigned count, bool derived) {
  static const char *const SUFFIXES[] = {[AS_READ] = "", [AS_NEW] = "_new", [AS_CHANGED] = "_changes"};
  for (int purpose = AS_READ; purpose <= AS_CHANGED; purpose++) {
    char *key = g_strconcat(name, SUFFIXES[purpose], NULL);
    json_object_set_new(schemas, key, record_schema(fields, count, (Purpose)purpose, derived));
    g_free(key);
  }
}

/* ---- lists ---- */

static json_t *next_schema(void) { return json_pack("{s:[s,s], s:s}", "type", "string", "null", "description", "address of the next page"); }

static json_t *list_schema(const char *name, const char *item) {
  return json_pack("{s:s, s:{s:{s:s, s:{s:s}}, s:o}, s:[s,s], s:b}", "type", "object", "properties", name, "type", "array", "items", "$ref", item, "next", next_schema(), "required", name,
                   "next", "additionalProperties", 0);
}

static json_t *contracts_schema(void) {
  json_t *schema = list_schema("contracts", "#/components/schemas/contract");
  json_t *properties = json_object_get(schema, "properties");
  json_t *required = json_object_get(schema, "required");
  json_object_set_new(properties, "total", whole_number(0));
  json_object_set_new(properties, "total_exact", json_pack("{s:s, s:s}", "type", "boolean", "description", "false: there are more than total"));
  json_object_set_new(properties, "complete", json_pack("{s:s, s:s}", "type", "boolean", "description", "false: words that very many contracts have, hardly ever together, were looked for in a part of them only; the CSV has all"));
  json_array_append_new(required, json_string("total"));
  json_array_append_new(required, json_string("total_exact"));
  json_array_append_new(required, json_string("complete"));
  return schema;
}

/* ---- the level report ---- */

static json_t *code_or_null(const char *description) { return json_pack("{s:[s,s], s:s}", "type", "string", "null", "description", description); }

static json_t *sum(const char *description) { return json_pack("{s:[s,s], s:s, s:s}", "type", "string", "null", "pattern", "^[0-9]+\\.[0-9]{2}$", "description", description); }

/* An object that has each of its properties, or but `optional`. */
static json_t *whole_object(json_t *properties, const char *optional) {
  json_t *required = json_array();
  const char *name;
  json_t *schema;
  json_object_foreach(properties, name, schema) {
    if (optional == NULL || strcmp(name, optional) != 0) json_array_append_new(required, json_string(name));
  }
  return json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties, "required", required, "additionalProperties", 0);
}

static json_t *list_of(json_t *items) { return json_pack("{s:s, s:o}", "type", "array", "items", items); }

static json_t *figures(void) {
  static const char ONE_CURRENCY[] = "null: the contracts are in several currencies, see values";
  json_t *properties = json_object();
  for (int figure = 0; figure < FIGURE_COUNT; figure++) {
    json_object_set_new(properties, report_figure_name((ReportFigure)figure),
                        json_pack("{s:[s,s], s:i, s:s}", "type", "integer", "null", "minimum", 0, "description", "null: not counted, there are too many contracts"));
  }
  json_object_set_new(properties, "share_percent", json_pack("{s:s, s:i, s:i}", "type", "number", "minimum", 0, "maximum", 100));
  json_object_set_new(properties, "monthly_value", sum(ONE_CURRENCY));
  json_object_set_new(properties, "yearly_value", sum(ONE_CURRENCY));
  json_t *value = json_pack("{s:{s:s}, s:o, s:o, s:o}", "currency", "type", "string", "contracts", whole_number(0), "monthly_value", json_field_schema(&contract_fields[CONTRACT_AMOUNT], false),
                            "yearly_value", json_field_schema(&contract_fields[CONTRACT_AMOUNT], false));
  json_object_set_new(properties, "values", list_of(whole_object(value, NULL)));
  return properties;
}

static json_t *part_schema(void) {
  json_t *properties = figures();
  json_t *schema = whole_object(properties, NULL);
  for (int by = REPORT_BY_LEVEL + 1; by < REPORT_BY_COUNT; by++) json_object_set_new(properties, report_by_name((ReportBy)by), code_or_null("what the part stands for; null: nobody, or the others"));
  json_object_set_new(properties, "others", whole_number(1));
  return schema;
}

static json_t *report_schema(void) {
  json_t *level = figures();
  json_object_set_new(level, "level", code_or_null("a level's code; null: without"));
  json_object_set_new(level, "parts", list_of(part_schema()));
  json_t *month_level = json_pack("{s:o, s:o}", "level", code_or_null("a level's code; null: without"), "contracts", whole_number(0));
  json_t *month = json_pack("{s:{s:s, s:s}, s:o, s:o}", "on", "type", "string", "format", "date", "contracts", whole_number(0), "levels", list_of(whole_object(month_level, NULL)));
  json_t *properties = json_pack("{s:{s:s, s:s}, s:{s:s}, s:o, s:o, s:o}", "on", "type", "string", "format", "date", "by", "type", "string", "levels", list_of(whole_object(level, "parts")), "total",
                                 whole_object(figures(), NULL), "months", list_of(whole_object(month, NULL)));
  return whole_object(properties, NULL);
}

/* ---- documents ---- */

static json_t *documents_schema(void) {
  json_t *document = json_pack("{s:o, s:{s:s}, s:{s:s, s:s}, s:o, s:{s:s, s:s}, s:{s:s}, s:{s:s, s:s}, s:{s:s, s:s}}", "id", whole_number(1), "name", "type", "string", "content_type", "type", "string",
                               "description", "by its bytes", "size", whole_number(1), "sha256", "type", "string", "pattern", "^[0-9a-f]{64}$", "uploaded_by", "type", "string", "uploaded_at", "type",
                               "string", "format", "date-time", "address", "type", "string", "description", "where its bytes are");
  return whole_object(json_pack("{s:o}", "documents", list_of(whole_object(document, NULL))), NULL);
}

/* ---- what a customer may expect now ---- */

static json_t *text_or_null(const char *format) {
  json_t *schema = json_pack("{s:[s,s]}", "type", "string", "null");
  if (format != NULL) json_object_set_new(schema, "format", json_string(format));
  return schema;
}

static json_t *plain_text(void) { return json_pack("{s:s}", "type", "string"); }

static json_t *minutes_or_null(void) { return json_pack("{s:[s,s], s:i, s:s}", "type", "integer", "null", "minimum", 0, "description", "null: no promise"); }

static json_t *entitled_level(void) {
  static const char *const TEXTS[] = {"code", "name", "scope", "channels", "service_hours"};
  static const char *const MOMENTS[] = {"opens_at", "closes_at", "respond_by", "restore_by"};
  json_t *properties = json_object();
  for (unsigned i = 0; i < G_N_ELEMENTS(TEXTS); i++) json_object_set_new(properties, TEXTS[i], plain_text());
  for (unsigned i = 0; i < G_N_ELEMENTS(MOMENTS); i++) json_object_set_new(properties, MOMENTS[i], text_or_null("date-time"));
  json_object_set_new(properties, "response_minutes", minutes_or_null());
  json_object_set_new(properties, "restore_minutes", minutes_or_null());
  json_object_set_new(properties, "calendar", text_or_null(NULL));
  json_object_set_new(properties, "time_zone", text_or_null(NULL));
  json_object_set_new(properties, "open", json_pack("{s:[s,s]}", "type", "boolean", "null"));
  json_t *schema = whole_object(properties, NULL);
  json_object_set_new(schema, "type", json_pack("[s,s]", "object", "null"));
  return schema;
}

static json_t *customer_named(bool city) {
  json_t *properties = json_pack("{s:o, s:o, s:o}", "id", whole_number(1), "number", plain_text(), "name", plain_text());
  if (city) json_object_set_new(properties, "city", plain_text());
  return whole_object(properties, NULL);
}

static json_t *entitlement_schema(void) {
  json_t *contract = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id", whole_number(1), "number", plain_text(), "title", plain_text(), "type", plain_text(), "status", plain_text(), "ends_on",
                               text_or_null("date"), "level", entitled_level());
  return whole_object(json_pack("{s:{s:s, s:s}, s:o, s:{s:s}, s:o, s:o, s:{s:s}, s:o, s:o}", "at", "type", "string", "format", "date-time", "customer", customer_named(false), "entitled", "type",
                                "boolean", "level", entitled_level(), "contracts", list_of(whole_object(contract, NULL)), "more", "type", "boolean", "ended_on", text_or_null("date"), "begins_on",
                                text_or_null("date")),
                      NULL);
}

static json_t *choice_schema(void) {
  return whole_object(json_pack("{s:{s:s, s:s}, s:{s:s}, s:o, s:{s:s}}", "at", "type", "string", "format", "date-time", "customer", "type", "null", "customers", list_of(customer_named(true)), "more",
                                "type", "boolean"),
                      NULL);
}

/* ---- support requests ---- */

static json_t *request_schema(void) {
  static const char *const TEXTS[] = {"subject", "caller", "text", "contract", "customer_number", "customer_name", "queue"};
  static const char *const MOMENTS[] = {"taken_at", "respond_by", "responded_at", "restore_by", "solved_at"};
  json_t *states = json_array();
  json_t *properties = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "id", whole_number(1), "user", code_or_null("who works on it; null: nobody yet"), "level",
                                 code_or_null("the contract's level when it was taken in; null: it had none"), "response_minutes", minutes_or_null(), "restore_minutes", minutes_or_null(), "version",
                                 whole_number(1));
  for (int state = 0; state < REQUEST_STATE_COUNT; state++) json_array_append_new(states, json_string(support_request_state_name((SupportRequestState)state)));
  json_object_set_new(properties, "state", json_pack("{s:o}", "enum", states));
  for (unsigned i = 0; i < G_N_ELEMENTS(TEXTS); i++) json_object_set_new(properties, TEXTS[i], plain_text());
  for (unsigned i = 0; i < G_N_ELEMENTS(MOMENTS); i++) json_object_set_new(properties, MOMENTS[i], text_or_null("date-time"));
  return whole_object(properties, NULL);
}

static json_t *request_new_schema(void) {
  Shape shape = {json_object(), json_array(), AS_NEW};
  for (unsigned field = 0; field < REQUEST_FIELD_COUNT; field++) add_field(&shape, &support_request_fields[field]);
  json_object_set_new(shape.properties, "once", json_pack("{s:s, s:s, s:s}", "type", "string", "pattern", "^[0-9a-f]{32}$", "description", "random; sent again with the same content nothing more is taken in"));
  json_object_set_new(shape.properties, "csrf", json_pack("{s:s, s:s}", "type", "string", "description", "only with a session's cookie: the token of its forms"));
  return json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", shape.properties, "required", shape.required, "additionalProperties", 0);
}

static json_t *request_report_schema(void) {
  static const char *const COUNTS[] = {"taken", "solved", "passed_on", "response_promised", "response_kept", "restore_promised", "restore_kept"};
  static const char *const TIMES[] = {"response_median", "response_ninety", "restore_median", "restore_ninety"};
  json_t *level = json_pack("{s:o}", "level", plain_text());
  for (unsigned i = 0; i < G_N_ELEMENTS(COUNTS); i++) json_object_set_new(level, COUNTS[i], whole_number(0));
  for (unsigned i = 0; i < G_N_ELEMENTS(TIMES); i++) json_object_set_new(level, TIMES[i], json_pack("{s:[s,s], s:i}", "type", "integer", "null", "minimum", 0));
  json_t *month = json_pack("{s:{s:s, s:s}, s:o}", "month", "type", "string", "pattern", "^[0-9]{4}-[0-9]{2}$", "levels", list_of(whole_object(level, NULL)));
  return whole_object(json_pack("{s:o}", "months", list_of(whole_object(month, NULL))), NULL);
}

/* ---- problems ---- */

static json_t *text_schema(const char *description) { return json_pack("{s:s, s:s}", "type", "string", "description", description); }

static json_t *problem_schema(void) {
  json_t *error = json_pack("{s:s, s:{s:o, s:o, s:o}, s:[s,s,s], s:b}", "type", "object", "properties", "field", text_schema("name of the member or parameter"), "reason",
                            text_schema("a key that stays the same"), "detail", text_schema("in words, in the user's language"), "required", "field", "reason", "detail", "additionalProperties", 0);
  json_t *properties = json_pack("{s:o, s:o, s:{s:s, s:i, s:i}, s:o, s:o, s:{s:s, s:o}}", "type", text_schema("about:blank: the status says it all"), "title", text_schema("the status in words"),
                                 "status", "type", "integer", "minimum", 400, "maximum", 599, "detail", text_schema("in words, in the user's language"), "id",
                                 text_schema("the number that the server's log has it under"), "errors", "type", "array", "items", error);
  return json_pack("{s:s, s:o, s:[s,s,s,s], s:b}", "type", "object", "properties", properties, "required", "type", "title", "status", "detail", "additionalProperties", 0);
}

static json_t *description_schema(void) {
  json_t *properties = json_pack("{s:{s:s, s:s}, s:{s:s}, s:{s:s}, s:{s:s}}", "openapi", "type", "string", "pattern", "^3\\.1\\.", "info", "type", "object", "paths", "type", "object", "components",
                                 "type", "object");
  return json_pack("{s:s, s:o, s:[s,s,s,s]}", "type", "object", "properties", properties, "required", "openapi", "info", "paths", "components");
}

json_t *openapi_schemas(void) {
  json_t *schemas = json_object();
  add_record(schemas, "contract", contract_fields, CONTRACT_FIELD_COUNT, true);
  add_record(schemas, "customer", customer_kind.fields, customer_kind.field_count, false);
  add_record(schemas, "level", level_kind.fields, level_kind.field_count, false);
  json_object_set_new(schemas, "contracts", contracts_schema());
  json_object_set_new(schemas, "customers", list_schema("customers", "#/components/schemas/customer"));
  json_object_set_new(schemas, "levels", list_schema("levels", "#/components/schemas/level"));
  json_object_set_new(schemas, "report", report_schema());
  json_object_set_new(schemas, "entitlement", entitlement_schema());
  json_object_set_new(schemas, "customer_choice", choice_schema());
  json_object_set_new(schemas, "documents", documents_schema());
  json_object_set_new(schemas, "request", request_schema());
  json_object_set_new(schemas, "request_new", request_new_schema());
  json_object_set_new(schemas, "requests", list_schema("requests", "#/components/schemas/request"));
  json_object_set_new(schemas, "request_report", request_report_schema());
  json_object_set_new(schemas, "description", description_schema());
  json_object_set_new(schemas, "problem", problem_schema());
  return schemas;
}
