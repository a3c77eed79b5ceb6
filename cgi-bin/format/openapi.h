/* openapi.h: what programs may ask and are answered, described by OpenAPI 3.1. The schemas are made of the tables of fields, so a new field is in the
 * description by itself; a new JSON route is a line in the table of openapi.c. The words are English, as the names are. */
#ifndef SUPPORTLEVEL_FORMAT_OPENAPI_H
#define SUPPORTLEVEL_FORMAT_OPENAPI_H

#include <glib.h>
#include <jansson.h>

/* Appends the description of the application that is mounted at `mount` ("" at the root). */
void openapi_write(GString *json, const char *mount);

/* The schemas of records, lists and problems by their names (openapi_schema.c). */
json_t *openapi_schemas(void);

/* The parameters of /contracts, as product.md has them (openapi_parameter.c). */
json_t *openapi_contract_parameters(void);

/* Those of /reports/levels. */
json_t *openapi_report_parameters(void);
/* One parameter of the query, with its JSON Schema. */
json_t *openapi_query_parameter(const char *name, const char *description, json_t *schema);

#endif
