/* places.h: where a program looks for its own files when nobody says it: in the directory it is started in, and for no settings file at all. `make install`
 * builds one that knows the places it is installed to (see Makefile). */
#ifndef SUPPORTLEVEL_DOMAIN_PLACES_H
#define SUPPORTLEVEL_DOMAIN_PLACES_H

/* With a slash at its end; behind it stand `templates` and `sql`. */
#ifndef PLACE_OF_FILES
#define PLACE_OF_FILES ""
#endif

/* The settings file, "" for none. */
#ifndef PLACE_OF_SETTINGS
#define PLACE_OF_SETTINGS ""
#endif

#endif
