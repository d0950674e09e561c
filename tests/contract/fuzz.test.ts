import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildTestApp } from '../helpers/app.ts';
import { operations, type Operation } from './fuzz/document.ts';
import { guides } from './fuzz/guides.ts';
import { plansFor } from './fuzz/requests.ts';
import { send, type Sent } from './fuzz/sending.ts';
import { World } from './fuzz/world.ts';

// With the default seed, every run sends the same requests. CI sets another seed for each run.
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const total = Number(process.env['FUZZ_REQUESTS'] ?? 5_000);
const runs = Math.ceil(total / operations.length);

/** Maps each operation that never succeeds in this test to the reason. */
const unreachable: Readonly<Record<string, string>> = {
  'GET /api/v1/auth/oidc/{provider}': 'no provider is configured',
  'GET /api/v1/auth/oidc/{provider}/callback': 'no provider is configured',
  'POST /api/v1/auth/oidc/{provider}/callback': 'no provider is configured',
  'POST /api/v1/auth/oidc/{provider}/link': 'no provider is configured',
  'DELETE /api/v1/auth/oidc/{provider}/link': 'no provider is configured',
  'POST /api/v1/payments/webhooks': 'no provider is configured',
  'GET /api/v1/payments/{reference}': 'no worker takes payments here',
};

// If the module of orders was removed, no webhook event exists, and no endpoint can be created.
const hasEvents = operations.some(({ name }) => name === 'POST /api/v1/orders');
const canSucceed = (name: string): boolean =>
  !(name in unreachable) && (hasEvents || !name.includes('/webhook-endpoints'));

/** Numbers of requests of one operation. */
interface Tally {
  valid: number;
  broken: number;
  succeeded: number;
}

// Create resources in the first stages. Delete them, end sessions and change passwords in the last stages, because the
// others need them.
const isIdentity = ({ path }: Operation): boolean => path.includes('/auth/') || path.endsWith('/me');
const stages: readonly ((operation: Operation) => boolean)[] = [
  (operation) => operation.method === 'post' && !isIdentity(operation) && !operation.path.includes('{'),
  (operation) => operation.method === 'post' && !isIdentity(operation),
  ({ method }) => method === 'get',
  ({ method }) => method === 'patch' || method === 'put',
  // Delete nested resources before the resources that contain them.
  (operation) => !isIdentity(operation) && /\}\/.*\}/.test(operation.path),
  (operation) => !isIdentity(operation),
  ({ path }) => path.includes('{'),
  () => true,
];
const stageOf = (operation: Operation): number => stages.findIndex((isIn) => isIn(operation));
const orderedOperations = [...operations].sort((a, b) => stageOf(a) - stageOf(b));

/** Returns whether the request succeeded, or was refused only because other resources refer to its target. */
const hasSucceeded = ({ status, text }: Sent['response']): boolean =>
  status < 400 || (status === 409 && /"code":"\w+_IN_USE"/.test(text));

const describeSent = ({ name }: Operation, { path, headers, body, response }: Sent): string =>
  `${name}: ${path} ${JSON.stringify(headers)} ${body ?? ''} → ${response.status} ${response.text}`;

describe(`requests generated from openapi.json (FUZZ_SEED=${seed})`, () => {
  let world: World;
  const tallies = new Map<string, Tally>();

  beforeAll(async () => {
    world = new World(await buildTestApp());
  });
  afterAll(() => world.test.close());

  /**
   * Throws if the response is a 5xx, or if an invalid request succeeded. The test client itself checks that each
   * response matches the document.
   */
  const assertSound = (operation: Operation, sent: Sent): void => {
    const { status } = sent.response;
    const logged = () => JSON.stringify(world.test.logger.lines.findLast(({ level }) => level === 'error'));
    if (status >= 500) throw new Error(`${describeSent(operation, sent)}\n${logged()}`);
    if (sent.isInvalid && status < 300)
      throw new Error(`The service accepted an invalid request: ${describeSent(operation, sent)}`);
  };

  it.each(orderedOperations.map((operation, index) => [operation.name, operation, index] as const))(
    '%s',
    async (name, operation, index) => {
      const tally: Tally = { valid: 0, broken: 0, succeeded: 0 };
      tallies.set(name, tally);
      const property = fc.asyncProperty(plansFor(operation), async (plan) => {
        const sent = await send(world, operation, plan);
        tally[plan.harm === null ? 'valid' : 'broken'] += 1;
        if (hasSucceeded(sent.response)) tally.succeeded += 1;
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
    // The timeout is long for slow machines: usually the test takes a second or two.
    120_000,
  );

  it('cover every operation with enough valid and broken requests', () => {
    const all = [...tallies.values()];
    const sum = (of: keyof Tally) => all.reduce((count, tally) => count + tally[of], 0);
    expect(tallies.size).toBe(operations.length);
    expect(sum('valid') + sum('broken')).toBeGreaterThanOrEqual(total);
    for (const [name, { valid, broken }] of tallies) {
      expect([name, valid > runs / 5]).toEqual([name, true]);
      expect([name, broken > runs / 5]).toEqual([name, true]);
    }
    // A sixth is enough: the service rejects broken requests, anonymous ones, and those without the required
    // permission.
    expect(sum('succeeded')).toBeGreaterThan(total / 6);
  });

  it('succeed at least once for every operation, except those listed above', () => {
    const refused = [...tallies].filter(([, { succeeded }]) => succeeded === 0).map(([name]) => name);
    expect(refused.filter(canSucceed)).toEqual([]);
  });
});
