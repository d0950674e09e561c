import { Socket } from 'node:net';
import { Client } from 'pg';
import { type Folder, owner } from './folder.ts';
import { errorCode } from './process.ts';

const lockKey = 7_246_135;

/** Shows that a process uses a running server. The claim ends with the process, even after a crash. */
export interface Claim {
  port: number;
  /**
   * Releases the claim. Returns true if no other process has a claim. In that case, new claims wait until the server
   * has stopped.
   */
  releaseAsLast(): Promise<boolean>;
}

/** Thrown if the server on the folder's port does not accept the folder's password. */
export class PasswordRefused extends Error {}

/**
 * Connects and holds a shared advisory lock. With the lock, each process can find out whether it is the last user of
 * the server. A killed process loses its connection, so it no longer counts.
 */
export async function claimServer({ dir, data, password }: Folder, port: number): Promise<Claim> {
  const socket = new Socket();
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: owner,
    password,
    database: 'postgres',
    ssl: false,
    application_name: 'strata embedded server user',
    connectionTimeoutMillis: 5_000,
    stream: () => socket,
  });
  // Ignore errors of the connection. If the server stops first, the connection emits an error, which would crash this
  // process without a listener.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(
      `SELECT current_setting('data_directory') AS folder`,
    );
    if (rows[0]?.folder !== data) throw new Error(`Port ${port} belongs to another server.`);
    await client.query('SELECT pg_advisory_lock_shared($1)', [lockKey]);
  } catch (error) {
    socket.destroy();
    if (errorCode(error) !== '28P01') throw error;
    throw new PasswordRefused(
      `The password in ${dir} does not match the data there. Remove the folder to start over.`,
    );
  }
  socket.unref();
  return { port, releaseAsLast: () => releaseAsLast(client, socket) };
}

async function releaseAsLast(client: Client, socket: Socket): Promise<boolean> {
  if (socket.destroyed) return true;
  socket.ref();
  try {
    await client.query('SELECT pg_advisory_unlock_shared($1)', [lockKey]);
    const { rows } = await client.query<{ last: boolean }>('SELECT pg_try_advisory_lock($1) AS last', [
      lockKey,
    ]);
    const isLast = rows[0]?.last === true;
    // Stay connected as the last process, because the lock prevents others from joining a server that is about to stop.
    // The connection must not keep this process running.
    if (isLast) socket.unref();
    else await client.end();
    return isLast;
  } catch {
    return true;
  }
}
