import { describe, expect, it } from '@jest/globals';
import { userInfo } from 'node:os';
import { describePostgresUrl, parsePostgresUrl, withDatabaseName } from './postgres-url.ts';

describe('parsePostgresUrl', () => {
  const plain = { user: 'app', password: 'pw', host: 'db', port: 5433, database: 'shop' };

  it.each([
    ['postgres://app:pw@db:5433/shop', plain],
    ['postgresql://app:pw@db:5433/shop', plain],
    ['postgres://app:p%40%2Fw@db/shop', { password: 'p@/w', host: 'db', port: undefined }],
    ['postgres://app:p@w:x@db:5433/shop', { ...plain, password: 'p@w:x' }],
    ['postgres://root@/shop?host=/var/run/postgresql', { user: 'root', host: '/var/run/postgresql' }],
    ['postgres:///shop?host=/tmp&port=5433&user=app', { user: 'app', host: '/tmp', port: 5433 }],
    ['postgres://app@%2Fvar%2Frun%2Fpostgresql:5433/shop', { host: '/var/run/postgresql', port: 5433 }],
    ['postgres://app@[::1]:5433/shop', { host: '::1', port: 5433 }],
    ['postgres://app@db', { host: 'db', database: 'app' }],
    ['postgres://app@/?dbname=shop', { host: 'localhost', database: 'shop' }],
    ['postgres://db/shop', { user: userInfo().username, password: undefined }],
    ['postgres://app@db/sh%C3%B6p', { database: 'shöp' }],
    ['postgres://app@db/shop?options=-c%20search_path%3Dx', { options: '-c search_path=x' }],
    ['postgres://app@db/shop?channel_binding=require&connect_timeout=10', { database: 'shop' }],
  ])('parses %s', (url, address) => {
    expect(parsePostgresUrl(url)).toMatchObject(address);
  });

  it.each([
    ['', 'off'],
    ['sslmode=disable', 'off'],
    ['sslmode=no-verify', 'unverified'],
    ['sslmode=require', 'full'],
    ['sslmode=require&uselibpqcompat=true', 'unverified'],
    ['sslmode=verify-ca', 'full'],
    ['sslmode=verify-ca&sslrootcert=/ca.pem', 'chain'],
    ['sslmode=verify-full&sslrootcert=system', 'full'],
    ['sslrootcert=/ca.pem', 'full'],
    ['ssl=true', 'full'],
    ['ssl=0', 'off'],
  ])('derives the TLS mode from "%s": %s', (query, mode) => {
    expect(parsePostgresUrl(`postgres://app@db/shop?${query}`).tls.mode).toBe(mode);
  });

  it.each([
    ['mysql://SENTINEL@db/shop', /must be a URL such as postgres:/],
    ['host=db password=SENTINEL', /must be a URL such as postgres:/],
    ['"postgres://app:SENTINEL@db/shop"', /remove the quotes/],
    ['postgres://app:SENTINEL/x@db/shop', /percent-encoded.* \/ as %2F/],
    ['postgres://app:1/SENTINEL@db/shop', /percent-encoded/],
    ['postgres://app:SENTINEL?x@db/shop', /percent-encoded/],
    ['postgres://app:SENTINEL#x@db/shop', /percent-encoded/],
    ['postgres://app:100%SENTINEL@db/shop', /percent-encoded/],
    ['postgres://app:SENTINEL/x', /not a number.*percent-encoded/],
    ['postgres://app:SENTINEL@a,b/shop', /several hosts/],
    ['postgres://app:SENTINEL@a:1,b:2/shop', /several hosts/],
    ['postgres://app:SENTINEL@/shop?host=a,b', /several hosts/],
    ['postgres://app:SENTINEL@::1/shop', /IPv6 address without brackets/],
    ['postgres://app:SENTINEL@db:70000/shop', /port from 1 to 65535/],
    ['postgres://app:SENTINEL@db/shop?sslmode=prefer', /sslmode=prefer, which leaves TLS to chance/],
    ['postgres://app:SENTINEL@db/shop?sslmode=yes', /unknown sslmode/],
  ])('rejects %s with advice and without quoting it', (url, message) => {
    expect(() => parsePostgresUrl(url)).toThrow(message);
    expect(() => parsePostgresUrl(url)).not.toThrow(/SENTINEL/);
  });
});

describe('withDatabaseName', () => {
  it.each([
    ['postgres://app:pw@db:5433/shop', 'postgres://app:pw@db:5433/other'],
    ['postgres://root@/shop?host=/tmp', 'postgres://root@/other?host=/tmp'],
    ['postgres://db', 'postgres://db/other'],
  ])('replaces the database in %s', (url, expected) => {
    expect(withDatabaseName(url, 'other')).toBe(expected);
  });
});

describe('describePostgresUrl', () => {
  it.each([
    ['postgres://app:pw@db:5433/shop', 'db:5433/shop'],
    ['postgres://app:pw@[::1]/shop', '[::1]/shop'],
    ['postgres://app:pw@/shop?host=/tmp', 'shop at /tmp'],
  ])('omits the credentials of %s', (url, expected) => {
    expect(describePostgresUrl(url)).toBe(expected);
  });
});
