import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { about, type Finding } from './finding.ts';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly template?: { readonly version?: string };
}

/** Which version of Strata this is, or was grown from. */
export async function readVersion(root: string): Promise<string | null> {
  const { template } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
  return template?.version ?? null;
}

/** Names the version of Strata that a clone has, from its package.json. */
export async function judgeVersion(root: string): Promise<Finding> {
  const { ok, warn } = about('template');
  const version = await readVersion(root);
  if (version !== null) return ok(`${version} (docs/upgrading.md tells how to take what is new)`);
  return warn(
    'package.json does not say which version of Strata this was grown from',
    'add "template": { "version": "…" }',
  );
}
