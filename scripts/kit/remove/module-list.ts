/** Returns the text of src/modules.ts without the imports and list entries of these folders. */
export function withoutModules(text: string, folders: ReadonlySet<string>): string {
  const removed = new Set<string>();
  const kept = text.split('\n').filter((line) => {
    const [, name, folder] = /^import \{ (\w+) \} from '\.\/api\/([^/']+)\/index\.ts';$/.exec(line) ?? [];
    if (name === undefined || folder === undefined || !folders.has(folder)) return true;
    removed.add(name);
    return false;
  });
  return kept.filter((line) => !removed.has(/^ {2}(\w+),$/.exec(line)?.[1] ?? '')).join('\n');
}
