import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { OpenApi } from './document.ts';

const run = promisify(execFile);

/** A previous release to compare the current document with. */
export interface Release {
  /** A git ref such as `v1.2.0`, or the path of a file. */
  readonly name: string;
  readonly document: OpenApi;
  /** The version in package.json at this ref, or null for a file. */
  readonly version: string | null;
}

const maxBuffer = 64 * 1_024 * 1_024;

async function git(root: string, ...args: string[]): Promise<string> {
  return (await run('git', args, { cwd: root, maxBuffer })).stdout;
}

const releaseTag = /^v\d+\.\d+\.\d+$/;

/**
 * Returns the newest release tag before the current commit. Returns null if there is none, or if git cannot be used.
 */
export async function findLastRelease(root: string): Promise<string | null> {
  const listed = await git(root, 'tag', '--merged', 'HEAD', '--list', 'v*', '--sort=-version:refname').catch(
    () => '',
  );
  return listed.split('\n').find((tag) => releaseTag.test(tag)) ?? null;
}

const atRef = async (root: string, ref: string, path: string): Promise<string | null> =>
  git(root, 'show', `${ref}:${path}`).catch(() => null);

/**
 * Reads the document at a git ref. If there is no such ref, reads the file with this path. Returns null if neither
 * exists.
 */
export async function readRelease(root: string, name: string): Promise<Release | null> {
  const [document, manifest] = [
    await atRef(root, name, 'openapi.json'),
    await atRef(root, name, 'package.json'),
  ];
  if (document !== null)
    return {
      name,
      document: JSON.parse(document) as OpenApi,
      version: manifest === null ? null : (JSON.parse(manifest) as { version: string }).version,
    };
  const file = await readFile(name, 'utf8').catch(() => null);
  return file === null ? null : { name, document: JSON.parse(file) as OpenApi, version: null };
}
