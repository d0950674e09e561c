import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { DelayLine } from './delay-line.ts';
import { listenOn, portOf } from './ports.ts';

/** What a link does to those who talk over it. */
export type LinkFault =
  /** Nobody listens: connections end, and new ones are refused. */
  | { readonly kind: 'refuse' }
  /** Every connection is reset, new ones as soon as they are made. */
  | { readonly kind: 'reset' }
  /** Each connection falls silent once this many more bytes have passed; what was said then arrives when it heals. */
  | { readonly kind: 'blackHole'; readonly afterBytes: number }
  | { readonly kind: 'latency'; readonly ms: number }
  /** The far side of each open connection is gone, and the near side is not told. New ones are let through. */
  | { readonly kind: 'halfOpen' };

interface Link {
  readonly near: Socket;
  far: Socket | undefined;
  /** Bytes that may still pass before it falls silent. */
  budget: number;
  isOrphan: boolean;
}

/** A TCP relay between two processes that can misbehave as networks do. */
export class FaultProxy {
  readonly #links = new Set<Link>();
  #fault: LinkFault | undefined;
  #isRefusing = false;

  private constructor(
    readonly port: number,
    private readonly upstreamPort: () => number,
    private server: Server,
  ) {
    this.#accept();
  }

  /** Listens on a free loopback port and relays to wherever `upstreamPort` points at the time. */
  static async open(upstreamPort: () => number): Promise<FaultProxy> {
    const server = createServer({ allowHalfOpen: true });
    await listenOn(server, 0);
    return new FaultProxy(portOf(server), upstreamPort, server);
  }

  /** Misbehaves from now on, towards open connections too. */
  inflict(fault: LinkFault): void {
    this.#fault = fault;
    if (fault.kind === 'refuse') {
      this.#isRefusing = true;
      this.server.close();
    }
    for (const link of this.#links) {
      link.budget = fault.kind === 'blackHole' ? fault.afterBytes : Infinity;
      if (fault.kind === 'refuse' || fault.kind === 'reset') this.#cut(link);
      if (fault.kind === 'blackHole' && fault.afterBytes === 0) this.#hush(link);
      if (fault.kind === 'halfOpen') this.#orphan(link);
    }
  }

  /** Behaves again. What was held back goes on; whoever lost the other side is told so. */
  async heal(): Promise<void> {
    this.#fault = undefined;
    if (this.#isRefusing) {
      this.#isRefusing = false;
      this.server = createServer({ allowHalfOpen: true });
      await listenOn(this.server, this.port);
      this.#accept();
    }
    for (const link of this.#links) {
      link.budget = Infinity;
      if (link.isOrphan) this.#cut(link);
      else if (link.far === undefined) this.#reach(link);
      else for (const socket of [link.near, link.far]) socket.resume();
    }
  }

  async close(): Promise<void> {
    const isClosed = this.server.listening ? once(this.server, 'close') : Promise.resolve();
    this.server.close();
    for (const link of this.#links) this.#cut(link);
    await isClosed;
  }

  #accept(): void {
    this.server.on('connection', (near) => {
      const fault = this.#fault;
      const budget = fault?.kind === 'blackHole' ? fault.afterBytes : Infinity;
      const link: Link = { near, far: undefined, budget, isOrphan: false };
      this.#links.add(link);
      near.setNoDelay(true);
      near.on('error', () => undefined);
      near.on('close', (hadError) => {
        this.#links.delete(link);
        if (hadError) link.far?.resetAndDestroy();
        else link.far?.destroySoon();
      });
      near.pause();
      if (fault?.kind === 'reset') this.#cut(link);
      else if (budget > 0) this.#reach(link);
    });
  }

  #reach(link: Link): void {
    const far = connect({ port: this.upstreamPort(), host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    link.far = far;
    far.on('error', () => undefined);
    far.on('close', (hadError) => {
      if (link.isOrphan) return;
      if (hadError) this.#cut(link);
      else link.near.destroySoon();
    });
    far.once('connect', () => {
      this.#relay(link, link.near, far);
      this.#relay(link, far, link.near);
    });
  }

  #relay(link: Link, from: Socket, to: Socket): void {
    // A chunk that is held up for long must not be overtaken by one that is not.
    const line = new DelayLine();
    const delayMs = (): number => (this.#fault?.kind === 'latency' ? this.#fault.ms : 0);
    from.on('data', (chunk: Buffer) => {
      line.push(() => {
        if (!to.destroyed && !to.write(chunk)) from.pause();
      }, delayMs());
      link.budget -= chunk.length;
      if (link.budget <= 0) this.#hush(link);
    });
    to.on('drain', () => {
      if (link.budget > 0) from.resume();
    });
    from.on('end', () => {
      line.push(() => to.end(), delayMs());
    });
    if (link.budget > 0) from.resume();
  }

  #hush({ near, far }: Link): void {
    near.pause();
    far?.pause();
  }

  #orphan(link: Link): void {
    link.isOrphan = true;
    link.near.removeAllListeners('data').resume();
    link.far?.destroy();
  }

  #cut({ near, far }: Link): void {
    near.resetAndDestroy();
    far?.resetAndDestroy();
  }
}
