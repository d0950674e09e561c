import type { QueryRunner } from 'typeorm';

/** Runs a query in a migration, where entities cannot be used, and returns the rows. */
export const readRows = async <Row>(runner: QueryRunner, sql: string): Promise<Row[]> =>
  (await runner.query(sql)) as Row[];
