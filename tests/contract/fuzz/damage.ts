import fc, { type Arbitrary } from 'fast-check';

/** One way to break a value. `at` selects the place within the value. */
export type Damage =
  | { readonly kind: 'replace'; readonly at: number; readonly by: unknown }
  | { readonly kind: 'drop'; readonly at: number }
  | { readonly kind: 'add'; readonly at: number; readonly key: string; readonly by: unknown };

// Avoid `fc.string({ unit: 'binary' })`, which first builds a map of all 1.1 million code points. That takes seconds.
const anyText = fc
  .array(fc.integer({ min: 0, max: 0x10_ff_ff }), { maxLength: 20 })
  .map((points) => String.fromCodePoint(...points));

/** Unusual values: of every type, at limits, and with special Unicode characters. */
export const oddValues: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, false, 0, -0, -1, 0.1, 1e21, -1e308, 2 ** 31, 2 ** 53, Number.MAX_SAFE_INTEGER + 2],
    ...[
      '',
      ' ',
      '\n',
      'null',
      'true',
      '0',
      '1e3',
      '-1',
      'NaN',
      '[]',
      '{}',
      '\u0000',
      'a\u0000b',
      '\ud800',
      '\udfff',
    ],
    ...[
      '\u202e',
      '\ufeff',
      'ﬀ',
      'İ',
      'ß',
      '👩‍👩‍👧‍👦',
      'e\u0301'.repeat(30),
      '%00',
      '%',
      '../..',
      "' OR 1=1 --",
      '${7*7}',
      '__proto__',
    ],
    ...[
      '9999-12-31T23:59:59.999Z',
      '0000-00-00T00:00:00Z',
      '2026-02-31T00:00:00Z',
      '+275760-09-13T00:00:00.001Z',
    ],
    ...[[], {}, [[]], [null], { a: 1 }, { length: -1 }, { toString: 1 }, 'x'.repeat(5_000)],
  ),
  anyText,
  fc.double(),
  fc.jsonValue({ maxDepth: 2 }),
);

const oddKeys = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    '',
    '\u0000',
    '$where',
    'ID',
    'id',
    'version',
    'roles',
    'a.b',
    '0',
  ),
  fc.string({ maxLength: 8 }),
);

const place = fc.nat({ max: 100 });

/** Random damages. */
export const damages: Arbitrary<Damage> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('replace' as const), at: place, by: oddValues }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('drop' as const), at: place }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('add' as const), at: place, key: oddKeys, by: oddValues }),
  },
);

type Container = Record<string, unknown> | unknown[];
type Spot = readonly [Container, string | number];

const spotsIn = (value: unknown): Spot[] => {
  if (typeof value !== 'object' || value === null) return [];
  const container = value as Container;
  const keys = Array.isArray(container) ? [...container.keys()] : Object.keys(container);
  return keys.flatMap((key) => [[container, key] as const, ...spotsIn(Reflect.get(container, key))]);
};

const set = (container: object, key: string | number, value: unknown): void => {
  // Define the key, because assigning `__proto__` would change the prototype. JSON.parse also makes it an ordinary key.
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
};

const objectsIn = (root: unknown): object[] => [
  ...(typeof root === 'object' && root !== null ? [root] : []),
  ...spotsIn(root).flatMap(([container, key]) => {
    const value: unknown = Reflect.get(container, key);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? [value] : [];
  }),
];

/** Returns a copy of the value that is broken in this way. */
export function damaged(value: unknown, damage: Damage): unknown {
  const root = { value: structuredClone(value) };
  if (damage.kind === 'add') {
    const objects = objectsIn(root.value);
    const object = objects[damage.at % Math.max(objects.length, 1)];
    if (object === undefined) return damage.by;
    set(object, damage.key, damage.by);
    return root.value;
  }
  const spots = spotsIn(root);
  const [container, key] = spots[damage.at % spots.length] ?? [root, 'value'];
  if (damage.kind === 'replace') set(container, key, damage.by);
  else if (Array.isArray(container)) container.splice(Number(key), 1);
  else Reflect.deleteProperty(container, key);
  return root.value;
}
