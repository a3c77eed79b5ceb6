/* Signing in and out, and the language of who isn't signed in. */
#include "pages/sign_in.h"

#include <arpa/inet.h>
#include <string.h>
#include <talloc.h>

#include "domain/password.h"
#include "domain/user_name.h"
#include "pages/pages.h"
#include "pages/view_menu.h"
#include "repository/setup_repository.h"
#include "repository/token_repository.h"
#include "repository/user_repository.h"
#include "web/access_token.h"
#include "web/session.h"

#define LANGUAGE_COOKIE "supportlevel_language"
#define LANGUAGE_SECONDS (400 * 24 * 3600) /* the longest that browsers keep a cookie */
#define FREE_FAILURES_OF_NAME 3
#define FREE_FAILURES_OF_ADDRESS 20 /* many people may come from one */

/* ---- who it is ---- */

static Role role_of(const char *name) {
  static const char *const NAMES[] = {"nobody", "viewer", "editor", "admin"};
  for (unsigned role = 0; role < G_N_ELEMENTS(NAMES); role++) {
    if (strcmp(NAMES[role], name) == 0) return (Role)role;
  }
  return ROLE_NOBODY;
}

void sign_in_take_user(Exchange *exchange, const UserRow *row, Role most) {
  User *user = talloc_zero(exchange, User);
  *user = (User){.id = row->id, .name = row->name, .display_name = row->display_name, .email = row->email, .language = row->language, .role = MIN(role_of(row->role), most), .changes = row->changes != NULL ? row->changes : "",
                 .view_changes = data_changes_read(row->changes).views};
  exchange->user = user;
  int language = language_by_code(row->language);
  if (language >= 0) exchange->language = (Language)language;
}

bool sign_in_start_session(Exchange *exchange, gint64 user_id, GError **error) {
  unsigned char hash[SESSION_HASH_SIZE];
  session_cookie_new(exchange);
  exchange->new_session = true;
  session_hash(exchange->session, hash);
  return session_repository_insert(exchange->worker->database, hash, user_id, error);
}

bool sign_in_start(Exchange *exchange, gint64 user_id, GError **error) {
  unsigned char old[SESSION_HASH_SIZE];
  bool had = exchange->session != NULL;
  if (had) session_hash(exchange->session, old);
  return (!had || session_repository_delete(exchange->worker->database, old, error)) && sign_in_start_session(exchange, user_id, error);
}

/* The database finds names whatever their accents are; whom the web server has verified is who has the same letters, large or small, and nobody else. */
static bool is_same_name(const char *name, const char *verified) {
  char *one = g_utf8_casefold(name, -1);
  char *other = g_utf8_casefold(verified, -1);
  bool same = strcmp(one, other) == 0;
  g_free(one);
  g_free(other);
  return same;
}

static bool take_remote_user(Exchange *exchange, const UserRow *of_session, GError **error) {
  UserRow *user = NULL;
  const char *name = exchange->request->remote_user;
  if (name == NULL) return true;
  if (!user_repository_find(exchange->worker->database, exchange, name, &user, error)) return false;
  if (user == NULL || !user->active || !is_same_name(user->name, name)) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_FORBIDDEN, "remote_user_unknown: %s", name);
    return false;
  }
  if ((of_session == NULL || of_session->id != user->id) && !sign_in_start_session(exchange, user->id, error)) return false;
  sign_in_take_user(exchange, user, ROLE_ADMIN);
  return true;
}

static bool take_token(Exchange *exchange, GError **error) {
  unsigned char hash[ACCESS_TOKEN_HASH_SIZE];
  UserRow *user = NULL;
  const char *role = NULL;
  bool possible = access_token_hash(exchange->request->bearer, hash);
  if (possible && !token_repository_find(exchange->worker->database, exchange, hash, exchange->today, &user, &role, error)) return false;
  if (user == NULL) return error_set(error, ERROR_UNAUTHORIZED, "bad_token");
  exchange->by_token = true;
  sign_in_take_user(exchange, user, role_of(role));
  return true;
}

bool sign_in_open(Exchange *exchange, GError **error) {
  UserRow *user = NULL;
  unsigned char hash[SESSION_HASH_SIZE];
  int language = language_by_code(request_cookie(exchange, exchange->request, LANGUAGE_COOKIE));
  const char *id = session_cookie(exchange);
  if (language >= 0) exchange->language = (Language)language;
  if (exchange->request->bearer != NULL) return take_token(exchange, error);
  if (id != NULL) {
    session_use(exchange, id);
    session_hash(id, hash);
    if (!session_repository_find(exchange->worker->database, exchange, hash, &user, error)) return false;
  }
  if (settings_on(exchange->worker->settings, SETTING_REMOTE_USER)) return take_remote_user(exchange, user, error);
  if (user != NULL) sign_in_take_user(exchange, user, ROLE_ADMIN);
  return true;
}

/* ---- the password ---- */

/* Whose tries count together: an address, or of IPv6 its first 64 bits, since all behind those are one customer's. */
static const char *network_of(void *owner, const char *address) {
  struct in6_addr bytes;
  char text[INET6_ADDRSTRLEN];
  if (inet_pton(AF_INET6, address, &bytes) != 1 || IN6_IS_ADDR_V4MAPPED(&bytes)) return address;
  memset(bytes.s6_addr + 8, 0, 8);
  return talloc_asprintf(owner, "%s/64", inet_ntop(AF_INET6, &bytes, text, sizeof text));
}

bool sign_in_try(Exchange *exchange, const char *name, const char *password, const UserRow **user, gint64 *wait, GError **error) {
  Database *database = exchange->worker->database;
  const char *address = network_of(exchange, exchange->request->remote_address);
  UserRow *known = NULL;
  *user = NULL;
  bool possible = name[0] != '\0' && g_utf8_strlen(name, -1) <= USER_NAME_LIMIT && strpbrk(name, "\n\t") == NULL;
  const LoginSubject subjects[] = {{talloc_asprintf(exchange, "user:%s@%s", possible ? name : "", address), FREE_FAILURES_OF_NAME},
                                   {talloc_asprintf(exchange, "address:%s", address), FREE_FAILURES_OF_ADDRESS}};
  if (!login_failure_repository_begin(database, subjects, G_N_ELEMENTS(subjects), wait, error)) return false;
  if (*wait > 0) {
    response_header(exchange->response, "Retry-After", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, *wait));
    return true;
  }
  if (possible && !user_repository_find(database, exchange, name, &known, error)) return false;
  bool right = password_matches(known != NULL && known->active ? known->password_hash : "", password);
  if (!right || known == NULL) return true;
  *user = known;
  return login_failure_repository_take_back(database, subjects, G_N_ELEMENTS(subjects), error);
}

/* ---- the form ---- */

/* The address below the mount that somebody wanted before; anything that isn't one of ours is the overview. */
static const char *way_back(Exchange *exchange, const char *to) {
  const char *mount = exchange->request->mount;
  if (to == NULL) return "/";
  if (mount[0] != '\0' && g_str_has_prefix(to, mount) && to[strlen(mount)] == '/') to += strlen(mount);
  bool own = to[0] == '/' && to[1] != '/' && to[1] != '\\' && to[strcspn(to, "\r\n\t\\")] == '\0';
  /* Bytes that no address has as they are, such as a blank or a quote, are escaped; % stays what it was. */
  if (!own) return "/";
  char *escaped = g_uri_escape_string(to, "/:@!$&'()*+,;=?%", FALSE);
  const char *address = talloc_strdup(exchange, escaped);
  g_free(escaped);
  return address;
}

static bool show_form(Exchange *exchange, int status, const char *problem, GError **error) {
  const Parameters *sent = exchange->request->method == METHOD_POST ? exchange->request->form : exchange->request->query;
  if (exchange->csrf == NULL) session_cookie_new(exchange);
  page_set(exchange, "Page.title", page_text(exchange, "login.title", NULL));
  page_set(exchange, "Login.action", page_url(exchange, "/login"));
  page_set(exchange, "Login.to", parameters_get(sent, "to"));
  page_set(exchange, "Login.username", parameters_get(sent, "username"));
  page_set(exchange, "Login.problem", problem);
  return page_render(exchange, status, "login", error);
}

bool login_page(Exchange *exchange, GError **error) {
  const char *to = NULL;
  if (!page_one_parameter(exchange, "to", &to, error)) return false;
  if (exchange->user != NULL) {
    response_redirect(exchange->response, page_url(exchange, "%s", way_back(exchange, to)));
    return true;
  }
  /* Where everybody is led who isn't signed in: without a user that helps nobody. */
  SetupState state = SETUP_DONE;
  if (!setup_repository_find(exchange->worker->database, NULL, &state, error)) return false;
  if (state == SETUP_DONE) return show_form(exchange, 200, NULL, error);
  response_redirect(exchange->response, page_url(exchange, "/setup"));
  return true;
}

static bool finish(Exchange *exchange, const UserRow *user, GError **error) {
  const char *to = way_back(exchange, parameters_get(exchange->request->form, "to"));
  const char *start = NULL;
  if (!sign_in_start(exchange, user->id, error)) return false;
  if (strcmp(to, "/") == 0 && !view_start_url(exchange, user->id, &start, error)) return false;
  response_redirect(exchange->response, start != NULL ? start : page_url(exchange, "%s", to));
  return true;
}

bool login_submit(Exchange *exchange, GError **error) {
  const char *name = parameters_get(exchange->request->form, "username");
  const char *password = parameters_get(exchange->request->form, "password");
  const UserRow *user = NULL;
  gint64 wait = 0;
  if (name == NULL || password == NULL) return page_missing_parameter(name == NULL ? "username" : "password", error);
  if (!sign_in_try(exchange, g_strstrip(talloc_strdup(exchange, name)), password, &user, &wait, error)) return false;
  if (wait > 0) return show_form(exchange, 429, page_text(exchange, "error.too_many_tries", talloc_asprintf(exchange, "%" G_GINT64_FORMAT, wait), NULL), error);
  if (user == NULL) return show_form(exchange, 422, page_text(exchange, "login.wrong", NULL), error);
  return finish(exchange, user, error);
}

bool logout_submit(Exchange *exchange, GError **error) {
  unsigned char hash[SESSION_HASH_SIZE];
  session_hash(exchange->session, hash);
  if (!session_repository_delete(exchange->worker->database, hash, error)) return false;
  session_cookie_drop(exchange);
  page_message(exchange, "signed_out", NULL);
  response_redirect(exchange->response, page_url(exchange, "/login"));
  return true;
}

bool language_submit(Exchange *exchange, GError **error) {
  const Parameters *form = exchange->request->form;
  const char *code = parameters_get(form, "language");
  int language = language_by_code(code);
  if (code == NULL) return page_missing_parameter("language", error);
  if (language < 0) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "bad_language: %s", code);
    return false;
  }
  if (exchange->user != NULL && !user_repository_set_language(exchange->worker->database, exchange->user->id, language_code((Language)language), error)) return false;
  page_set_cookie(exchange, LANGUAGE_COOKIE, language_code((Language)language), LANGUAGE_SECONDS);
  response_redirect(exchange->response, page_url(exchange, "%s", way_back(exchange, parameters_get(form, "to"))));
  return true;
}
