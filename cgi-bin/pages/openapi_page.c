/* The description for programs. */
#include "format/openapi.h"
#include "pages/pages.h"
#include "web/json_answer.h"

bool openapi_page(Exchange *exchange, GError **error) {
  (void)error;
  openapi_write(exchange->response->body, exchange->request->mount);
  g_string_append_c(exchange->response->body, '\n');
  json_answer(exchange, 200);
  return true;
}
