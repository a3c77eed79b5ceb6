/* mail_writer.h: an e-mail of plain text (RFC 5322, MIME), composed by GMime. */
#ifndef SUPPORTLEVEL_FORMAT_MAIL_WRITER_H
#define SUPPORTLEVEL_FORMAT_MAIL_WRITER_H

#include <glib.h>

typedef struct {
  const char *from;      /* address */
  const char *from_name;
  const char *to;        /* address */
  const char *to_name;   /* or "" */
  const char *subject;
  const char *language;  /* "de" */
  const char *text;      /* UTF-8, lines end with "\n" */
} Mail;

/* The whole message, lines ended by "\n" as sendmail takes them; says that a program sent it (RFC 3834). Belongs to `owner`. Names and subject can be
 * any text: none becomes a header of its own. */
const char *mail_write(void *owner, const Mail *mail);

#endif
