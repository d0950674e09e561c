import { jsonPieces } from '../../src/utils/json-pieces.ts';
import type { TestApp } from './app.ts';

/**
 * Returns the personal data that a module exports about a user, as a client gets it: converted to JSON and parsed
 * again.
 */
export async function exportUserData({ app }: TestApp, module: string, userId: string): Promise<unknown> {
  const data = app.modules.instances.get(module)?.personalData;
  if (data === undefined) throw new Error(`The module "${module}" exports no personal data.`);
  let text = '';
  for await (const piece of jsonPieces(await data.exportFor(userId))) text += piece;
  return JSON.parse(text);
}
