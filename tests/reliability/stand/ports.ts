import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Listens on a loopback port; 0 takes any free one. */
export async function listenOn(server: Server, port: number): Promise<void> {
  server.listen({ port, host: '127.0.0.1' });
  await once(server, 'listening');
}

/** The port that a listening server has. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
  return address.port;
}

/** A loopback port that is free now, for a process that must find the same one again after each restart. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await listenOn(server, 0);
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}
