import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Writable } from 'node:stream';
import type { Folder } from './folder.ts';

/** Something to clean up after this process has ended. */
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
 * Arranges a cleanup after the current process ends, even if it is killed. Ends processes first, then servers without
 * other users, then removes folders. Returns a function that cancels the cleanup.
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

/** If the current process ends before this child, ends the child and its process group. */
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
    // Start the reaper in its own session, so that signals of the terminal do not reach it.
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Ignore a reaper that fails to start. Without it, the leftovers of a killed process remain until the next start.
  reaper.on('error', () => {});
  reaper.stdin.on('error', () => {});
  reaper.unref();
  // Do not let the pipe keep this process running. A pipe to a child process is a socket, which can do that.
  if (reaper.stdin instanceof Socket) reaper.stdin.unref();
  return reaper.stdin;
}
