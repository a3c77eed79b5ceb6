/* What can be set: one's own matters, and the company's. */
#include "pages/pages.h"

bool settings_page(Exchange *exchange, GError **error) {
  page_set(exchange, "Page.title", page_text(exchange, "settings.title", NULL));
  return page_render(exchange, 200, "settings", error);
}
