#!/bin/bash
# Run once by the PostgreSQL image on an empty database: one role owns the tables, the application's owns nothing.
set -euo pipefail
for role in owner:headship_owner app:headship; do
  psql -v ON_ERROR_STOP=1 -U postgres -v name="${role#*:}" -v password="$(cat "/run/secrets/${role%%:*}_password")" \
    <<< "CREATE ROLE :\"name\" LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'password'"
done
psql -v ON_ERROR_STOP=1 -U postgres <<< "CREATE DATABASE headship OWNER headship_owner"
