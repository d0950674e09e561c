import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mail, Mailer } from '../core/ports.ts';

/** A mail that was kept instead of sent. */
export interface StoredMail extends Mail {
  readonly keptAt: string;
}

/** Mails in a folder, for a developer to read. */
export interface FileMailer extends Mailer {
  /** The newest first. */
  list(): Promise<StoredMail[]>;
}

const maxStoredMails = 200;
const suffix = '.json';

/** Keeps the newest 200 mails as JSON files instead of sending them: for development without an SMTP server. */
export function createFileMailer(dir: string): FileMailer {
  // Ids sort by the time of making, and so do these names.
  const names = async (): Promise<string[]> => {
    const files = await readdir(dir).catch(() => []);
    return files
      .filter((name) => name.endsWith(suffix))
      .sort()
      .reverse();
  };
  const read = async (name: string): Promise<StoredMail[]> => {
    try {
      return [JSON.parse(await readFile(join(dir, name), 'utf8')) as StoredMail];
    } catch {
      // Removed meanwhile, or not one of ours.
      return [];
    }
  };
  return {
    deliver: async (mail) => {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const kept: StoredMail = { ...mail, keptAt: new Date().toISOString() };
      const path = join(dir, mail.id + suffix);
      // Renamed into place, so that nobody reads half a mail.
      await writeFile(`${path}.part`, JSON.stringify(kept, null, 2), { mode: 0o600 });
      await rename(`${path}.part`, path);
      for (const name of (await names()).slice(maxStoredMails)) await rm(join(dir, name), { force: true });
    },
    list: async () => (await Promise.all((await names()).map(read))).flat(),
  };
}
