import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { reapChild } from '../../../dev/embedded/reap.ts';
import { Failure } from './failure.ts';
import { root } from './project.ts';

/** Runs a script in a child process, which loads the modules again from disk. Returns the output. */
export async function runScript(script: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  reapChild(child);
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return output;
  throw new Failure(`${script} ${args.join(' ')} failed; all changes were rolled back:\n${errors || output}`);
}

/** Runs `npm run generate:files`. */
export const generateFiles = (): Promise<string> => runScript('scripts/generate-files.ts');
