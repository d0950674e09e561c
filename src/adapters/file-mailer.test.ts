import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Mail } from '../core/ports.ts';
import { createFileMailer } from './file-mailer.ts';

const mailOf = (number: number): Mail => ({
  id: `01a1fd86-0000-7000-8000-${String(number).padStart(12, '0')}`,
  to: 'ann@example.com',
  subject: `Mail ${number}`,
  text: 'Hello',
  html: '<p>Hello</p>',
});

describe('createFileMailer', () => {
  let parent: string;
  let dir: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'strata-mail-'));
    dir = join(parent, 'deep', 'mail');
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('stores mails readable by the owner only, newest first', async () => {
    const mailer = createFileMailer(dir);
    expect(await mailer.list()).toEqual([]);
    await mailer.deliver(mailOf(1));
    await mailer.deliver(mailOf(2));
    expect(await mailer.list()).toEqual([mailOf(2), mailOf(1)].map((mail) => expect.objectContaining(mail)));
    const [name] = await readdir(dir);
    expect((await stat(join(dir, name!))).mode & 0o077).toBe(0);
  });

  it('stores a repeated mail once', async () => {
    const mailer = createFileMailer(dir);
    await mailer.deliver(mailOf(1));
    await mailer.deliver(mailOf(1));
    expect(await mailer.list()).toHaveLength(1);
  });

  it('stores the newest 200 and ignores other files', async () => {
    const mailer = createFileMailer(dir);
    for (let number = 1; number <= 202; number += 1) await mailer.deliver(mailOf(number));
    await writeFile(join(dir, 'zzz.json'), 'not JSON');
    const kept = (await mailer.list()).map(({ subject }) => subject);
    expect(kept).toHaveLength(200);
    expect(kept[0]).toBe('Mail 202');
    expect(kept.at(-1)).toBe('Mail 3');
  });
});
