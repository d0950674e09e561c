import { randomUUID } from 'node:crypto';
import type { EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { TestApp } from './app.ts';

const sampleValues: Readonly<Record<string, (clock: TestApp['clock']) => unknown>> = {
  uuid: () => randomUUID(),
  text: () => randomUUID(),
  integer: () => 1,
  bigint: () => 1,
  numeric: () => '1',
  boolean: () => false,
  date: () => '2026-01-31',
  timestamptz: (clock) => clock.now(),
  jsonb: () => ({}),
};

const needsValue = ({ isNullable, default: preset, isGenerated, asExpression }: ColumnMetadata): boolean =>
  !isNullable && preset === undefined && !isGenerated && asExpression === undefined;

const foreignKeyOf = ({ foreignKeys }: EntityMetadata, column: ColumnMetadata) =>
  foreignKeys.find(({ columns }) => columns.includes(column));

/**
 * Inserts a row that only has to exist, after the rows that it refers to. Fills each required column with a sample
 * unless `given` has a value. Returns the id.
 */
export async function buildRow(
  { db, clock }: Pick<TestApp, 'db' | 'clock'>,
  entity: string,
  given: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const metadata = db.dataSource.getMetadata(entity);
  const row: Record<string, unknown> = { ...given };
  for (const column of metadata.columns.filter(needsValue)) {
    if (column.propertyName in given) continue;
    const type = String(column.type);
    const reference = foreignKeyOf(metadata, column);
    const make = column.isArray ? () => [] : sampleValues[type];
    if (reference !== undefined)
      row[column.propertyName] = await buildRow({ db, clock }, reference.referencedEntityMetadata.name);
    else if (make === undefined)
      throw new Error(
        `${entity}.${column.propertyName} is of type ${type}: add it to tests/helpers/rows.ts.`,
      );
    else row[column.propertyName] = make(clock);
  }
  const { identifiers } = await db.repository(entity).insert(row);
  return String(identifiers[0]?.['id']);
}
