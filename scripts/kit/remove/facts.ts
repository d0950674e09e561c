import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getMetadataArgsStorage } from 'typeorm';
import type { ModuleDefinition } from '../../../src/module.ts';
import type { Module } from './modules.ts';
import { isSource } from './modules.ts';
import type { Tree } from './tree.ts';

/** The data that modules store in a database. */
export interface Facts {
  readonly tables: readonly string[];
  readonly migrations: readonly string[];
  readonly permissions: readonly string[];
  readonly jobs: readonly string[];
  readonly events: readonly string[];
  readonly aggregates: readonly string[];
}

const isDefinition = (value: unknown): value is ModuleDefinition =>
  typeof value === 'object' && value !== null && 'entities' in value && 'create' in value;

const unique = (values: readonly string[]): string[] => [...new Set(values)];

/** Loads these modules and returns what they store in a database. Throws if one cannot be loaded. */
export async function readFacts(tree: Tree, modules: readonly Module[]): Promise<Facts> {
  const exported = await Promise.all(
    modules.map(
      ({ name }) =>
        import(pathToFileURL(join(tree.root, `src/api/${name}/index.ts`)).href) as Promise<object>,
    ),
  );
  const definitions = exported.flatMap((module) => Object.values(module).filter(isDefinition));
  const events = definitions.flatMap((definition) => definition.events);
  return {
    tables: unique(definitions.flatMap(({ entities }) => tablesOf(entities))),
    migrations: definitions.flatMap(({ migrations }) => migrations.map(({ name }) => name)),
    permissions: definitions.flatMap(({ permissions }) => Object.keys(permissions)),
    jobs: modules.flatMap(({ name }) => jobsIn(tree, name)),
    events: events.map(({ type }) => type),
    aggregates: unique(events.map(({ aggregate }) => aggregate)),
  };
}

function tablesOf(entities: readonly unknown[]): string[] {
  const { tables } = getMetadataArgsStorage();
  return tables.flatMap(({ target, name }) =>
    entities.includes(target) && name !== undefined ? [name] : [],
  );
}

// Reads the names of a module's jobs from its source, because the module would have to be built to know its jobs, which
// needs a database.
const jobsIn = (tree: Tree, module: string): string[] =>
  tree
    .list(`src/api/${module}`)
    .filter((path) => isSource(path) && !path.endsWith('.test.ts'))
    .flatMap((path) =>
      [...tree.read(path).matchAll(/\bdefineJob\(\{\s*name: '([^']+)'/g)].flatMap(([, name]) => name ?? []),
    );
