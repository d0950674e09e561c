import type { DataSource, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';

type Column = EntityMetadata['columns'][number];

/** Finds an entity by the values of some columns. Builds the SQL once; TypeORM would build it for every query. */
export class EntityReader<Entity extends ObjectLiteral> {
  /** Takes the values of the properties as parameters, in the same order. */
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
      if (column === undefined) throw new Error(`${name} has no column for property "${property}".`);
      return `${quoted(column)} = $${index + 1}`;
    });
    if (deleteDateColumn !== undefined) conditions.push(`${quoted(deleteDateColumn)} IS NULL`);
    // Select the columns by name, so that the query still works after a migration adds a column.
    this.#columns = columns.filter(({ isSelect }) => isSelect);
    const table = tablePath.split('.').map((part) => driver.escape(part));
    this.sql = `SELECT ${this.#columns.map(quoted).join(', ')} FROM ${table.join('.')} WHERE ${conditions.join(' AND ')} LIMIT 1`;
  }

  /** Returns an entity as TypeORM would: an instance of its class, with values converted by the column transformers. */
  toEntity(row: Readonly<Record<string, unknown>>): Entity {
    const { driver } = this.dataSource;
    const metadata = this.dataSource.getMetadata(this.entity);
    const entity = metadata.create(undefined, { fromDeserializer: true }) as Entity;
    for (const column of this.#columns)
      column.setEntityValue(entity, driver.prepareHydratedValue(row[column.databaseName], column));
    return entity;
  }
}

/** Cache of the readers of one database. */
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
    // The reader was stored under this entity, so its type matches.
    return reader as EntityReader<Entity>;
  }
}
