#include "format/mail_writer.h"

#include <gmime/gmime.h>
#include <stdbool.h>
#include <string.h>
#include <talloc.h>

/* A header is one line, whatever the text had. */
static const char *one_line(void *owner, const char *text) {
  char *line = talloc_strdup(owner, text);
  for (char *at = line; *at != '\0'; at++) {
    if ((unsigned char)*at < ' ' || *at == 0x7f) *at = ' ';
  }
  return line;
}

static GMimePart *text_part(const Mail *mail) {
  GMimePart *part = g_mime_part_new_with_type("text", "plain");
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(mail->text, strlen(mail->text));
  GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
  g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
  g_mime_part_set_content(part, content);
  g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_object_unref(content);
  g_object_unref(stream);
  return part;
}

static void set_identity(GMimeMessage *message, const Mail *mail) {
  const char *at = strrchr(mail->from, '@');
  char *id = g_mime_utils_generate_message_id(at != NULL ? at + 1 : "localhost");
  GDateTime *now = g_date_time_new_now_local();
  g_mime_message_set_message_id(message, id);
  g_mime_message_set_date(message, now);
  g_date_time_unref(now);
  g_free(id);
}

static void add_mailbox(GMimeMessage *message, GMimeAddressType type, const char *name, const char *address) {
  InternetAddress *mailbox = internet_address_mailbox_new(name, address);
  internet_address_set_charset(mailbox, "utf-8");
  internet_address_list_add(g_mime_message_get_addresses(message, type), mailbox);
  g_object_unref(mailbox);
}

const char *mail_write(void *owner, const Mail *mail) {
  static bool started = false;
  if (!started) g_mime_init();
  started = true;
  void *scratch = talloc_new(NULL);
  GMimeMessage *message = g_mime_message_new(TRUE);
  GMimePart *part = text_part(mail);
  add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, one_line(scratch, mail->from_name), mail->from);
  add_mailbox(message, GMIME_ADDRESS_TYPE_TO, mail->to_name[0] != '\0' ? one_line(scratch, mail->to_name) : NULL, mail->to);
  g_mime_message_set_subject(message, one_line(scratch, mail->subject), "utf-8");
  set_identity(message, mail);
  g_mime_object_set_header(GMIME_OBJECT(message), "Auto-Submitted", "auto-generated", NULL);
  g_mime_object_set_header(GMIME_OBJECT(message), "Content-Language", mail->language, NULL);
  g_mime_message_set_mime_part(message, GMIME_OBJECT(part));
  char *text = g_mime_object_to_string(GMIME_OBJECT(message), NULL);
  const char *result = talloc_strdup(owner, text);
  g_free(text);
  g_object_unref(part);
  g_object_unref(message);
  talloc_free(scratch);
  return result;
}
