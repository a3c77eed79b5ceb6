/* language.h: German and English: texts, and how days, numbers and money are written. */
#ifndef SUPPORTLEVEL_DOMAIN_LANGUAGE_H
#define SUPPORTLEVEL_DOMAIN_LANGUAGE_H

#include "domain/day.h"

typedef enum { LANGUAGE_GERMAN, LANGUAGE_ENGLISH, LANGUAGE_COUNT } Language;

/* "de", "en". */
const char *language_code(Language language);
/* Language of a code, or -1. */
int language_by_code(const char *code);
/* First guess from Accept-Language (RFC 9110, 12.5.4): the one of ours with the highest weight; German when neither is named. */
Language language_from_header(const char *accept_language);

/* 31.12.2026, or 31 Dec 2026; "" for DAY_NONE and for day_never(). Owned by `owner`. */
const char *language_day(void *owner, Language language, Day day);
/* 1.234 or 1,234. */
const char *language_number(void *owner, Language language, gint64 number);
/* 1.234,56 € or €1,234.56 (other currencies by their code: 1.234,56 CHF, CHF 1,234.56); `hundredths` of the currency. */
const char *language_money(void *owner, Language language, gint64 hundredths, const char *currency);
/* A file's size in the largest unit that it has one of (of 1024 each, named as desktops do): 512 Bytes, 1,5 KB, 20 MB or 512 bytes, 1.5 KB. */
const char *language_size(void *owner, Language language, gint64 bytes);
/* ',' or '.'. */
char language_decimal_mark(Language language);
/* The decimal a form shows for "1234.50": 1234,50 or 1234.50. */
const char *language_decimal(void *owner, Language language, const char *decimal);
/* A moment of UTC ("2026-11-24 13:05:00") in `time_zone`: 24.11.2026, 14:05 or 24 Nov 2026, 14:05. */
const char *language_moment(void *owner, Language language, const char *utc, const char *time_zone);

#endif
