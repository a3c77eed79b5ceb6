#include "domain/settings.h"

#include <string.h>
#include <talloc.h>

#include "domain/database_url.h"
#include "domain/holiday.h"
#include "domain/mail_address.h"
#include "domain/moment.h"
#include "domain/places.h"

#define GROUP "supportlevel"

const SettingFact setting_facts[SETTING_COUNT] = {
    [SETTING_DATABASE_URL] = {"database_url", "mariadb://supportlevel@localhost/supportlevel", SETTING_KIND_URL, true,
                              "mariadb://user:password@host:port/name, or mariadb://user:password@localhost/name?socket=/path; several hosts or sockets of one cluster with commas between them; with ?tls_ca=/path of a file of certificates over TLS only, to a server whose certificate one of those signed for that host"},
    [SETTING_TODAY] = {"today", "", SETTING_KIND_DAY, false, "a day YYYY-MM-DD that counts as today, for tests and demonstrations; empty: the real one"},
    [SETTING_TIME_ZONE] = {"time_zone", "Europe/Berlin", SETTING_KIND_TIME_ZONE, false, "in which a day begins and times are shown (IANA name)"},
    [SETTING_TEMPLATES] = {"templates", PLACE_OF_FILES "templates", SETTING_KIND_TEXT, false, "directory of the templates and language files"},
    [SETTING_DEVELOPMENT] = {"development", "0", SETTING_KIND_SWITCH, false, "1: changed templates are noticed without a restart"},
    [SETTING_BODY_LIMIT] = {"body_limit", "1048576", SETTING_KIND_NUMBER, false, "bytes that a request may bring"},
    [SETTING_UPLOAD_LIMIT] = {"upload_limit", "67108864", SETTING_KIND_NUMBER, false, "bytes that a request with files may bring, where there is something to upload; the web server's configuration has the same number"},
    [SETTING_DOCUMENT_LIMIT] = {"document_limit", "20971520", SETTING_KIND_NUMBER, false, "bytes that a contract's document may have; upload_limit, for the form around it, is more"},
    [SETTING_REMOTE_USER] = {"remote_user", "0", SETTING_KIND_SWITCH, false, "1: who the web server says signed in (REMOTE_USER) is signed in"},
    [SETTING_BASE_URL] = {"base_url", "", SETTING_KIND_WEB_ADDRESS, false, "the application's address, such as https://intranet.example/supportlevel, for links in e-mails and calendars; empty: they have none"},
    [SETTING_SENDMAIL] = {"sendmail", "/usr/sbin/sendmail", SETTING_KIND_TEXT, false, "program that e-mails are handed over to"},
    [SETTING_MAIL_FROM] = {"mail_from", "", SETTING_KIND_MAIL_ADDRESS, false, "e-mail address that reminders come from; empty: supportlevel at this machine's name"},
    [SETTING_MAIL_FALLBACK] = {"mail_fallback", "", SETTING_KIND_MAIL_ADDRESS, false, "e-mail address for reminders of contracts whose responsible has none; empty: they are only counted"},
    [SETTING_NOW] = {"now", "", SETTING_KIND_MOMENT, false, "a moment YYYY-MM-DDTHH:MM in the time zone that counts as now, for tests and demonstrations; empty: the real one"},
    [SETTING_HOLIDAY_REGION] = {"holiday_region", "de", SETTING_KIND_REGION, false, "whose holidays are no working days, where the last working day before a notice deadline is named: de, de_by, at, ch_zh …; empty: weekends only"},
    [SETTING_REQUEST_LEVEL] = {"request_level", "L1", SETTING_KIND_TEXT, false, "code of the support level whose queue new requests are proposed for"},
    [SETTING_REQUEST_LEAD] = {"request_reminder", "60", SETTING_KIND_NUMBER, false, "minutes of service time before a request's deadline at which its queue is reminded; of short deadlines at half of their time"},
    [SETTING_WORKER_REQUESTS] = {"worker_requests", "100000", SETTING_KIND_NUMBER, false, "requests after which a worker makes room for a new one"},
    /* Not `requests` unless somebody wants that: it notes who looked at what and when, which the works council will ask about, and the metrics do without. */
    [SETTING_LOG] = {"log", "faults", SETTING_KIND_LOG, false, "what the workers write to standard error: faults, or requests: also one line for each request, with the user's name"},
    [SETTING_SLOW_QUERY] = {"slow_query_ms", "1000", SETTING_KIND_NUMBER_OR_OFF, false, "milliseconds from which on a statement of a request is logged, without its values; 0: none is"},
    [SETTING_METRICS_FILE] = {"metrics_file", "", SETTING_KIND_TEXT_OR_NONE, false, "beginning of the name of the file in which the workers count together for /metrics; empty: beside their socket"},
    [SETTING_DEMO_FILE] = {"demo_file", PLACE_OF_FILES "sql/demo_contracts.csv", SETTING_KIND_TEXT, false, "table with the demo company that the first administrator can load"},
};

struct settings {
  const char *texts[SETTING_COUNT];
  const char *sources[SETTING_COUNT];
  gint64 numbers[SETTING_COUNT]; /* numbers, switches, days */
  GTimeZone *zone; /* kept, so that GLib reads the zone's file once and not for every moment that is shown */
};

static int settings_free(Settings *settings) {
  if (settings->zone != NULL) g_time_zone_unref(settings->zone);
  return 0;
}

static bool url_valid(const char *text) {
  char **each = database_url_each(text);
  bool valid = true;
  for (char **one = each; *one != NULL && valid; one++) {
    GUri *uri = g_uri_parse(*one, G_URI_FLAGS_HAS_PASSWORD, NULL);
    valid = uri != NULL && strcmp(g_uri_get_scheme(uri), "mariadb") == 0;
    if (uri != NULL) g_uri_unref(uri);
  }
  g_strfreev(each);
  return valid;
}

static bool web_address_valid(const char *text) {
  GUri *uri = g_uri_parse(text, G_URI_FLAGS_NONE, NULL);
  bool web = uri != NULL && (strcmp(g_uri_get_scheme(uri), "https") == 0 || strcmp(g_uri_get_scheme(uri), "http") == 0);
  bool valid = web && g_uri_get_host(uri) != NULL && g_uri_get_host(uri)[0] != '\0' && g_uri_get_query(uri) == NULL && g_uri_get_fragment(uri) == NULL;
  if (uri != NULL) g_uri_unref(uri);
  return valid;
}

static bool time_zone_valid(const char *text) {
  GTimeZone *zone = g_time_zone_new_identifier(text);
  if (zone != NULL) g_time_zone_unref(zone);
  return zone != NULL;
}

static bool number_read(const char *text, gint64 lowest, gint64 highest, gint64 *number) {
  guint64 value = 0;
  bool valid = g_ascii_string_to_unsigned(text, 10, (guint64)lowest, (guint64)highest, &value, NULL);
  *number = (gint64)value;
  return valid;
}

static bool log_scope_read(const char *text, gint64 *number) {
  static const char *const WORDS[] = {[LOG_FAULTS] = "faults", [LOG_REQUESTS] = "requests"};
  for (*number = 0; *number < (gint64)G_N_ELEMENTS(WORDS); (*number)++) {
    if (strcmp(text, WORDS[*number]) == 0) return true;
  }
  return false;
}

static bool value_read(SettingKind kind, const char *text, gint64 *number) {
  switch (kind) {
    case SETTING_KIND_TEXT: return text[0] != '\0';
    case SETTING_KIND_URL: return url_valid(text);
    case SETTING_KIND_DAY: *number = day_parse_iso(text); return text[0] == '\0' || *number != DAY_NONE;
    case SETTING_KIND_TIME_ZONE: return time_zone_valid(text);
    case SETTING_KIND_SWITCH: return number_read(text, 0, 1, number);
    case SETTING_KIND_WEB_ADDRESS: return text[0] == '\0' || web_address_valid(text);
    case SETTING_KIND_MAIL_ADDRESS: return text[0] == '\0' || mail_address_valid(text);
    case SETTING_KIND_MOMENT: return text[0] == '\0' || moment_seconds(text, "UTC", number);
    case SETTING_KIND_REGION: return holiday_region_known(text);
    case SETTING_KIND_NUMBER: return number_read(text, 1, G_MAXINT32, number);
    case SETTING_KIND_NUMBER_OR_OFF: return number_read(text, 0, G_MAXINT32, number);
    case SETTING_KIND_LOG: return log_scope_read(text, number);
    case SETTING_KIND_TEXT_OR_NONE: return true;
  }
  return false;
}

static const char *environment_value(void *owner, const char *name) {
  char *upper = g_ascii_strup(name, -1);
  char *variable = g_strconcat("SUPPORTLEVEL_", upper, NULL);
  const char *value = g_getenv(variable);
  g_free(variable);
  g_free(upper);
  return value == NULL || value[0] == '\0' ? NULL : talloc_strdup(owner, value);
}

static const char *file_value(void *owner, GKeyFile *file, const char *name) {
  char *value = file != NULL ? g_key_file_get_string(file, GROUP, name, NULL) : NULL;
  const char *kept = value != NULL ? talloc_strdup(owner, g_strstrip(value)) : NULL;
  g_free(value);
  return kept;
}

static bool setting_take(Settings *settings, SettingId setting, GKeyFile *file, const char *file_name, GError **error) {
  const SettingFact *fact = &setting_facts[setting];
  const char *of_environment = environment_value(settings, fact->name);
  const char *of_file = file_value(settings, file, fact->name);
  settings->texts[setting] = of_environment != NULL ? of_environment : of_file != NULL ? of_file : fact->fallback;
  settings->sources[setting] = of_environment != NULL ? "environment" : of_file != NULL ? talloc_strdup(settings, file_name) : "default";
  if (value_read(fact->kind, settings->texts[setting], &settings->numbers[setting])) return true;
  /* A secret's value isn't repeated, wherever this ends. */
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "setting %s (%s): \"%s\" is not possible; it is: %s", fact->name, settings->sources[setting],
              fact->secret ? "…" : settings->texts[setting], fact->help);
  return false;
}

/* A misspelt setting would be silently without effect. */
static bool names_known(GKeyFile *file, const char *file_name, GError **error) {
  char **names = g_key_file_get_keys(file, GROUP, NULL, NULL);
  const char *unknown = NULL;
  for (unsigned name = 0; names != NULL && names[name] != NULL && unknown == NULL; name++) {
    bool known = false;
    for (unsigned setting = 0; setting < SETTING_COUNT; setting++) known = known || strcmp(names[name], setting_facts[setting].name) == 0;
    if (!known) unknown = names[name];
  }
  if (names == NULL) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "%s has no group [" GROUP "]", file_name);
  if (unknown != NULL) {
    /* Only what looks like a name: where the name was forgotten, an address with its password stands there. */
    int shown = (int)strspn(unknown, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_-");
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "%s: there is no setting %.*s", file_name, shown, unknown);
  }
  bool valid = names != NULL && unknown == NULL;
  g_strfreev(names);
  return valid;
}

static bool file_open(const char *file_name, GKeyFile *file, GError **error) {
  GError *reason = NULL;
  if (g_key_file_load_from_file(file, file_name, G_KEY_FILE_NONE, &reason)) return names_known(file, file_name, error);
  /* GLib's own words repeat a line that it doesn't understand, which may hold a password. */
  const char *why = reason->domain == G_KEY_FILE_ERROR ? "a line is neither [" GROUP "], name=value nor # comment" : reason->message;
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "%s cannot be read: %s", file_name, why);
  g_clear_error(&reason);
  return false;
}

/* NULL for none. An installed program's own file may be missing, one that was named may not. */
static const char *file_to_read(void) {
  const char *named = g_getenv("SUPPORTLEVEL_CONFIG");
  if (named != NULL) return named[0] != '\0' ? named : NULL;
  return g_file_test(PLACE_OF_SETTINGS, G_FILE_TEST_EXISTS) ? PLACE_OF_SETTINGS : NULL;
}

Settings *settings_read(void *owner, GError **error) {
  const char *file_name = file_to_read();
  bool has_file = file_name != NULL;
  GKeyFile *file = g_key_file_new();
  Settings *settings = talloc_zero(owner, Settings);
  bool valid = !has_file || file_open(file_name, file, error);
  for (unsigned setting = 0; setting < SETTING_COUNT && valid; setting++) valid = setting_take(settings, (SettingId)setting, has_file ? file : NULL, file_name, error);
  g_key_file_free(file);
  talloc_set_destructor(settings, settings_free);
  if (valid) settings->zone = g_time_zone_new_identifier(settings->texts[SETTING_TIME_ZONE]);
  if (valid) return settings;
  talloc_free(settings);
  return NULL;
}

const char *settings_text(const Settings *settings, SettingId setting) { return settings->texts[setting]; }

gint64 settings_number(const Settings *settings, SettingId setting) { return settings->numbers[setting]; }

bool settings_on(const Settings *settings, SettingId setting) { return settings->numbers[setting] != 0; }

const char *settings_source(const Settings *settings, SettingId setting) { return settings->sources[setting]; }

const char *settings_shown(void *owner, const Settings *settings, SettingId setting) {
  if (!setting_facts[setting].secret) return settings->texts[setting];
  char *open = database_url_open(settings->texts[setting]);
  const char *shown = talloc_strdup(owner, open);
  g_free(open);
  return shown;
}

const char *settings_address(void *owner, const Settings *settings, const char *path) {
  const char *base = settings_text(settings, SETTING_BASE_URL);
  gsize length = strlen(base);
  while (length > 0 && base[length - 1] == '/') length--;
  return length > 0 ? talloc_asprintf(owner, "%.*s%s", (int)length, base, path) : "";
}

Day settings_today(const Settings *settings) {
  gint64 now = 0;
  Day fixed = (Day)settings->numbers[SETTING_TODAY];
  const char *zone = settings->texts[SETTING_TIME_ZONE];
  if (fixed == DAY_NONE && moment_seconds(settings->texts[SETTING_NOW], zone, &now)) return day_at(zone, now);
  return day_today(zone, fixed);
}

Day settings_working_day(const Settings *settings, Day day) { return holiday_working_day(settings->texts[SETTING_HOLIDAY_REGION], day); }

gint64 settings_now(const Settings *settings) {
  char day[DAY_TEXT_SIZE];
  gint64 now = g_get_real_time() / G_USEC_PER_SEC;
  Day fixed = (Day)settings->numbers[SETTING_TODAY];
  const char *zone = settings->texts[SETTING_TIME_ZONE];
  if (moment_seconds(settings->texts[SETTING_NOW], zone, &now) || fixed == DAY_NONE) return now;
  WallTime wall = moment_wall_time(zone, now);
  char *text = g_strdup_printf("%sT%s", day_format_iso(fixed, day), wall.time);
  moment_seconds(text, zone, &now);
  g_free(text);
  return now;
}
