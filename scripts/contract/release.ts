import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { OpenApi } from './document.ts';

const run = promisify(execFile);

/** What went out before, to compare with. */
export interface Release {
  /** Such as `v1.2.0`, or the path of a file. */
  readonly name: string;
  readonly document: OpenApi;
  /** Its version in package.json; null for a file, which has none. */
  readonly version: string | null;
}

const maxBuffer = 64 * 1_024 * 1_024;

async function git(root: string, ...args: string[]): Promise<string> {
  return (await run('git', args, { cwd: root, maxBuffer })).stdout;
}

const releaseTag = /^v\d+\.\d+\.\d+$/;

/** The newest release that the current commit comes after; null when there is none, or no git. */
export async function findLastRelease(root: string): Promise<string | null> {
  const listed = await git(root, 'tag', '--merged', 'HEAD', '--list', 'v*', '--sort=-version:refname').catch(
    () => '',
  );
  return listed.split('\n').find((tag) => releaseTag.test(tag)) ?? null;
}

const atRef = async (root: string, ref: string, path: string): Promise<string | null> =>
  git(root, 'show', `${ref}:${path}`).catch(() => null);

/** Reads the document of a git ref or, when there is no such ref, of a file; null when neither has one. */
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
