/* money.h: amounts as whole hundredths of their currency. */
#ifndef SUPPORTLEVEL_DOMAIN_MONEY_H
#define SUPPORTLEVEL_DOMAIN_MONEY_H

#include <glib.h>

/* "1234.50" -> 123450; digits after the second place are dropped; "" is 0. The text is a plain decimal, possibly with a minus. */
gint64 money_hundredths(const char *decimal);
/* 123450 -> "1234.50", written into `text`, which is also the result. */
#define MONEY_TEXT_SIZE 24 /* the longest that 64 bits can hold, and its end */
char *money_format(gint64 hundredths, char text[MONEY_TEXT_SIZE]);
/* 123450 -> "1234.50". Owned by `owner`. */
char *money_decimal(void *owner, gint64 hundredths);

#endif
