#include "domain/holiday.h"

#include <stdlib.h>
#include <string.h>

const char holiday_regions[] =
    "de de_bw de_by de_by_mh de_by_a de_be de_bb de_hb de_hh de_he de_mv de_ni de_nw de_rp de_sl de_sn de_st de_sh de_th at "
    "ch ch_ag ch_ai ch_ar ch_be ch_bl ch_bs ch_fr ch_ge ch_gl ch_gr ch_ju ch_lu ch_ne ch_nw ch_ow ch_sg ch_sh ch_so ch_sz ch_tg ch_ti ch_ur ch_vd ch_vs ch_zg ch_zh";

typedef enum {
  RULE_DATE,          /* month and day */
  RULE_EASTER,        /* `day` days after Easter Sunday */
  RULE_AFTER_SUNDAY,  /* month and day, only where the day before is a Sunday */
  RULE_NO_BRIDGE,     /* month and day, but not on a Tuesday or Saturday: no four days in a row */
  RULE_REPENTANCE,    /* the Wednesday before 23 November */
  RULE_NAEFELS,       /* the first Thursday of April, a week later where that is in Holy Week */
  RULE_FAST_MONDAY,   /* the day after the third Sunday of September */
  RULE_GENEVA_FAST    /* the Thursday after the first Sunday of September */
} HolidayRule;

typedef struct {
  const char *name;
  HolidayRule rule;
  int month;
  int day;
  int first; /* the years in which it is one; 0: no bound */
  int last;
  const char *regions; /* a region's code stands for all below it, too: "de" for "de_by" */
} HolidayFact;

static const HolidayFact FACTS[] = {
    {"new_year", RULE_DATE, 1, 1, 0, 0, "de at ch"},
    {"berchtold", RULE_DATE, 1, 2, 0, 0, "ch_ag ch_be ch_ju ch_lu ch_tg ch_vd"},
    {"berchtold", RULE_AFTER_SUNDAY, 1, 2, 0, 0, "ch_ne"},
    {"epiphany", RULE_DATE, 1, 6, 0, 0, "de_bw de_by de_st at ch_sz ch_ti ch_ur"},
    {"republic_neuchatel", RULE_DATE, 3, 1, 0, 0, "ch_ne"},
    {"womens_day", RULE_DATE, 3, 8, 2019, 0, "de_be"},
    {"womens_day", RULE_DATE, 3, 8, 2023, 0, "de_mv"},
    {"joseph", RULE_DATE, 3, 19, 0, 0, "ch_nw ch_sz ch_ti ch_ur ch_vs"},
    {"naefels", RULE_NAEFELS, 0, 0, 0, 0, "ch_gl"},
    {"good_friday", RULE_EASTER, 0, -2, 0, 0,
     "de ch_ag ch_ai ch_ar ch_be ch_bl ch_bs ch_fr ch_ge ch_gl ch_gr ch_ju ch_lu ch_ne ch_nw ch_ow ch_sg ch_sh ch_so ch_sz ch_tg ch_ur ch_vd ch_zg ch_zh"},
    {"easter_sunday", RULE_EASTER, 0, 0, 0, 0, "de_bb"},
    {"easter_monday", RULE_EASTER, 0, 1, 0, 0, "de at ch_ag ch_ai ch_ar ch_be ch_bl ch_bs ch_ge ch_gl ch_gr ch_ju ch_lu ch_sg ch_sh ch_sz ch_tg ch_ti ch_ur ch_vd ch_zh"},
    {"labour_day", RULE_DATE, 5, 1, 0, 0, "de at ch_bl ch_bs ch_ju ch_ne ch_sh ch_tg ch_ti ch_zh"},
    {"liberation", RULE_DATE, 5, 8, 2020, 2020, "de_be"},
    {"liberation", RULE_DATE, 5, 8, 2025, 2025, "de_be"},
    {"ascension", RULE_EASTER, 0, 39, 0, 0, "de at ch"},
    {"whit_sunday", RULE_EASTER, 0, 49, 0, 0, "de_bb"},
    {"whit_monday", RULE_EASTER, 0, 50, 0, 0, "de at ch_ag ch_ai ch_ar ch_be ch_bl ch_bs ch_ge ch_gl ch_gr ch_ju ch_lu ch_sg ch_sh ch_sz ch_tg ch_ti ch_ur ch_vd ch_zh"},
    {"corpus_christi", RULE_EASTER, 0, 60, 0, 0,
     "de_bw de_by de_he de_nw de_rp de_sl at ch_ai ch_fr ch_ju ch_lu ch_nw ch_ow ch_so ch_sz ch_ti ch_ur ch_vs ch_zg"},
    {"uprising", RULE_DATE, 6, 17, 2028, 2028, "de_be"},
    {"independence_jura", RULE_DATE, 6, 23, 0, 0, "ch_ju"},
    {"peter_paul", RULE_DATE, 6, 29, 0, 0, "ch_ti"},
    {"swiss_national_day", RULE_DATE, 8, 1, 0, 0, "ch"},
    {"peace_augsburg", RULE_DATE, 8, 8, 0, 0, "de_by_a"},
    {"assumption", RULE_DATE, 8, 15, 0, 0, "de_sl de_by_mh de_by_a at ch_ai ch_fr ch_ju ch_lu ch_nw ch_ow ch_so ch_sz ch_ti ch_ur ch_vs ch_zg"},
    {"geneva_fast", RULE_GENEVA_FAST, 0, 0, 0, 0, "ch_ge"},
    {"fast_monday", RULE_FAST_MONDAY, 0, 0, 0, 0, "ch_vd"},
    {"childrens_day", RULE_DATE, 9, 20, 2019, 0, "de_th"},
    {"nicholas_of_flue", RULE_DATE, 9, 25, 0, 0, "ch_ow"},
    {"german_unity", RULE_DATE, 10, 3, 0, 0, "de"},
    {"austrian_national_day", RULE_DATE, 10, 26, 0, 0, "at"},
    {"reformation", RULE_DATE, 10, 31, 0, 0, "de_bb de_mv de_sn de_st de_th"},
    {"reformation", RULE_DATE, 10, 31, 2018, 0, "de_hb de_hh de_ni de_sh"},
    {"reformation", RULE_DATE, 10, 31, 2017, 2017, "de_bw de_by de_be de_hb de_hh de_he de_ni de_nw de_rp de_sl de_sh"},
    {"all_saints", RULE_DATE, 11, 1, 0, 0, "de_bw de_by de_nw de_rp de_sl at ch_ai ch_fr ch_gl ch_ju ch_lu ch_nw ch_ow ch_sg ch_so ch_sz ch_ti ch_ur ch_vs ch_zg"},
    {"repentance", RULE_REPENTANCE, 0, 0, 0, 0, "de_sn"},
    {"immaculate_conception", RULE_DATE, 12, 8, 0, 0, "at ch_ai ch_fr ch_lu ch_nw ch_ow ch_sz ch_ti ch_ur ch_vs ch_zg"},
    {"christmas", RULE_DATE, 12, 25, 0, 0, "de at ch"},
    {"stephen", RULE_DATE, 12, 26, 0, 0, "de at ch_ag ch_be ch_bl ch_bs ch_gl ch_gr ch_lu ch_sg ch_sh ch_sz ch_tg ch_ti ch_zh"},
    {"stephen", RULE_NO_BRIDGE, 12, 26, 0, 0, "ch_ai ch_ar ch_ur"},
    {"stephen", RULE_AFTER_SUNDAY, 12, 26, 0, 0, "ch_ne"},
    {"restoration_geneva", RULE_DATE, 12, 31, 0, 0, "ch_ge"},
};

/* Gauss's rule with Lichtenberg's exceptions put into its terms (H. Lichtenberg, Historia Mathematica 24, 1997). */
Day holiday_easter(int year) {
  int century = year / 100;
  int moon_shift = 15 + (3 * century + 3) / 4 - (8 * century + 13) / 25;
  int sun_shift = 2 - (3 * century + 3) / 4;
  int golden = year % 19;
  int seed = (19 * golden + moon_shift) % 30;
  int correction = (seed + golden / 11) / 29;
  int full_moon = 21 + seed - correction;
  int sunday = 7 - (year + year / 4 + sun_shift) % 7;
  int march = full_moon + 7 - (((full_moon - sunday) % 7) + 7) % 7;
  return day_add_days(day_make(year, 3, 1), march - 1);
}

/* The first day on this weekday (1 = Monday) that isn't before `day`. */
static Day on_or_after(Day day, int weekday) { return day_add_days(day, (weekday - day_weekday(day) + 7) % 7); }

/* DAY_NONE: not in this year. */
static Day fact_day(const HolidayFact *fact, int year, Day easter) {
  Day date = fact->month > 0 ? day_make(year, fact->month, fact->day) : DAY_NONE;
  Day thursday = DAY_NONE;
  switch (fact->rule) {
    case RULE_DATE: return date;
    case RULE_EASTER: return day_add_days(easter, fact->day);
    case RULE_AFTER_SUNDAY: return day_weekday(date) == 1 ? date : DAY_NONE;
    case RULE_NO_BRIDGE: return day_weekday(date) == 2 || day_weekday(date) == 6 ? DAY_NONE : date;
    case RULE_REPENTANCE: return on_or_after(day_make(year, 11, 16), 3);
    case RULE_NAEFELS:
      thursday = on_or_after(day_make(year, 4, 1), 4);
      return thursday == easter - 3 ? day_add_days(thursday, 7) : thursday;
    case RULE_FAST_MONDAY: return day_add_days(on_or_after(day_make(year, 9, 15), 7), 1);
    case RULE_GENEVA_FAST: return day_add_days(on_or_after(day_make(year, 9, 1), 7), 4);
  }
  return DAY_NONE;
}

/* True when `code` is `region` or a whole that it belongs to. */
static bool covers(const char *code, gsize length, const char *region) { return strncmp(code, region, length) == 0 && (region[length] == '\0' || region[length] == '_'); }

static bool holds_in(const char *codes, const char *region) {
  for (const char *code = codes; *code != '\0';) {
    gsize length = strcspn(code, " ");
    if (covers(code, length, region)) return true;
    code += length;
    code += strspn(code, " ");
  }
  return false;
}

static int by_day(const void *left, const void *right) { return ((const Holiday *)left)->day - ((const Holiday *)right)->day; }

unsigned holiday_list(const char *region, int year, Holiday holidays[HOLIDAYS_MAX]) {
  unsigned count = 0;
  if (region[0] == '\0' || year < 1583 || year > 9998) return 0;
  Day easter = holiday_easter(year);
  for (unsigned i = 0; i < G_N_ELEMENTS(FACTS) && count < HOLIDAYS_MAX; i++) {
    const HolidayFact *fact = &FACTS[i];
    if ((fact->first > 0 && year < fact->first) || (fact->last > 0 && year > fact->last) || !holds_in(fact->regions, region)) continue;
    Day day = fact_day(fact, year, easter);
    if (day != DAY_NONE) holidays[count++] = (Holiday){day, fact->name};
  }
  qsort(holidays, count, sizeof *holidays, by_day);
  return count;
}

bool holiday_region_known(const char *region) {
  char **regions = g_strsplit(holiday_regions, " ", -1);
  bool known = region[0] == '\0' || g_strv_contains((const char *const *)regions, region);
  g_strfreev(regions);
  return known;
}

static bool is_holiday(const char *region, Day day) {
  int year = 0;
  int month = 0;
  int day_of_month = 0;
  Holiday holidays[HOLIDAYS_MAX];
  day_parts(day, &year, &month, &day_of_month);
  unsigned count = holiday_list(region, year, holidays);
  for (unsigned i = 0; i < count; i++) {
    if (holidays[i].day == day) return true;
  }
  return false;
}

Day holiday_working_day(const char *region, Day day) {
  Day working = day_working(day);
  while (working != DAY_NONE && is_holiday(region, working)) working = day_working(day_add_days(working, -1));
  return working;
}
