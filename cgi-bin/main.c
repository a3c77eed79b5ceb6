/* main.c: the FastCGI worker: the route table, and the loop in which one request after the other is answered. */
#include <errno.h>
#include <fcgiapp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

#include "format/json_reader.h"
#include "pages/error_page.h"
#include "pages/measure.h"
#include "pages/pages.h"
#include "pages/sign_in.h"
#include "pages/today.h"
#include "pages/view_menu.h"
#include "repository/contract_day.h"
#include "repository/data_changes.h"
#include "repository/database.h"
#include "web/entity_tag.h"
#include "web/fastcgi.h"
#include "web/request_log.h"
#include "web/route.h"
#include "web/session.h"
#include "web/templates.h"

#define MEMORY_OF_A_WORKER (64UL << 20)  /* bytes of resident memory, above which a worker ends before it has served its requests */
#define MEMORY_LOOK_EVERY 100            /* requests */
#define REQUEST_POOL (256 * 1024)        /* bytes that are kept for what belongs to a request: a page of a table fits in */

/* The first line that fits counts: names stand before `{}`. */
static const Route ROUTES[] = {
    {"GET", "/", ROLE_VIEWER, overview_page, 0},
    {"GET", "/healthz", ROLE_NOBODY, health_page, ROUTE_NO_SESSION},
    {"GET", "/metrics", ROLE_VIEWER, metrics_page, ROUTE_PROGRAM},
    {"GET", "/login", ROLE_NOBODY, login_page, ROUTE_QUERY},
    {"POST", "/login", ROLE_NOBODY, login_submit, ROUTE_NO_TOKEN},
    {"POST", "/logout", ROLE_VIEWER, logout_submit, ROUTE_NO_TOKEN},
    {"GET", "/setup", ROLE_NOBODY, setup_page, ROUTE_QUERY},
    {"POST", "/setup", ROLE_NOBODY, setup_submit, ROUTE_QUERY | ROUTE_NO_TOKEN},
    {"GET", "/setup/company", ROLE_ADMIN, setup_company_page, 0},
    {"POST", "/setup/company", ROLE_ADMIN, setup_company_submit, 0},
    {"POST", "/settings/language", ROLE_NOBODY, language_submit, ROUTE_NO_TOKEN},

    {"GET", "/password", ROLE_NOBODY, password_page, ROUTE_QUERY},
    {"POST", "/password", ROLE_NOBODY, password_submit, ROUTE_QUERY | ROUTE_NO_TOKEN},

    {"GET", "/settings", ROLE_VIEWER, settings_page, ROUTE_NO_TOKEN},
    {"GET", "/settings/account", ROLE_VIEWER, own_account_page, ROUTE_NO_TOKEN},
    {"POST", "/settings/account/password", ROLE_VIEWER, own_password_submit, ROUTE_NO_TOKEN},
    {"POST", "/settings/account/sign-out", ROLE_VIEWER, own_sign_out_submit, ROUTE_NO_TOKEN},
    {"GET", "/settings/tokens", ROLE_VIEWER, token_list_page, ROUTE_NO_TOKEN},
    {"POST", "/settings/tokens", ROLE_VIEWER, token_create_submit, ROUTE_NO_TOKEN},
    {"POST", "/settings/tokens/{}/revoke", ROLE_VIEWER, token_revoke_submit, ROUTE_NO_TOKEN},
    {"GET", "/openapi", ROLE_VIEWER, openapi_page, ROUTE_JSON},

    {"GET", "/contracts", ROLE_VIEWER, contract_list_page, ROUTE_TAGGED | ROUTE_QUERY | ROUTE_QUERY_LANG | ROUTE_JSON | ROUTE_CSV | ROUTE_XLSX | ROUTE_ICS},
    {"POST", "/contracts", ROLE_EDITOR, contract_create_submit, ROUTE_JSON},
    {"GET", "/contracts/new", ROLE_EDITOR, contract_new_page, ROUTE_QUERY},
    {"GET", "/contracts/columns", ROLE_VIEWER, contract_columns_page, ROUTE_QUERY | ROUTE_QUERY_LANG},
    {"GET", "/contracts/bulk", ROLE_EDITOR, contract_bulk_list_page, 0},
    {"POST", "/contracts/bulk", ROLE_EDITOR, contract_bulk_submit, 0},
    {"GET", "/contracts/bulk/{}", ROLE_EDITOR, contract_bulk_view_page, ROUTE_QUERY},
    {"POST", "/contracts/bulk/{}/undo", ROLE_EDITOR, contract_bulk_undo_submit, 0},
    {"GET", "/contracts/{}", ROLE_VIEWER, contract_view_page, ROUTE_JSON | ROUTE_QUERY},
    {"POST", "/contracts/{}", ROLE_EDITOR, contract_save_submit, ROUTE_JSON},
    {"GET", "/contracts/{}/edit", ROLE_EDITOR, contract_edit_page, 0},
    {"GET", "/contracts/{}/history", ROLE_VIEWER, contract_history_page, ROUTE_QUERY},
    {"GET", "/contracts/{}/copy", ROLE_EDITOR, contract_copy_page, 0},
    {"POST", "/contracts/{}/delete", ROLE_ADMIN, contract_delete_submit, ROUTE_JSON},
    {"GET", "/contracts/{}/cancel", ROLE_EDITOR, notice_page, ROUTE_QUERY},
    {"POST", "/contracts/{}/cancel", ROLE_EDITOR, notice_submit, 0},
    {"POST", "/contracts/{}/withdraw", ROLE_EDITOR, notice_withdraw_submit, 0},

    {"GET", "/contracts/{}/documents", ROLE_VIEWER, document_list_page, ROUTE_JSON},
    {"POST", "/contracts/{}/documents", ROLE_EDITOR, document_create_submit, ROUTE_UPLOAD},
    {"GET", "/contracts/{}/documents/{}", ROLE_VIEWER, document_send_page, 0},
    {"POST", "/contracts/{}/documents/{}/remove", ROLE_EDITOR, document_remove_submit, 0},

    {"GET", "/customers", ROLE_VIEWER, customer_list_page, ROUTE_QUERY | ROUTE_JSON},
    {"POST", "/customers", ROLE_EDITOR, customer_create_submit, ROUTE_JSON},
    {"GET", "/customers/new", ROLE_EDITOR, customer_new_page, 0},
    {"GET", "/customers/{}", ROLE_VIEWER, customer_view_page, ROUTE_JSON},
    {"POST", "/customers/{}", ROLE_EDITOR, customer_save_submit, ROUTE_JSON},
    {"GET", "/customers/{}/edit", ROLE_EDITOR, customer_edit_page, 0},
    {"GET", "/customers/{}/history", ROLE_VIEWER, customer_history_page, ROUTE_QUERY},
    {"POST", "/customers/{}/delete", ROLE_ADMIN, customer_delete_submit, ROUTE_JSON},

    {"GET", "/views", ROLE_VIEWER, view_list_page, 0},
    {"POST", "/views", ROLE_VIEWER, view_create_submit, 0},
    {"GET", "/views/new", ROLE_VIEWER, view_new_page, ROUTE_QUERY | ROUTE_QUERY_LANG},
    {"POST", "/views/start", ROLE_VIEWER, view_start_submit, 0},
    {"POST", "/views/{}", ROLE_VIEWER, view_save_submit, 0},
    {"GET", "/views/{}/edit", ROLE_VIEWER, view_edit_page, 0},
    {"POST", "/views/{}/delete", ROLE_VIEWER, view_delete_submit, 0},

    {"GET", "/reports/levels", ROLE_VIEWER, level_report_page, ROUTE_QUERY | ROUTE_QUERY_LANG | ROUTE_JSON | ROUTE_CSV | ROUTE_XLSX},
    {"GET", "/reports/requests", ROLE_VIEWER, support_request_report_page, ROUTE_QUERY | ROUTE_JSON},

    {"GET", "/levels", ROLE_VIEWER, level_list_page, ROUTE_JSON},
    {"POST", "/levels", ROLE_ADMIN, level_create_submit, ROUTE_JSON},
    {"GET", "/levels/new", ROLE_ADMIN, level_new_page, 0},
    {"GET", "/levels/compare", ROLE_VIEWER, level_compare_page, ROUTE_QUERY},
    {"GET", "/levels/{}", ROLE_VIEWER, level_view_page, ROUTE_JSON},
    {"POST", "/levels/{}", ROLE_ADMIN, level_save_submit, ROUTE_JSON},
    {"GET", "/levels/{}/edit", ROLE_ADMIN, level_edit_page, 0},
    {"GET", "/levels/{}/history", ROLE_VIEWER, level_history_page, ROUTE_QUERY},
    {"POST", "/levels/{}/retire", ROLE_ADMIN, level_retire_submit, 0},
    {"POST", "/levels/{}/delete", ROLE_ADMIN, level_delete_submit, ROUTE_JSON},
    {"GET", "/levels/{}/staff", ROLE_ADMIN, level_staff_page, 0},
    {"POST", "/levels/{}/staff", ROLE_ADMIN, level_staff_submit, 0},

    {"GET", "/requests", ROLE_VIEWER, support_request_list_page, ROUTE_QUERY | ROUTE_QUERY_LANG | ROUTE_JSON},
    {"POST", "/requests", ROLE_EDITOR, support_request_create_submit, ROUTE_JSON},
    {"GET", "/requests/new", ROLE_EDITOR, support_request_new_page, ROUTE_QUERY},
    {"GET", "/requests/{}", ROLE_VIEWER, support_request_view_page, ROUTE_JSON},
    {"POST", "/requests/{}", ROLE_EDITOR, support_request_step_submit, 0},

    {"GET", "/entitlement", ROLE_VIEWER, entitlement_page, ROUTE_QUERY | ROUTE_JSON},

    {"GET", "/settings/service-calendars", ROLE_VIEWER, service_calendar_list_page, ROUTE_NO_TOKEN},
    {"POST", "/settings/service-calendars", ROLE_ADMIN, service_calendar_create_submit, ROUTE_NO_TOKEN},
    {"GET", "/settings/service-calendars/new", ROLE_ADMIN, service_calendar_new_page, ROUTE_NO_TOKEN},
    {"GET", "/settings/service-calendars/{}", ROLE_VIEWER, service_calendar_view_page, ROUTE_NO_TOKEN},
    {"POST", "/settings/service-calendars/{}", ROLE_ADMIN, service_calendar_save_submit, ROUTE_NO_TOKEN},
    {"GET", "/settings/service-calendars/{}/edit", ROLE_ADMIN, service_calendar_edit_page, ROUTE_NO_TOKEN},
    {"GET", "/settings/service-calendars/{}/history", ROLE_VIEWER, service_calendar_history_page, ROUTE_QUERY | ROUTE_NO_TOKEN},
    {"POST", "/settings/service-calendars/{}/delete", ROLE_ADMIN, service_calendar_delete_submit, ROUTE_NO_TOKEN},

    {"GET", "/settings/types", ROLE_VIEWER, contract_type_list_page, ROUTE_NO_TOKEN},
    {"POST", "/settings/types", ROLE_ADMIN, contract_type_create_submit, ROUTE_NO_TOKEN},
    {"GET", "/settings/types/new", ROLE_ADMIN, contract_type_new_page, ROUTE_NO_TOKEN},
    {"GET", "/settings/types/{}", ROLE_VIEWER, contract_type_view_page, ROUTE_NO_TOKEN},
    {"POST", "/settings/types/{}", ROLE_ADMIN, contract_type_save_submit, ROUTE_NO_TOKEN},
    {"GET", "/settings/types/{}/edit", ROLE_ADMIN, contract_type_edit_page, ROUTE_NO_TOKEN},
    {"GET", "/settings/types/{}/history", ROLE_VIEWER, contract_type_history_page, ROUTE_QUERY | ROUTE_NO_TOKEN},
    {"POST", "/settings/types/{}/retire", ROLE_ADMIN, contract_type_retire_submit, ROUTE_NO_TOKEN},
    {"POST", "/settings/types/{}/delete", ROLE_ADMIN, contract_type_delete_submit, ROUTE_NO_TOKEN},

    {"GET", "/settings/users", ROLE_ADMIN, user_list_page, ROUTE_NO_TOKEN},
    {"POST", "/settings/users", ROLE_ADMIN, user_create_submit, ROUTE_NO_TOKEN},
    {"GET", "/settings/users/new", ROLE_ADMIN, user_new_page, ROUTE_NO_TOKEN},
    {"GET", "/settings/users/{}", ROLE_ADMIN, user_view_page, ROUTE_NO_TOKEN},
    {"POST", "/settings/users/{}", ROLE_ADMIN, user_save_submit, ROUTE_NO_TOKEN},
    {"GET", "/settings/users/{}/edit", ROLE_ADMIN, user_edit_page, ROUTE_NO_TOKEN},
    {"GET", "/settings/users/{}/history", ROLE_ADMIN, user_history_page, ROUTE_QUERY | ROUTE_NO_TOKEN},
    {"POST", "/settings/users/{}/password-link", ROLE_ADMIN, user_password_link_submit, ROUTE_NO_TOKEN},
    {"POST", "/settings/users/{}/sign-out", ROLE_ADMIN, user_sign_out_submit, ROUTE_NO_TOKEN},
    {"POST", "/settings/users/{}/active", ROLE_ADMIN, user_active_submit, ROUTE_NO_TOKEN},

    {"GET", "/import", ROLE_ADMIN, import_list_page, 0},
    {"POST", "/import", ROLE_ADMIN, import_upload_submit, ROUTE_UPLOAD},
    {"GET", "/import/{}", ROLE_ADMIN, import_view_page, ROUTE_QUERY},
    {"POST", "/import/{}", ROLE_ADMIN, import_submit, 0},
    {"POST", "/import/{}/undo", ROLE_ADMIN, import_undo_submit, 0},
    {"GET", "/import/{}/problems", ROLE_ADMIN, import_problems_page, ROUTE_CSV},
    {"GET", "/import/{}/rejected", ROLE_ADMIN, import_rejected_page, ROUTE_CSV},

    {"GET", "/calendar/{}", ROLE_NOBODY, calendar_page, ROUTE_NO_SESSION | ROUTE_ICS},
    {"GET", "/settings/calendars", ROLE_VIEWER, calendar_list_page, ROUTE_NO_TOKEN},
    {"POST", "/settings/calendars", ROLE_VIEWER, calendar_create_submit, ROUTE_NO_TOKEN},
    {"GET", "/settings/calendars/new", ROLE_VIEWER, calendar_new_page, ROUTE_QUERY | ROUTE_NO_TOKEN},
    {"POST", "/settings/calendars/{}/revoke", ROLE_VIEWER, calendar_revoke_submit, ROUTE_NO_TOKEN},
};

/* ---- one request ---- */

/* `lang` shows this one view in another language. */
static bool choose_language(Exchange *exchange, const Route *route, GError **error) {
  const char *code = parameters_get(exchange->request->query, "lang");
  int language = language_by_code(code);
  if (language >= 0) exchange->language = (Language)language;
  if (code == NULL || language >= 0 || (route != NULL && (route->flags & ROUTE_QUERY_LANG) != 0)) return true;
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "bad_language: %s", code);
  return false;
}

/* Whoever isn't signed in is led to do so and back; what reads JSON or a file, or sent a form, can't follow there. */
static bool ask_to_sign_in(Exchange *exchange, GError **error) {
  if (exchange->request->method != METHOD_GET || strcmp(exchange->format, "html") != 0) return error_set(error, ERROR_UNAUTHORIZED, "not_signed_in");
  char *to = g_uri_escape_string(page_own_path(exchange), "/", FALSE);
  response_redirect(exchange->response, page_url(exchange, "/login?to=%s", to));
  g_free(to);
  return true;
}

/* A body of JSON becomes what a form of the same fields would be, where the route knows of JSON at all. */
static bool read_json(Exchange *exchange, const Route *route, GError **error) {
  Request *request = exchange->request;
  if (!request->is_json) return true;
  if ((route->flags & ROUTE_JSON) == 0) return error_set(error, ERROR_UNSUPPORTED_MEDIA, "not for JSON");
  if (request->json == NULL) return true;
  const Parameters *form = json_read_object(request, request->json, error);
  if (form != NULL) request->form = form;
  return form != NULL;
}

/* Cookies go along by themselves, so a form must show that it is ours; a token goes along only where a program sends it. */
static bool is_meant(const Exchange *exchange) { return exchange->request->method != METHOD_POST || exchange->by_token || session_csrf_valid(exchange); }

static bool handle(Exchange *exchange, const Route *route, GError **error) {
  GString *headers = exchange->response->headers;
  gsize before = headers->len;
  bool good = route->handler(exchange, error);
  if (!good) g_string_truncate(headers, before); /* they belong to the answer that failed */
  return good;
}

/* A page that the asker has already isn't made again. */
static bool handle_tagged(Exchange *exchange, const Route *route, GError **error) {
  char tag[ENTITY_TAG_SIZE];
  bool tagged = entity_tag_of_page(exchange, tag);
  if (tagged && entity_tag_known(exchange, tag)) {
    entity_tag_answer_known(exchange, tag);
    return true;
  }
  if (!handle(exchange, route, error)) return false;
  if (tagged && exchange->response->status == 200) response_header(exchange->response, "ETag", tag);
  return true;
}

static bool call_handler(Exchange *exchange, const Route *route, const RequestSource *source, GError **error) {
  Role role = exchange->user != NULL ? exchange->user->role : ROLE_NOBODY;
  if (role == ROLE_NOBODY && route->role > ROLE_NOBODY) return ask_to_sign_in(exchange, error);
  bool for_programs = (route->flags & ROUTE_PROGRAM) != 0 && !exchange->by_token;
  if (role < (for_programs ? ROLE_ADMIN : route->role)) return error_set(error, ERROR_FORBIDDEN, "role");
  if (exchange->by_token && (route->flags & ROUTE_NO_TOKEN) != 0) return error_set(error, ERROR_FORBIDDEN, "not_by_token");
  if (!read_json(exchange, route, error) || !request_read_files(exchange->request, source, error)) return false;
  if (!is_meant(exchange)) return error_set(error, ERROR_FORBIDDEN, "form_token");
  if ((route->flags & ROUTE_QUERY) == 0 && !page_no_parameters(exchange, error)) return false;
  database_act_as(exchange->worker->database, exchange->user != NULL ? exchange->user->name : NULL);
  if (role > ROLE_NOBODY && !today_reached(exchange, error)) return false;
  return (route->flags & ROUTE_TAGGED) != 0 && strcmp(exchange->format, "html") == 0 ? handle_tagged(exchange, route, error) : handle(exchange, route, error);
}

/* Who shows a token or sends JSON is a program: it gets JSON where there is any, and problem details where not, unless it asks for HTML. */
static const char *format_of(const Request *request, const RouteMatch *match) {
  bool program = request->is_json || (request->bearer != NULL && strstr(request->accept, "text/html") == NULL);
  return program && strcmp(match->format, "html") == 0 ? "json" : match->format;
}

static bool answer_request(Exchange *exchange, const RequestSource *source, GError **error) {
  GError *unreadable = NULL;
  request_read(exchange, source, &exchange->request, &unreadable);
  const Request *request = exchange->request;
  const char *method = request->method == METHOD_GET ? "GET" : request->method == METHOD_POST ? "POST" : "";
  RouteMatch match = route_find(exchange, ROUTES, G_N_ELEMENTS(ROUTES), method, request->path, request->accept);
  exchange->format = format_of(request, &match);
  exchange->route = match.route;
  exchange->id = match.id;
  exchange->inner_id = match.inner_id;
  exchange->language = language_from_header(request->accept_language);
  exchange->response->head_only = request->head;
  exchange->response->secure = request->secure;
  if (unreadable != NULL) {
    if (error_is(unreadable, ERROR_METHOD_NOT_ALLOWED)) response_header(exchange->response, "Allow", match.allow != NULL ? match.allow : "GET, HEAD, POST");
    g_propagate_error(error, unreadable);
    return false;
  }
  database_saw_changes(exchange->worker->database, NULL);
  bool needs_session = match.route == NULL || (match.route->flags & ROUTE_NO_SESSION) == 0;
  if (needs_session && !sign_in_open(exchange, error)) return false;
  if (!choose_language(exchange, match.route, error)) return false;
  if (match.route != NULL) return call_handler(exchange, match.route, source, error);
  if (match.allow == NULL) return error_set(error, ERROR_NOT_FOUND, "no such page");
  response_header(exchange->response, "Allow", match.allow);
  return error_set(error, ERROR_METHOD_NOT_ALLOWED, "method");
}

/* What is ours to mend, or an administrator's, goes to the log; the page shows the id by which it is found there. False when the answer had begun already. */
static bool answer_error(Exchange *exchange, const GError *error) {
  int status = error->domain == SUPPORTLEVEL_ERROR ? error_http_status(error->code) : 500;
  if (status >= 500) request_log_error(exchange, status, error);
  if (exchange->response->started) {
    exchange->response->status = status; /* what was sent is worth nothing */
    return false;
  }
  error_page_answer(exchange, error, status >= 500 ? exchange->request_id : NULL);
  response_send(exchange->response);
  return true;
}

/* False when an answer that had begun can't be finished: the connection must break so that nobody takes it for whole. */
static bool serve(Worker *worker, Response *response, const RequestSource *source, const Measure *measure) {
  GError *error = NULL;
  bool whole = true;
  response_reset(response);
  Exchange *exchange = worker->exchange = exchange_new(worker->pool, worker, response);
  if (answer_request(exchange, source, &error)) {
    response_send(response);
    worker->changes_wait |= exchange->request->method == METHOD_POST;
  } else {
    whole = answer_error(exchange, error);
    g_error_free(error);
  }
  measure_answer(worker, measure);
  worker->exchange = NULL;
  talloc_free(exchange); /* the pool is empty again */
  return whole;
}

/* ---- FastCGI ---- */

/* Known before the body is read: its limit depends on it. */
static bool takes_files(const char *path) {
  void *owner = talloc_new(NULL);
  RouteMatch match = route_find(owner, ROUTES, G_N_ELEMENTS(ROUTES), "POST", path, "");
  bool takes = match.route != NULL && (match.route->flags & ROUTE_UPLOAD) != 0;
  talloc_free(owner);
  return takes;
}

/* ---- the worker's life ---- */

static volatile sig_atomic_t asked_to_end = 0;

/* A signal that comes between the look at the flag and accept would be slept over: the alarm comes again until it is seen. */
static void end_after_request(int signal_number) {
  (void)signal_number;
  asked_to_end = 1;
  FCGX_ShutdownPending();
  alarm(1);
}

static void end_signals(sigset_t *signals) {
  sigemptyset(signals);
  sigaddset(signals, SIGTERM);
  sigaddset(signals, SIGINT);
  sigaddset(signals, SIGALRM);
}

static void catch_signals(void) {
  struct sigaction action = {.sa_handler = end_after_request}; /* without SA_RESTART: accept must return */
  sigset_t signals;
  end_signals(&signals);
  action.sa_mask = signals;
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGALRM, &action, NULL);
}

/* Signals are let through only while waiting, so that none interrupts a request. 0, or a negative errno. */
static int accept_request(FCGX_Request *request) {
  sigset_t signals;
  end_signals(&signals);
  sigprocmask(SIG_UNBLOCK, &signals, NULL);
  int accepted = asked_to_end ? -EINTR : FCGX_Accept_r(request);
  sigprocmask(SIG_BLOCK, &signals, NULL);
  return accepted;
}

static bool has_grown(const Worker *worker, unsigned long served) {
  /* Looked at from the beginning, for the metrics; but who has served nobody hasn't grown, and would be replaced for ever (under valgrind). */
  return served % MEMORY_LOOK_EVERY == 0 && measure_memory(worker) > MEMORY_OF_A_WORKER && served > 0;
}

static bool count_waiting(Worker *worker, GError **error) {
  bool waiting = false;
  if (!contract_day_waits(worker->database, &waiting, error)) return false;
  if (!waiting) return true;
  Database *patient = database_new(worker, settings_text(worker->settings, SETTING_DATABASE_URL), error);
  if (patient == NULL) return false;
  database_be_patient(patient);
  bool done = contract_day_fold(patient, error);
  talloc_free(patient);
  return done;
}

/* Behind the answer, so that nobody waits for it. What fails is left to whoever comes next. */
static void count_changes(Worker *worker) {
  GError *error = NULL;
  if (worker->changes_wait && !count_waiting(worker, &error)) {
    request_log_fault("changes are not counted yet", error);
    g_error_free(error);
  }
  worker->changes_wait = false;
}

static void serve_one(Worker *worker, Response *response, const RequestSource *source, FCGX_Request *request) {
  GError *error = NULL;
  const Measure measure = measure_begin(worker);
  if (!templates_refresh(worker->templates, &error)) {
    request_log_fault("", error);
    g_error_free(error);
  }
  if (serve(worker, response, source, &measure)) FCGX_Finish_r(request);
  else FCGX_Free(request, 1);
  count_changes(worker);
  measure_end(worker, &measure);
}

/* Answers requests until the worker is asked to end or has served its time; false when there is nothing to accept from. */
static bool accept_loop(Worker *worker, GError **error) {
  FCGX_Request request;
  Response response = {.write = fastcgi_write, .gone = fastcgi_gone, .context = &request};
  RequestSource source = {fastcgi_variable, fastcgi_body, &request, (gsize)settings_number(worker->settings, SETTING_BODY_LIMIT),
                          (gsize)settings_number(worker->settings, SETTING_UPLOAD_LIMIT), takes_files};
  unsigned long limit = (unsigned long)settings_number(worker->settings, SETTING_WORKER_REQUESTS);
  int accepted = FCGX_Init() == 0 ? FCGX_InitRequest(&request, 0, FCGI_FAIL_ACCEPT_ON_INTR) : -1;
  catch_signals();
  response_reset(&response);
  for (unsigned long served = 0; accepted == 0 && served < limit && !has_grown(worker, served);) {
    accepted = accept_request(&request);
    if (accepted == 0) {
      serve_one(worker, &response, &source, &request);
      served++;
    } else if (accepted == -EINTR && !asked_to_end) {
      accepted = 0;
    }
  }
  g_string_free(response.headers, TRUE);
  g_string_free(response.body, TRUE);
  return accepted == 0 || asked_to_end || error_set(error, ERROR_INTERNAL, "standard input is no FastCGI socket: start it by spawn-fcgi");
}

/* The program by its file's time, and every setting that a page could show. */
static const char *edition(void *owner, const Settings *settings) {
  struct stat program = {0};
  char *text = talloc_asprintf(owner, "%" G_GINT64_FORMAT, stat("/proc/self/exe", &program) == 0 ? (gint64)program.st_mtime : 0);
  for (int setting = 0; setting < SETTING_COUNT; setting++) {
    if (setting != SETTING_DATABASE_URL) text = talloc_asprintf_append(text, "\n%s", settings_text(settings, (SettingId)setting));
  }
  return text;
}

static bool start(Worker *worker, GError **error) {
  worker->frame = view_menu_fill;
  worker->pool = talloc_pool(worker, REQUEST_POOL);
  worker->settings = settings_read(worker, error);
  if (worker->settings == NULL) return false;
  worker->edition = edition(worker, worker->settings);
  worker->templates = templates_load(worker, settings_text(worker->settings, SETTING_TEMPLATES), settings_on(worker->settings, SETTING_DEVELOPMENT), error);
  if (worker->templates == NULL) return false;
  worker->database = database_new(worker, settings_text(worker->settings, SETTING_DATABASE_URL), error);
  if (worker->database == NULL) return false;
  measure_open(worker, ROUTES, G_N_ELEMENTS(ROUTES));
  return true;
}

/* "method path role formats", for whoever checks that each address is guarded. */
static int print_routes(void) {
  static const char *const ROLES[] = {"nobody", "viewer", "editor", "admin"};
  for (unsigned i = 0; i < G_N_ELEMENTS(ROUTES); i++) {
    const Route *route = &ROUTES[i];
    printf("%s %s %s%s%s%s%s\n", route->method, route->pattern, ROLES[route->role], (route->flags & ROUTE_JSON) != 0 ? " json" : "",
           (route->flags & ROUTE_CSV) != 0 ? " csv" : "", (route->flags & ROUTE_ICS) != 0 ? " ics" : "", (route->flags & ROUTE_XLSX) != 0 ? " xlsx" : "");
  }
  return EXIT_SUCCESS;
}

int main(int argument_count, char **arguments) {
  GError *error = NULL;
  if (argument_count == 2 && strcmp(arguments[1], "--routes") == 0) return print_routes();
  Worker *worker = talloc_zero(NULL, Worker);
  bool good = start(worker, &error) && accept_loop(worker, &error);
  if (error != NULL) request_log_fault("", error);
  g_clear_error(&error);
  talloc_free(worker);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
