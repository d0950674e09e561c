import type { Movement } from '../../dev/sandbox/ledger.ts';
import type { Client } from './client.ts';
import type { PastFault } from './faults/schedule.ts';
import type { History } from './history.ts';
import { signIn, type World } from './load/world.ts';
import type { Quiescence } from './quiescence.ts';
import type { Crash, LogLine } from './environment/service-process.ts';
import type { TestEnvironment } from './environment/environment.ts';

/** An order as the service shows it after the run. */
export interface FinalOrder {
  readonly id: string;
  readonly status: string;
  readonly totalMinor: number;
  readonly items: readonly {
    readonly productId: string;
    readonly quantity: number;
    readonly unitPriceMinor: number;
  }[];
  /** The Idempotency-Key of the request that placed the order. */
  readonly key: string;
}

/** Everything that the invariants are checked against. */
export interface Evidence {
  readonly history: History;
  readonly world: World;
  readonly orders: readonly FinalOrder[];
  readonly faults: readonly PastFault[];
  readonly quiescence: Quiescence;
  /** The errors logged by the API processes. */
  readonly errors: readonly LogLine[];
  readonly crashes: readonly Crash[];
  /** The ledger of the payment provider. */
  readonly ledger: readonly Movement[];
  /** Rebuilds every read model with the command of the service. */
  rebuildProjections(): Promise<void>;
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** Collects the evidence after a run, when the service no longer works on anything. */
export async function collectEvidence(
  environment: TestEnvironment,
  world: World,
  run: Pick<Evidence, 'history' | 'faults' | 'quiescence'>,
): Promise<Evidence> {
  const query: Evidence['query'] = async <Row extends object>(
    sql: string,
    values: readonly unknown[] = [],
  ) => {
    const { rows } = await environment.database.query<Row>(sql, [...values]);
    return rows;
  };
  return {
    ...run,
    world,
    query,
    orders: await readOrders(world),
    errors: environment.apis.flatMap(({ process }) => process.errors),
    crashes: environment.processes.flatMap(({ crashes }) => crashes),
    ledger: await environment.provider.readLedger(),
    rebuildProjections: async () => {
      await environment.command('projections:rebuild');
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
  if (operation.outcome !== 'ok') throw new Error(`Failed to read the orders: ${JSON.stringify(operation)}.`);
  const { pagination } = meta as { pagination: { nextCursor: string | null } };
  return { data: data as Shown[], next: pagination.nextCursor };
}
