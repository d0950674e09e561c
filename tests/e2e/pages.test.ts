import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeClone, type Clone } from '../helpers/clone.ts';
import { createEmptyDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';
import { freePort } from './port.ts';
import { startNode, until, type RunningProcess } from './process.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** A block of commands on a page, and the answer that the page shows below the block. */
interface Step {
  readonly commands: string;
  readonly format?: 'json' | 'text';
  readonly answer: string;
}

/** Returns the shell blocks of a page, each together with the block of JSON or text after it. */
function stepsOf(page: string): Step[] {
  const blocks = [...page.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
  return blocks.flatMap(({ language, text }, index): Step[] => {
    if (language !== 'sh') return [];
    const next = blocks[index + 1];
    if (next?.language !== 'json' && next?.language !== 'text') return [{ commands: text, answer: '' }];
    return [{ commands: text, format: next.language, answer: next.text }];
  });
}

// #region products
/** Returns the section of a page with this heading. */
function sectionOf(page: string, heading: string): string {
  const [, text] = page.split(`\n## ${heading}\n`);
  if (text === undefined) throw new Error(`The page has no section "${heading}".`);
  return text.split('\n## ')[0] ?? '';
}
// #endregion

/**
 * Replaces each text in the answer that matches the page by the text of the page, so that both can be compared. `…` on
 * the page matches any characters.
 */
function withPageTexts(answer: unknown, shown: unknown): unknown {
  if (typeof answer === 'string' && typeof shown === 'string') {
    const parts = shown.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`, 's').test(answer) ? shown : answer;
  }
  if (Array.isArray(answer) && Array.isArray(shown)) {
    const items: readonly unknown[] = shown;
    return answer.map((item: unknown, index) => withPageTexts(item, items[index]));
  }
  if (isObject(answer) && isObject(shown)) {
    const entries = Object.entries(answer).map(([name, value]) => [name, withPageTexts(value, shown[name])]);
    return Object.fromEntries(entries) as unknown;
  }
  return answer;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const parse = (text: string, format: Step['format']): unknown => {
  if (format !== 'json') return text.trim();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/** A shell that runs the blocks of commands on a page one after another. */
class Shell {
  readonly #bash: ChildProcessWithoutNullStreams;
  #output = '';
  #steps = 0;

  constructor(folder: string) {
    const { PATH, HOME } = process.env;
    this.#bash = spawn('bash', ['--noprofile', '--norc'], { cwd: folder, env: { PATH, HOME } });
    this.#bash.stdout.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    this.#bash.stderr.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
  }

  async run(commands: string): Promise<string> {
    this.#steps += 1;
    const mark = `end-of-step-${this.#steps}`;
    this.#output = '';
    this.#bash.stdin.write(`${commands}\necho ${mark}\n`);
    await until(() => this.#output.includes(mark));
    return this.#output.slice(0, this.#output.indexOf(mark));
  }

  end(): void {
    this.#bash.stdin.end();
  }
}

const hasTools = ['bash', 'curl'].every((tool) => spawnSync(tool, ['--version']).status === 0);

(hasTools ? describe : describe.skip)('the commands of the documentation, run against `npm run dev`', () => {
  const name = databaseName('pages');
  let clone: Clone;
  let service: RunningProcess;
  let shell: Shell;
  let port: number;

  beforeAll(async () => {
    clone = makeClone();
    port = await freePort();
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { dev: string } };
    const [, script = ''] = / && node (.+)$/.exec(scripts.dev) ?? [];
    service = startNode(script.split(' '), clone.folder, {
      PATH: process.env['PATH'],
      DATABASE_URL: await createEmptyDatabase(name),
      HOST: '127.0.0.1',
      PORT: String(port),
      REQUEST_DEADLINE_MS: '60000',
    });
    await service.wrote('Sign in as');
    shell = new Shell(clone.folder);
  });
  afterAll(async () => {
    shell.end();
    service.signal('SIGTERM');
    await service.exited;
    clone.remove();
    await dropDatabase(name);
  });

  const here = (text: string): string => text.replaceAll('localhost:3000', `localhost:${port}`);

  async function follow(steps: readonly Step[]): Promise<void> {
    for (const { commands, format, answer } of steps) {
      const shown = parse(here(answer), format);
      const runStep = async (): Promise<unknown> =>
        withPageTexts(parse(await shell.run(here(commands)), format), shown);
      let result = await runStep();
      if (commands.includes('# repeat until'))
        await until(async () => {
          if (result !== shown) result = await runStep();
          return result === shown;
        });
      expect({ commands, answer: result }).toEqual({ commands, answer: shown });
    }
  }

  // #region products
  it('returns the answers that README.md shows', async () => {
    const steps = stepsOf(sectionOf(read('README.md'), 'First request'));
    expect(steps.length).toBeGreaterThan(0);
    await follow(steps);
  });

  // #endregion
  it('returns the answers that docs/tour.md shows', async () => {
    const steps = stepsOf(read('docs/tour.md'));
    expect(steps.length).toBeGreaterThan(5);
    await follow(steps);
  });
});
