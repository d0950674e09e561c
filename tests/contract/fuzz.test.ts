import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildTestApp } from '../helpers/app.ts';
import { operations, type Operation } from './fuzz/document.ts';
import { guides } from './fuzz/guides.ts';
import { plansFor } from './fuzz/requests.ts';
import { send, type Sent } from './fuzz/sending.ts';
import { World } from './fuzz/world.ts';

// The same requests each time unless told otherwise; CI names another seed for each of its runs.
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const total = Number(process.env['FUZZ_REQUESTS'] ?? 5_000);
const runs = Math.ceil(total / operations.length);

/** What never succeeds here, and why. */
const unreachable: Readonly<Record<string, string>> = {
  'GET /api/v1/auth/oidc/{provider}': 'no provider is configured',
  'GET /api/v1/auth/oidc/{provider}/callback': 'no provider is configured',
  'POST /api/v1/auth/oidc/{provider}/callback': 'no provider is configured',
  'POST /api/v1/auth/oidc/{provider}/link': 'no provider is configured',
  'DELETE /api/v1/auth/oidc/{provider}/link': 'no provider is configured',
  'POST /api/v1/payments/webhooks': 'no provider is configured',
  'GET /api/v1/payments/{reference}': 'no worker takes payments here',
};

// Orders alone offer events to endpoints: without them there is nothing to make an endpoint for.
const hasEvents = operations.some(({ name }) => name === 'POST /api/v1/orders');
const canSucceed = (name: string): boolean =>
  !(name in unreachable) && (hasEvents || !name.includes('/webhook-endpoints'));

/** What was seen of one operation. */
interface Tally {
  fitting: number;
  broken: number;
  succeeded: number;
}

// What is made first is there for the others; what takes away, ends sessions or changes passwords comes last.
const isIdentity = ({ path }: Operation): boolean => path.includes('/auth/') || path.endsWith('/me');
const stages: readonly ((operation: Operation) => boolean)[] = [
  (operation) => operation.method === 'post' && !isIdentity(operation) && !operation.path.includes('{'),
  (operation) => operation.method === 'post' && !isIdentity(operation),
  ({ method }) => method === 'get',
  ({ method }) => method === 'patch' || method === 'put',
  // What is inside of something goes before it.
  (operation) => !isIdentity(operation) && /\}\/.*\}/.test(operation.path),
  (operation) => !isIdentity(operation),
  ({ path }) => path.includes('{'),
  () => true,
];
const stageOf = (operation: Operation): number => stages.findIndex((isIn) => isIn(operation));
const inOrder = [...operations].sort((a, b) => stageOf(a) - stageOf(b));

/** Whether it was done, or would have been were it not that others refer to it: then it has come as far. */
const isAnswered = ({ status, text }: Sent['response']): boolean =>
  status < 400 || (status === 409 && /"code":"\w+_IN_USE"/.test(text));

const told = ({ name }: Operation, { path, headers, body, response }: Sent): string =>
  `${name}: ${path} ${JSON.stringify(headers)} ${body ?? ''} → ${response.status} ${response.text}`;

describe(`requests made from openapi.json (FUZZ_SEED=${seed})`, () => {
  let world: World;
  const tallies = new Map<string, Tally>();

  beforeAll(async () => {
    world = new World(await buildTestApp());
  });
  afterAll(() => world.test.close());

  /** Fails where the service did; that its answer is one of the document is seen to by every request of a test. */
  const assertSound = (operation: Operation, sent: Sent): void => {
    const { status } = sent.response;
    const logged = () => JSON.stringify(world.test.logger.lines.findLast(({ level }) => level === 'error'));
    if (status >= 500) throw new Error(`${told(operation, sent)}\n${logged()}`);
    if (sent.isWrong && status < 300)
      throw new Error(`Taken, though the document refuses it: ${told(operation, sent)}`);
  };

  it.each(inOrder.map((operation, index) => [operation.name, operation, index] as const))(
    '%s',
    async (name, operation, index) => {
      const tally: Tally = { fitting: 0, broken: 0, succeeded: 0 };
      tallies.set(name, tally);
      const property = fc.asyncProperty(plansFor(operation), async (plan) => {
        const sent = await send(world, operation, plan);
        tally[plan.harm === null ? 'fitting' : 'broken'] += 1;
        if (isAnswered(sent.response)) tally.succeeded += 1;
        assertSound(operation, sent);
      });
      await fc.assert(property, { seed: seed + index, numRuns: runs });

      const guide = guides[name];
      if (guide === undefined || !canSucceed(name)) return;
      const { as, path, body } = await guide(world);
      const response = await (as === null ? world.test.http : world.test.as(as))
        [operation.method](path)
        .send(body);
      expect([name, response.text, response.status < 300]).toEqual([name, response.text, true]);
      tally.succeeded += 1;
    },
    // A second or two where the machine has nothing else to do.
    120_000,
  );

  it('were enough, fitting and broken ones of every route', () => {
    const all = [...tallies.values()];
    const sum = (of: keyof Tally) => all.reduce((count, tally) => count + tally[of], 0);
    expect(tallies.size).toBe(operations.length);
    expect(sum('fitting') + sum('broken')).toBeGreaterThanOrEqual(total);
    for (const [name, { fitting, broken }] of tallies) {
      expect([name, fitting > runs / 5]).toEqual([name, true]);
      expect([name, broken > runs / 5]).toEqual([name, true]);
    }
    // Broken ones, those of nobody and those without the permission are refused, as they should be.
    expect(sum('succeeded')).toBeGreaterThan(total / 6);
  });

  it('came through at every route but those that are named here', () => {
    const refused = [...tallies].filter(([, { succeeded }]) => succeeded === 0).map(([name]) => name);
    expect(refused.filter(canSucceed)).toEqual([]);
  });
});
