#include "format/calendar_writer.h"

#include <libical/ical.h>
#include <stdio.h>
#include <string.h>

#define PRODUCT "-//Supportlevel//Supportlevel//DE"
#define REFRESH "PT6H" /* how often a subscriber should look again */
#define END "END:VCALENDAR\r\n"

static void append_component(GString *calendar, icalcomponent *component) {
  char *text = icalcomponent_as_ical_string_r(component);
  g_string_append(calendar, text);
  icalmemory_free_buffer(text);
  icalcomponent_free(component);
}

static void add_x(icalcomponent *component, const char *name, const char *value) {
  icalproperty *property = icalproperty_new_x(value);
  icalproperty_set_x_name(property, name);
  icalcomponent_add_property(component, property);
}

void calendar_write_head(GString *calendar, const char *name) {
  icalcomponent *head = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
  icalproperty *interval = icalproperty_new_refreshinterval(icaldurationtype_from_string(REFRESH));
  icalproperty_set_parameter_from_string(interval, "VALUE", "DURATION"); /* RFC 7986, 5.7: it has to be said */
  icalcomponent_add_property(head, icalproperty_new_version("2.0"));
  icalcomponent_add_property(head, icalproperty_new_prodid(PRODUCT));
  icalcomponent_add_property(head, icalproperty_new_calscale("GREGORIAN"));
  icalcomponent_add_property(head, icalproperty_new_name(name));
  icalcomponent_add_property(head, interval);
  /* What those read that don't know RFC 7986. */
  add_x(head, "X-WR-CALNAME", name);
  add_x(head, "X-PUBLISHED-TTL", REFRESH);
  append_component(calendar, head);
  if (g_str_has_suffix(calendar->str, END)) g_string_truncate(calendar, calendar->len - strlen(END));
}

void calendar_write_end(GString *calendar) { g_string_append(calendar, END); }

static struct icaltimetype date_of(Day day) {
  struct icaltimetype time = icaltime_null_date();
  day_parts(day, &time.year, &time.month, &time.day);
  return time;
}

/* "2026-11-24 13:05:00.123456" of UTC; a time that can't be read is the day's midnight, for there has to be one. */
static struct icaltimetype moment_of(const char *text, Day day) {
  struct icaltimetype time = icaltime_null_time();
  time.zone = icaltimezone_get_utc_timezone();
  bool read = text != NULL && sscanf(text, "%4d-%2d-%2d%*c%2d:%2d:%2d", &time.year, &time.month, &time.day, &time.hour, &time.minute, &time.second) == 6;
  if (!read) day_parts(day, &time.year, &time.month, &time.day);
  return time;
}

static void add_alarm(icalcomponent *event, int days, const char *summary) {
  struct icaltriggertype trigger = {.duration = {.is_neg = 1, .days = (unsigned)days}};
  icalcomponent *alarm = icalcomponent_new(ICAL_VALARM_COMPONENT);
  icalcomponent_add_property(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
  icalcomponent_add_property(alarm, icalproperty_new_description(summary));
  icalcomponent_add_property(alarm, icalproperty_new_trigger(trigger));
  icalcomponent_add_component(event, alarm);
}

void calendar_write_event(GString *calendar, const CalendarEvent *event) {
  icalcomponent *component = icalcomponent_new(ICAL_VEVENT_COMPONENT);
  icalcomponent_add_property(component, icalproperty_new_uid(event->uid));
  icalcomponent_add_property(component, icalproperty_new_dtstamp(moment_of(event->changed_at, event->day)));
  icalcomponent_add_property(component, icalproperty_new_sequence((int)event->sequence));
  icalcomponent_add_property(component, icalproperty_new_dtstart(date_of(event->day)));
  icalcomponent_add_property(component, icalproperty_new_summary(event->summary));
  icalcomponent_add_property(component, icalproperty_new_description(event->description));
  if (event->url[0] != '\0') icalcomponent_add_property(component, icalproperty_new_url(event->url));
  /* A deadline takes nobody's time: the day stays free. */
  icalcomponent_add_property(component, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
  for (const int *days = event->alarms; days != NULL && *days > 0; days++) add_alarm(component, *days, event->summary);
  append_component(calendar, component);
}
