import { describe, expect, it } from '@jest/globals';
import { parseMailbox } from './mailbox.ts';

describe('parseMailbox', () => {
  it.each([
    ['Strata <no-reply@example.com>', 'Strata', 'no-reply@example.com'],
    ['no-reply@example.com', '', 'no-reply@example.com'],
    ['<no-reply@example.com>', '', 'no-reply@example.com'],
    [' Strata<no-reply@example.com> ', 'Strata', 'no-reply@example.com'],
    ['no-reply@example.com (Strata)', 'Strata', 'no-reply@example.com'],
    ['"Acme, Inc." <no-reply@example.com>', 'Acme, Inc.', 'no-reply@example.com'],
    ['Acme, Inc. <no-reply@example.com>', 'Acme, Inc.', 'no-reply@example.com'],
    ['"Team: a; b" <no-reply@example.com>', 'Team: a; b', 'no-reply@example.com'],
    ['"A <b>" <no-reply@example.com>', 'A <b>', 'no-reply@example.com'],
    ['"A \\"b\\"" <no-reply@example.com>', 'A "b"', 'no-reply@example.com'],
    ["O'Neil <no.reply+1@example.com>", "O'Neil", 'no.reply+1@example.com'],
    ['Größe <no-reply@bücher.example>', 'Größe', 'no-reply@xn--bcher-kva.example'],
    ['Strata <no-reply@localhost>', 'Strata', 'no-reply@localhost'],
  ])('parses %s', (text, name, address) => {
    expect(parseMailbox(text)).toEqual({ name, address });
  });

  it.each([
    '', ' ', 'nobody', '<>', 'Strata <>', 'Strata', '@example.com', 'a@', 'a@b@c.example', 'S <a b@c.example>', '"a b"@c.example',
    'A <a@x.example>, B <b@x.example>', 'a@x.example,b@x.example', 'a@x.example b@x.example', 'S <a@x.example> <b@x.example>',
    'Team: a@x.example;', 'Team:;', 'a@x.example;', 'S <a@x.example>;', 'S <a@x.example> more', '"unclosed <a@x.example>',
    'S <a@x.example', 'S a@x.example', 'S <mailto:a@x.example>', 'S <@r.example:a@x.example>', 'S <a@x..example>', 'S <a@.example>',
    'S <.a@x.example>', 'S <a..b@x.example>', "S <'a@x.example'>", 'S\r\nBcc: eve@x.example <a@x.example>', 'S\n<a@x.example>',
    'S\0 <a@x.example>', '=?UTF-8?Q?Gr=C3=B6=C3=9Fe?= <a@x.example>', 'S <ü@x.example>', 'S <a@x_y.example>', 'S <a@[127.0.0.1]>',
  ])('returns null for %j', (text) => {
    expect(parseMailbox(text)).toBeNull();
  }); // prettier-ignore
});
