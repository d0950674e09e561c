import { Socket } from 'node:net';
import { Client } from 'pg';
import { type Folder, owner } from './folder.ts';
import { errorCode } from './process.ts';

const lockKey = 7_246_135;

/** One process's use of a running server, which ends with the process, however that ends. */
export interface Claim {
  port: number;
  /** Gives the claim up and says whether no other process holds one, in which case new ones have to wait. */
  releaseAsLast(): Promise<boolean>;
}

/** The server on the folder's port knows another password than the folder's. */
export class PasswordRefused extends Error {}

/**
 * Connects and stays connected, holding a shared advisory lock: so each process knows whether it is the last to use
 * the server, and one that was killed counts no more.
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
  // Without a listener, a server that ends first would end this process too.
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
      `The password in ${dir} is not that of the data there. Remove the folder to start afresh.`,
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
    // As the last one, stay connected: the lock keeps others from joining a server that is about to stop.
    if (isLast) socket.unref();
    else await client.end();
    return isLast;
  } catch {
    return true;
  }
}
