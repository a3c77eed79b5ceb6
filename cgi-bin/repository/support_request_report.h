/* support_request_report.h: what became of the support requests of a time, by level. */
#ifndef SUPPORTLEVEL_REPOSITORY_SUPPORT_REQUEST_REPORT_H
#define SUPPORTLEVEL_REPOSITORY_SUPPORT_REQUEST_REPORT_H

#include "repository/database.h"

#define REPORT_NO_TIME (-1.0)

typedef struct {
  const char *level; /* code */
  const char *name;
  gint64 taken;     /* that came into its queue first */
  gint64 solved;    /* in its queue; all of the following is of these */
  gint64 passed_on; /* requests, to another level */
  gint64 response_promised;
  gint64 response_kept;
  gint64 restore_promised;
  gint64 restore_kept;
  double response_median; /* seconds of service time, or REPORT_NO_TIME */
  double response_ninety; /* nine of ten were no slower */
  double restore_median;
  double restore_ninety;
} SupportRequestFigures;

typedef struct {
  SupportRequestFigures *items; /* by rank; levels without any request are left out */
  unsigned count;
} SupportRequestMonth;

/* From one moment (seconds since 1970) to another, that one excluded. Owned by `owner`. */
SupportRequestMonth *support_request_report_month(Database *database, void *owner, gint64 from, gint64 to, GError **error);

#endif
