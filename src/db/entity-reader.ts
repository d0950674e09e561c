import type { DataSource, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import { parserOf } from './column-types.ts';
import type { Statement } from './prepared.ts';
import type { CompileReader } from './statement.ts';
import { trusted } from './trusted.ts';

type Column = EntityMetadata['columns'][number];

// The types of columns whose values TypeORM returns as pg parsed them.
const plainTypes = new Set<unknown>(['text', 'uuid', 'integer', 'smallint', 'timestamptz', 'jsonb']);

/** Returns the columns that TypeORM selects by default. */
export const selectedColumns = ({ columns }: EntityMetadata): readonly Column[] =>
  columns.filter(({ isSelect }) => isSelect);

/**
 * Compiles a reader that returns entities as TypeORM would: instances of their class, with values converted by the
 * column transformers. The columns of the query have the names of the table.
 */
export const readEntities =
  <Entity extends ObjectLiteral>({ driver }: DataSource, metadata: EntityMetadata): CompileReader<Entity> =>
  (columns) => {
    const setters = columns.map(({ name, dataTypeID }) => {
      const column = metadata.columns.find(({ databaseName }) => databaseName === name);
      if (column === undefined) throw new Error(`${metadata.name} has no column "${name}".`);
      const parse = parserOf(dataTypeID);
      const isDirect = column.embeddedMetadata === undefined && !column.isVirtual;
      const isPlain = plainTypes.has(column.type) && column.transformer === undefined;
      return { column, parse, isPlain, property: isDirect ? column.propertyName : null };
    });
    return (fields) => {
      const entity = trusted<ObjectLiteral>(metadata.create(undefined, { fromDeserializer: true }));
      for (let index = 0; index < setters.length; index += 1) {
        const { column, parse, isPlain, property } = trusted<(typeof setters)[number]>(setters[index]);
        const text = fields[index] ?? null;
        const parsed = text === null ? null : parse(text);
        const value: unknown = isPlain ? parsed : driver.prepareHydratedValue(parsed, column);
        if (property === null) column.setEntityValue(entity, value);
        else entity[property] = value;
      }
      return trusted<Entity>(entity);
    };
  };

/** Returns the statement that finds an entity by the values of some properties, in this order. */
function lookUp<Entity extends ObjectLiteral>(
  dataSource: DataSource,
  entity: EntityTarget<Entity>,
  properties: readonly string[],
): Statement<Entity> {
  const { driver } = dataSource;
  const metadata = dataSource.getMetadata(entity);
  const { columns, deleteDateColumn, name, tablePath } = metadata;
  const quoted = ({ databaseName }: Column) => driver.escape(databaseName);
  const conditions = properties.map((property, index) => {
    const column = columns.find(({ propertyName }) => propertyName === property);
    if (column === undefined) throw new Error(`${name} has no column for property "${property}".`);
    return `${quoted(column)} = $${index + 1}`;
  });
  if (deleteDateColumn !== undefined) conditions.push(`${quoted(deleteDateColumn)} IS NULL`);
  const table = tablePath.split('.').map((part) => driver.escape(part));
  // Select the columns by name, so that the query still works after a migration adds a column.
  const list = selectedColumns(metadata).map(quoted).join(', ');
  return {
    sql: `SELECT ${list} FROM ${table.join('.')} WHERE ${conditions.join(' AND ')} LIMIT 1`,
    compile: readEntities<Entity>(dataSource, metadata),
    isPrepared: true,
  };
}

/** Caches the statements that look up entities of one database. */
export class LookUps {
  readonly #known = new Map<unknown, Map<string, Statement<ObjectLiteral>>>();

  constructor(private readonly dataSource: DataSource) {}

  of<Entity extends ObjectLiteral>(
    entity: EntityTarget<Entity>,
    properties: readonly string[],
  ): Statement<Entity> {
    const statements = this.#known.get(entity) ?? new Map<string, Statement<ObjectLiteral>>();
    const key = properties.join();
    const statement = statements.get(key) ?? lookUp(this.dataSource, entity, properties);
    this.#known.set(entity, statements.set(key, statement));
    // The statement was stored under this entity, so its type matches.
    return trusted<Statement<Entity>>(statement);
  }
}
