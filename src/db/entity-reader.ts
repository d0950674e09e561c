import type { DataSource, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';

type Column = EntityMetadata['columns'][number];

/** Reads one entity by some of its columns: what TypeORM works out for each question is worked out once. */
export class EntityReader<Entity extends ObjectLiteral> {
  /** Takes a value for each property, in the order of the properties. */
  readonly sql: string;
  readonly #columns: readonly Column[];

  constructor(
    private readonly dataSource: DataSource,
    private readonly entity: EntityTarget<Entity>,
    properties: readonly string[],
  ) {
    const { driver } = dataSource;
    const { columns, deleteDateColumn, name, tablePath } = dataSource.getMetadata(entity);
    const quoted = ({ databaseName }: Column) => driver.escape(databaseName);
    const conditions = properties.map((property, index) => {
      const column = columns.find(({ propertyName }) => propertyName === property);
      if (column === undefined) throw new Error(`${name} has no column "${property}" to be found by.`);
      return `${quoted(column)} = $${index + 1}`;
    });
    if (deleteDateColumn !== undefined) conditions.push(`${quoted(deleteDateColumn)} IS NULL`);
    // Each by its name: a column that a migration adds changes nothing here.
    this.#columns = columns.filter(({ isSelect }) => isSelect);
    const table = tablePath.split('.').map((part) => driver.escape(part));
    this.sql = `SELECT ${this.#columns.map(quoted).join(', ')} FROM ${table.join('.')} WHERE ${conditions.join(' AND ')} LIMIT 1`;
  }

  /** An entity as TypeORM makes it: of its class, its values through their transformers. */
  toEntity(row: Readonly<Record<string, unknown>>): Entity {
    const { driver } = this.dataSource;
    const metadata = this.dataSource.getMetadata(this.entity);
    const entity = metadata.create(undefined, { fromDeserializer: true }) as Entity;
    for (const column of this.#columns)
      column.setEntityValue(entity, driver.prepareHydratedValue(row[column.databaseName], column));
    return entity;
  }
}

/** The readers of one database, each made when it is first asked for. */
export class EntityReaders {
  readonly #known = new Map<unknown, Map<string, EntityReader<ObjectLiteral>>>();

  constructor(private readonly dataSource: DataSource) {}

  of<Entity extends ObjectLiteral>(
    entity: EntityTarget<Entity>,
    properties: readonly string[],
  ): EntityReader<Entity> {
    const readers = this.#known.get(entity) ?? new Map<string, EntityReader<ObjectLiteral>>();
    const key = properties.join();
    const reader = readers.get(key) ?? new EntityReader(this.dataSource, entity, properties);
    this.#known.set(entity, readers.set(key, reader));
    // Kept under this very entity.
    return reader as EntityReader<Entity>;
  }
}
