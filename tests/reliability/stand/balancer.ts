import { get } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { listenOn, portOf } from './ports.ts';

interface Backend {
  readonly port: number;
  misses: number;
}

/** A balancer of TCP connections over some backends. */
export interface Balancer {
  readonly port: number;
  close(): Promise<void>;
}

const checkEveryMs = 500;
const checkTimeoutMs = 1_000;
// One late answer of a busy machine is no failure yet.
const missesMax = 2;
const connectTimeoutMs = 1_000;

/** Hands connections out in turn to the backends that are alive, or to any when none is. */
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
    handOver(near, inTurn());
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

function handOver(near: Socket, [backend, ...others]: readonly Backend[]): void {
  if (backend === undefined) {
    near.resetAndDestroy();
    return;
  }
  const far = connect({ port: backend.port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  const giveUp = setTimeout(() => far.destroy(new Error('No connection.')), connectTimeoutMs);
  let isOver = false;
  far.on('connect', () => {
    isOver = true;
    clearTimeout(giveUp);
    near.pipe(far).pipe(near);
  });
  // Until a connection stands nothing was said on it, and another backend may be asked instead.
  far.on('error', () => {
    clearTimeout(giveUp);
    if (isOver) near.resetAndDestroy();
    else handOver(near, others);
  });
  far.on('close', (hadError) => {
    if (!hadError) near.destroySoon();
  });
  near.on('close', () => {
    if (isOver) far.destroy();
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
      this.destroy(new Error('No answer.'));
    })
    .on('error', missed);
}
