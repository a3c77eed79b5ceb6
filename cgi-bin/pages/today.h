/* today.h: a day has begun. */
#ifndef SUPPORTLEVEL_PAGES_TODAY_H
#define SUPPORTLEVEL_PAGES_TODAY_H

#include "web/page.h"

/* Stored terms hold for some days only: a worker that meets a new day brings them up to it before it shows any page, in case the daily roll hasn't
 * come by yet. */
bool today_reached(Exchange *exchange, GError **error);

#endif
