/* contract_filter.h: which contracts a person selected: read from parameters, checked, and written back in one canonical form. */
#ifndef SUPPORTLEVEL_DOMAIN_CONTRACT_FILTER_H
#define SUPPORTLEVEL_DOMAIN_CONTRACT_FILTER_H

#include "domain/catalogue.h"
#include "domain/contract.h"
#include "domain/contract_column.h"
#include "domain/parameter.h"

typedef enum {
  SORT_NUMBER, SORT_TITLE, SORT_CUSTOMER, SORT_LEVEL, SORT_TYPE, SORT_STATUS, SORT_STARTS, SORT_ENDS, SORT_NOTICE, SORT_VALUE, SORT_UPDATED, SORT_COUNT
} ContractSort;

/* RANGE_ENDED: the last day on which a contract is in force, whatever its current term. */
typedef enum { RANGE_STARTS, RANGE_ENDS, RANGE_NOTICE, RANGE_VALUE, RANGE_ENDED, RANGE_COUNT } ContractRange;

typedef struct {
  const char *from_text; /* as typed, canonical ("+90d" stays relative); NULL when absent */
  const char *to_text;
  gint64 from; /* a Day, or hundredths of money */
  gint64 to;
} FilterRange;

typedef struct {
  gint64 id;       /* of the row the page begins after (or ends before) */
  const char *key; /* that row's sort key, as text of the database */
  int group;       /* position of that row's level, type or status in the sort by one of them, else 0 */
  bool before;
} FilterCursor;

typedef struct {
  guint64 levels;   /* bit per position in catalogue->levels; bit LEVEL_NONE_BIT: without a level; 0: all */
  unsigned statuses; /* bit per ContractStatus; 0: all */
  guint64 types;    /* bit per position in catalogue->types; 0: all */
  const char *customer;    /* number, or NULL */
  const char *responsible; /* user name, "me" or "none", or NULL */
  const char *text;        /* q, trimmed, or NULL */
  FilterRange ranges[RANGE_COUNT];
  const char *on_text; /* as typed, canonical, or NULL */
  Day on;              /* in force on this day */
  ContractSort sort;
  bool descending;
  ContractColumns columns; /* as chosen; none: contract_columns_default */
  unsigned per; /* 25, 50, 100, 200 */
  const FilterCursor *cursor; /* or NULL: first page */
  const char *language;       /* "de", "en" for this view only, or NULL */
} ContractFilter;

#define LEVEL_NONE_BIT 63

/* Reads the parameters; `cols` may come several times and each column with its place_<column>, as a form of ticks and places sends them. Anything unknown or bad adds an entry to `errors` (field = parameter's name); what was good is still in the result,
 * so that the form can be shown again. Empty values are skipped. */
ContractFilter *contract_filter_parse(void *owner, const Parameters *parameters, const Catalogue *catalogue, Day today, FieldErrors *errors);

/* The query string (without `?`) of the selection, in the order of product.md, defaults dropped; "" for everything. `with_cursor`: also after/before. */
char *contract_filter_query(void *owner, const ContractFilter *filter, const Catalogue *catalogue, bool with_cursor);

/* The same without its own cursor, with another one's text: `name` is "after" or "before". */
char *contract_filter_query_at(void *owner, const ContractFilter *filter, const Catalogue *catalogue, const char *name, const char *cursor);

/* The text of a cursor for after/before. */
char *contract_filter_cursor_text(void *owner, int group, const char *key, gint64 id);

/* The columns that a table of this selection shows. */
const ContractColumns *contract_filter_columns(const ContractFilter *filter);
/* The columns that a file of this selection has. */
const ContractColumns *contract_filter_file_columns(const ContractFilter *filter);

const char *contract_sort_name(ContractSort sort);
const char *contract_range_name(ContractRange range); /* "starts", "ends", "notice", "value", "ended" */

/* Narrows a range to the days from `from` to `to`, both included. False when no day is left of it. */
bool contract_filter_narrow(void *owner, ContractFilter *filter, ContractRange range, Day from, Day to);
/* Selects what is in force on `day`. */
void contract_filter_set_on(void *owner, ContractFilter *filter, Day day);

#endif
