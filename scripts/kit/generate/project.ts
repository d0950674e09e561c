import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { getMetadataArgsStorage } from 'typeorm';
import type { ModuleDefinition } from '../../../src/module.ts';
import { modules } from '../../../src/modules.ts';
import { Failure } from './failure.ts';
import type { ModuleNames } from './names.ts';

export const root = resolve(import.meta.dirname, '../../..');

/** The entity that a reference points to. */
export interface Target {
  /** The class name, for `@ForeignKey`. */
  readonly entity: string;
  /**
   * True if the rows of the target can be deleted together with their owner. References then need an `ON DELETE`
   * action.
   */
  readonly canVanish: boolean;
}

const storage = getMetadataArgsStorage();

const entityNames = (): string[] =>
  storage.tables.flatMap(({ target }) => (typeof target === 'function' ? [target.name] : []));

/** Returns the module with this name. Throws a `Failure` that lists the modules if there is none. */
export function findModule(name: string): ModuleDefinition {
  const found = modules.find((module) => module.name === name);
  if (found === undefined)
    throw new Failure(
      `There is no module "${name}". Choose one of ${modules.map((module) => module.name).join(', ')}.`,
    );
  return found;
}

/**
 * Returns the target of `ref(name)`: the entity that has a table with the name of the module. Throws a `Failure` if
 * there is none.
 */
export function findTarget(name: string): Target {
  const { entities } = findModule(name);
  const table = storage.tables.find(
    ({ target, name: tableName }) =>
      tableName === name.replaceAll('-', '_') && entities.some((entity) => entity === target),
  );
  const isById = storage.columns.some(
    ({ target, propertyName, options }) =>
      target === table?.target && propertyName === 'id' && options.type === 'uuid',
  );
  if (typeof table?.target !== 'function' || !isById)
    throw new Failure(
      `ref(${name}): the module has no table "${name.replaceAll('-', '_')}" with a uuid id to refer to.`,
    );
  const canVanish = storage.foreignKeys.some(
    ({ target, onDelete }) => onDelete !== undefined && entities.some((entity) => entity === target),
  );
  return { entity: table.target.name, canVanish };
}

async function schemaNames(): Promise<string[]> {
  const api = join(root, 'src/api');
  const files = (await readdir(api, { recursive: true })).filter((file) => file.endsWith('.validation.ts'));
  const texts = await Promise.all(files.map((file) => readFile(join(api, file), 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(/\bnamed\(\s*'(\w+)'/g)].map(([, name]) => name ?? ''));
}

/** Throws a `Failure` if a name that the new module needs is already used. */
export async function assertNew(names: ModuleNames): Promise<void> {
  const { module, table, Entity } = names;
  const fail = (subject: string) => {
    throw new Failure(
      `${subject} already exists. Choose another name; the generator never overwrites anything.`,
    );
  };
  if (modules.some(({ name, path }) => name === module || path === `/${module}`))
    fail(`A module "${module}" or a module at /${module}`);
  const sources = [`src/api/${module}`, `tests/api/${module}`].filter((path) => existsSync(join(root, path)));
  if (sources.length > 0) fail(sources.join(' or '));
  if (storage.tables.some(({ name }) => name === table)) fail(`A table "${table}"`);
  if (entityNames().includes(Entity)) fail(`An entity "${Entity}"`);
  const schemas = await schemaNames();
  const schema = [Entity, `New${Entity}`, `${Entity}Change`].find((name) => schemas.includes(name));
  if (schema !== undefined) fail(`A schema "${schema}"`);
  const permission = modules
    .flatMap(({ permissions }) => Object.keys(permissions))
    .find((name) => name.startsWith(`${module}:`));
  if (permission !== undefined) fail(`A permission "${permission}"`);
}
