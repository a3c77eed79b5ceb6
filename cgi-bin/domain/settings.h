/* settings.h: what an administrator can set, declared once with default and help. */
#ifndef SUPPORTLEVEL_DOMAIN_SETTINGS_H
#define SUPPORTLEVEL_DOMAIN_SETTINGS_H

#include "domain/day.h"
#include "domain/error.h"

typedef enum {
  SETTING_DATABASE_URL, SETTING_TODAY, SETTING_TIME_ZONE, SETTING_TEMPLATES, SETTING_DEVELOPMENT, SETTING_BODY_LIMIT, SETTING_REMOTE_USER, SETTING_COUNT
} SettingId;

typedef struct {
  const char *name;     /* in the key file; upper-cased behind SUPPORTLEVEL_ in the environment */
  const char *fallback;
  bool secret;          /* its value is never printed */
  const char *help;     /* English, printed by `supportlevel config` */
} SettingFact;

extern const SettingFact setting_facts[SETTING_COUNT];

typedef struct settings Settings;

/* Reads the environment and the key file that SUPPORTLEVEL_CONFIG names (environment wins) and checks each value. ERROR_INTERNAL names the bad setting.
 * Free with talloc_free. */
Settings *settings_read(void *owner, GError **error);
const char *settings_text(const Settings *settings, SettingId setting);
gint64 settings_number(const Settings *settings, SettingId setting);
bool settings_on(const Settings *settings, SettingId setting);
/* "default", "environment" or the key file's name. */
const char *settings_source(const Settings *settings, SettingId setting);
/* The product's "today": the setting `today`, or the current day in the configured time zone. */
Day settings_today(const Settings *settings);

#endif
