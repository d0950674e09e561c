import { once } from 'node:events';
import { createServer } from 'node:net';
import { errorCode } from './embedded/process.ts';

/** The port to listen on, proven free; throws with what to do when it is not. Port 0 becomes any free one. */
export async function findPort(host: string, wanted: string, setting = 'PORT'): Promise<number> {
  const port = Number(wanted);
  if (!/^\d+$/.test(wanted) || port > 65_535)
    throw new Error(`${setting}=${wanted} is no port. Set ${setting}=3000, for example.`);
  let free = port;
  for (const address of addressesOf(host)) free = await probe(address, free, setting);
  return free;
}

// Where we listen everywhere, another process may still sit on "localhost" alone, and answer in our place.
function addressesOf(host: string): string[] {
  return host === '0.0.0.0' || host === '::' ? [host, '127.0.0.1', '::1'] : [host];
}

/** Somebody listens there already. */
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
      throw new Error(`Port ${port} needs more rights. Set ${setting}=3000, for example.`, { cause });
    // A machine without IPv6 has no such address to be taken.
    if (host === '::1') return port;
    throw new Error(`HOST=${host} cannot be listened on. Set HOST=localhost, for example.`, { cause });
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : port;
}
