#!/bin/sh
# Creates a self-signed certificate, so that TLS works from the first start. To use a real one, mount a folder with tls.crt
# and tls.key at /certificate.
set -eu
cd /certificate
if [ -s tls.crt ] && [ -s tls.key ]; then exit 0; fi

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj /CN=localhost \
  -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout tls.key -out tls.crt
# Readable only by the user that runs nginx.
chmod 400 tls.key
chown "$NGINX_UID" tls.key tls.crt
