import { get } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { listenOn, portOf } from './ports.ts';

interface Backend {
  readonly port: number;
  misses: number;
}

/** A TCP load balancer. */
export interface Balancer {
  readonly port: number;
  close(): Promise<void>;
}

const checkEveryMs = 500;
const checkTimeoutMs = 1_000;
// The number of missed checks that make a backend unhealthy. One is not enough, because a busy machine may reply late
// once.
const missesMax = 2;
const connectTimeoutMs = 1_000;

/**
 * Sends connections to the healthy backends in turn. Uses unhealthy backends only if no healthy one accepts the
 * connection.
 */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const backends: Backend[] = ports.map((port) => ({ port, misses: 0 }));
  let turn = 0;

  const inTurn = (): Backend[] => {
    turn += 1;
    const rotated = backends.map((_, index) => backends[(index + turn) % backends.length]!);
    return rotated.sort((a, b) => Number(a.misses >= missesMax) - Number(b.misses >= missesMax));
  };
  const server = createServer({ allowHalfOpen: true }, (near) => {
    near.on('error', () => undefined);
    relay(near, inTurn());
  });
  await listenOn(server, 0);
  const checking = setInterval(() => {
    for (const backend of backends) check(backend);
  }, checkEveryMs);
  return {
    port: portOf(server),
    close: async () => {
      clearInterval(checking);
      server.close();
    },
  };
}

function relay(near: Socket, [backend, ...others]: readonly Backend[]): void {
  if (backend === undefined) {
    near.resetAndDestroy();
    return;
  }
  const far = connect({ port: backend.port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  const connectTimer = setTimeout(() => far.destroy(new Error('Connect timeout.')), connectTimeoutMs);
  let isConnected = false;
  far.on('connect', () => {
    isConnected = true;
    clearTimeout(connectTimer);
    near.pipe(far).pipe(near);
  });
  // Try another backend if the connection could not be established, because nothing was sent yet.
  far.on('error', () => {
    clearTimeout(connectTimer);
    if (isConnected) near.resetAndDestroy();
    else relay(near, others);
  });
  far.on('close', (hadError) => {
    if (!hadError) near.destroySoon();
  });
  near.on('close', () => {
    if (isConnected) far.destroy();
  });
}

function check(backend: Backend): void {
  const missed = (): void => {
    backend.misses += 1;
  };
  get(
    { host: '127.0.0.1', port: backend.port, path: '/health/live', timeout: checkTimeoutMs, agent: false },
    (res) => {
      res.resume();
      res.once('end', () => {
        backend.misses = 0;
      });
    },
  )
    .on('timeout', function (this: { destroy(error: Error): void }) {
      this.destroy(new Error('No response.'));
    })
    .on('error', missed);
}
