import type { ColumnCipher } from '../core/ports.ts';
import type { Database } from './database.ts';
import { trusted } from './trusted.ts';

/**
 * A text column encrypted with `ColumnCipher`. Each value is bound to its place, `<table>.<column>:<id>` (associated
 * data).
 */
export interface EncryptedColumn {
  readonly table: string;
  /** Column that identifies a row, used as `<id>` in the associated data. */
  readonly idColumn: string;
  readonly column: string;
}

const associatedDataOf = ({ table, column }: EncryptedColumn, id: string): string =>
  `${table}.${column}:${id}`;

// Returns whether a value is encrypted: every ciphertext starts like this. Other values were stored before their column
// was encrypted.
const isEncrypted = (value: string): boolean => /^e\d+\./.test(value);

const decryptIfNeeded = (cipher: ColumnCipher, value: string, associatedData: string): string =>
  isEncrypted(value) ? cipher.decrypt(value, associatedData) : value;

/**
 * Encrypts and decrypts the values of a JSON column. Also reads values that were stored before the column was
 * encrypted.
 */
export class EncryptedJson<Value> {
  constructor(
    private readonly cipher: ColumnCipher,
    private readonly column: EncryptedColumn,
  ) {}

  /** Returns the ciphertext to store for this value in the row with this id. */
  encrypt(id: string, value: Value | null): string | null {
    return value === null
      ? null
      : this.cipher.encrypt(JSON.stringify(value), associatedDataOf(this.column, id));
  }

  decrypt(id: string, stored: string | null): Value | null {
    if (stored === null) return null;
    // The stored text was written by `encrypt`, so it has this type.
    return trusted<Value>(
      JSON.parse(decryptIfNeeded(this.cipher, stored, associatedDataOf(this.column, id))),
    );
  }
}

interface Row {
  readonly id: string;
  readonly value: string | null;
}

const batchSize = 500;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Result for one column: the number of its values, and how many of them were re-encrypted. */
export interface Reencryption {
  readonly name: string;
  readonly values: number;
  readonly renewed: number;
}

/** Re-encrypts the values of one column with the current key while the service keeps running. */
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

  /** Yields all rows in batches, ordered by id. */
  async *#batches(): AsyncGenerator<Row[]> {
    const id = `t.${quoted(this.column.idColumn)}`;
    let rows = await this.db.query<Row>(`${this.#select} ORDER BY ${id} LIMIT ${batchSize}`);
    while (rows.length > 0) {
      yield rows;
      const after = [rows.at(-1)?.id];
      rows = await this.db.query(`${this.#select} WHERE ${id} > $1 ORDER BY ${id} LIMIT ${batchSize}`, after);
    }
  }

  /**
   * Re-encrypts a value. Returns true if the value was outdated. If another process has changed the value meanwhile,
   * reads the new value instead of overwriting it.
   */
  async #reencryptRow({ id, value }: Row): Promise<boolean> {
    if (value === null || !this.cipher.isOutdated(value)) return false;
    const associatedData = associatedDataOf(this.column, id);
    const next = this.cipher.encrypt(decryptIfNeeded(this.cipher, value, associatedData), associatedData);
    // Use a transaction, because it retries after a lock timeout and a plain query does not. Another client may hold
    // the row.
    const updated = await this.db.transaction(() => this.db.query(this.#update, [id, value, next]));
    if (updated.length > 0) return true;
    const idColumn = `t.${quoted(this.column.idColumn)}`;
    const [now] = await this.db.query<Row>(`${this.#select} WHERE ${idColumn} = $1`, [id]);
    return now !== undefined && this.#reencryptRow(now);
  }
}

/**
 * Encrypts every value that has an older key or no encryption, with the current key. After a failure, run it again:
 * finished values are skipped. Row versions stay as they are, because the plaintext does not change.
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
