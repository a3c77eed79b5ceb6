#include "web/page.h"

#include <stdarg.h>
#include <string.h>
#include <talloc.h>

#include "web/templates.h"

#define MESSAGE_COOKIE "supportlevel_message"
#define MESSAGE_SECONDS 60
#define MESSAGE_ARGUMENT_LIMIT 1000 /* bytes */
#define TEXT_ARGUMENT_MAX 9

/* ---- the exchange and its data tree ---- */

/* ClearSilver's trees know nothing of talloc: this goes with the exchange and takes the tree along. */
typedef struct {
  HDF *tree;
} DataKeeper;

static int destroy_data(DataKeeper *keeper) {
  hdf_destroy(&keeper->tree);
  return 0;
}

/* The only failure of the calls below is a lack of memory, for which GLib and talloc end the worker too. */
static void must_work(NEOERR *problem) {
  if (problem == STATUS_OK) return;
  nerr_ignore(&problem);
  g_error("out of memory");
}

Exchange *exchange_new(void *owner, Worker *worker, Response *response) {
  Exchange *exchange = talloc_zero(owner, Exchange);
  DataKeeper *keeper = talloc_zero(exchange, DataKeeper);
  must_work(hdf_init(&keeper->tree));
  talloc_set_destructor(keeper, destroy_data);
  exchange->worker = worker;
  exchange->response = response;
  exchange->data = keeper->tree;
  exchange->format = "html";
  exchange->today = settings_today(worker->settings);
  g_snprintf(exchange->request_id, sizeof exchange->request_id, "%08x", g_random_int());
  return exchange;
}

void page_set(Exchange *exchange, const char *name, const char *value) { page_value(exchange->data, name, value); }

void page_set_number(Exchange *exchange, const char *name, gint64 value) {
  char text[24];
  g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, value);
  page_set(exchange, name, text);
}

HDF *page_node(HDF *parent, const char *name) {
  HDF *node = NULL;
  must_work(hdf_get_node(parent, name, &node));
  return node;
}

HDF *page_row(HDF *parent, unsigned index) {
  char name[12];
  g_snprintf(name, sizeof name, "%u", index);
  return page_node(parent, name);
}

void page_value(HDF *node, const char *name, const char *value) { must_work(hdf_set_value(node, name, value != NULL ? value : "")); }

void page_option(HDF *options, unsigned index, const char *value, const char *text, bool selected) {
  HDF *option = page_row(options, index);
  page_value(option, "value", value);
  page_value(option, "text", text);
  if (selected) page_value(option, "selected", "1");
}

/* ---- texts ---- */

const char *page_text_or_null(Exchange *exchange, const char *key) {
  const char *text = templates_text(exchange->worker->templates, exchange->language, key);
  return text != NULL ? talloc_strdup(exchange, text) : NULL;
}

/* Puts arguments into {1} to {9}; an argument's own braces stay as they are. */
static const char *fill_in(Exchange *exchange, const char *text, const char *const *arguments, unsigned count) {
  GString *filled = g_string_new(NULL);
  for (; *text != '\0'; text++) {
    bool place = text[0] == '{' && text[1] >= '1' && text[1] <= '9' && text[2] == '}';
    unsigned number = place ? (unsigned)(text[1] - '1') : 0;
    if (!place || number >= count) {
      g_string_append_c(filled, *text);
      continue;
    }
    g_string_append(filled, arguments[number]);
    text += 2;
  }
  const char *result = talloc_strndup(exchange, filled->str, filled->len);
  g_string_free(filled, TRUE);
  return result;
}

const char *page_text(Exchange *exchange, const char *key, ...) {
  const char *arguments[TEXT_ARGUMENT_MAX];
  unsigned count = 0;
  va_list list;
  const char *text = templates_text(exchange->worker->templates, exchange->language, key);
  va_start(list, key);
  for (const char *argument = va_arg(list, const char *); argument != NULL && count < TEXT_ARGUMENT_MAX; argument = va_arg(list, const char *)) arguments[count++] = argument;
  va_end(list);
  /* A missing text shows its key: seen at once, and found by the test of the language files. */
  return fill_in(exchange, text != NULL ? text : key, arguments, count);
}

const char *page_time_zone(const Exchange *exchange) { return settings_text(exchange->worker->settings, SETTING_TIME_ZONE); }

const char *page_moment(Exchange *exchange, const char *utc) { return language_moment(exchange, exchange->language, utc, page_time_zone(exchange)); }

const char *page_field_label(Exchange *exchange, const char *name) { return page_text(exchange, talloc_asprintf(exchange, "field.%s", name), NULL); }

const char *page_error_text(Exchange *exchange, const FieldError *error) {
  return page_text(exchange, talloc_asprintf(exchange, "error.%s", error->reason), error->argument != NULL ? error->argument : "", NULL);
}

void page_set_filter_errors(Exchange *exchange, const FieldErrors *errors) {
  HDF *rows = page_node(exchange->data, "FilterError");
  for (unsigned i = 0; i < errors->items->len; i++) {
    const FieldError *error = &g_array_index(errors->items, FieldError, i);
    HDF *row = page_row(rows, i);
    page_value(row, "parameter", error->field);
    page_value(row, "text", page_error_text(exchange, error));
  }
}

void page_set_errors(Exchange *exchange, const FieldErrors *errors) {
  HDF *node = page_node(exchange->data, "errors");
  for (unsigned i = 0; i < errors->items->len; i++) {
    const FieldError *error = &g_array_index(errors->items, FieldError, i);
    /* Only names of ours: a dot in one would grow a branch of the tree. */
    if (strpbrk(error->field, ".:\n") == NULL) page_value(node, error->field, page_error_text(exchange, error));
  }
  page_set_number(exchange, "errors.count", errors->items->len);
}

/* ---- addresses ---- */

const char *page_url(Exchange *exchange, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *path = talloc_vasprintf(exchange, format, arguments);
  va_end(arguments);
  /* "//name" would be another host. */
  while (path[0] == '/' && (path[1] == '/' || path[1] == '\\')) path++;
  return talloc_asprintf(exchange, "%s%s%s", exchange->request->mount, path[0] == '/' ? "" : "/", path);
}

const char *page_whole_url(Exchange *exchange, const char *path) {
  const Request *request = exchange->request;
  const char *configured = settings_address(exchange, exchange->worker->settings, path);
  if (configured[0] != '\0') return configured;
  return talloc_asprintf(exchange, "%s://%s%s", request->secure ? "https" : "http", request->host != NULL ? request->host : "localhost", page_url(exchange, "%s", path));
}

static void append_escaped(GString *string, const char *text, const char *allowed) {
  g_string_append_uri_escaped(string, text, allowed, FALSE);
}

/* The address being shown, without the language of this view only: for coming back in another language or after signing in. */
static const char *own_url(Exchange *exchange) {
  const Parameters *query = exchange->request->query;
  GString *address = g_string_new(NULL);
  append_escaped(address, exchange->request->path, "/:@!$'()*+,;=");
  char separator = '?';
  for (unsigned i = 0; i < query->count; i++) {
    if (strcmp(query->items[i].name, "lang") == 0) continue;
    g_string_append_c(address, separator);
    append_escaped(address, query->items[i].name, NULL);
    g_string_append_c(address, '=');
    append_escaped(address, query->items[i].value, ":,");
    separator = '&';
  }
  const char *url = page_url(exchange, "%s", address->str);
  g_string_free(address, TRUE);
  return url;
}

const char *page_own_path(Exchange *exchange) { return own_url(exchange) + strlen(exchange->request->mount); }

/* ---- the message after a redirect ---- */

void page_set_cookie(Exchange *exchange, const char *name, const char *value, int seconds) {
  /* The prefix __Host- of a cookie's name wants the whole host as its path (RFC 6265bis, 4.1.3.2). */
  bool host_wide = g_str_has_prefix(name, "__Host-");
  const char *age = seconds >= 0 ? talloc_asprintf(exchange, "; Max-Age=%d", seconds) : "";
  const char *cookie = talloc_asprintf(exchange, "%s=%s; Path=%s/%s; HttpOnly; SameSite=Lax%s", name, value, host_wide ? "" : exchange->request->mount, age,
                                       exchange->request->secure ? "; Secure" : "");
  response_header(exchange->response, "Set-Cookie", cookie);
}

void page_message(Exchange *exchange, const char *key, const char *argument) {
  GString *value = g_string_new(key);
  if (argument != NULL && argument[0] != '\0') {
    g_string_append_c(value, ':');
    append_escaped(value, argument, NULL);
  }
  if (value->len <= MESSAGE_ARGUMENT_LIMIT * 3) page_set_cookie(exchange, MESSAGE_COOKIE, value->str, MESSAGE_SECONDS);
  g_string_free(value, TRUE);
}

static bool is_message_key(const char *key) { return key[0] != '\0' && key[strspn(key, "abcdefghijklmnopqrstuvwxyz_")] == '\0'; }

/* The text that a cookie "key:argument" stands for, or NULL: a cookie may come from anywhere, so only texts of ours are shown. */
static const char *message_text(Exchange *exchange, char *cookie) {
  char *colon = strchr(cookie, ':');
  char *argument = NULL;
  const char *text = NULL;
  if (colon != NULL) {
    *colon = '\0';
    argument = g_uri_unescape_string(colon + 1, NULL);
  }
  const char *key = is_message_key(cookie) ? talloc_asprintf(exchange, "message.%s", cookie) : NULL;
  bool readable = colon == NULL || (argument != NULL && strlen(argument) <= MESSAGE_ARGUMENT_LIMIT && g_utf8_validate(argument, -1, NULL));
  if (key != NULL && readable && page_text_or_null(exchange, key) != NULL) text = page_text(exchange, key, argument != NULL ? argument : "", NULL);
  g_free(argument);
  return text;
}

bool page_has_message(const Exchange *exchange) { return request_cookie((void *)exchange, exchange->request, MESSAGE_COOKIE) != NULL; }

static void show_message(Exchange *exchange) {
  const char *cookie = request_cookie(exchange, exchange->request, MESSAGE_COOKIE);
  if (cookie == NULL) return;
  const char *text = message_text(exchange, talloc_strdup(exchange, cookie));
  if (text != NULL) page_set(exchange, "Page.message", text);
  page_set_cookie(exchange, MESSAGE_COOKIE, "", 0);
}

/* ---- showing ---- */

/* Which entry of the navigation the address belongs to. */
static const char *nav_of(const char *path) {
  static const char *const FAMILIES[] = {"contracts", "customers", "levels", "reports", "views", "entitlement", "requests", "import", "settings/account", "settings"};
  if (strcmp(path, "/") == 0) return "overview";
  for (unsigned i = 0; i < G_N_ELEMENTS(FAMILIES); i++) {
    gsize length = strlen(FAMILIES[i]);
    if (strncmp(path + 1, FAMILIES[i], length) == 0 && (path[length + 1] == '\0' || path[length + 1] == '/')) return FAMILIES[i];
  }
  return "";
}

static void set_user(Exchange *exchange) {
  static const char *const ROLES[] = {"", "viewer", "editor", "admin"};
  const User *user = exchange->user;
  if (user == NULL) return;
  page_set(exchange, "Page.user.name", user->name);
  page_set(exchange, "Page.user.display_name", user->display_name);
  page_set(exchange, "Page.user.role", ROLES[user->role]);
  if (user->role >= ROLE_EDITOR) page_set(exchange, "Page.can.edit", "1");
  if (user->role >= ROLE_ADMIN) page_set(exchange, "Page.can.admin", "1");
}

static void set_common(Exchange *exchange) {
  char iso[DAY_TEXT_SIZE];
  page_set(exchange, "Page.mount", exchange->request->mount);
  page_set(exchange, "Page.url", own_url(exchange));
  page_set(exchange, "Page.language", language_code(exchange->language));
  page_set(exchange, "Page.today", language_day(exchange, exchange->language, exchange->today));
  page_set(exchange, "Page.today_iso", day_format_iso(exchange->today, iso));
  page_set(exchange, "Page.csrf", exchange->csrf);
  page_set(exchange, "Page.nav", nav_of(exchange->request->path));
  set_user(exchange);
}

bool page_render(Exchange *exchange, int status, const char *name, GError **error) {
  Response *response = exchange->response;
  set_common(exchange);
  show_message(exchange);
  /* A page that says what has failed shows what is left without it. */
  if (exchange->user != NULL && exchange->worker->frame != NULL && status < 500) exchange->worker->frame(exchange);
  g_string_truncate(response->body, 0);
  gint64 begun = g_get_monotonic_time();
  bool rendered = templates_render(exchange->worker->templates, name, exchange->language, exchange->data, response->body, error);
  exchange->render_time += g_get_monotonic_time() - begun;
  if (!rendered) {
    g_string_truncate(response->body, 0);
    return false;
  }
  response->status = status;
  response->content_type = "text/html; charset=utf-8";
  return true;
}
