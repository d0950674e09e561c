import { setTimeout as sleep } from 'node:timers/promises';
import { chooseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { type Claim, claimServer } from './claim.ts';
import type { Folder } from './folder.ts';
import { findPostmaster } from './process.ts';
import { stopIfLast } from './stop.ts';

const pollMs = 50;
// A missing lock file does not prove that no server runs: its starter may have been killed before the server wrote the
// file. Conclude that the server has stopped only after the file has been missing this long.
const absentMs = 2_000;
const startMs = 60_000;

/** Stops the server of this folder unless a running process uses it. */
export async function stopUnused(folder: Folder): Promise<void> {
  const claim = await claimRunning(folder);
  if (claim === null) return;
  const account = await chooseAccount();
  await stopIfLast({ account, binaries: await findBinaries(account), folder }, claim);
}

async function claimRunning(folder: Folder): Promise<Claim | null> {
  const startedAt = performance.now();
  let absentSince = startedAt;
  while (performance.now() - startedAt < startMs) {
    const postmaster = await findPostmaster(folder.data);
    if (postmaster !== null) absentSince = performance.now();
    else if (performance.now() - absentSince > absentMs) return null;
    const claim = postmaster?.port ? await claimServer(folder, postmaster.port).catch(() => null) : null;
    if (claim !== null) return claim;
    await sleep(pollMs);
  }
  return null;
}
