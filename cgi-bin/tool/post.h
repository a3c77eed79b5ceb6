/* post.h: e-mails of the command: handed over to sendmail, or in a dry run kept to be shown. */
#ifndef SUPPORTLEVEL_TOOL_POST_H
#define SUPPORTLEVEL_TOOL_POST_H

#include "format/mail_writer.h"
#include "tool/command.h"

typedef struct {
  const Settings *settings;
  const char *from;     /* address */
  const char *fallback; /* address for what has no other; "" none */
  GString *shown;       /* of a dry run; else NULL */
} Post;

/* Belongs to `owner`; `dry`: nothing is sent. */
Post *post_new(void *owner, const Settings *settings, bool dry);

/* Hands one e-mail over; `from` is filled in. ERROR_PASSING: the address is none, or sendmail doesn't take it. */
bool post_hand_over(const Post *post, void *owner, Mail *mail, GError **error);

#endif
