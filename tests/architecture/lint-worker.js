import { parentPort } from 'node:worker_threads';
import plugin from '@typescript-eslint/eslint-plugin';
import { ESLint } from 'eslint';

// Turn off the rules that need types, because the files to lint do not exist.
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

// Send an error back to the test. If the error ended this thread, the next test cases would wait for it in vain.
parentPort.on('message', async (snippet) => {
  parentPort.postMessage(await lint(snippet).catch((error) => ({ error })));
});
