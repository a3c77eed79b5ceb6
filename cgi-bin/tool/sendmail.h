/* sendmail.h: handing an e-mail over to the machine's own mail program. */
#ifndef SUPPORTLEVEL_TOOL_SENDMAIL_H
#define SUPPORTLEVEL_TOOL_SENDMAIL_H

#include "domain/error.h"

/* Runs `program -i -f FROM -- TO` with `message` as its input, without a shell, for a minute at most. True when it accepted the message: exit status 0.
 * ERROR_PASSING says why it didn't, with the first line that the program wrote about it. */
bool sendmail_hand_over(const char *program, const char *from, const char *to, const char *message, GError **error);

#endif
