import { describe, expect, it } from '@jest/globals';
import { outdated, unreachable } from './unreachable.ts';

const url = 'postgres://app:kG8xQ2vN5tRw@db.example.com/shop';
const errorWith = (code: string, message = '') => Object.assign(new Error(message), { code });

describe('unreachable', () => {
  it.each([
    [
      errorWith('28P01', 'password authentication failed for user "app"'),
      /rejects the user or the password/,
      /correct them/,
    ],
    [errorWith('28000'), /rejects the user or the password/, /pg_hba\.conf/],
    [errorWith('3D000'), /no database "shop"/, /createdb shop/],
    [
      errorWith('42501', 'permission denied for schema public'),
      /may not create tables in the schema public/,
      /GRANT USAGE, CREATE ON SCHEMA public TO "app"/,
    ],
    [errorWith('3F000', 'no schema has been selected to create in'), /schema public/, /GRANT USAGE, CREATE/],
    [errorWith('42501', 'keine Berechtigung für Schema public'), /schema public/, /GRANT USAGE, CREATE/],
    [
      errorWith('42501', 'permission denied for table migrations'),
      /may not use migrations/,
      /GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "app"/,
    ],
    [errorWith('42501', 'must be owner of table users'), /does not own/, /REASSIGN OWNED/],
    [errorWith('53100'), /disk of the database is full/, /free disk space/],
    [errorWith('25006'), /read-only/, /primary/],
    [errorWith('53300'), /no free connection/, /max_connections/],
    [
      new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'),
      /requires a password/,
      /DATABASE_URL|add it, as/,
    ],
    [
      errorWith('08P01', 'unsupported startup parameter: lock_timeout'),
      /does not support the parameter lock_timeout/,
      /ignore_startup_parameters/,
    ],
    [new Error('The server does not support SSL connections'), /offers no TLS/, /sslmode/],
    [
      errorWith('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1'),
      /cannot be reached \(connect ECONNREFUSED/,
      /server is running/,
    ],
    [errorWith('ECONNREFUSED'), /cannot be reached \(ECONNREFUSED\)/, /server is running/],
  ])('returns the problem and advice for %s', (error, what, advice) => {
    const result = unreachable(error, url);
    expect(result.problem).toMatch(what);
    expect(result.advice).toMatch(advice);
    expect(JSON.stringify(result)).not.toContain('kG8xQ2vN5tRw');
  });
});

describe('outdated', () => {
  it.each(['15.0', '15.20', '18.4', '19beta1'])('accepts PostgreSQL %s', (version) => {
    expect(outdated(version)).toBeNull();
  });
  it.each(['14.11', '9.6.24', ''])('rejects PostgreSQL "%s"', (version) => {
    expect(outdated(version)?.advice).toContain('15 or later');
  });
});
