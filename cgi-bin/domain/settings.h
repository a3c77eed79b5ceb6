/* settings.h: what an administrator can set, declared once with default and help. */
#ifndef SUPPORTLEVEL_DOMAIN_SETTINGS_H
#define SUPPORTLEVEL_DOMAIN_SETTINGS_H

#include "domain/day.h"
#include "domain/error.h"

typedef enum {
  SETTING_DATABASE_URL, SETTING_TODAY, SETTING_TIME_ZONE, SETTING_TEMPLATES, SETTING_DEVELOPMENT, SETTING_BODY_LIMIT, SETTING_UPLOAD_LIMIT, SETTING_DOCUMENT_LIMIT, SETTING_REMOTE_USER,
  SETTING_BASE_URL, SETTING_SENDMAIL, SETTING_MAIL_FROM, SETTING_MAIL_FALLBACK, SETTING_NOW, SETTING_HOLIDAY_REGION, SETTING_REQUEST_LEVEL, SETTING_REQUEST_LEAD, SETTING_WORKER_REQUESTS,
  SETTING_LOG, SETTING_SLOW_QUERY, SETTING_METRICS_FILE, SETTING_DEMO_FILE, SETTING_COUNT
} SettingId;

typedef enum { SETTING_KIND_TEXT, SETTING_KIND_URL, SETTING_KIND_DAY, SETTING_KIND_TIME_ZONE, SETTING_KIND_SWITCH, SETTING_KIND_NUMBER,
               SETTING_KIND_WEB_ADDRESS, SETTING_KIND_MAIL_ADDRESS, SETTING_KIND_MOMENT, SETTING_KIND_REGION, SETTING_KIND_LOG, SETTING_KIND_NUMBER_OR_OFF, SETTING_KIND_TEXT_OR_NONE } SettingKind;

/* What the workers' log holds: the number of the setting `log`. */
typedef enum { LOG_FAULTS, LOG_REQUESTS } LogScope;

typedef struct {
  const char *name;     /* in the key file; upper-cased behind SUPPORTLEVEL_ in the environment */
  const char *fallback;
  SettingKind kind;
  bool secret;          /* a password stands in it, which is never printed */
  const char *help;     /* English, printed by `supportlevel config` */
} SettingFact;

extern const SettingFact setting_facts[SETTING_COUNT];

typedef struct settings Settings;

/* Reads the environment and the key file that SUPPORTLEVEL_CONFIG names (environment wins) and checks each value. Where that variable isn't set, an installed
 * program reads its own file if there is one (places.h); set and empty, none. An empty value of the environment counts as none. ERROR_INTERNAL names the bad setting, or an unknown one in the key file.
 * Free with talloc_free. */
Settings *settings_read(void *owner, GError **error);
const char *settings_text(const Settings *settings, SettingId setting);
gint64 settings_number(const Settings *settings, SettingId setting);
bool settings_on(const Settings *settings, SettingId setting);
/* The value as it may be printed: without its password. Belongs to `owner`. */
const char *settings_shown(void *owner, const Settings *settings, SettingId setting);
/* "default", "environment" or the key file's name. */
const char *settings_source(const Settings *settings, SettingId setting);
/* The whole address of a path below the application ("/contracts/12"), by the setting `base_url`; "" where that isn't set. Belongs to `owner`. */
const char *settings_address(void *owner, const Settings *settings, const char *path);
/* The product's "today": the setting `today`, or the day of the setting `now`, or the current day in the configured time zone. */
Day settings_today(const Settings *settings);
/* The last working day that is not after `day`: Monday to Friday, but for the holidays of the setting `holiday_region`. */
Day settings_working_day(const Settings *settings, Day day);
/* The product's "now", in seconds since 1970: the setting `now`, or the current time of day on the product's "today". */
gint64 settings_now(const Settings *settings);

#endif
