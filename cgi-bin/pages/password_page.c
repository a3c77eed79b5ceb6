/* The one-time link by which a user chooses a password. */
#include <talloc.h>

#include "domain/password.h"
#include "domain/secret.h"
#include "domain/user.h"
#include "pages/pages.h"
#include "pages/record_form.h"
#include "pages/sign_in.h"
#include "repository/password_link_repository.h"
#include "web/session.h"

typedef struct {
  const char *token;
  unsigned char hash[SECRET_HASH_SIZE];
  UserRow *user; /* NULL: the link isn't good (any more) */
} Link;

/* False also where the query holds anything else. Where the web server says who somebody is, a password would sign nobody in. */
static bool read_link(Exchange *exchange, Link *link, GError **error) {
  *link = (Link){0};
  if (!page_one_parameter(exchange, "token", &link->token, error)) return false;
  bool possible = link->token != NULL && secret_hash(link->token, link->hash) && !settings_on(exchange->worker->settings, SETTING_REMOTE_USER);
  return !possible || password_link_repository_find(exchange->worker->database, exchange, link->hash, &link->user, error);
}

static RecordForm *form_of(Exchange *exchange) {
  static const char *const PURPOSES[PASSWORD_FIELD_COUNT] = {"new-password", "new-password"};
  static const char *const VALUES[PASSWORD_FIELD_COUNT] = {"", ""};
  RecordForm *form = record_form_new(exchange, password_fields, PASSWORD_FIELD_COUNT, VALUES, NULL);
  form->purposes = PURPOSES;
  return form;
}

/* The form, or why there is none. */
static bool show_page(RecordForm *form, const Link *link, int status, GError **error) {
  Exchange *exchange = form->exchange;
  if (exchange->csrf == NULL) session_cookie_new(exchange);
  page_set(exchange, "Page.title", page_text(exchange, "password_link.title", NULL));
  if (link->user != NULL) {
    page_set(exchange, "User.name", link->user->name);
    page_set(exchange, "User.display_name", link->user->display_name);
    record_form_fill(form, page_url(exchange, "/password?token=%s", link->token), 0);
  }
  return page_render(exchange, link->user != NULL ? status : 403, "password", error);
}

bool password_page(Exchange *exchange, GError **error) {
  Link link;
  return read_link(exchange, &link, error) && show_page(form_of(exchange), &link, 200, error);
}

bool password_submit(Exchange *exchange, GError **error) {
  Link link;
  bool used = false;
  RecordForm *form = form_of(exchange);
  if (!read_link(exchange, &link, error)) return false;
  if (link.user == NULL) return show_page(form, &link, 403, error);
  if (!record_form_read(form, error)) return false;
  new_password_check(form->values, link.user->name, form->errors);
  if (field_errors_any(form->errors)) return show_page(form, &link, 422, error);
  const char *hash = password_hash(exchange, form->values[PASSWORD_NEW], error);
  if (hash == NULL || !password_link_repository_use(exchange->worker->database, link.hash, hash, &used, error)) return false;
  if (!used) {
    link.user = NULL; /* somebody else was faster */
    return show_page(form, &link, 403, error);
  }
  if (!sign_in_start(exchange, link.user->id, error)) return false;
  page_message(exchange, "password_chosen", NULL);
  response_redirect(exchange->response, page_url(exchange, "/"));
  return true;
}
