import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface Finding {
  rule: string | null;
  message: string;
}

export interface Linter {
  /** Lints the code as a file at this path with the project's configuration. */
  lint: (filePath: string, code: string) => Promise<Finding[]>;
  close: () => Promise<unknown>;
}

/** Creates a linter in a worker thread, because ESLint cannot load its configuration inside Jest's module system. */
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
