#!/bin/sh
# A certificate of our own making, so that everything runs over TLS from the first start. Put a real one in its place:
# mount a folder with tls.crt and tls.key at /certificate.
set -eu
cd /certificate
if [ ! -s tls.crt ] || [ ! -s tls.key ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 365 -subj /CN=localhost \
    -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout tls.key -out tls.crt
fi
# For the user that nginx runs as, and nobody else.
chmod 400 tls.key
chown "$NGINX_UID" . tls.key tls.crt
