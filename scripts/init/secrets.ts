import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ownSecrets } from '../secrets.ts';

const file = '.env.development.local';

/** Takes the secrets of development out of the clone: its next start makes new ones. Gives whether there were any. */
export function forgetSecrets(root: string): boolean {
  const path = join(root, file);
  if (!existsSync(path)) return false;
  const text = readFileSync(path, 'utf8');
  if (!ownSecrets.some((name) => parseEnv(text)[name])) return false;
  const isSecret = (line: string): boolean => ownSecrets.some((name) => line.startsWith(`${name}=`));
  writeFileSync(
    path,
    text
      .split('\n')
      .filter((line) => !isSecret(line))
      .join('\n'),
  );
  return true;
}
