/* import_page.h: between the files of the import's pages. */
#ifndef SUPPORTLEVEL_PAGES_IMPORT_PAGE_H
#define SUPPORTLEVEL_PAGES_IMPORT_PAGE_H

#include "pages/import_work.h"

/* What was recognised and what each column means, to be changed or confirmed; `errors` (or NULL) are of fields. */
bool import_columns_show(ImportWork *work, int status, const FieldErrors *errors, GError **error);
/* Takes what was decided there: reads the file anew by another style, or checks every line. */
bool import_columns_submit(ImportWork *work, bool check, GError **error);

#endif
