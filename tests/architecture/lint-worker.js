import { parentPort } from 'node:worker_threads';
import plugin from '@typescript-eslint/eslint-plugin';
import { ESLint } from 'eslint';

// The snippets are of files that do not exist, so the rules that need their types are left out.
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

// A failure is an answer too: a dead thread would leave every later case waiting.
parentPort.on('message', async (snippet) => {
  parentPort.postMessage(await lint(snippet).catch((error) => ({ error })));
});
