import type { ClientBase, FieldDef } from 'pg';
import utils from 'pg/lib/utils.js';
import { parserOf } from './column-types.ts';
import { trusted } from './trusted.ts';

/** The columns of a row as text. NULL is null. */
export type Fields = readonly (string | null)[];

/** Converts the columns of a row. */
export type ReadRow<Row> = (fields: Fields) => Row;

/** Compiles the conversion of rows with these columns. */
export type CompileReader<Row> = (columns: readonly FieldDef[]) => ReadRow<Row>;

type Callback = (error: Error | null, result?: unknown) => void;

/** The part of pg's connection that queries of their own class use, such as those of pg-cursor. */
interface Connection {
  readonly stream: { cork(): void; uncork(): void };
  readonly parsedStatements: Readonly<Record<string, string | undefined>>;
  parse(query: { readonly name: string; readonly text: string }): void;
  bind(query: { readonly statement: string; readonly values: readonly (Buffer | string | null)[] }): void;
  describe(portal: { readonly type: 'P' }): void;
  execute(portal: undefined): void;
  sync(): void;
}

// Caches the readers of named statements. The columns of such a statement cannot change, because PostgreSQL then
// refuses to execute it.
const readersByConnection = new WeakMap<Connection, Map<string, ReadRow<unknown>>>();

function readersOf(connection: Connection): Map<string, ReadRow<unknown>> {
  const readers = readersByConnection.get(connection) ?? new Map<string, ReadRow<unknown>>();
  readersByConnection.set(connection, readers);
  return readers;
}

/**
 * A query that pg sends in place of its own `Query`. The compiled reader reads rows directly, and the columns of a
 * named statement are requested once per connection. Both together halve the cost of a query in this process.
 */
export class StatementQuery<Row> {
  readonly rows: Row[] = [];
  readonly values: readonly (Buffer | string | null)[];
  /** The callback, which pg sets. */
  callback: Callback | undefined;
  /** The timeout in milliseconds, which pg reads. If it is undefined, the timeout of the connection applies. */
  query_timeout: number | undefined;
  #read: ReadRow<Row> | undefined;
  #readers: Map<string, ReadRow<unknown>> | undefined;
  #tag = '';
  #failure: Error | null = null;

  constructor(
    /** The name of the prepared statement, or an empty string for an unnamed one. */
    readonly name: string,
    readonly text: string,
    values: readonly unknown[],
    private readonly compile: CompileReader<Row>,
  ) {
    this.values = values.map((value) => utils.prepareValue(value));
  }

  /** The number of rows returned or changed, or null if the command returns none. */
  get rowCount(): number | null {
    const [, count] = / (\d+)$/.exec(this.#tag) ?? [];
    return count === undefined ? null : Number(count);
  }

  submit(connection: Connection): void {
    const { name, text, values } = this;
    const isParsed = name !== '' && connection.parsedStatements[name] !== undefined;
    if (name !== '') this.#readers = readersOf(connection);
    // The rows of this statement always have the type of its reader.
    if (isParsed) this.#read = trusted<ReadRow<Row> | undefined>(this.#readers?.get(name));
    const { stream } = connection;
    stream.cork();
    try {
      if (!isParsed) connection.parse({ name, text });
      connection.bind({ statement: name, values });
      if (this.#read === undefined) connection.describe({ type: 'P' });
      connection.execute(undefined);
      connection.sync();
    } finally {
      stream.uncork();
    }
  }

  handleRowDescription({ fields }: { readonly fields: readonly FieldDef[] }): void {
    const read = this.compile(fields);
    this.#read = read;
    this.#readers?.set(this.name, read);
  }

  handleDataRow({ fields }: { readonly fields: Fields }): void {
    if (this.#read === undefined || this.#failure !== null) return;
    try {
      this.rows.push(this.#read(fields));
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#tag = text;
  }

  handleReadyForQuery(): void {
    this.callback?.(this.#failure, this);
  }

  handleError(error: Error): void {
    this.callback?.(error);
  }
}

/** Compiles a reader that returns rows as pg does: objects with the values of all columns by name. */
export function readObjects<Row>(columns: readonly FieldDef[]): ReadRow<Row> {
  const parsers = columns.map(({ dataTypeID }) => parserOf(dataTypeID));
  const names = columns.map(({ name }) => name);
  const template = Object.fromEntries(names.map((name) => [name, null]));
  return (fields) => {
    // Copy one template for all rows, so that all rows have the same hidden class in V8.
    const row: Record<string, unknown> = { ...template };
    for (let index = 0; index < names.length; index += 1) {
      const text = fields[index] ?? null;
      if (text !== null) row[trusted<string>(names[index])] = parsers[index]?.(text);
    }
    return trusted<Row>(row);
  };
}

/** Runs a query on this connection and returns its rows. */
export const runStatement = <Row>(client: ClientBase, query: StatementQuery<Row>): Promise<Row[]> =>
  new Promise((resolve, reject) => {
    submit(client, query, (error) => {
      if (error === null) resolve(query.rows);
      else reject(error);
    });
  });

/** Submits a query to this connection. */
export const submit = <Row>(client: ClientBase, query: StatementQuery<Row>, callback: Callback): void => {
  trusted<{ query(query: StatementQuery<Row>, callback: Callback): void }>(client).query(query, callback);
};
