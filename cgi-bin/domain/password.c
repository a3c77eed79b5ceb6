#include "domain/password.h"

#include <sodium.h>
#include <string.h>
#include <talloc.h>

#include "domain/error.h"

/* Of a password that was thrown away: compared with where there is no user, so that the answer takes as long. */
static const char NOBODYS_HASH[] = "$argon2id$v=19$m=262144,t=3,p=1$ftlfkDJlcAd+YpDKARZKwg$6tDiD42AA05R+N8B4pgHuL9/D8icUdU8Ov8zktACgQ8";

/* ---- common passwords ---- */

#define OWN_CHARACTERS 4   /* different ones that have to be left beside what everybody tries */
#define LONG_NUMBER 16     /* digits from which on a number alone is no date or telephone */
#define RUN_SHORTEST 3     /* characters */
#define NAME_SHORTEST 3    /* bytes of a user's name that is looked for */

static const char *const WORDS[] = {
    "passwort", "password", "kennwort", "geheim", "secret", "hallo", "hello", "willkommen", "welcome", "anmelden", "anmeldung", "login", "supportlevel", "support", "service", "administrator",
    "admin", "editor", "viewer", "root", "user", "benutzer", "gast", "guest", "test", "demo", "master", "chef", "boss", "start", "change", "letmein", "access", "computer", "internet", "office", "firma",
    "company", "vertrag", "contract", "kunde", "customer", "sommer", "summer", "herbst", "autumn", "winter", "fruehling", "fr\xC3\xBChling", "spring", "januar", "january", "februar", "february",
    "maerz", "m\xC3\xA4rz", "march", "april", "juni", "june", "juli", "july", "august", "september", "oktober", "october", "november", "dezember", "december", "montag", "monday", "dienstag", "tuesday",
    "mittwoch", "wednesday", "donnerstag", "thursday", "freitag", "friday", "samstag", "saturday", "sonntag", "sunday", "schatz", "liebe", "love", "prinzessin", "princess", "sonne", "sunshine", "blume",
    "flower", "monkey", "dragon", "football", "fussball", ("fu\xC3\x9F" "ball"), "baseball", "superman", "batman", "starwars", "pokemon", "iloveyou", "ichliebedich", "trustno", "berlin", "hamburg",
    "muenchen", "m\xC3\xBCnchen", "koeln", "k\xC3\xB6ln", "dresden", "leipzig", "frankfurt", "stuttgart", "deutschland", "germany", "bayern", "schalke", "dortmund",
};

/* Neighbours on keyboards and in the alphabet, one way and the other. */
static const char *const ROWS[] = {"abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertzuiop", "qwertyuiop", "asdfghjkl", "yxcvbnm", "zxcvbnm", "1qay2wsx3edc4rfv5tgb", "1qaz2wsx3edc4rfv5tgb", "!@#$%^&*()"};

static void strike(GString *text, const char *same_length, const char *word) {
  for (const char *at = strstr(same_length, word); at != NULL; at = strstr(at + 1, word)) memset(text->str + (at - same_length), ' ', strlen(word));
}

/* Figures and signs that stand for a letter: P@ssw0rt. */
static char letter_for(char character) {
  static const char SIGNS[] = "0134578@$!";
  static const char LETTERS[] = "oieastbasi";
  const char *at = character != '\0' ? strchr(SIGNS, character) : NULL;
  return at != NULL ? LETTERS[at - SIGNS] : character;
}

static bool are_neighbours(char a, char b) {
  const char pairs[2][3] = {{a, b, '\0'}, {b, a, '\0'}};
  bool found = a == b;
  for (gsize i = 0; i < G_N_ELEMENTS(ROWS) && !found && a != ' '; i++) found = strstr(ROWS[i], pairs[0]) != NULL || strstr(ROWS[i], pairs[1]) != NULL;
  return found;
}

/* 1234, aaaa, qwertz: the first stays. */
static void strike_runs(GString *text) {
  for (gsize from = 0; from < text->len;) {
    gsize to = from + 1;
    while (to < text->len && are_neighbours(text->str[to - 1], text->str[to])) to++;
    if (to - from >= RUN_SHORTEST) memset(text->str + from + 1, ' ', to - from - 1);
    from = to;
  }
}

static void strike_years(GString *text) {
  for (gsize i = 0; i + 4 <= text->len; i++) {
    const char *at = text->str + i;
    bool year = (strncmp(at, "19", 2) == 0 || strncmp(at, "20", 2) == 0) && g_ascii_isdigit(at[2]) && g_ascii_isdigit(at[3]);
    if (year) memset(text->str + i, ' ', 4);
  }
}

/* k7vqk7vqk7vq is no more than k7vq, wherever it breaks off, and that alone would be too short. */
static bool is_repetition(const char *text) {
  gsize length = strlen(text);
  for (gsize period = 1; period <= length / 2; period++) {
    if (memcmp(text, text + period, length - period) == 0) return g_utf8_strlen(text, (gssize)period) < PASSWORD_SHORTEST;
  }
  return false;
}

static bool is_short_number(const char *password) {
  gsize digits = 0;
  for (const char *at = password; *at != '\0'; at++) {
    if (!g_ascii_isdigit(*at) && !g_ascii_ispunct(*at) && *at != ' ') return false;
    digits += g_ascii_isdigit(*at);
  }
  return digits > 0 && digits < LONG_NUMBER;
}

static unsigned different_characters(const GString *text) {
  bool seen[256] = {false};
  unsigned count = 0;
  for (gsize i = 0; i < text->len; i++) {
    unsigned char byte = (unsigned char)text->str[i];
    if (byte == ' ' || seen[byte]) continue;
    seen[byte] = true;
    count++;
  }
  return count;
}

/* What everybody tries is struck out: words, also the user's own name, years, neighbouring keys. */
static bool is_common(const char *password, const char *name) {
  char *small = g_utf8_strdown(password, -1);
  char *small_name = g_utf8_strdown(name, -1);
  GString *text = g_string_new(small);
  for (char *at = small; *at != '\0'; at++) *at = letter_for(*at);
  for (char *at = small_name; *at != '\0'; at++) *at = letter_for(*at);
  if (strlen(small_name) >= NAME_SHORTEST) strike(text, small, small_name);
  for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++) strike(text, small, WORDS[i]);
  strike_years(text);
  strike_runs(text);
  bool common = different_characters(text) < OWN_CHARACTERS || is_short_number(password) || is_repetition(small);
  g_string_free(text, TRUE);
  g_free(small_name);
  g_free(small);
  return common;
}

const char *password_fault(const char *password, const char *name) {
  if (strlen(password) > PASSWORD_LONGEST) return "password_long";
  if (g_utf8_strlen(password, -1) < PASSWORD_SHORTEST) return "password_short";
  return is_common(password, name) ? "password_common" : NULL;
}

const char *password_limit(const char *fault) {
  if (strcmp(fault, "password_short") == 0) return G_STRINGIFY(PASSWORD_SHORTEST);
  return strcmp(fault, "password_long") == 0 ? G_STRINGIFY(PASSWORD_LONGEST) : NULL;
}

/* ---- hashes ---- */

const char *password_hash(void *owner, const char *password, GError **error) {
  char *hash = talloc_zero_array(owner, char, crypto_pwhash_STRBYTES);
  if (crypto_pwhash_str(hash, password, strlen(password), crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE) == 0) return hash;
  talloc_free(hash);
  g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_PASSING, "there is too little memory to protect a password");
  return NULL;
}

bool password_matches(const char *hash, const char *password) {
  bool nobody = hash[0] == '\0';
  /* A longer one was never stored, and would take longer. */
  const char *tried = strlen(password) <= PASSWORD_LONGEST ? password : "";
  bool equal = crypto_pwhash_str_verify(nobody ? NOBODYS_HASH : hash, tried, strlen(tried)) == 0;
  return equal && !nobody;
}
