import type { Movement } from '../../dev/sandbox/ledger.ts';
import type { Client } from './client.ts';
import type { PastFault } from './faults/schedule.ts';
import type { History } from './history.ts';
import { signIn, type World } from './load/world.ts';
import type { Quiescence } from './quiescence.ts';
import type { Crash, LogLine } from './stand/service-process.ts';
import type { Stand } from './stand/stand.ts';

/** An order as the service shows it once all is over. */
export interface FinalOrder {
  readonly id: string;
  readonly status: string;
  readonly totalMinor: number;
  readonly items: readonly {
    readonly productId: string;
    readonly quantity: number;
    readonly unitPriceMinor: number;
  }[];
  /** The Idempotency-Key that it was asked for with. */
  readonly key: string;
}

/** All that the invariants are judged by. */
export interface Evidence {
  readonly history: History;
  readonly world: World;
  readonly orders: readonly FinalOrder[];
  readonly faults: readonly PastFault[];
  readonly quiescence: Quiescence;
  /** What the API processes have logged as errors. */
  readonly errors: readonly LogLine[];
  readonly crashes: readonly Crash[];
  /** All that the payment provider has done. */
  readonly ledger: readonly Movement[];
  /** Has every read model made anew by the service. */
  rebuildProjections(): Promise<void>;
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** Gathers what there is to know after a run that has come to rest. */
export async function gather(
  stand: Stand,
  world: World,
  run: Pick<Evidence, 'history' | 'faults' | 'quiescence'>,
): Promise<Evidence> {
  const query: Evidence['query'] = async <Row extends object>(
    sql: string,
    values: readonly unknown[] = [],
  ) => {
    const { rows } = await stand.database.query<Row>(sql, [...values]);
    return rows;
  };
  return {
    ...run,
    world,
    query,
    orders: await readOrders(world),
    errors: stand.apis.flatMap(({ process }) => process.errors),
    crashes: stand.processes.flatMap(({ crashes }) => crashes),
    ledger: await stand.provider.readLedger(),
    rebuildProjections: async () => {
      await stand.command('projections:rebuild');
    },
  };
}

interface Shown extends Omit<FinalOrder, 'key'> {
  readonly shippingAddress?: { readonly name: string };
}

async function readOrders(world: World): Promise<FinalOrder[]> {
  const session = await signIn(world, world.administrator);
  const orders: FinalOrder[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { data, next } = await readPage(world.client, session?.accessToken, cursor);
    orders.push(
      ...data.map(({ shippingAddress, ...order }) => ({ ...order, key: shippingAddress?.name ?? '' })),
    );
    cursor = next;
  }
  return orders;
}

async function readPage(client: Client, accessToken: string | undefined, cursor: string) {
  const path = `/orders?limit=100&cursor=${encodeURIComponent(cursor)}`;
  const call = { kind: 'audit', actor: 'administrator', method: 'GET', path, accessToken } as const;
  const { operation, data, meta } = await client.call(call);
  if (operation.outcome !== 'ok') throw new Error(`The orders cannot be read: ${JSON.stringify(operation)}.`);
  const { pagination } = meta as { pagination: { nextCursor: string | null } };
  return { data: data as Shown[], next: pagination.nextCursor };
}
