import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startReloading, type ReloadingService } from '../../dev/reload.ts';
import { until } from '../helpers/until.ts';

describe('startReloading', () => {
  let folder: string;
  let service: ReloadingService;
  let doesAnswer: boolean;
  let lines: string[];

  /** Writes a program that first creates a file and then runs `then`. */
  const program = (name: string, then: string): string => {
    const path = join(folder, `${name}.mjs`);
    const mark = JSON.stringify(join(folder, name));
    writeFileSync(path, `import { writeFileSync } from 'node:fs';\nwriteFileSync(${mark}, '');\n${then}\n`);
    return path;
  };
  const hasStarted = (name: string): boolean => existsSync(join(folder, name));
  const staying = 'setInterval(() => {}, 1_000);';

  const start = (...entries: [string, ...string[]]): void => {
    const answers = () => Promise.resolve(doesAnswer);
    service = startReloading(entries, process.env, (line) => lines.push(line), answers);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-reload-'));
    doesAnswer = false;
    lines = [];
  });
  afterEach(async () => {
    await service.stop();
    rmSync(folder, { recursive: true });
  });

  it('starts the server, then the others once it answers, and stops them all', async () => {
    start(program('server', staying), program('worker', staying));
    await until('the server runs', () => hasStarted('server'));
    expect([hasStarted('worker'), service.isRunning()]).toEqual([false, false]);
    doesAnswer = true;
    await until('the worker runs', () => hasStarted('worker'));
    await until('both run', () => service.isRunning());
    await service.stop();
    expect([service.isRunning(), lines]).toEqual([false, []]);
  });

  it('starts no others if the server exits, and logs it', async () => {
    start(program('server', 'process.exit(3);'), program('worker', staying));
    await until('something is said', () => lines.length > 0);
    expect(lines).toEqual([expect.stringMatching(/server\.mjs ended \(exit code 3\)\. It restarts after/)]);
    // Wait longer (in ms) than a worker needs to start, to show that none does.
    await sleep(600);
    expect(hasStarted('worker')).toBe(false);
  });

  it('stops while the server is still starting', async () => {
    start(program('server', staying), program('worker', staying));
    await until('the server runs', () => hasStarted('server'));
    await service.stop();
    expect([service.isRunning(), hasStarted('worker'), lines]).toEqual([false, false, []]);
  });
});
