import Joi from 'joi';
import { object } from '../../src/core/schema.ts';
import { createDataSource } from '../../src/db/data-source.ts';
import { Database } from '../../src/db/database.ts';
import { defineEvent } from '../../src/events/events.ts';
import { kernelEntities } from '../../src/process/kernel-tables.ts';

/** The event that `measure:events` publishes and delivers. */
export const measured = defineEvent({
  type: 'measure.happened',
  aggregate: 'measure',
  schema: object({ n: Joi.number() }),
});
/** Connects to a database that has the tables of the service itself. */
export async function openDatabase(url: string): Promise<Database> {
  const db = new Database(createDataSource({ url, poolMax: 10, entities: kernelEntities, migrations: [] }));
  await db.connect();
  return db;
}
