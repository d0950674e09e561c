import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Tree } from './tree.ts';

/** Copies the files of a clone to an empty folder and creates a link to its node_modules there. */
export function copyTree(tree: Tree, folder: string): void {
  for (const path of tree.list()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(tree.root, path), join(folder, path));
  }
  symlinkSync(join(tree.root, 'node_modules'), join(folder, 'node_modules'));
}
