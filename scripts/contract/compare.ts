import { addition, breaking, type Change } from './change.ts';
import type { OpenApi, Operation } from './document.ts';
import { compareOperations } from './operations.ts';
import { compareSchemas } from './schemas.ts';

/** A change and the operations that it affects. */
export interface NamedChange extends Change {
  readonly operations: readonly string[];
}

const operationsOf = ({ paths }: OpenApi): Map<string, Operation> =>
  new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
    ),
  );

/**
 * Returns every change between two OpenAPI documents, breaking changes first. If several operations have the same
 * change, the result contains it once.
 */
export function compareDocuments(before: OpenApi, after: OpenApi): NamedChange[] {
  const [old, now] = [operationsOf(before), operationsOf(after)];
  const found: [string, Change][] = [];
  for (const [name, operation] of old) {
    const other = now.get(name);
    const changes =
      other === undefined
        ? [breaking('was removed')]
        : compareOperations({ before: operation, after: other, documents: { before, after } });
    found.push(...changes.map((change): [string, Change] => [name, change]));
  }
  for (const name of now.keys()) if (!old.has(name)) found.push([name, addition('was added')]);
  found.push(...errorShape(before, after).map((change): [string, Change] => ['every error', change]));

  const grouped = new Map<string, NamedChange>();
  for (const [name, change] of found) {
    const operations = new Set([...(grouped.get(change.text)?.operations ?? []), name]);
    grouped.set(change.text, { ...change, operations: [...operations] });
  }
  return [...grouped.values()].sort((a, b) => Number(b.isBreaking) - Number(a.isBreaking));
}

/** Returns the changes of the error schemas, which are the same for all operations. */
const errorShape = (before: OpenApi, after: OpenApi): Change[] =>
  ['Error', 'Problem'].flatMap((name) => {
    const [old, now] = [before.components?.schemas?.[name], after.components?.schemas?.[name]];
    if (old === undefined || now === undefined) return [];
    return compareSchemas({ before, after }, { before: old, after: now, at: name, direction: 'response' });
  });
