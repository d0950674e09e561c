import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Tells of every change under a folder until the returned function is called. */
export function watchTree(root: string, onChange: (path: string) => void): () => void {
  if (process.platform !== 'linux') {
    const watcher = watch(root, { recursive: true }, (_event, name) => onChange(join(root, name ?? '')));
    return () => watcher.close();
  }
  // Linux has no recursive watch of its own, and Node's imitation loses files that editors replace by renaming.
  const watchers = new Map<string, FSWatcher>();
  const forget = (folder: string) => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const follow = () => {
    for (const folder of listFolders(root).filter((found) => !watchers.has(found))) {
      const watcher = watch(folder, (event, name) => {
        const path = join(folder, name ?? '');
        // A folder of this name may be gone, or be another one now.
        if (event === 'rename')
          [...watchers.keys()].filter((at) => `${at}/`.startsWith(`${path}/`) && at !== root).forEach(forget);
        follow();
        onChange(path);
      });
      watcher.on('error', () => forget(folder));
      watchers.set(folder, watcher);
    }
  };
  follow();
  return () => [...watchers.keys()].forEach(forget);
}

function listFolders(root: string): string[] {
  try {
    const folders = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    return [root, ...folders.map((entry) => join(entry.parentPath, entry.name))];
  } catch {
    // Something went away while it was read: the next change reads again.
    return [root];
  }
}
