import { copyTree } from '../../scripts/kit/remove/copy.ts';
import { Tree } from '../../scripts/kit/remove/tree.ts';
import { makeTemporaryFolder } from '../../scripts/lib/temporary-folder.ts';
import { cpuSecondsIn } from '../cpu-seconds.ts';
import { root, run, serverPath } from '../processes.ts';
import type { PartContext } from './context.ts';

const command = 'npm run generate module invoices -- --fields "number:string:unique, dueOn:date?"';

/** Returns the CPU time of generating a module in a copy of the clone, in seconds. */
export async function measureGenerate({ log }: PartContext): Promise<number> {
  log('Generating a module');
  const { path: cwd, remove } = await makeTemporaryFolder('generate');
  try {
    copyTree(new Tree(root), cwd);
    // The CPU time of the children is on the second line, because `times` prints that of the shell first.
    const output = await run('sh', ['-c', `${command} >&2; times`], {
      cwd,
      env: { ...process.env, PATH: serverPath() },
    });
    return cpuSecondsIn(output);
  } finally {
    await remove();
  }
}
