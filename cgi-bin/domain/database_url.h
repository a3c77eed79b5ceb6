/* database_url.h: the setting `database_url`, which may name several servers of one cluster: hosts with commas between them, or sockets. */
#ifndef SUPPORTLEVEL_DOMAIN_DATABASE_URL_H
#define SUPPORTLEVEL_DOMAIN_DATABASE_URL_H

/* The same url once for each server that it names, in its order; at least one, which may be no valid url. Free with g_strfreev. */
char **database_url_each(const char *url);

/* The url without its password, to be shown; free with g_free. `url` has to be valid. */
char *database_url_open(const char *url);

#endif
