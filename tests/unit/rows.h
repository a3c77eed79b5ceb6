/* rows.h: tables of cases: every row that differs is printed, and the test fails once, at its end. */
#ifndef SUPPORTLEVEL_TESTS_ROWS_H
#define SUPPORTLEVEL_TESTS_ROWS_H

/* Compares what a row came to with what the rule says; NULL is "(none)". `typed` is the row in words, for whoever has to find it. */
void row_is(unsigned row, const char *typed, const char *got, const char *expected);
/* Fails when a row differed, or when none was compared. */
void rows_end(void);

#endif
