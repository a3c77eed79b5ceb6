/* holiday.h: statutory holidays, computed for any year.
 *
 * Regions are named as in ISO 3166-2, in small letters with an underscore. Covered: Germany nationwide and each of its states (the laws on Sundays and holidays of
 * the states: FTG BW, BayFTG, …; Unification Treaty, Art. 2), Bavarian communities with Assumption Day (de_by_mh; BayFTG Art. 1 (1) 2) and the city of
 * Augsburg (de_by_a; Art. 1 (2)); Austria (Feiertagsruhegesetz § 1; thirteen days); Switzerland nationwide (Federal Constitution, Art. 110 (3), and the days
 * that every canton has) and each canton's days (Arbeitsgesetz, Art. 20a, and the canton's own law). Not covered, and to be set as a calendar's own days: what
 * only some communities have (Corpus Christi in parts of Saxony and Thuringia, local days of Swiss districts: Aargau stands as in Aarau, Freiburg and
 * Solothurn as in their catholic parts), and half days. The rules are those of today; changes since 1995 are known by their year. */
#ifndef SUPPORTLEVEL_DOMAIN_HOLIDAY_H
#define SUPPORTLEVEL_DOMAIN_HOLIDAY_H

#include "domain/day.h"

#define HOLIDAYS_MAX 32 /* more than any region has in a year */

typedef struct {
  Day day;
  const char *name; /* key of a text below Lang.holiday */
} Holiday;

/* The codes of all regions, separated by blanks; their names are Lang.region.<code>. */
extern const char holiday_regions[];

/* Easter Sunday of the Gregorian calendar. */
Day holiday_easter(int year);

/* The holidays of a region in a year (1583 to 9998), by day; returns how many. None for "" and an unknown region. */
unsigned holiday_list(const char *region, int year, Holiday holidays[HOLIDAYS_MAX]);

/* True for "" and every region of holiday_regions. */
bool holiday_region_known(const char *region);

/* The last day from Monday to Friday that is no holiday of the region and not after `day`. */
Day holiday_working_day(const char *region, Day day);

#endif
