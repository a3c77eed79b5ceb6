/* contract_calendar.h: the deadlines and ends of a selection as a calendar, for /contracts.ics and for subscriptions. */
#ifndef SUPPORTLEVEL_PAGES_CONTRACT_CALENDAR_H
#define SUPPORTLEVEL_PAGES_CONTRACT_CALENDAR_H

#include "repository/contract_repository.h"
#include "web/page.h"

/* Streams the calendar, called `name`, in the exchange's language. An ended contract has its end; a cancelled one its end with alarms; any other its notice
 * deadline and the end of its term, each where there is one. */
bool contract_calendar_answer(Exchange *exchange, const ContractSelection *selection, const char *name, GError **error);

#endif
