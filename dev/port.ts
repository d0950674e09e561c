import { once } from 'node:events';
import { createServer } from 'node:net';
import { errorCode } from './embedded/process.ts';

/**
 * Returns the wanted port if it is free. If the wanted port is 0, returns any free port. If the port is not available,
 * throws an error that says what to do.
 */
export async function findPort(host: string, wanted: string, setting = 'PORT'): Promise<number> {
  const port = Number(wanted);
  if (!/^\d+$/.test(wanted) || port > 65_535)
    throw new Error(`${setting}=${wanted} is not a port. Set ${setting}=3000, for example.`);
  let free = port;
  for (const address of addressesOf(host)) free = await probe(address, free, setting);
  return free;
}

// Returns the addresses to check. If the service listens on all addresses, another process may still listen on
// "localhost" alone and receive its requests, so includes "localhost" too.
function addressesOf(host: string): string[] {
  return host === '0.0.0.0' || host === '::' ? [host, '127.0.0.1', '::1'] : [host];
}

/** Thrown if another process listens on the port. */
export class PortTaken extends Error {}

async function probe(host: string, port: number, setting: string): Promise<number> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
  } catch (cause) {
    const code = errorCode(cause);
    if (code === 'EADDRINUSE') {
      throw new PortTaken(
        `Port ${port} is taken by another process. Set ${setting}=${port + 1}, or stop that process.`,
        { cause },
      );
    }
    if (code === 'EACCES')
      throw new Error(`Port ${port} requires more privileges. Set ${setting}=3000, for example.`, { cause });
    // Accept a failure for ::1, because the machine may have no IPv6.
    if (host === '::1') return port;
    throw new Error(`HOST=${host} is not an address of this machine. Set HOST=localhost, for example.`, {
      cause,
    });
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : port;
}
