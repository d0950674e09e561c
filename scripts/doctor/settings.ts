import { readFile } from 'node:fs/promises';
import type { Environment } from '../../src/config/environment.ts';

/**
 * Returns a setting from the environment, or from the file that `<NAME>_FILE` names. Returns null if the setting is
 * missing or the file cannot be read.
 */
export async function readSetting(env: Environment, name: string): Promise<string | null> {
  const path = env[`${name}_FILE`];
  const text = path ? await readFile(path, 'utf8').catch(() => '') : env[name];
  return text?.trim() || null;
}
