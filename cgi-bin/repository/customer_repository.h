/* customer_repository.h: finding customers by what people type of them. Single ones are records: record_repository.h. */
#ifndef SUPPORTLEVEL_REPOSITORY_CUSTOMER_REPOSITORY_H
#define SUPPORTLEVEL_REPOSITORY_CUSTOMER_REPOSITORY_H

#include "repository/database.h"

typedef struct {
  gint64 id;
  const char *number;
  const char *name;
  const char *city;
  gint64 contracts;
} CustomerRow;

typedef struct {
  CustomerRow *items;
  unsigned count;
  bool more; /* there are further ones behind these */
} CustomerChoices;

/* Customers whose number or name begins with `typed`, at most 20 by name; with "" all of them, or none where there are more than 300. */
CustomerChoices *customer_repository_choices(Database *database, void *owner, const char *typed, GError **error);

/* The customers that somebody means who typed this: the one of exactly this number, else those that customer_repository_choices finds. */
CustomerChoices *customer_repository_meant(Database *database, void *owner, const char *typed, GError **error);

typedef struct {
  const char *text;  /* beginning of number or name, or NULL: all */
  const char *name;  /* the row to begin behind (or before), with its id; NULL: from the start */
  gint64 id;
  bool backwards;
  unsigned per;
} CustomerQuery;

/* A page of customers by name, with the number of their contracts; always in ascending order. */
CustomerChoices *customer_repository_page(Database *database, void *owner, const CustomerQuery *query, GError **error);

#endif
