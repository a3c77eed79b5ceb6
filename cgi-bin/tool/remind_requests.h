/* remind_requests.h: e-mails before the deadlines of support requests pass. */
#ifndef SUPPORTLEVEL_TOOL_REMIND_REQUESTS_H
#define SUPPORTLEVEL_TOOL_REMIND_REQUESTS_H

#include "tool/post.h"

typedef struct {
  guint64 mails;
  guint64 requests;
  guint64 orphans; /* requests that nobody could be told of */
  guint64 failed;  /* e-mails that could not be handed over, and requests that can't be read */
} RequestsReminded;

/* Tells whoever works on a request whose deadline comes up, or whoever works at its level, or else the setting mail_fallback; one e-mail to each. Once for each
 * deadline, and only while the request's service calendar is open. */
bool remind_requests(Tool *tool, const Post *post, RequestsReminded *reminded, GError **error);

#endif
