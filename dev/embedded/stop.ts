import type { Claim } from './claim.ts';
import { findPostmaster, run } from './process.ts';
import { type Installation, readLog } from './start.ts';

/** Releases the claim. If no other process has a claim, stops the server and returns true. */
export async function stopIfLast(
  { account, binaries, folder }: Omit<Installation, 'settings'>,
  claim: Claim,
): Promise<boolean> {
  if (!(await claim.releaseAsLast())) return false;
  if ((await findPostmaster(folder.data)) === null) return true;
  const stopped = await run(
    binaries.pgCtl,
    ['stop', '-D', folder.data, '-m', 'fast', '-w', '-t', '60'],
    account,
  );
  if (!stopped.isDone && (await findPostmaster(folder.data)))
    throw new Error(
      `PostgreSQL in ${folder.dir} did not stop: ${stopped.output}\n${await readLog(folder, 0)}`,
    );
  return true;
}
