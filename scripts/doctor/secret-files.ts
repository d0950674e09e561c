import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Environment } from '../../src/config/environment.ts';
import { about, type Finding } from './finding.ts';

/** Checks that other users cannot read the files that contain secrets. */
export async function checkSecretFiles(env: Environment, root: string): Promise<readonly Finding[]> {
  const { ok, warn } = about('files');
  if (process.platform === 'win32') return [];
  const files = await filesOf(env, root);
  const open: string[] = [];
  for (const file of files) {
    const found = await stat(file).catch(() => null);
    if (found !== null && (found.mode & 0o077) !== 0) open.push(relative(root, file));
  }
  if (open.length === 0)
    return [
      ok(
        files.length === 0
          ? 'no files with secrets'
          : `only you can read the files with secrets (${files.length})`,
      ),
    ];
  return open.map((file) => warn(`${file} is readable by other users`, `chmod 600 ${file}`));
}

async function filesOf(env: Environment, root: string): Promise<string[]> {
  const names = await readdir(root);
  const own = names.filter((name) => /^\.env($|\.)/.test(name) && name !== '.env.example');
  const named = Object.entries(env).flatMap(([name, path]) => {
    // Skip files in /run/secrets, because only the container can read them.
    const isOwn = /^[A-Z_]+_FILE$/.test(name) && path !== undefined && path !== '' && isSecret(name);
    return isOwn && !path.startsWith('/run/secrets/') ? [resolve(root, path)] : [];
  });
  const password = join(root, env['EMBEDDED_DB_DIR'] || '.data/postgres', 'password');
  const hasPassword = (await stat(password).catch(() => null)) !== null;
  return [...own.map((name) => join(root, name)), ...named, ...(hasPassword ? [password] : [])];
}

const isSecret = (name: string): boolean =>
  /SECRET|KEY|PEPPER|PASSWORD|URL|PROVIDERS/.test(name) || name === 'ENV_FILE';
