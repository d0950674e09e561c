#!/bin/sh
# A certificate of our own making, so that everything runs over TLS from the first start. For a real one, mount a folder
# with tls.crt and tls.key at /certificate instead.
set -eu
cd /certificate
if [ -s tls.crt ] && [ -s tls.key ]; then exit 0; fi

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj /CN=localhost \
  -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout tls.key -out tls.crt
# For the user that nginx runs as, and nobody else.
chmod 400 tls.key
chown "$NGINX_UID" tls.key tls.crt
