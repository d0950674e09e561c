import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { about, type Finding } from './finding.ts';

interface Locked {
  readonly version?: string;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
interface Lock {
  readonly packages: Readonly<Record<string, Locked>>;
}

/** Checks that package-lock.json matches package.json, and that the installed packages match package-lock.json. */
export async function checkDependencies(root: string): Promise<Finding> {
  const { ok, fail } = about('dependencies');
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(root, name), 'utf8'));
  const manifest = (await read('package.json')) as Locked;
  const { packages: wanted } = (await read('package-lock.json')) as Lock;
  const dependenciesOf = ({ dependencies, devDependencies }: Locked = {}) =>
    JSON.stringify([dependencies, devDependencies].map((list) => Object.entries(list ?? {}).sort()));
  if (dependenciesOf(manifest) !== dependenciesOf(wanted['']))
    return fail('package-lock.json does not match package.json', 'npm install');
  const { packages: installed } = (await read('node_modules/.package-lock.json').catch(() => ({
    packages: {},
  }))) as Lock;
  const suspects = Object.entries(wanted).filter(
    ([path, { version, optional }]) =>
      path !== '' && optional !== true && installed[path]?.version !== version,
  );
  // Read the packages themselves, because npm's own record of installed packages may be outdated.
  const there = await Promise.all(suspects.map(([path]) => read(`${path}/package.json`).catch(() => null)));
  const wrong = suspects.filter(
    ([, { version }], index) => (there[index] as Locked | null)?.version !== version,
  );
  if (wrong.length === 0) return ok('installed as in package-lock.json');
  const first = wrong[0]?.[0].replace(/^.*node_modules\//, '') ?? '';
  return fail(`${wrong.length} differ from package-lock.json, such as ${first}`, 'npm ci');
}
