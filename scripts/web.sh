# web.sh (sourced by run.sh): Apache or nginx with the site as it is deployed.

start_web() {
  case $WEB in
    apache) start_apache ;;
    nginx) start_nginx ;;
  esac
}

# Around apache.conf only what Debian's own configuration would bring.
start_apache() {
  local modules=/usr/lib/apache2/modules module
  {
    for module in mpm_event authz_core alias mime headers rewrite reqtimeout buffer proxy proxy_fcgi; do
      echo "LoadModule ${module}_module $modules/mod_$module.so"
    done
    cat <<CONF
ServerRoot "$RUNTIME/web"
DefaultRuntimeDir "$RUNTIME/web"
PidFile "$RUNTIME/web/apache.pid"
ServerName 127.0.0.1
Listen 127.0.0.1:$PORT
ErrorLog "$VAR/log/web.log"
LogLevel warn
GracefulShutdownTimeout 10
StartServers 1
ServerLimit 4
ThreadsPerChild 25
MaxRequestWorkers 100
TypesConfig /dev/null
AddType text/css .css
AddType text/javascript .js
AddType image/svg+xml .svg
AddType image/png .png
AddType image/x-icon .ico
AddType application/manifest+json .webmanifest
${WEB_USER:+User $WEB_USER}
${WEB_USER:+Group $WEB_USER}
Define SUPPORTLEVEL_LISTEN 127.0.0.1:$PORT
Define SUPPORTLEVEL_MOUNT "$MOUNT/"
Define SUPPORTLEVEL_STATIC "$STATIC"
Define SUPPORTLEVEL_SOCKET "$WORKER_SOCKET"
Define SUPPORTLEVEL_LOG "$VAR/log/access.log"
Define SUPPORTLEVEL_ADDITIONS "$RUNTIME/web/additions/*.conf"
Define SUPPORTLEVEL_BODY_LIMIT $SUPPORTLEVEL_BODY_LIMIT
Define SUPPORTLEVEL_UPLOAD_LIMIT $SUPPORTLEVEL_UPLOAD_LIMIT
Include "$ROOT/apache.conf"
CONF
  } >"$RUNTIME/web/apache.conf"
  start web /usr/sbin/apache2 -f "$RUNTIME/web/apache.conf" -DFOREGROUND
}

start_nginx() {
  local nginx
  nginx=$(scripts/nginx.sh) || exit 1
  escape() { sed 's/[\\&|]/\\&/g' <<<"$1"; }
  sed -e '/^#/d' -e "s|@LISTEN@|127.0.0.1:$PORT|g" -e "s|@MOUNT@|$MOUNT|g" -e "s|@STATIC@|$(escape "$STATIC")|g" \
    -e "s|@SOCKET@|$WORKER_SOCKET|g" -e "s|@BODY_LIMIT@|$SUPPORTLEVEL_BODY_LIMIT|g" -e "s|@UPLOAD_LIMIT@|$SUPPORTLEVEL_UPLOAD_LIMIT|g" \
    -e "s|@LOG@|\"$(escape "$VAR/log/access.log")\"|g" -e "s|@ADDITIONS@|$RUNTIME/web/additions/*.conf|g" nginx.conf >"$RUNTIME/web/site.conf"
  cat >"$RUNTIME/web/nginx.conf" <<CONF
daemon off;
${WEB_USER:+user $WEB_USER;}
worker_processes 2;
pid $RUNTIME/web/nginx.pid;
error_log "$VAR/log/web.log" error;
events { worker_connections 512; }
http {
  sendfile on;
  client_body_temp_path $RUNTIME/web/body;
  fastcgi_temp_path $RUNTIME/web/fastcgi;
  proxy_temp_path $RUNTIME/web/proxy;
  scgi_temp_path $RUNTIME/web/scgi;
  uwsgi_temp_path $RUNTIME/web/uwsgi;
  include $RUNTIME/web/site.conf;
}
CONF
  start web "$nginx" -p "$RUNTIME/web" -c "$RUNTIME/web/nginx.conf" -e "$VAR/log/web.log"
}
