/* level_promise.h: what a support level promises to a customer, in words. */
#ifndef SUPPORTLEVEL_PAGES_LEVEL_PROMISE_H
#define SUPPORTLEVEL_PAGES_LEVEL_PROMISE_H

#include "repository/level_repository.h"
#include "web/page.h"

/* Puts code, name, scope, channels, hours, response, restore and next ("" for none), and the calendar's name, address and hours in words, into a node of the data tree. */
void level_promise_fill(Exchange *exchange, HDF *node, const LevelRow *level);

/* The level of a code, or NULL. */
const LevelRow *level_promise_find(const LevelRows *levels, const char *code);

#endif
