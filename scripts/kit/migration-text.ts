import type { SqlQuery } from '../../src/db/migrate.ts';

/**
 * Returns the timestamp of a new migration, in milliseconds. It is `now`, unless one of these files is as late or
 * later. In that case, it is one more than the latest file.
 */
export function nextStamp(paths: readonly string[], now: number): number {
  const stamps = paths.flatMap((path) => /\bmigrations[\\/](\d{13})-[^\\/]+\.ts$/.exec(path)?.[1] ?? []);
  return Math.max(now, ...stamps.map((stamp) => Number(stamp) + 1));
}

// Replaces the name of the database, which TypeORM records for a generated column and which differs between machines.
const value = (parameter: unknown, database: string): string =>
  parameter === database ? 'await runner.getCurrentDatabase()' : JSON.stringify(parameter);

const statement = ({ query, parameters = [] }: SqlQuery, database: string): string => {
  const sql = query.trim().replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
  const values =
    parameters.length === 0 ? '' : `, [${parameters.map((one) => value(one, database)).join(', ')}]`;
  return `    await runner.query(\`${sql}\`${values});`;
};

/** Returns the source of a migration that runs these statements in `up` and `down`. */
export const renderMigration = (
  className: string,
  { up, down, database }: { up: readonly SqlQuery[]; down: readonly SqlQuery[]; database: string },
): string => {
  const lines = (queries: readonly SqlQuery[]) =>
    queries.map((query) => statement(query, database)).join('\n');
  return `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ${className} implements MigrationInterface {
  readonly name = '${className}';

  async up(runner: QueryRunner): Promise<void> {
${lines(up)}
  }

  async down(runner: QueryRunner): Promise<void> {
${lines(down)}
  }
}
`;
};
