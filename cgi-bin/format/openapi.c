#include "format/openapi.h"

#include <stdbool.h>
#include <string.h>

#include "format/json_value.h"

typedef enum { NO_QUERY, CONTRACT_QUERY, CONTRACT_AS_OF, CUSTOMER_QUERY, REPORT_QUERY, CALLER_QUERY, REQUEST_QUERY, MONTH_QUERY } Query;

/* One JSON route, as main.c has it; `{}` of its address is the parameter `part`. */
typedef struct {
  const char *method;
  const char *path;
  const char *role;
  const char *summary;
  Query query;
  const char *body;   /* name of a schema, or NULL */
  const char *answer; /* name of a schema, or NULL: nothing (204) */
  unsigned flags;
} Operation;

enum {
  BY_ID = 1 << 0,     /* {id} */
  BY_CODE = 1 << 1,   /* {code} */
  CREATES = 1 << 2,   /* 201 and Location */
  IF_MATCH = 1 << 3,  /* must have been seen */
  IN_USE = 1 << 4,    /* 409 where something else still needs it */
  SEVERAL = 1 << 5,   /* 300 where several are meant, 404 where none is */
  NO_TAG = 1 << 6     /* of this very moment: no ETag */
};

static const Operation OPERATIONS[] = {
    {"get", "/contracts.json", "viewer", "A page of the contracts of a selection", CONTRACT_QUERY, NULL, "contracts", 0},
    {"post", "/contracts.json", "editor", "Create a contract", NO_QUERY, "contract_new", "contract", CREATES},
    {"get", "/contracts/{id}.json", "viewer", "A contract", CONTRACT_AS_OF, NULL, "contract", BY_ID},
    {"post", "/contracts/{id}.json", "editor", "Change a contract: members that are left out keep their values", NO_QUERY, "contract_changes", "contract", BY_ID | IF_MATCH},
    {"post", "/contracts/{id}/delete.json", "admin", "Delete a contract", NO_QUERY, NULL, NULL, BY_ID | IF_MATCH | IN_USE},
    {"get", "/contracts/{id}/documents.json", "viewer", "The documents of a contract, by name", NO_QUERY, NULL, "documents", BY_ID},
    {"get", "/customers.json", "viewer", "A page of the customers, by name", CUSTOMER_QUERY, NULL, "customers", 0},
    {"post", "/customers.json", "editor", "Create a customer", NO_QUERY, "customer_new", "customer", CREATES},
    {"get", "/customers/{id}.json", "viewer", "A customer", NO_QUERY, NULL, "customer", BY_ID},
    {"post", "/customers/{id}.json", "editor", "Change a customer: members that are left out keep their values", NO_QUERY, "customer_changes", "customer", BY_ID | IF_MATCH},
    {"post", "/customers/{id}/delete.json", "admin", "Delete a customer without contracts", NO_QUERY, NULL, NULL, BY_ID | IF_MATCH | IN_USE},
    {"get", "/levels.json", "viewer", "The catalogue of support levels, by rank", NO_QUERY, NULL, "levels", 0},
    {"post", "/levels.json", "admin", "Create a support level", NO_QUERY, "level_new", "level", CREATES},
    {"get", "/levels/{code}.json", "viewer", "A support level", NO_QUERY, NULL, "level", BY_CODE},
    {"post", "/levels/{code}.json", "admin", "Change a support level: members that are left out keep their values", NO_QUERY, "level_changes", "level", BY_CODE | IF_MATCH},
    {"post", "/levels/{code}/delete.json", "admin", "Delete a support level that no contract has", NO_QUERY, NULL, NULL, BY_CODE | IF_MATCH | IN_USE},
    {"get", "/reports/levels.json", "viewer", "The level report of a day", REPORT_QUERY, NULL, "report", 0},
    {"get", "/entitlement.json", "viewer", "What a customer may expect now", CALLER_QUERY, NULL, "entitlement", SEVERAL | NO_TAG},
    {"get", "/requests.json", "viewer", "A page of a queue of support requests, the next deadline first", REQUEST_QUERY, NULL, "requests", 0},
    {"post", "/requests.json", "editor", "Take a support request in", NO_QUERY, "request_new", "request", CREATES},
    {"get", "/requests/{id}.json", "viewer", "A support request", NO_QUERY, NULL, "request", BY_ID},
    {"get", "/reports/requests.json", "viewer", "What became of the support requests, by month and level; times in seconds of service time", MONTH_QUERY, NULL, "request_report", 0},
    {"get", "/openapi.json", "viewer", "This description", NO_QUERY, NULL, "description", 0},
};

/* ---- what is asked ---- */

static json_t *header_parameter(const char *name, const char *description, bool required) {
  return json_pack("{s:s, s:s, s:s, s:b, s:{s:s}}", "name", name, "in", "header", "description", description, "required", required, "schema", "type", "string");
}

static json_t *customer_parameters(void) {
  json_t *parameters = json_array();
  json_array_append_new(parameters, openapi_query_parameter("q", "number or name begins with", json_pack("{s:s}", "type", "string")));
  json_array_append_new(parameters, openapi_query_parameter("after", "cursor: what next has", json_pack("{s:s}", "type", "string")));
  json_array_append_new(parameters, openapi_query_parameter("before", "cursor of the page before", json_pack("{s:s}", "type", "string")));
  return parameters;
}

static json_t *as_of_parameter(void) {
  json_t *parameters = json_array();
  json_array_append_new(parameters, openapi_query_parameter("as_of", "as it was at the end of this day, or at this moment (RFC 3339)", json_pack("{s:s}", "type", "string")));
  return parameters;
}

static json_t *caller_parameters(void) {
  json_t *parameters = json_array();
  json_array_append_new(parameters, openapi_query_parameter("customer", "number of a customer, or the beginning of the number or name", json_pack("{s:s}", "type", "string")));
  return parameters;
}

static json_t *request_parameters(void) {
  static const char *const TEXTS[][2] = {{"level", "code of the level in whose queue they are"}, {"user", "name of who works on them, me, or none"}, {"customer", "number of a customer"}, {"contract", "number of a contract"},
                                         {"month", "of a figure: YYYY-MM"}, {"number", "leads to that request"}, {"after", "cursor: what next has"}};
  json_t *parameters = json_array();
  for (unsigned i = 0; i < G_N_ELEMENTS(TEXTS); i++) json_array_append_new(parameters, openapi_query_parameter(TEXTS[i][0], TEXTS[i][1], json_pack("{s:s}", "type", "string")));
  json_array_append_new(parameters, openapi_query_parameter("state", "without it: all that are unsolved", json_pack("{s:[s,s,s]}", "enum", "overdue", "waiting", "solved")));
  json_array_append_new(parameters, openapi_query_parameter("figure", "those that a level's figure of a month counts",
                                                            json_pack("{s:[s,s,s,s,s,s,s]}", "enum", "taken", "solved", "passed_on", "response_kept", "response_broken", "restore_kept", "restore_broken")));
  return parameters;
}

static json_t *month_parameters(void) {
  json_t *parameters = json_array();
  json_array_append_new(parameters, openapi_query_parameter("from", "first month, YYYY-MM", json_pack("{s:s}", "type", "string")));
  json_array_append_new(parameters, openapi_query_parameter("to", "last month, YYYY-MM", json_pack("{s:s}", "type", "string")));
  return parameters;
}

static json_t *query_parameters(Query query) {
  switch (query) {
    case CONTRACT_QUERY: return openapi_contract_parameters();
    case CONTRACT_AS_OF: return as_of_parameter();
    case CUSTOMER_QUERY: return customer_parameters();
    case REPORT_QUERY: return openapi_report_parameters();
    case CALLER_QUERY: return caller_parameters();
    case REQUEST_QUERY: return request_parameters();
    case MONTH_QUERY: return month_parameters();
    case NO_QUERY: break;
  }
  return json_array();
}

static json_t *parameters_of(const Operation *operation) {
  json_t *parameters = query_parameters(operation->query);
  if ((operation->flags & BY_ID) != 0) {
    json_array_append_new(parameters, json_pack("{s:s, s:s, s:b, s:{s:s, s:i}}", "name", "id", "in", "path", "required", 1, "schema", "type", "integer", "minimum", 1));
  }
  if ((operation->flags & BY_CODE) != 0) {
    json_array_append_new(parameters, json_pack("{s:s, s:s, s:b, s:{s:s}}", "name", "code", "in", "path", "required", 1, "schema", "type", "string"));
  }
  if ((operation->flags & IF_MATCH) != 0) json_array_append_new(parameters, header_parameter("If-Match", "the ETag that came with what is to be changed, or *", true));
  if (strcmp(operation->method, "get") == 0 && (operation->flags & NO_TAG) == 0) json_array_append_new(parameters, header_parameter("If-None-Match", "the ETag of what is already known", false));
  json_array_append_new(parameters, openapi_query_parameter("lang", "language of messages, this time only", json_pack("{s:[s,s]}", "enum", "de", "en")));
  return parameters;
}

static json_t *reference(const char *schema) { return json_pack("{s:o}", "$ref", json_sprintf("#/components/schemas/%s", schema)); }

static json_t *content(const char *type, const char *schema) { return json_pack("{s:{s:o}}", type, "schema", reference(schema)); }

/* ---- what is answered ---- */

static void add_answer(json_t *responses, const char *status, const char *description, const char *schema, const char *type) {
  json_t *response = json_pack("{s:s}", "description", description);
  if (schema != NULL) json_object_set_new(response, "content", content(type, schema));
  json_object_set_new(responses, status, response);
}

static void add_problem(json_t *responses, const char *status, const char *description) { add_answer(responses, status, description, "problem", "application/problem+json"); }

static void add_header(json_t *responses, const char *status, const char *name) {
  json_t *response = json_object_get(responses, status);
  json_t *headers = json_object_get(response, "headers");
  if (headers == NULL) json_object_set_new(response, "headers", headers = json_object());
  json_object_set_new(headers, name, json_pack("{s:{s:s}}", "schema", "type", "string"));
}

static void add_problems(json_t *responses, const Operation *operation) {
  bool named = (operation->flags & (BY_ID | BY_CODE | SEVERAL)) != 0;
  add_problem(responses, "400", "A parameter or member is unknown or unreadable");
  add_problem(responses, "401", "No access token, or one that is invalid, expired or revoked");
  if (strcmp(operation->method, "post") == 0 || strcmp(operation->role, "viewer") != 0) add_problem(responses, "403", "The token's role, or its user's, is not enough");
  if (named) add_problem(responses, "404", "There is none");
  if ((operation->flags & IN_USE) != 0) add_problem(responses, "409", "Something else still needs it");
  if ((operation->flags & IF_MATCH) != 0) add_problem(responses, "412", "If-Match no longer names what is stored");
  if (operation->body != NULL) add_problem(responses, "413", "The body is too large");
  if (strcmp(operation->method, "post") == 0) add_problem(responses, "415", "The body is neither JSON nor a form");
  if (operation->body != NULL) add_problem(responses, "422", "A value is not possible: errors names each field");
  if ((operation->flags & IF_MATCH) != 0) add_problem(responses, "428", "If-Match is missing");
  add_problem(responses, "500", "An error of the application; id is its number in the log");
  add_problem(responses, "503", "The database does not answer; try again");
}

static json_t *responses_of(const Operation *operation) {
  json_t *responses = json_object();
  const char *good = (operation->flags & CREATES) != 0 ? "201" : operation->answer != NULL ? "200" : "204";
  add_answer(responses, good, operation->answer != NULL ? "As it is stored now" : "Deleted", operation->answer, "application/json");
  if (operation->answer != NULL && (operation->flags & NO_TAG) == 0) add_header(responses, good, "ETag");
  if ((operation->flags & CREATES) != 0) add_header(responses, good, "Location");
  if ((operation->flags & SEVERAL) != 0) add_answer(responses, "300", "Several customers are meant", "customer_choice", "application/json");
  if (strcmp(operation->method, "get") == 0 && (operation->flags & NO_TAG) == 0) add_answer(responses, "304", "Nothing has changed", NULL, NULL);
  add_problems(responses, operation);
  return responses;
}

/* ---- all of it ---- */

static json_t *describe(const Operation *operation) {
  json_t *description = json_pack("{s:s, s:o, s:o, s:o}", "summary", operation->summary, "description", json_sprintf("Needs the role %s or a higher one.", operation->role), "parameters",
                                  parameters_of(operation), "responses", responses_of(operation));
  if (operation->body != NULL) json_object_set_new(description, "requestBody", json_pack("{s:b, s:o}", "required", 1, "content", content("application/json", operation->body)));
  return description;
}

static json_t *paths(void) {
  json_t *all = json_object();
  for (unsigned i = 0; i < G_N_ELEMENTS(OPERATIONS); i++) {
    json_t *path = json_object_get(all, OPERATIONS[i].path);
    if (path == NULL) json_object_set_new(all, OPERATIONS[i].path, path = json_object());
    json_object_set_new(path, OPERATIONS[i].method, describe(&OPERATIONS[i]));
  }
  return all;
}

static json_t *security_schemes(void) {
  return json_pack("{s:{s:s, s:s, s:s}, s:{s:s, s:s, s:s, s:s}}", "token", "type", "http", "scheme", "bearer", "description", "a personal access token, made at /settings/tokens", "session",
                   "type", "apiKey", "in", "cookie", "name", "supportlevel_session", "description", "a browser's session; behind TLS its name begins with __Host-");
}

void openapi_write(GString *json, const char *mount) {
  json_t *description = json_pack(
      "{s:s, s:{s:s, s:s, s:s}, s:[{s:s}], s:[{s:[]}, {s:[]}], s:o, s:{s:o, s:o}}", "openapi", "3.1.0", "info", "title", "Supportlevel", "version", "1", "description",
      "Money is a decimal in a string, a day is ISO 8601. The same addresses without .json answer JSON too where Accept asks for application/json and for nothing that includes HTML.",
      "servers", "url", mount[0] != '\0' ? mount : "/", "security", "token", "session", "paths", paths(), "components", "schemas", openapi_schemas(), "securitySchemes", security_schemes());
  json_value_append(json, description, JSON_COMPACT);
}
