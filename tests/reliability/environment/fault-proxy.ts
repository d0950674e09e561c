import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { DelayLine } from './delay-line.ts';
import { listenOn, portOf } from './ports.ts';

/** A network fault of a link. */
export type LinkFault =
  /** Closes connections and refuses new ones. */
  | { readonly kind: 'refuse' }
  /** Resets every connection, new ones immediately. */
  | { readonly kind: 'reset' }
  /** Stops relaying on each connection after this many bytes. The remaining bytes arrive after the end of the fault. */
  | { readonly kind: 'blackHole'; readonly afterBytes: number }
  | { readonly kind: 'latency'; readonly ms: number }
  /** Closes one side of each open connection without telling the other side. New connections work. */
  | { readonly kind: 'halfOpen' };

interface Link {
  readonly near: Socket;
  far: Socket | undefined;
  /** How many more bytes are relayed before the connection stops relaying. */
  budget: number;
  isOrphan: boolean;
}

/** Relays TCP connections between two processes, and can simulate network faults. */
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

  /** Listens on a free loopback port. Relays each connection to the port that `upstreamPort()` returns at that time. */
  static async open(upstreamPort: () => number): Promise<FaultProxy> {
    const server = createServer({ allowHalfOpen: true });
    await listenOn(server, 0);
    return new FaultProxy(portOf(server), upstreamPort, server);
  }

  /** Applies a fault to open and to new connections. */
  inject(fault: LinkFault): void {
    this.#fault = fault;
    if (fault.kind === 'refuse') {
      this.#isRefusing = true;
      this.server.close();
    }
    for (const link of this.#links) {
      link.budget = fault.kind === 'blackHole' ? fault.afterBytes : Infinity;
      if (fault.kind === 'refuse' || fault.kind === 'reset') this.#reset(link);
      if (fault.kind === 'blackHole' && fault.afterBytes === 0) this.#silence(link);
      if (fault.kind === 'halfOpen') this.#orphan(link);
    }
  }

  /** Ends the fault. Connections that have stopped relaying continue. Connections that have lost one side are reset. */
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
      if (link.isOrphan) this.#reset(link);
      else if (link.far === undefined) this.#connectUpstream(link);
      else for (const socket of [link.near, link.far]) socket.resume();
    }
  }

  async close(): Promise<void> {
    const isClosed = this.server.listening ? once(this.server, 'close') : Promise.resolve();
    this.server.close();
    for (const link of this.#links) this.#reset(link);
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
      if (fault?.kind === 'reset') this.#reset(link);
      else if (budget > 0) this.#connectUpstream(link);
    });
  }

  #connectUpstream(link: Link): void {
    const far = connect({ port: this.upstreamPort(), host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    link.far = far;
    far.on('error', () => undefined);
    far.on('close', (hadError) => {
      if (link.isOrphan) return;
      if (hadError) this.#reset(link);
      else link.near.destroySoon();
    });
    far.once('connect', () => {
      this.#relay(link, link.near, far);
      this.#relay(link, far, link.near);
    });
  }

  #relay(link: Link, from: Socket, to: Socket): void {
    // One line for all received parts, so that they keep their order even if the delay becomes shorter.
    const line = new DelayLine();
    const delayMs = (): number => (this.#fault?.kind === 'latency' ? this.#fault.ms : 0);
    from.on('data', (chunk: Buffer) => {
      line.push(() => {
        if (!to.destroyed && !to.write(chunk)) from.pause();
      }, delayMs());
      link.budget -= chunk.length;
      if (link.budget <= 0) this.#silence(link);
    });
    to.on('drain', () => {
      if (link.budget > 0) from.resume();
    });
    from.on('end', () => {
      line.push(() => to.end(), delayMs());
    });
    if (link.budget > 0) from.resume();
  }

  #silence({ near, far }: Link): void {
    near.pause();
    far?.pause();
  }

  #orphan(link: Link): void {
    link.isOrphan = true;
    link.near.removeAllListeners('data').resume();
    link.far?.destroy();
  }

  #reset({ near, far }: Link): void {
    near.resetAndDestroy();
    far?.resetAndDestroy();
  }
}
