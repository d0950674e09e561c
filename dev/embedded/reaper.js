// Cleans up after the process that started it (see reap.ts). Its standard input is a pipe from that process; the
// operating system closes it when the process ends, even after SIGKILL. Plain JavaScript without dependencies,
// because it runs beside every command and must work after the clone was deleted.
import { readlinkSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 50;
// The service exits within 20 s.
const graceMs = 25_000;
const removalAttempts = 20;

const leftovers = new Map();

// A closing terminal and Ctrl-C end the owner; what it leaves is cleaned up here.
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

// The owner may have died while writing a line.
function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function endProcess(pid) {
  signalTo(pid, 'SIGTERM');
  // A stopped process handles no other signal.
  signalTo(pid, 'SIGCONT');
  const deadline = performance.now() + graceMs;
  while (signalTo(pid, 0) && performance.now() < deadline) await sleep(pollMs);
  signalTo(pid, 'SIGKILL');
}

/** Signals the group the process leads, or the process alone. Returns false if neither exists. */
function signalTo(pid, signal) {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return true;
    } catch {
      // No such group or process.
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
    // The clone was deleted, so that its server has no other users.
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
      // Another process still writes to it.
      await sleep(pollMs);
    }
  }
}
