import type { QueryRunner } from 'typeorm';

/** Reads rows in a migration, which has no entities to ask. */
export const readRows = async <Row>(runner: QueryRunner, sql: string): Promise<Row[]> =>
  (await runner.query(sql)) as Row[];
