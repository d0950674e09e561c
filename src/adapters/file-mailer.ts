import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Joi from 'joi';
import type { Mail, Mailer } from '../core/ports.ts';
import { isValid, object, timestamp } from '../core/schema.ts';

/** A mail that was stored instead of sent. */
export interface StoredMail extends Mail {
  readonly keptAt: string;
}

/** A mailer that stores mails in a folder. */
export interface FileMailer extends Mailer {
  /** Returns all stored mails, newest first. */
  list(): Promise<StoredMail[]>;
}

const text = Joi.string().allow('');
const storedMail = object({ id: text, to: text, subject: text, text, html: text, keptAt: timestamp() });

const maxStoredMails = 200;
const suffix = '.json';

/** Creates a mailer that stores the newest 200 mails as JSON files, for development without an SMTP server. */
export function createFileMailer(dir: string): FileMailer {
  // Returns the file names, newest first. Each name begins with the id of its mail, and ids are in order of creation.
  const names = async (): Promise<string[]> => {
    const files = await readdir(dir).catch(() => []);
    return files
      .filter((name) => name.endsWith(suffix))
      .sort()
      .reverse();
  };
  const read = async (name: string): Promise<StoredMail[]> => {
    try {
      const mail: unknown = JSON.parse(await readFile(join(dir, name), 'utf8'));
      return isValid(storedMail, mail) ? [mail] : [];
    } catch {
      // The file was deleted meanwhile, or is not JSON.
      return [];
    }
  };
  return {
    deliver: async (mail) => {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const kept: StoredMail = { ...mail, keptAt: new Date().toISOString() };
      const path = join(dir, mail.id + suffix);
      // Write to another name and rename the file, so that readers never see a part of it.
      await writeFile(`${path}.part`, JSON.stringify(kept, null, 2), { mode: 0o600 });
      await rename(`${path}.part`, path);
      for (const name of (await names()).slice(maxStoredMails)) await rm(join(dir, name), { force: true });
    },
    list: async () => (await Promise.all((await names()).map(read))).flat(),
  };
}
