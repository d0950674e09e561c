import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';

export type Environment = Readonly<Record<string, string | undefined>>;
export type NodeEnv = 'development' | 'test' | 'production';

function readEnvFile(path: string, isRequired: boolean): Environment {
  if (!isRequired && !existsSync(path)) return {};
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`The environment file ${path} cannot be read: check its name and its permissions.`, {
      cause: error,
    });
  }
}

/**
 * The environment with the `.env` files under it: `.env`, `.env.<NODE_ENV>`, `.env.local` (not in tests),
 * `.env.<NODE_ENV>.local`, then the file that `ENV_FILE` names; later ones win, and the real environment wins over all.
 */
export function loadEnvironment(
  defaultNodeEnv: NodeEnv,
  real: Environment = process.env,
  directory = process.cwd(),
): Environment {
  // `NODE_ENV=` means that it is not set.
  const nodeEnv = real['NODE_ENV'] || defaultNodeEnv;
  const names = [
    '.env',
    `.env.${nodeEnv}`,
    ...(nodeEnv === 'test' ? [] : ['.env.local']),
    `.env.${nodeEnv}.local`,
  ];
  const files = names.map((name) => readEnvFile(resolve(directory, name), false));
  const envFile = real['ENV_FILE'];
  if (envFile !== undefined && envFile !== '') files.push(readEnvFile(resolve(directory, envFile), true));
  return Object.assign({}, ...files, real, { NODE_ENV: nodeEnv }) as Environment;
}
