import type { ColumnCipher } from '../core/ports.ts';
import type { Database } from './database.ts';

/** A column whose values are encrypted by the `ColumnCipher`, as text. The place of a value is `<table>.<column>:<id>`. */
export interface EncryptedColumn {
  readonly table: string;
  /** The column that tells rows apart; part of the place of a value. */
  readonly idColumn: string;
  readonly column: string;
}

const associatedDataOf = ({ table, column }: EncryptedColumn, id: string): string =>
  `${table}.${column}:${id}`;

// Every form of the cipher begins like this; anything else was stored before its column was encrypted.
const isEncrypted = (value: string): boolean => /^e\d+\./.test(value);

const readable = (cipher: ColumnCipher, value: string, place: string): string =>
  isEncrypted(value) ? cipher.decrypt(value, place) : value;

/** The values of an encrypted column that holds JSON; those stored before it was encrypted are read as they are. */
export class EncryptedJson<Value> {
  constructor(
    private readonly cipher: ColumnCipher,
    private readonly column: EncryptedColumn,
  ) {}

  /** What to store for this value in the row of this id. */
  encrypt(id: string, value: Value | null): string | null {
    return value === null
      ? null
      : this.cipher.encrypt(JSON.stringify(value), associatedDataOf(this.column, id));
  }

  decrypt(id: string, stored: string | null): Value | null {
    if (stored === null) return null;
    return JSON.parse(readable(this.cipher, stored, associatedDataOf(this.column, id))) as Value;
  }
}

interface Row {
  readonly id: string;
  readonly value: string | null;
}

const batchSize = 500;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** How many values of a column there are, and how many of them got the current key. */
export interface Reencryption {
  readonly name: string;
  readonly values: number;
  readonly renewed: number;
}

/** Brings the values of one encrypted column to the current key of a cipher, beside a service that reads and writes them. */
class Reencryptor {
  readonly #select: string;
  readonly #update: string;

  constructor(
    private readonly db: Database,
    private readonly cipher: ColumnCipher,
    private readonly column: EncryptedColumn,
  ) {
    const [table, id, value] = [column.table, `t.${quoted(column.idColumn)}`, `t.${quoted(column.column)}`];
    this.#select = `SELECT ${id}::text AS id, ${value} AS value FROM ${quoted(table)} AS t`;
    this.#update = `UPDATE ${quoted(table)} AS t SET ${quoted(column.column)} = $3 WHERE ${id} = $1 AND ${value} = $2 RETURNING 1`;
  }

  async run(): Promise<Reencryption> {
    const { table, column } = this.column;
    const counts = { values: 0, renewed: 0 };
    for await (const rows of this.#batches()) {
      for (const row of rows) {
        if (row.value !== null) counts.values += 1;
        if (await this.#reencryptRow(row)) counts.renewed += 1;
      }
    }
    return { name: `${table}.${column}`, ...counts };
  }

  /** All rows by their ids, whatever the type of those, in statements that each end soon. */
  async *#batches(): AsyncGenerator<Row[]> {
    const id = `t.${quoted(this.column.idColumn)}`;
    let rows = await this.db.query<Row>(`${this.#select} ORDER BY ${id} LIMIT ${batchSize}`);
    while (rows.length > 0) {
      yield rows;
      const after = [rows.at(-1)?.id];
      rows = await this.db.query(`${this.#select} WHERE ${id} > $1 ORDER BY ${id} LIMIT ${batchSize}`, after);
    }
  }

  /** Whether it had to do something. A value that somebody changes meanwhile is read again, and never overwritten. */
  async #reencryptRow({ id, value }: Row): Promise<boolean> {
    if (value === null || !this.cipher.isOutdated(value)) return false;
    const place = associatedDataOf(this.column, id);
    const next = this.cipher.encrypt(readable(this.cipher, value, place), place);
    // In a transaction for its repetitions: somebody may hold the row for longer than a lock is waited for.
    const updated = await this.db.transaction(() => this.db.query(this.#update, [id, value, next]));
    if (updated.length > 0) return true;
    const idColumn = `t.${quoted(this.column.idColumn)}`;
    const [now] = await this.db.query<Row>(`${this.#select} WHERE ${idColumn} = $1`, [id]);
    return now !== undefined && this.#reencryptRow(now);
  }
}

/**
 * Encrypts with the current key whatever was encrypted with another one, or stored before its column was encrypted.
 * What is done stays done: after a failure, run it again. Row versions stay as they are, because nothing was changed.
 */
export async function reencrypt(
  db: Database,
  cipher: ColumnCipher,
  columns: readonly EncryptedColumn[],
): Promise<Reencryption[]> {
  const done: Reencryption[] = [];
  for (const column of columns) done.push(await new Reencryptor(db, cipher, column).run());
  return done;
}
