import { describe, expect, it } from '@jest/globals';
import type Joi from 'joi';
import { compileValidator } from '../../src/core/validate.ts';
import type { Schema } from '../../src/core/schema.ts';
import { describeApp, nameOf } from './routes.ts';

interface Node {
  readonly keys?: Readonly<Record<string, Node>>;
  readonly items?: readonly Node[];
}

const nodeOf = (schema: Schema): Node => (schema as Joi.AnySchema).describe() as Node;

/** The text in every place where the schema has one, and in one that it does not know. */
function plant({ keys, items }: Node, text: string): unknown {
  if (keys !== undefined) {
    const inner = Object.entries(keys).map(([key, child]) => [key, plant(child, text)]);
    return { ...Object.fromEntries(inner), unknownKey: text };
  }
  return items === undefined ? text : [...items, ...items].map((item) => plant(item, text));
}

/** The text in the place of every key, however much structure belongs there. */
const flatten = ({ keys = {} }: Node, text: string): object =>
  Object.fromEntries(Object.keys(keys).map((key) => [key, text]));

const mark = 'Sentinel';
const texts = [
  mark,
  `${mark} <b>"'`,
  mark.repeat(2_000),
  `-${mark},${mark}`,
  `${mark}@${mark}`,
  `1e5${mark}`,
];

describe('messages about wrong input', () => {
  const parts = describeApp().modules.routes.flatMap((bound) =>
    (['params', 'query', 'body'] as const).flatMap((part) => {
      const schema = bound.route[part];
      return schema === undefined ? [] : [[`${nameOf(bound)} ${part}`, part, schema] as const];
    }),
  );

  it.each(parts)('%s never quote it', (_name, part, schema) => {
    const validate = compileValidator({ [part]: schema });
    const node = nodeOf(schema);
    const messages = texts
      .flatMap((text) => [plant(node, text), flatten(node, text), text, [text]])
      .flatMap((input) => validate({ params: {}, query: {}, body: {}, [part]: input }).faults)
      .map(({ message }) => message);
    expect(messages).not.toEqual([]);
    expect(messages.filter((message) => message.includes(mark))).toEqual([]);
  });
});
