import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { reapChild } from '../../dev/embedded/reap.ts';

/** Runs a command and returns its exit code and output. If this process ends first, the command is killed. */
export async function runStep(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Start the command in its own process group, so that its child processes can be killed with it.
    detached: true,
  });
  reapChild(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
