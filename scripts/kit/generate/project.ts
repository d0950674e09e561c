import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { getMetadataArgsStorage } from 'typeorm';
import type { ModuleDefinition } from '../../../src/module.ts';
import { modules } from '../../../src/modules.ts';
import { Failure } from './failure.ts';
import type { ModuleNames } from './names.ts';

export const root = resolve(import.meta.dirname, '../../..');

/** What a ref leads to. */
export interface Target {
  /** The name of its entity, for `@ForeignKey`. */
  readonly entity: string;
  /** Whether rows of it can go with a person, or with what they belong to: what refers to them must then go along. */
  readonly canVanish: boolean;
}

const storage = getMetadataArgsStorage();

const entityNames = (): string[] =>
  storage.tables.flatMap(({ target }) => (typeof target === 'function' ? [target.name] : []));

/** The module of this name; throws a `Failure` that lists those that there are. */
export function findModule(name: string): ModuleDefinition {
  const found = modules.find((module) => module.name === name);
  if (found === undefined)
    throw new Failure(
      `There is no module "${name}": there are ${modules.map((module) => module.name).join(', ')}.`,
    );
  return found;
}

/** What `ref(name)` leads to: the entity whose table is called like the module. */
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
      `ref(${name}): the module has no table "${name.replaceAll('-', '_')}" with a uuid as its id that something could refer to.`,
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

/** Throws a `Failure` when something has one of the names that a new module needs. */
export async function assertNew(names: ModuleNames): Promise<void> {
  const { module, table, Entity } = names;
  const refuse = (what: string) => {
    throw new Failure(`${what} already: choose another name. Nothing that exists is written over.`);
  };
  if (modules.some(({ name, path }) => name === module || path === `/${module}`))
    refuse(`There is a module "${module}", or one at /${module},`);
  const sources = [`src/api/${module}`, `tests/api/${module}`].filter((path) => existsSync(join(root, path)));
  if (sources.length > 0) refuse(`There is ${sources.join(' and ')}`);
  if (storage.tables.some(({ name }) => name === table)) refuse(`There is a table "${table}"`);
  if (entityNames().includes(Entity)) refuse(`There is an entity "${Entity}"`);
  const schemas = await schemaNames();
  const schema = [Entity, `New${Entity}`, `${Entity}Change`].find((name) => schemas.includes(name));
  if (schema !== undefined) refuse(`There is a schema "${schema}"`);
  const permission = modules
    .flatMap(({ permissions }) => Object.keys(permissions))
    .find((name) => name.startsWith(`${module}:`));
  if (permission !== undefined) refuse(`There is a permission "${permission}"`);
}
