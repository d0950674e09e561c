import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly [name: string]: unknown;
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

// Scripts that need not start with the check: `doctor` checks more itself, and npm runs `prepare` during the
// installation.
const free = ['doctor', 'prepare'];

const checked = Object.entries(manifest.scripts).filter(([name]) => !free.includes(name));

/** Returns whether this command, or the first npm script that it calls, starts with the check. */
const isChecked = (command: string): boolean => {
  const [first = ''] = command.split(' && ');
  if (/^node scripts\/preflight\.js( |$)/.test(first)) return true;
  const script = /^npm (?:run )?([\w:-]+)/.exec(first)?.[1];
  return script !== undefined && isChecked(manifest.scripts[script] ?? '');
};

describe('preflight', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-preflight-'));
    cpSync(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const ask = (changes: object = {}): void => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, ...changes }));
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
    rmSync(join(folder, '.pnp.cjs'), { force: true });
  };
  const install = (...names: string[]): void => {
    for (const name of names) {
      mkdirSync(join(folder, 'node_modules', name), { recursive: true });
      writeFileSync(join(folder, 'node_modules', name, 'package.json'), '{}');
    }
  };
  const run = (script: string): { code: number | null; stderr: string } => {
    const { status, stderr } = spawnSync('npm', ['run', '--silent', script], {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
      env: { PATH: process.env['PATH'], HOME: folder },
    });
    return { code: status, stderr };
  };

  it.each(checked)('runs before npm run %s', (_name, command) => {
    expect(isChecked(command)).toBe(true);
  });

  it.each(['test', 'generate', 'check', 'dev'])(
    'prints one line before npm run %s if nothing is installed',
    (script) => {
      ask();
      expect(run(script)).toEqual({ code: 1, stderr: 'The dependencies are not installed. Run `npm ci`.\n' });
    },
  );

  it('prints one line for an outdated Node', () => {
    ask({ engines: { node: '>=99.1' } });
    const { code, stderr } = run('test');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Node \S+ is too old; package\.json requires >=99\.1\. .*\.\n$/);
  });

  it('names a missing dependency', () => {
    ask({ dependencies: { here: '1' }, devDependencies: { '@scope/missing': '1' } });
    install('here');
    expect(run('test')).toEqual({
      code: 1,
      stderr: 'The dependency @scope/missing is not installed. Run `npm ci`.\n',
    });
  });

  it('reports node_modules of another system', () => {
    ask({ dependencies: {}, devDependencies: {} });
    install('@esbuild/plan9-mips');
    const system = `${process.platform}-${process.arch}`;
    expect(run('test')).toEqual({
      code: 1,
      stderr: `node_modules was installed for another system than ${system}. Delete it and run \`npm ci\`.\n`,
    });
  });

  it("rejects Yarn's Plug'n'Play", () => {
    ask();
    writeFileSync(join(folder, '.pnp.cjs'), '');
    const { code, stderr } = run('dev');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Yarn's Plug'n'Play is not supported\. Set `nodeLinker: node-modules` .*\.\n$/);
  });

  it('requires the build, but no development dependencies, in production', () => {
    ask({ dependencies: { here: '1' }, devDependencies: { missing: '1' } });
    install('here');
    expect(run('start')).toEqual({
      code: 1,
      stderr: 'dist/server.js does not exist. Run `npm run build` first.\n',
    });
  });
});

describe('npm install', () => {
  it('accepts a Node version that a dependency does not know yet', () => {
    expect(readFileSync(join(root, '.npmrc'), 'utf8')).not.toMatch(/^engine-strict\s*=\s*true/m);
  });
});
