/* currency.h: the currencies of ISO 4217. */
#ifndef SUPPORTLEVEL_DOMAIN_CURRENCY_H
#define SUPPORTLEVEL_DOMAIN_CURRENCY_H

#include <stdbool.h>

/* True for the code of a current currency, in capitals. */
bool currency_known(const char *code);

#endif
