#include "tool/post.h"

#include <talloc.h>

#include "domain/mail_address.h"
#include "tool/sendmail.h"

/* The setting, or supportlevel at this machine's name. */
static const char *sender(void *owner, const Settings *settings) {
  const char *set = settings_text(settings, SETTING_MAIL_FROM);
  const char *own = talloc_asprintf(owner, "supportlevel@%s", g_get_host_name());
  return set[0] != '\0' ? set : mail_address_valid(own) ? own : "supportlevel@localhost";
}

static int post_free(Post *post) {
  if (post->shown != NULL) g_string_free(post->shown, TRUE);
  return 0;
}

Post *post_new(void *owner, const Settings *settings, bool dry) {
  Post *post = talloc_zero(owner, Post);
  post->settings = settings;
  post->from = sender(post, settings);
  post->fallback = settings_text(settings, SETTING_MAIL_FALLBACK);
  if (dry) post->shown = g_string_new(NULL);
  talloc_set_destructor(post, post_free);
  return post;
}

bool post_hand_over(const Post *post, void *owner, Mail *mail, GError **error) {
  if (post->shown != NULL) {
    g_string_append_printf(post->shown, "To: %s\nSubject: %s\n\n%s\n", mail->to, mail->subject, mail->text);
    return true;
  }
  if (!mail_address_valid(mail->to)) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_PASSING, "\"%s\" is no e-mail address", mail->to);
    return false;
  }
  mail->from = post->from;
  return sendmail_hand_over(settings_text(post->settings, SETTING_SENDMAIL), mail->from, mail->to, mail_write(owner, mail), error);
}
