import { randomBytes } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseEnvFile } from '../src/config/env-file.ts';
import { type Environment, loadEnvironment } from '../src/config/environment.ts';
import { createFileOnce, notWritable } from './embedded/folder.ts';

/** The secrets that the first start in development makes. */
export const ownSecrets = ['JWT_SECRET', 'PASSWORD_PEPPER'];

/** The environment of a clone in development; makes the clone's own secrets first where it has none. */
export async function loadWithSecrets(): Promise<Environment> {
  const environment = loadEnvironment('development');
  if (environment['NODE_ENV'] !== 'development') return environment;
  await writeMissingSecrets(resolve('.env.development.local'), environment);
  return loadEnvironment('development');
}

async function writeMissingSecrets(file: string, environment: Environment): Promise<void> {
  const content = await readFile(file, 'utf8').catch(() => '');
  const inFile = parseEnvFile(content).values;
  const missing = ownSecrets.filter(
    (name) => !environment[name] && !environment[`${name}_FILE`] && !inFile[name],
  );
  if (missing.length === 0) return;

  const advice = `make it writable, or set ${missing.join(' and ')} yourself`;
  const lines = missing.map((name) => `${name}=${randomBytes(32).toString('base64url')}\n`).join('');
  const head = '# Secrets of this clone alone, made by its first start in development.\n';
  const isWritten = await createFileOnce(file, head + lines).catch(notWritable(file, advice));
  if (isWritten) return;
  // There already: only what it lacks is added, in one write, after a line that may have no end yet.
  const present = await readFile(file, 'utf8');
  if (present === content)
    await appendFile(file, (content === '' || content.endsWith('\n') ? '' : '\n') + lines).catch(
      notWritable(file, advice),
    );
  // Another process wrote it meanwhile, perhaps with the very same names.
  else await writeMissingSecrets(file, environment);
}
