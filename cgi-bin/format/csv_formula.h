/* csv_formula.h: cells that a spreadsheet would run (OWASP, "CSV injection"), and the apostrophe that keeps it from doing so. Writer and reader
 * share the rule, so that what was exported is imported unchanged. */
#ifndef SUPPORTLEVEL_FORMAT_CSV_FORMULA_H
#define SUPPORTLEVEL_FORMAT_CSV_FORMULA_H

#include <stdbool.h>

/* True for a text that begins, behind any apostrophes, with = + - @ tab or CR and isn't a plain number such as -12.50. The writer puts one more
 * apostrophe in front of such a text; the reader takes one off where the text has any. */
bool csv_is_formula(const char *text);

#endif
