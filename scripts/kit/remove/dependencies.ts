import { builtinModules } from 'node:module';
import { importsOf, isSource } from './modules.ts';
import type { Tree } from './tree.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const places = ['src', 'dev', 'tests', 'scripts', 'clients', 'bench'];

/**
 * Returns the package that an import names: `@scope/name/file` → `@scope/name`. Returns an empty list for files of the
 * clone and for modules of Node.
 */
function packageOf(target: string): string[] {
  if (/^(?:\.|node:)/.test(target) || builtinModules.includes(target)) return [];
  return [/^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target];
}

/** Returns all packages that the sources of a tree import. */
export const packagesOf = (tree: Tree): Set<string> =>
  new Set(
    places
      .flatMap((place) => tree.list(place))
      .filter(isSource)
      .flatMap((path) => importsOf(tree.read(path)).flatMap(packageOf)),
  );

const typesOf = (name: string): string =>
  name.startsWith('@') ? `@types/${name.slice(1).replace('/', '__')}` : `@types/${name}`;

/** Returns the packages in package.json. */
export function namedPackages(tree: Tree): Set<string> {
  const { dependencies, devDependencies } = JSON.parse(tree.read('package.json')) as Manifest;
  return new Set(Object.keys({ ...dependencies, ...devDependencies }));
}

/** Returns the packages in package.json that nothing imports any more, together with the packages of their types. */
export function unneededPackages(tree: Tree, before: ReadonlySet<string>): string[] {
  const named = namedPackages(tree);
  const now = packagesOf(tree);
  return [...before]
    .filter((name) => !now.has(name))
    .flatMap((name) => [name, typesOf(name)])
    .filter((name) => named.has(name))
    .sort();
}
