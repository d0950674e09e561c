// Cleans up after the process that started it (see reap.ts). Its standard input is a pipe from that process, which the
// operating system closes when the process ends, also after SIGKILL. Plain JavaScript on Node alone, because it waits
// beside every command and must work after the clone was deleted.
import { readlinkSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 50;
// The service gives itself 20 s.
const graceMs = 25_000;
const removalAttempts = 20;

const leftovers = new Map();

// A terminal that closes, and Ctrl-C, end the owner; what they leave is cleaned up here.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const message = parse(line);
  if (message === null) continue;
  if (message.leftover === null) leftovers.delete(message.id);
  else leftovers.set(message.id, message.leftover);
}

const ofKind = (wanted) => [...leftovers.values()].filter(({ kind }) => kind === wanted);
await Promise.all(ofKind('process').map(({ pid }) => endProcess(pid)));
await stopServers(ofKind('server'));
const temporary = ofKind('server').filter(({ isTemporary }) => isTemporary);
const places = temporary.flatMap(({ folder }) => [folder.dir, dirname(folder.data)]);
for (const path of [...places, ...ofKind('folder').map((folder) => folder.path)]) await removeFolder(path);

// The owner may have died in the middle of a line.
function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function endProcess(pid) {
  signalTo(pid, 'SIGTERM');
  // A process that was stopped takes no other signal.
  signalTo(pid, 'SIGCONT');
  const deadline = performance.now() + graceMs;
  while (signalTo(pid, 0) && performance.now() < deadline) await sleep(pollMs);
  signalTo(pid, 'SIGKILL');
}

/** Signals the group that the process leads, or the process alone; returns false when there is none. */
function signalTo(pid, signal) {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return true;
    } catch {
      // There is no such group or process.
    }
  }
  return false;
}

async function stopServers(servers) {
  if (servers.length === 0) return;
  try {
    const { register } = await import('tsx/esm/api');
    register();
    const { stopUnused } = await import('./unused.ts');
    for (const { folder } of servers) await stopUnused(folder);
  } catch {
    // The clone is gone, and nobody can use its server any more.
    for (const { pid, folder } of servers) if (isPostmaster(pid, folder.data)) signalTo(pid, 'SIGQUIT');
  }
}

function isPostmaster(pid, data) {
  try {
    return [data, `${data} (deleted)`].includes(readlinkSync(`/proc/${pid}/cwd`));
  } catch {
    return false;
  }
}

async function removeFolder(path) {
  for (let attempt = 0; attempt < removalAttempts; attempt += 1) {
    try {
      rmSync(path, { recursive: true, force: true });
      return;
    } catch {
      // Something still writes to it.
      await sleep(pollMs);
    }
  }
}
