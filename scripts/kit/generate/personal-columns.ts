import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

const textual = ['text', 'varchar', 'jsonb', 'json', 'inet', 'cidr', 'tsvector'];

const isUserReference = ({ entityMetadata, propertyPath }: ColumnMetadata): boolean =>
  entityMetadata.foreignKeys.some(
    ({ columns, referencedTablePath }) =>
      referencedTablePath === 'users' && columns.some((column) => column.propertyPath === propertyPath),
  );

/** Returns whether a column probably contains the id of a user, judging by its reference, its name or its table. */
export function namesPerson(column: ColumnMetadata): boolean {
  const { type, databaseName, entityMetadata } = column;
  const hasPersonalName = /(^|_)(user|actor|subject|owner|customer|member|person)_id$|_by$/.test(
    databaseName,
  );
  return (
    type === 'uuid' && (isUserReference(column) || hasPersonalName || entityMetadata.tableName === 'users')
  );
}

/** Returns whether a column could contain personal data. docs/privacy.md must list all such columns. */
export const mayBePersonal = (column: ColumnMetadata): boolean =>
  textual.includes(String(column.type)) || namesPerson(column);

/** A column that docs/privacy.md must list. */
export interface PersonalColumn {
  readonly table: string;
  readonly column: string;
  readonly namesPerson: boolean;
}

/** Returns the columns that docs/privacy.md must list. */
export const personalColumns = (columns: readonly ColumnMetadata[]): PersonalColumn[] =>
  columns.filter(mayBePersonal).map((column) => ({
    table: column.entityMetadata.tableName,
    column: column.databaseName,
    namesPerson: namesPerson(column),
  }));
