import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnvFile } from '../../../src/config/env-file.ts';
import { ownSecrets } from '../../../dev/secrets.ts';

const file = '.env.development.local';

/**
 * Removes the secrets for development, so that the next start generates new secrets. Returns whether there were any.
 */
export function removeSecrets(root: string): boolean {
  const path = join(root, file);
  if (!existsSync(path)) return false;
  const text = readFileSync(path, 'utf8');
  const { values } = parseEnvFile(text);
  if (!ownSecrets.some((name) => values[name])) return false;
  const isSecret = (line: string): boolean =>
    ownSecrets.some((name) => new RegExp(`^\\uFEFF?\\s*(?:export\\s+)?${name}\\s*=`).test(line));
  writeFileSync(
    path,
    text
      .split('\n')
      .filter((line) => !isSecret(line))
      .join('\n'),
  );
  return true;
}
