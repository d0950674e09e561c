import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { reapChild } from '../../../dev/embedded/reap.ts';
import { Failure } from './failure.ts';
import { root } from './project.ts';

/** Runs a script in a process of its own, which reads the modules as they are on the disk now. Returns what it prints. */
export async function runScript(script: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  reapChild(child);
  let [told, complained] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return told;
  throw new Failure(
    `${script} ${args.join(' ')} failed, and everything was taken back:\n${complained || told}`,
  );
}

/** Brings the files up to date that are generated from the modules. */
export const generateFiles = (): Promise<string> => runScript('scripts/generate-files.ts');
