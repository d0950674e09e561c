import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { about, type Finding } from './finding.ts';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly template?: { readonly version?: string };
}

/** Returns the version of Strata that the clone is based on. */
export async function readVersion(root: string): Promise<string | null> {
  const { template } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
  return template?.version ?? null;
}

/** Reports the version of Strata from package.json. */
export async function checkVersion(root: string): Promise<Finding> {
  const { ok, warn } = about('template');
  const version = await readVersion(root);
  if (version !== null) return ok(`${version} (to upgrade, see docs/upgrading.md)`);
  return warn(
    'package.json does not contain the version of Strata that this clone is based on',
    'add "template": { "version": "…" }',
  );
}
