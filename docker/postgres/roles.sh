# Runs once, when the data folder is created. Creates the database owner, used by migrations, and the service role, which
# can only read and write rows. Neither is a superuser.
psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<SQL
CREATE ROLE strata_owner LOGIN PASSWORD '$(cat /run/secrets/owner_password)';
CREATE ROLE strata_app LOGIN PASSWORD '$(cat /run/secrets/app_password)';
ALTER DATABASE "$POSTGRES_DB" OWNER TO strata_owner;
REVOKE ALL ON DATABASE "$POSTGRES_DB" FROM PUBLIC;
GRANT CONNECT ON DATABASE "$POSTGRES_DB" TO strata_app;
ALTER SCHEMA public OWNER TO strata_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO strata_app;
ALTER DEFAULT PRIVILEGES FOR ROLE strata_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO strata_app;
ALTER DEFAULT PRIVILEGES FOR ROLE strata_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO strata_app;
SQL
