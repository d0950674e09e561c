import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Writable } from 'node:stream';
import type { Folder } from './folder.ts';

/** Something that must not outlive this process. */
export type Leftover =
  | { readonly kind: 'process'; readonly pid: number }
  | {
      readonly kind: 'server';
      readonly folder: Folder;
      readonly isTemporary: boolean;
      readonly pid: number | null;
    }
  | { readonly kind: 'folder'; readonly path: string };

const program = fileURLToPath(new URL('./reaper.js', import.meta.url));

let pipe: Writable | undefined;
let lastId = 0;

/**
 * Has this cleaned up when the current process ends, however it ends: processes first, then servers that nobody else
 * uses, then folders. Returns a function that takes it off the list.
 */
export function reapAtEnd(leftover: Leftover): () => void {
  lastId += 1;
  const id = lastId;
  pipe ??= startReaper();
  send({ id, leftover });
  return () => {
    send({ id, leftover: null });
  };
}

/** Ends the child, and the group that it leads, when the current process ends first. */
export function reapChild(child: ChildProcess): void {
  if (child.pid !== undefined) child.once('exit', reapAtEnd({ kind: 'process', pid: child.pid }));
}

function send(message: object): void {
  pipe?.write(`${JSON.stringify(message)}\n`);
}

function startReaper(): Writable {
  const reaper = spawn(process.execPath, [program], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    // In a session of its own, so that no signal of the terminal reaches it.
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a reaper everything works; only what a killed process leaves stays until the next start.
  reaper.on('error', () => {});
  reaper.stdin.on('error', () => {});
  reaper.unref();
  // A pipe to a child process is a socket, which keeps this process running unless told otherwise.
  if (reaper.stdin instanceof Socket) reaper.stdin.unref();
  return reaper.stdin;
}
