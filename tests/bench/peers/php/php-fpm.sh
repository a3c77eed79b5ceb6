#!/bin/bash
# php-fpm.sh: prints the path of a PHP-FPM program; what it links with comes with php8.2-cli.
exec "$(dirname "$0")/../../../../scripts/unpack.sh" php8.2-fpm usr/sbin/php-fpm8.2
