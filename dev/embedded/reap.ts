import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Writable } from 'node:stream';
import type { Folder } from './folder.ts';

/** Something to clean up when this process ends. */
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
 * Registers cleanup for the end of the current process, even if it is killed: first processes, then servers without
 * other users, then folders. Returns a function that cancels it.
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

/** Ends the child and its process group if the current process ends first. */
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
    // In its own session, so that terminal signals do not reach it.
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // The reaper is optional: without it, leftovers of a killed process stay until the next start.
  reaper.on('error', () => {});
  reaper.stdin.on('error', () => {});
  reaper.unref();
  // A pipe to a child process is a socket, which keeps this process running unless unreferenced.
  if (reaper.stdin instanceof Socket) reaper.stdin.unref();
  return reaper.stdin;
}
