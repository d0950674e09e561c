#!/bin/sh
# Makes the secret files that docker-compose.production.yml mounts, each once: a file that is there is never touched.
set -eu
if [ $# -gt 0 ]; then
  usage='Makes the secret files of docker/docker-compose.production.yml, and keeps those that exist (needs openssl):
  docker/make-secrets.sh
It takes no options.'
  if [ "$1" = --help ] || [ "$1" = -h ]; then echo "$usage" && exit 0; fi
  printf "Unknown option '%s'.\n%s\n" "$1" "$usage" >&2
  exit 1
fi
cd "$(dirname "$0")"

# The folder is closed to everybody else, and the files in it are readable, because Compose hands them over as they
# are and each container reads its own as an unprivileged user of its own.
mkdir -p secrets
chmod 700 secrets
cd secrets

# make NAME CONTENT
make() {
  if [ -e "$1" ]; then
    echo "kept  docker/secrets/$1"
    return
  fi
  (umask 077 && printf '%s\n' "$2" > "$1.new")
  chmod 444 "$1.new"
  mv "$1.new" "$1"
  echo "made  docker/secrets/$1"
}

# In letters that mean nothing in a URL.
random() { openssl rand -hex 32; }

make jwt_secret "$(openssl rand -base64 48)"
make password_pepper "$(openssl rand -base64 48)"
make data_encryption_key "$(openssl rand -base64 48)"

make postgres_password "$(random)"
make owner_password "$(random)"
make app_password "$(random)"
make redis_password "$(random)"

# The same passwords, as the addresses that the service reads.
make owner_database_url "postgres://strata_owner:$(cat owner_password)@postgres:5432/strata"
make app_database_url "postgres://strata_app:$(cat app_password)@postgres:5432/strata"
make redis_url "redis://:$(cat redis_password)@redis:6379"
