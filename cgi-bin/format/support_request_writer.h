/* support_request_writer.h: a support request as JSON. */
#ifndef SUPPORTLEVEL_FORMAT_SUPPORT_REQUEST_WRITER_H
#define SUPPORTLEVEL_FORMAT_SUPPORT_REQUEST_WRITER_H

#include "domain/support_request.h"

/* Appends the object; moments are ISO 8601 in `time_zone`. */
void support_request_write(GString *json, const SupportRequest *request, const char *time_zone);

#endif
