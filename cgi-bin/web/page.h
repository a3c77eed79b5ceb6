/* page.h: what a page's handler is given and what it calls: the exchange of one request, the worker it runs in, its data tree and template. */
#ifndef SUPPORTLEVEL_WEB_PAGE_H
#define SUPPORTLEVEL_WEB_PAGE_H

#include <ClearSilver.h>

#include "domain/catalogue.h"
#include "domain/contract.h"
#include "domain/settings.h"
#include "domain/language.h"
#include "web/request.h"
#include "web/response.h"

typedef struct database Database;
typedef struct templates Templates;

typedef enum { ROLE_NOBODY, ROLE_VIEWER, ROLE_EDITOR, ROLE_ADMIN } Role;

/* Who is signed in; belongs to the request. */
typedef struct {
  gint64 id;
  const char *name;
  const char *display_name;
  const char *email; /* "": none; NULL by an access token */
  const char *language; /* "de", "en", or "" for the browser's */
  Role role;
  const char *changes; /* how often what pages show had changed when the request came (repository/data_changes.h); "": unknown */
  gint64 view_changes; /* … and saved views of it */
} User;

typedef struct exchange Exchange;

/* What a worker keeps from request to request. */
typedef struct {
  void *pool; /* memory for one request after the other */
  const char *edition; /* which program with which settings this is: another one may make other pages of the same data */
  const Settings *settings;
  Database *database;
  Templates *templates;
  Day rolled_for; /* the day that this worker has seen every stored term brought up to */
  bool changes_wait; /* contracts may have changed: behind this answer somebody looks whether it is time to count them */
  struct view_menus *view_menus; /* of the users served last; see view_menu.c */
  struct meter *meter; /* counts for /metrics, or NULL: there is nowhere to */
  Exchange *exchange; /* the request that is being answered, which the log names, or NULL */
  void (*frame)(Exchange *exchange); /* fills what the frame around every page of a user shows of the stored, or NULL */
} Worker;

/* One request on its way through a page. It is a talloc context: what belongs to it goes with it. */
struct exchange {
  Worker *worker;
  Request *request;
  Response *response;
  const User *user;     /* NULL: nobody is signed in (routes of ROLE_NOBODY only) */
  bool by_token;        /* the user is known by an access token: there is no session, and no form whose token could be stolen */
  const char *session;  /* the session's id as its cookie has it, or NULL */
  const char *csrf;     /* the token that every form of this page carries */
  Language language;
  Day today;
  HDF *data;            /* what the template prints; only our code puts names into it */
  const char *id;       /* the part of the path that the route's `{}` matched, or NULL */
  const char *inner_id; /* … and its second `{}`, or NULL */
  const char *format;   /* "html", "json", "csv", "xlsx", "ics": what the address ends with or Accept asked for */
  bool new_session;     /* this request began it */
  char request_id[9];   /* by which the log knows it, and the page when something has failed */
  const struct route *route; /* or NULL: no such address */
  gint64 render_time;   /* microseconds that filling templates in took */
};

/* An exchange whose parts are still to be filled in, but for its data tree, `today` and the format "html". */
Exchange *exchange_new(void *owner, Worker *worker, Response *response);

/* A handler fills exchange->data and calls page_render, or answers by response_…; false and `error` otherwise. */
typedef bool (*PageHandler)(Exchange *exchange, GError **error);

/* Shows template `name` ("contract_list": templates/contract_list.cs inside layout.cs) with `status`. */
bool page_render(Exchange *exchange, int status, const char *name, GError **error);

/* Puts a value into the data tree; NULL is "". Failing to is out of memory, which ends the worker. */
void page_set(Exchange *exchange, const char *name, const char *value);
void page_set_number(Exchange *exchange, const char *name, gint64 value);
/* The child `name` of `parent`, made when it isn't there. */
HDF *page_node(HDF *parent, const char *name);
HDF *page_row(HDF *parent, unsigned index);
void page_value(HDF *node, const char *name, const char *value);
/* An option of a select box, or one of several boxes to tick, as row `index` of `options`. */
void page_option(HDF *options, unsigned index, const char *value, const char *text, bool selected);

/* An address inside the application, mount in front, path made from `format`; owned by the exchange. The only maker of addresses. */
const char *page_url(Exchange *exchange, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The whole address of a path below the mount, to be copied to elsewhere: the configured one (base_url), or as this browser knows the application. */
const char *page_whole_url(Exchange *exchange, const char *path);

/* The path and query of this request below the mount, without `lang`: for coming back later. */
const char *page_own_path(Exchange *exchange);

/* The text of a key below Lang in the exchange's language, {1} and {2} replaced; owned by the exchange. */
const char *page_text(Exchange *exchange, const char *key, ...) G_GNUC_NULL_TERMINATED;

/* The text of a key below Lang as it stands, or NULL when there is none. */
const char *page_text_or_null(Exchange *exchange, const char *key);

/* True when the next page shows the message of what was just done. */
bool page_has_message(const Exchange *exchange);

/* Puts errors.<field> = text in words for each error, and errors.count. */
void page_set_errors(Exchange *exchange, const FieldErrors *errors);

/* Puts FilterError.N.parameter and .text for each error, as the macro filter_errors shows them. */
void page_set_filter_errors(Exchange *exchange, const FieldErrors *errors);

/* The time zone of the company's clocks (the setting time_zone). */
const char *page_time_zone(const Exchange *exchange);

/* A moment (ISO 8601, UTC) as people read it by those clocks, owned by the exchange. */
const char *page_moment(Exchange *exchange, const char *utc);

/* What a field is called (Lang.field.<name>), owned by the exchange. */
const char *page_field_label(Exchange *exchange, const char *name);

/* An error's reason in words, owned by the exchange. */
const char *page_error_text(Exchange *exchange, const FieldError *error);

/* Sets a cookie of the application's own: HttpOnly, SameSite=Lax, Secure behind TLS. `seconds` 0 takes it away, -1 keeps it until the browser closes. */
void page_set_cookie(Exchange *exchange, const char *name, const char *value, int seconds);

/* Keeps a one-line message for the page that a redirect leads to ("saved"): key below Lang.message, and one argument or NULL. */
void page_message(Exchange *exchange, const char *key, const char *argument);

/* The number that the address's `{}` holds; 0 with ERROR_NOT_FOUND when it is none. */
gint64 page_id(const Exchange *exchange, GError **error);
/* The same of its second `{}`. */
gint64 page_inner_id(const Exchange *exchange, GError **error);
/* The form's `version`; 0 when it is missing or no number. */
guint page_form_version(const Exchange *exchange);
/* True when the answer is to be JSON. */
bool page_is_json(const Exchange *exchange);
/* Each sets ERROR_BAD_REQUEST naming the parameter and returns false. */
bool page_unknown_parameter(const char *name, GError **error);
bool page_missing_parameter(const char *name, GError **error);
/* The value of `name`, the only parameter that the query may hold beside `lang`; NULL when it isn't there, the last one where it is repeated.
 * ERROR_BAD_REQUEST: there is another. */
bool page_one_parameter(const Exchange *exchange, const char *name, const char **value, GError **error);
/* True when the query holds nothing but `lang`; every route that doesn't read the query itself is asked so. */
bool page_no_parameters(const Exchange *exchange, GError **error);
unsigned page_child_count(HDF *node);

#endif
