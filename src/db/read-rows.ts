import type { QueryRunner } from 'typeorm';
import { trusted } from './trusted.ts';

/** Runs a query in a migration, where entities cannot be used, and returns the rows. */
export const readRows = async <Row>(runner: QueryRunner, sql: string): Promise<Row[]> =>
  trusted<Row[]>(await runner.query(sql));
