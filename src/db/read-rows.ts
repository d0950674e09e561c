import type { QueryRunner } from 'typeorm';

/** Returns rows in a migration, where no entities are available. */
export const readRows = async <Row>(runner: QueryRunner, sql: string): Promise<Row[]> =>
  (await runner.query(sql)) as Row[];
