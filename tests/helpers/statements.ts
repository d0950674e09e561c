import { randomUUID } from 'node:crypto';
import type supertest from 'supertest';
import { currentContext } from '../../src/core/context.ts';
import type { TestApp } from './app.ts';

/** A statement as sent to the database. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

interface Client {
  query(...args: unknown[]): unknown;
}

interface Pool {
  on(event: 'acquire', listen: (client: Client) => void): void;
}

/**
 * Returns the statement in the arguments of `client.query`: either `'SELECT …', [1]`, or one object with text and
 * values.
 */
function statementIn([first, second]: readonly unknown[]): Statement {
  const { text, values } = (typeof first === 'string' ? { text: first, values: second } : first) as {
    text: string;
    values?: readonly unknown[];
  };
  return { sql: text, parameters: values ?? [] };
}

/**
 * Records the statements that an app sends to its database. The returned function sends a request, expects 200, and
 * returns only the statements of that request.
 */
export function recordStatements({
  db,
}: Pick<TestApp, 'db'>): (request: supertest.Test) => Promise<Statement[]> {
  const recorded = new Map<string, Statement[]>();
  const patched = new WeakSet<Client>();
  const pool = (db.dataSource.driver as unknown as { master: Pool }).master;
  pool.on('acquire', (client) => {
    if (patched.has(client)) return;
    patched.add(client);
    const query = client.query.bind(client);
    client.query = (...args) => {
      recorded.get(currentContext()?.requestId ?? '')?.push(statementIn(args));
      return query(...args);
    };
  });
  return async (request) => {
    const id = randomUUID();
    const statements: Statement[] = [];
    recorded.set(id, statements);
    await request.set('X-Request-Id', id).expect(200);
    recorded.delete(id);
    return statements;
  };
}
