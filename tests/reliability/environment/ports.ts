import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Listens on a loopback port; 0 selects a free one. */
export async function listenOn(server: Server, port: number): Promise<void> {
  server.listen({ port, host: '127.0.0.1' });
  await once(server, 'listening');
}

/** Returns the port of a listening server. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server is not listening.');
  return address.port;
}

/** Returns a free loopback port, which a process can use again after a restart. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await listenOn(server, 0);
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}
