import { parentPort } from 'node:worker_threads';
import plugin from '@typescript-eslint/eslint-plugin';
import { ESLint } from 'eslint';

// The files to lint do not exist, so turn off the rules that need types.
const eslint = new ESLint({
  overrideConfig: {
    files: ['**/*.ts'],
    rules: plugin.configs['disable-type-checked'].rules,
    languageOptions: { parserOptions: { projectService: false, project: false } },
  },
});

async function lint({ filePath, code }) {
  const [result] = await eslint.lintText(code, { filePath });
  return { findings: result.messages.map(({ ruleId, message }) => ({ rule: ruleId, message })) };
}

// Send an error back to the test. If the thread crashed, later test cases would wait for it.
parentPort.on('message', async (snippet) => {
  parentPort.postMessage(await lint(snippet).catch((error) => ({ error })));
});
