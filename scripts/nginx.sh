#!/bin/bash
# nginx.sh: prints the path of an nginx program.
exec "$(dirname "$0")/unpack.sh" nginx usr/sbin/nginx
