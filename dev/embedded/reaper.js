// Cleans up after the process that started the reaper, its owner (see reap.ts). Standard input is a pipe from the
// owner. The operating system closes the pipe when the owner ends, even after SIGKILL. This script is plain JavaScript
// without dependencies, because it runs beside every command and must work even after the clone was deleted.
import { readlinkSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 50;
// The time that processes have to end. It is longer than the 20 s in which the service exits.
const graceMs = 25_000;
const removalAttempts = 20;

const leftovers = new Map();

// Ignore signals. Ctrl-C or a closed terminal ends the owner, but this process must go on, to clean up afterwards.
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

// Parses a line. If the owner died while writing it, the line is incomplete.
function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function endProcess(pid) {
  signalTo(pid, 'SIGTERM');
  // Continue a suspended process, because it would handle no other signal.
  signalTo(pid, 'SIGCONT');
  const deadline = performance.now() + graceMs;
  while (signalTo(pid, 0) && performance.now() < deadline) await sleep(pollMs);
  signalTo(pid, 'SIGKILL');
}

/** Sends a signal to the process group with this id, or to the process alone. Returns false if neither exists. */
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
    // Stop the servers directly if the clone was deleted. The modules for a clean stop are gone then, and the servers
    // have no other users.
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
      // Try again, because another process is still writing to the folder.
      await sleep(pollMs);
    }
  }
}
