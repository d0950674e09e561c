import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { LogOutput } from './log-output.ts';

describe('the log output', () => {
  /** Runs this script in a process that has written one line, and returns its output. */
  const outputOf = (script: string): string => {
    const module = pathToFileURL(join(import.meta.dirname, 'log-output.ts')).href;
    const source = `import { LogOutput } from '${module}';
      const output = new LogOutput(process.stdout);
      ${script}`;
    const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', source], {
      encoding: 'utf8',
    });
    return stdout;
  };

  it.each([
    ['process.exit', `output.write('last'); process.exit(1);`],
    ['an uncaught exception', `output.write('last'); throw new Error('Uncaught.');`],
    ['an unhandled rejection', `output.write('last'); await Promise.reject(new Error('Unhandled.'));`],
    ['the end of the work', `output.write('last');`],
    [
      'a handled signal',
      `process.on('SIGTERM', () => { output.write('last'); process.exit(0); });
       setInterval(() => undefined, 1_000);
       process.kill(process.pid, 'SIGTERM');`,
    ],
  ])('writes the last line before %s', (_how, script) => {
    expect(outputOf(script)).toBe('last\n');
  });

  it('writes a batch before it grows large', () => {
    const writes: string[] = [];
    const output = new LogOutput({ write: (text) => writes.push(text) });
    output.write('x'.repeat(100_000));
    expect(writes).toHaveLength(1);
  });
});
