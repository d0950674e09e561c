import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface Finding {
  rule: string | null;
  message: string;
}

export interface Linter {
  /** What the project's own lint configuration says of this code, were it the file at this path. */
  lint: (filePath: string, code: string) => Promise<Finding[]>;
  close: () => Promise<unknown>;
}

/** ESLint loads its configuration in ways that Jest's module system refuses, so it runs in a thread outside of it. */
export function createLinter(): Linter {
  const worker = new Worker(new URL('./lint-worker.js', import.meta.url));
  return {
    async lint(filePath, code) {
      worker.postMessage({ filePath, code });
      const [answer] = await once(worker, 'message');
      if (answer.error) throw answer.error;
      return answer.findings;
    },
    close: () => worker.terminate(),
  };
}
